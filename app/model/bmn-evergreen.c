#include "bmn-evergreen.h"

BmnEvergreen *
bmn_evergreen_new (gint64 account_id, gint64 history_post_id)
{
  BmnEvergreen *evergreen = g_new0 (BmnEvergreen, 1);
  evergreen->account_id = account_id;
  evergreen->history_post_id = history_post_id;
  evergreen->cooldown = BMN_EVERGREEN_DEFAULT_COOLDOWN;
  return evergreen;
}

void
bmn_evergreen_free (BmnEvergreen *evergreen)
{
  g_free (evergreen->text);
  g_free (evergreen);
}

gint64
bmn_evergreen_get_ready_at (const BmnEvergreen *evergreen)
{
  return MAX (evergreen->published_at, evergreen->last_used_at) + evergreen->cooldown;
}

BmnEvergreenState
bmn_evergreen_get_state (const BmnEvergreen *evergreen, gint64 now)
{
  if (evergreen->ends_at != 0 && now >= evergreen->ends_at)
    return BMN_EVERGREEN_ENDED;
  if (evergreen->cap != 0 && evergreen->n_uses >= evergreen->cap)
    return BMN_EVERGREEN_USED_UP;
  return now < bmn_evergreen_get_ready_at (evergreen) ? BMN_EVERGREEN_RESTS : BMN_EVERGREEN_READY;
}
