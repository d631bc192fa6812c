#include "bmn-desk-actions.h"
#include "bmn-accounts-window.h"
#include "bmn-preferences-window.h"
#include "bmn-privacy-window.h"

static GtkWindow *
find_window (BmnApplication *app, GType type)
{
  for (GList *at = gtk_application_get_windows (GTK_APPLICATION (app)); at; at = at->next)
    if (G_TYPE_CHECK_INSTANCE_TYPE (at->data, type))
      return at->data;
  return NULL;
}

/* @make: opens a window of @type */
static void
present (BmnApplication *app, GType type, GtkWindow *(*make) (BmnApplication *app))
{
  GtkWindow *window = find_window (app, type);
  if (!window)
    {
      window = make (app);
      gtk_window_set_application (window, GTK_APPLICATION (app));
    }
  gtk_window_present (window);
}

static GtkWindow *
make_accounts (BmnApplication *app)
{
  return GTK_WINDOW (bmn_accounts_window_new (NULL, bmn_application_get_session (app)));
}

static GtkWindow *
make_preferences (BmnApplication *app)
{
  return GTK_WINDOW (
      bmn_preferences_window_new (gtk_application_get_active_window (GTK_APPLICATION (app)),
                                  bmn_application_get_session (app)));
}

static GtkWindow *
make_privacy (BmnApplication *app)
{
  return GTK_WINDOW (bmn_privacy_window_new (app));
}

static void
on_accounts (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  present (data, BMN_TYPE_ACCOUNTS_WINDOW, make_accounts);
}

static void
on_preferences (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  present (data, BMN_TYPE_PREFERENCES_WINDOW, make_preferences);
}

static void
on_privacy (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  present (data, BMN_TYPE_PRIVACY_WINDOW, make_privacy);
}

void
bmn_desk_actions_add (BmnApplication *app)
{
  static const GActionEntry entries[] = {
    { .name = "accounts", .activate = on_accounts },
    { .name = "preferences", .activate = on_preferences },
    { .name = "privacy", .activate = on_privacy },
  };
  const char *accels[] = { "<Control>comma", NULL };
  g_action_map_add_action_entries (G_ACTION_MAP (app), entries, G_N_ELEMENTS (entries), app);
  gtk_application_set_accels_for_action (GTK_APPLICATION (app), "app.preferences", accels);
}
