#include "bmn-missed-policy.h"
#include "bmn-nick-private.h"

static const char *const policy_nicks[] = { "hold", "publish", "next-slot", NULL };

const char *
bmn_missed_policy_to_nick (BmnMissedPolicy policy)
{
  return bmn_nick_get (policy_nicks, policy);
}

gboolean
bmn_missed_policy_from_nick (const char *nick, BmnMissedPolicy *policy)
{
  int value = bmn_nick_find (policy_nicks, nick);
  if (value < 0)
    return FALSE;
  *policy = value;
  return TRUE;
}
