#include "bmn-post-view.h"

#include <glib/gi18n-lib.h>

void
bmn_target_view_free (BmnTargetView *view)
{
  g_clear_pointer (&view->target, bmn_target_free);
  g_clear_pointer (&view->account, bmn_account_free);
  g_clear_pointer (&view->attempts, g_ptr_array_unref);
  g_clear_pointer (&view->receipts, g_ptr_array_unref);
  g_free (view);
}

void
bmn_post_view_free (BmnPostView *view)
{
  g_clear_pointer (&view->post, bmn_post_free);
  g_clear_pointer (&view->targets, g_ptr_array_unref);
  g_free (view);
}

static gboolean
is_in_step (const BmnTarget *target, const BmnPost *post)
{
  return target->remote_schedule_at == target->due_at && target->remote_revision == post->revision;
}

BmnGoesOut
bmn_target_view_get_goes_out (const BmnTargetView *view, const BmnPost *post)
{
  const BmnTarget *target = view->target;
  gboolean planned = target->state == BMN_TARGET_SCHEDULED;
  gboolean wanted = planned && target->hand_over && !(view->account && view->account->paused);
  if (!target->remote_schedule_id)
    return !planned ? BMN_GOES_OUT_NOT
           : wanted ? BMN_GOES_OUT_HANDING_OVER
                    : BMN_GOES_OUT_FROM_HERE;
  if (!*target->remote_schedule_id || target->state == BMN_TARGET_UNKNOWN)
    return BMN_GOES_OUT_IN_DOUBT;
  if (!wanted)
    return BMN_GOES_OUT_TAKING_BACK;
  return is_in_step (target, post) ? BMN_GOES_OUT_FROM_SERVER : BMN_GOES_OUT_CHANGING;
}

const char *
bmn_goes_out_to_nick (BmnGoesOut goes_out)
{
  static const char *const nicks[]
      = { "not", "this-computer", "server", "handing-over", "changing", "taking-back", "in-doubt" };
  g_return_val_if_fail (goes_out < G_N_ELEMENTS (nicks), NULL);
  return nicks[goes_out];
}

const char *
bmn_goes_out_get_label (BmnGoesOut goes_out)
{
  switch (goes_out)
    {
    case BMN_GOES_OUT_FROM_HERE:
      return _ ("Needs this computer on at its time.");
    case BMN_GOES_OUT_FROM_SERVER:
      return _ ("Goes out even when this computer is off: the server holds it.");
    case BMN_GOES_OUT_HANDING_OVER:
      return _ ("Is handed over to the server as soon as Bellman publishes; until then it needs "
                "this computer on.");
    case BMN_GOES_OUT_CHANGING:
      return _ ("The server still holds it as it was before; Bellman changes that as soon as it "
                "publishes.");
    case BMN_GOES_OUT_TAKING_BACK:
      return _ ("The server still holds it; Bellman takes it back as soon as it publishes.");
    case BMN_GOES_OUT_IN_DOUBT:
      return _ ("The server may hold it; Bellman looks as soon as it publishes.");
    case BMN_GOES_OUT_NOT:
      break;
    }
  return NULL;
}
