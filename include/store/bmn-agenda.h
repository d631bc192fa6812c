#pragma once

#include "bmn-agenda-item.h"
#include "bmn-store.h"

G_BEGIN_DECLS

/**
 * BmnAgendaFilter:
 * @from: µs, inclusive
 * @until: µs, exclusive
 * @states: bits (1 << BmnTargetState)
 * @account_ids: (nullable) (element-type gint64): none is shown where it is empty
 * @tag: (nullable): a label that the post must have
 * @words: (nullable): what the post must say, as for bmn_posts_search()
 * @drafts: whether what has no time is listed as well
 * @offset: items to leave out
 * @limit: most items; 0 for all
 *
 * Which items; a field that is zero does not restrict.
 */
typedef struct
{
  gint64 from;
  gint64 until;
  guint states;
  GArray *account_ids;
  const char *tag;
  const char *words;
  gboolean drafts;
  guint offset;
  guint limit;
} BmnAgendaFilter;

/**
 * bmn_agenda_list:
 *
 * Runs inside a transaction; one query, whatever it finds.
 *
 * Returns: (transfer full) (element-type BmnAgendaItem): by time, what has none last; with the
 *   matching targets only; %NULL with the store's error
 */
GPtrArray *bmn_agenda_list (BmnTransaction *tx,
                            const BmnAgendaFilter *filter,
                            GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
