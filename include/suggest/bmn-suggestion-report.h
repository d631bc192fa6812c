#pragma once

#include "bmn-engine.h"

G_BEGIN_DECLS

/**
 * BmnSuggestionFate:
 * @BMN_SUGGESTION_SHOWN: it was on screen, and the post went out without it
 * @BMN_SUGGESTION_ACCEPTED: the user took it
 * @BMN_SUGGESTION_REJECTED: the user dismissed it
 */
typedef enum
{
  BMN_SUGGESTION_SHOWN,
  BMN_SUGGESTION_ACCEPTED,
  BMN_SUGGESTION_REJECTED,
} BmnSuggestionFate;

/**
 * BmnSuggestionEntry:
 * @post_id: the history post that the draft became
 * @rank: place in the list, from 0
 *
 * One line of the log of what was suggested.
 */
typedef struct
{
  gint64 post_id;
  guint rank;
  BmnSuggestionFate fate;
} BmnSuggestionEntry;

/**
 * BmnSuggestionReport:
 * @n_shown: suggestions shown
 * @n_accepted: of them taken
 * @n_rejected: of them dismissed
 * @mean_rank: mean place of those taken, from 1; 0 where none was
 * @n_with: counted posts with a suggestion taken
 * @n_without: counted posts to which suggestions were shown and none taken
 * @difference: mean lift of the former less that of the latter
 * @low: lower end of its 80 % interval
 * @high: upper end
 * @is_enough: whether there are posts enough on both sides for that to mean something
 *
 * Whether suggestions helped. Who takes a suggestion may differ in other ways from who does
 * not: the difference is an association.
 */
typedef struct
{
  guint n_shown;
  guint n_accepted;
  guint n_rejected;
  double mean_rank;
  guint n_with;
  guint n_without;
  double difference;
  double low;
  double high;
  gboolean is_enough;
} BmnSuggestionReport;

/* Posts needed on each side. */
#define BMN_SUGGESTION_REPORT_MIN 20

/**
 * bmn_suggestion_report_compute:
 * @entries: (array length=n_entries): the log
 * @report: (out caller-allocates):
 */
void bmn_suggestion_report_compute (BmnEngine *engine,
                                    const BmnSuggestionEntry *entries,
                                    guint n_entries,
                                    BmnSuggestionReport *report);

/* Returns: (transfer full): the report as a translated sentence */
char *
bmn_suggestion_report_to_sentence (const BmnSuggestionReport *report) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
