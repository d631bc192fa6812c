#include "bmn-visibility.h"
#include "bmn-nick-private.h"

static const char *const visibility_nicks[]
    = { "default", "public", "unlisted", "followers", "direct", NULL };

const char *
bmn_visibility_to_nick (BmnVisibility visibility)
{
  return bmn_nick_get (visibility_nicks, visibility);
}

gboolean
bmn_visibility_from_nick (const char *nick, BmnVisibility *visibility)
{
  int value = bmn_nick_find (visibility_nicks, nick);
  if (value < 0)
    return FALSE;
  *visibility = value;
  return TRUE;
}
