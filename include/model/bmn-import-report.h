#pragma once

#include "bmn-history-post.h"

G_BEGIN_DECLS

/* How many bad rows and how many first posts a report keeps; all are counted. */
#define BMN_IMPORT_MAX_BAD_ROWS 1000
#define BMN_IMPORT_MAX_SAMPLES 20

/**
 * BmnImportBadRow:
 * @row: a line of a table, else the number of the record in its file, from 1; 0 for the file
 *   as a whole
 * @reason: a translated sentence
 */
typedef struct
{
  gint64 row;
  char *reason; /* (owned) */
} BmnImportBadRow;

BmnImportBadRow *bmn_import_bad_row_new (gint64 row, const char *reason) G_GNUC_WARN_UNUSED_RESULT;
void bmn_import_bad_row_free (BmnImportBadRow *bad_row);

/**
 * BmnImportReport:
 * @n_new: posts that were not in the history before
 * @n_known: posts that were, or that came earlier in the same file
 * @n_skipped: what is no post of one's own: reposts, direct messages
 * @n_bad: rows that cannot be used
 * @bad_rows: (element-type BmnImportBadRow): the first %BMN_IMPORT_MAX_BAD_ROWS of them
 * @samples: (element-type BmnHistoryPost): the first posts, as they come in
 * @first: when the earliest post was published, µs; 0 where there is none
 * @last: likewise, the latest
 * @bytes_done: how much of the file was read
 * @bytes_total: its size; 0 where nobody knows
 * @longest_batch: µs: the longest time a batch kept the store
 * @is_whole: whether the file was read to its end; where not, a bad row 0 says why
 *
 * What an import brought, or would bring.
 */
typedef struct
{
  gint64 n_new;
  gint64 n_known;
  gint64 n_skipped;
  gint64 n_bad;
  GPtrArray *bad_rows; /* (owned) */
  GPtrArray *samples;  /* (owned) */
  gint64 first;
  gint64 last;
  gint64 bytes_done;
  gint64 bytes_total;
  gint64 longest_batch;
  gboolean is_whole;
} BmnImportReport;

BmnImportReport *bmn_import_report_new (void) G_GNUC_WARN_UNUSED_RESULT;
void bmn_import_report_free (BmnImportReport *report);
/* Counts a bad row and keeps it while there is room; what is wrong with the file as a whole comes
 * first. */
void bmn_import_report_add_bad (BmnImportReport *report, gint64 row, const char *reason);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BmnImportReport, bmn_import_report_free)

/**
 * BmnImportProgressFunc:
 * @report: as far as it got; counts and bytes alone, without rows and samples
 *
 * Called a few times a second in the main context that the import was started in.
 */
typedef void (*BmnImportProgressFunc) (const BmnImportReport *report, gpointer data);

G_END_DECLS
