#include "fake-scope.h"

#include <string.h>

const char *const fake_scopes_known[] = { "read",
                                          "write",
                                          "write:accounts",
                                          "write:blocks",
                                          "write:bookmarks",
                                          "write:conversations",
                                          "write:favourites",
                                          "write:filters",
                                          "write:follows",
                                          "write:lists",
                                          "write:media",
                                          "write:mutes",
                                          "write:notifications",
                                          "write:reports",
                                          "write:statuses",
                                          "read:accounts",
                                          "read:blocks",
                                          "read:bookmarks",
                                          "read:favourites",
                                          "read:filters",
                                          "read:follows",
                                          "read:lists",
                                          "read:mutes",
                                          "read:notifications",
                                          "read:search",
                                          "read:statuses",
                                          "follow",
                                          "push",
                                          "profile",
                                          NULL };

/* What the deprecated scope stands for. */
static const char *const follow[] = { "read:blocks",   "read:follows", "read:mutes", "write:blocks",
                                      "write:follows", "write:mutes",  NULL };

gboolean
fake_scopes_are_known (const char *scopes)
{
  g_auto (GStrv) each = g_strsplit (scopes, " ", -1);
  for (char **scope = each; *scope; scope++)
    if (!g_strv_contains (fake_scopes_known, *scope))
      return FALSE;
  return *each != NULL;
}

gboolean
fake_scopes_are_within (const char *asked, const char *registered)
{
  g_auto (GStrv) each = g_strsplit (asked, " ", -1);
  g_auto (GStrv) all = g_strsplit (registered, " ", -1);
  for (char **scope = each; *scope; scope++)
    if (!g_strv_contains ((const char *const *)all, *scope))
      return FALSE;
  return *each != NULL;
}

static gboolean
holds (const char *held, const char *needed)
{
  gsize length = strlen (held);
  return g_str_equal (held, needed)
         || (strncmp (held, needed, length) == 0 && needed[length] == ':')
         || (g_str_equal (held, "follow") && g_strv_contains (follow, needed));
}

gboolean
fake_scopes_allow (const char *held, const char *needed)
{
  g_auto (GStrv) have = g_strsplit (held, " ", -1);
  g_auto (GStrv) any = g_strsplit (needed, " ", -1);
  for (char **scope = have; *scope; scope++)
    for (char **want = any; *want; want++)
      if (holds (*scope, *want))
        return TRUE;
  return FALSE;
}
