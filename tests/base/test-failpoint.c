#include "bmn-failpoint.h"

#include <stdlib.h>

/* Passes the failpoint three times as a process that wishes for @data, which GLib runs anew. */
static void
run_with_wish (const char *wish)
{
  if (wish)
    g_setenv ("BELLMAN_FAILPOINT", wish, TRUE);
  else
    g_unsetenv ("BELLMAN_FAILPOINT");
  for (guint i = 0; i < 3; i++)
    {
      bmn_failpoint ("publish-sent");
      g_print ("passed %u\n", i + 1);
    }
  exit (0);
}

typedef struct
{
  const char *name;
  const char *wish; /* (nullable) */
  gboolean survives;
  const char *last; /* (nullable) what is printed last before it ends */
} Case;

static const Case cases[] = {
  { "none", NULL, TRUE, "passed 3" },
  { "empty", "", TRUE, "passed 3" },
  { "another", "publish-claimed", TRUE, "passed 3" },
  { "first", "publish-sent", FALSE, NULL },
  { "second", "publish-sent:2", FALSE, "passed 1" },
  { "fourth", "publish-sent:4", TRUE, "passed 3" },
  { "slip-of-the-pen", "publish-snet", FALSE, NULL },
  { "no-number", "publish-sent:x", FALSE, NULL },
  { "zero", "publish-sent:0", FALSE, NULL },
};

static void
test_case (gconstpointer data)
{
  const Case *c = data;
  if (g_test_subprocess ())
    run_with_wish (c->wish);
  g_test_trap_subprocess (NULL, 0, 0);
  g_assert_cmpint (g_test_trap_has_passed (), ==, c->survives);
  g_autofree char *pattern = c->last ? g_strdup_printf ("*%s\n", c->last) : NULL;
  if (pattern)
    g_test_trap_assert_stdout (pattern);
  else
    g_test_trap_assert_stdout_unmatched ("*passed*");
}

static void
test_names (void)
{
  const char *const *names = bmn_failpoint_names ();
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  for (guint i = 0; names[i]; i++)
    g_assert_true (g_hash_table_add (seen, (gpointer)names[i]));
  g_assert_cmpuint (g_hash_table_size (seen), >=, 8);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/base/failpoint/names", test_names);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strconcat ("/base/failpoint/", cases[i].name, NULL);
      g_test_add_data_func (path, &cases[i], test_case);
    }
  return g_test_run ();
}
