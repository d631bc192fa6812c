#include "bmn-nick-private.h"

const char *
bmn_nick_get (const char *const *nicks, int value)
{
  if (value < 0 || (guint)value >= g_strv_length ((char **)nicks))
    return NULL;
  return nicks[value];
}

int
bmn_nick_find (const char *const *nicks, const char *nick)
{
  for (int i = 0; nick && nicks[i]; i++)
    if (g_str_equal (nicks[i], nick))
      return i;
  return -1;
}
