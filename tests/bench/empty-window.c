#include <adwaita.h>

/* The least that a program with a window costs: what window.py measures ours against. */

static void
on_activate (GtkApplication *app)
{
  gtk_window_present (
      GTK_WINDOW (g_object_new (ADW_TYPE_APPLICATION_WINDOW, "application", app, "default-width",
                                1180, "default-height", 760, NULL)));
}

int
main (int argc, char **argv)
{
  g_autoptr (AdwApplication) app
      = adw_application_new ("io.github.bellman_app.Empty", G_APPLICATION_NON_UNIQUE);
  g_signal_connect (app, "activate", G_CALLBACK (on_activate), NULL);
  return g_application_run (G_APPLICATION (app), argc, argv);
}
