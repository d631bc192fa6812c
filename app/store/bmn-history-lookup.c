#include "bmn-history-lookup.h"
#include "bmn-history-match-private.h"

gboolean
bmn_history_is_known (BmnTransaction *tx,
                      const BmnHistoryPost *post,
                      gboolean *known,
                      GError **error)
{
  BmnHistoryRow row;
  if (!bmn_history_match (tx, post, &row, error))
    return FALSE;
  *known = row.id != 0;
  return TRUE;
}
