#include "bmn-target-state.h"
#include "bmn-nick-private.h"

#include <glib/gi18n-lib.h>

static const char *const state_nicks[]
    = { "draft",   "scheduled", "publishing", "published", "failed",
        "unknown", "held",      "cancelled",  NULL };

const char *
bmn_target_state_to_nick (BmnTargetState state)
{
  return bmn_nick_get (state_nicks, state);
}

gboolean
bmn_target_state_from_nick (const char *nick, BmnTargetState *state)
{
  int value = bmn_nick_find (state_nicks, nick);
  if (value < 0)
    return FALSE;
  *state = value;
  return TRUE;
}

const char *
bmn_target_state_get_label (BmnTargetState state)
{
  /* Translators: these are the states of a post on one account, shown as small labels. */
  static const char *const labels[BMN_TARGET_N_STATES] = {
    [BMN_TARGET_DRAFT] = NC_ ("post state", "Draft"),
    [BMN_TARGET_SCHEDULED] = NC_ ("post state", "Scheduled"),
    [BMN_TARGET_PUBLISHING] = NC_ ("post state", "Publishing"),
    [BMN_TARGET_PUBLISHED] = NC_ ("post state", "Published"),
    [BMN_TARGET_FAILED] = NC_ ("post state", "Failed"),
    [BMN_TARGET_UNKNOWN] = NC_ ("post state", "Unknown"),
    [BMN_TARGET_HELD] = NC_ ("post state", "Held"),
    [BMN_TARGET_CANCELLED] = NC_ ("post state", "Cancelled"),
  };
  g_return_val_if_fail ((guint)state < BMN_TARGET_N_STATES, NULL);
  return g_dpgettext2 (GETTEXT_PACKAGE, "post state", labels[state]);
}
