#include "bmn-application.h"

#include <glib/gi18n.h>
#include <locale.h>
#ifdef __GLIBC__
#include <malloc.h>
#endif

/* By itself the C library gives each of our threads a heap of its own, and each of these keeps
 * what was once needed; two are enough for threads that wait most of the time. */
static void
limit_heaps (void)
{
#ifdef __GLIBC__
  mallopt (M_ARENA_MAX, 2);
#endif
}

int
main (int argc, char **argv)
{
  limit_heaps ();
  setlocale (LC_ALL, "");
  bindtextdomain (GETTEXT_PACKAGE, BMN_LOCALE_DIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);

  g_autoptr (BmnApplication) app = bmn_application_new ();
  return g_application_run (G_APPLICATION (app), argc, argv);
}
