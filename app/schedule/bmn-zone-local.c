#include "bmn-zone.h"

#include <stdlib.h>

/* Returns: (transfer none): the name in a path like /usr/share/zoneinfo/Europe/Berlin */
static const char *
skip_zoneinfo (const char *path)
{
  static const char mark[] = "/zoneinfo/";
  const char *found = strstr (path, mark);
  if (!found)
    return path;
  const char *name = found + strlen (mark);
  /* The same zones over again, in trees of their own. */
  if (g_str_has_prefix (name, "posix/") || g_str_has_prefix (name, "right/"))
    name += strlen ("posix/");
  return name;
}

/* Returns: (transfer full) (nullable): @name if it is a zone */
static char *
check_name (const char *name)
{
  return bmn_zone_is_known (name) ? g_strdup (name) : NULL;
}

/* The link is followed one step first: `Europe/Oslo` may itself be a link to another name,
 * and the user chose Oslo. */
static char *
read_path (const char *path)
{
  g_autofree char *link = g_file_read_link (path, NULL);
  g_autofree char *name = check_name (skip_zoneinfo (link ? link : path));
  if (name)
    return g_steal_pointer (&name);
  char *target = realpath (path, NULL);
  if (target)
    name = check_name (skip_zoneinfo (target));
  free (target);
  return g_steal_pointer (&name);
}

/* The variable is a name or an absolute path, either after a colon or not; empty is UTC. */
static char *
read_variable (const char *value)
{
  if (value[0] == ':')
    value++;
  if (value[0] == '\0')
    return g_strdup ("UTC");
  return g_path_is_absolute (value) ? read_path (value) : check_name (value);
}

static char *
read_name_file (const char *path)
{
  g_autofree char *contents = NULL;
  if (!g_file_get_contents (path, &contents, NULL, NULL))
    return NULL;
  return check_name (g_strstrip (contents));
}

char *
bmn_zone_local_name (void)
{
  const char *variable = g_getenv ("TZ");
  g_autofree char *name = variable ? read_variable (variable) : NULL;
  if (!name)
    name = read_path ("/etc/localtime");
  if (!name)
    name = read_name_file ("/etc/timezone");
  return name ? g_steal_pointer (&name) : g_strdup ("UTC");
}
