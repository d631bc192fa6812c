#include "bmn-preferences-window.h"
#include "bmn-trust-list.h"

#include "bmn-session-preferences.h"

#include <glib/gi18n.h>

#define N_SUGGESTION_KINDS (BMN_PREFERENCES_FORECAST + 1)

struct _BmnPreferencesWindow
{
  AdwPreferencesWindow parent_instance;

  BmnSessionThread *session;   /* (owned) (nullable) */
  BmnPreferences *preferences; /* (owned) (nullable): as they were read */
  gboolean is_filling;
  AdwPreferencesGroup *suggestion_group;
  AdwPreferencesGroup *check_group;
  AdwPreferencesPage *trust_page;
  AdwActionRow *folder;
  GtkWidget *suggestions[N_SUGGESTION_KINDS];
  GtkWidget *checks[BMN_N_CHECK_KINDS];
};

G_DEFINE_FINAL_TYPE (BmnPreferencesWindow, bmn_preferences_window, ADW_TYPE_PREFERENCES_WINDOW)

typedef struct
{
  const char *title;
  const char *subtitle; /* (nullable) */
} Words;

static const Words suggestion_words[N_SUGGESTION_KINDS] = {
  [BMN_SUGGESTION_HASHTAG]
  = { N_ ("Hashtags"), N_ ("That you used before and that fit the draft") },
  [BMN_SUGGESTION_EXPERIMENT] = { N_ ("Hashtags to Try"), N_ ("That you never used") },
  [BMN_SUGGESTION_TOPIC] = { N_ ("Topics"), N_ ("That are due again") },
  [BMN_SUGGESTION_TIME] = { N_ ("Times"), N_ ("At which your posts did well") },
  [BMN_PREFERENCES_FORECAST] = { N_ ("Forecasts"), N_ ("What a draft may get") },
};

static const Words check_words[BMN_N_CHECK_KINDS] = {
  [BMN_CHECK_SPAM] = { N_ ("Reads Like Advertising by Strangers") },
  [BMN_CHECK_HOSTILE] = { N_ ("May Be Taken as Hostile") },
  [BMN_CHECK_PRIVATE_DATA]
  = { N_ ("Private Data"), N_ ("E-mail addresses, telephone, account and card numbers") },
  [BMN_CHECK_PICTURE_LOCATION] = { N_ ("Pictures That Say Where They Were Taken") },
  [BMN_CHECK_SHOUTING] = { N_ ("Capitals and Exclamation Marks") },
  [BMN_CHECK_TAG_STUFFING] = { N_ ("More Hashtags Than Help") },
  [BMN_CHECK_MISSING_ALT] = { N_ ("Media Without a Description") },
  [BMN_CHECK_LINK] = { N_ ("Links That Are Dead or Lead Elsewhere") },
  [BMN_CHECK_DISTRUSTED_LINK] = { N_ ("Links to Sites You Distrust") },
  [BMN_CHECK_DUPLICATE] = { N_ ("Nearly the Same as an Earlier Post") },
  [BMN_CHECK_UNSOURCED_NUMBER] = { N_ ("Figures That Nothing Backs") },
  [BMN_CHECK_LOOKALIKE] = { N_ ("Names That Resemble Accounts You Know") },
  [BMN_CHECK_TAG_WORDS] = { N_ ("Hashtags That Run Words Together") },
};

/*
 * Showing.
 */

static void
show_set (GtkWidget **switches, guint n, guint32 off)
{
  for (guint i = 0; i < n; i++)
    gtk_switch_set_active (GTK_SWITCH (switches[i]), !(off >> i & 1));
}

static void
show_preferences (BmnPreferencesWindow *self)
{
  self->is_filling = TRUE;
  show_set (self->suggestions, N_SUGGESTION_KINDS, self->preferences->suggestions_off);
  show_set (self->checks, BMN_N_CHECK_KINDS, self->preferences->checks_off);
  self->is_filling = FALSE;
}

static void
say (BmnPreferencesWindow *self, const GError *error)
{
  g_autofree char *escaped = g_markup_escape_text (error->message, -1);
  adw_preferences_window_add_toast (ADW_PREFERENCES_WINDOW (self), adw_toast_new (escaped));
}

static gpointer
read_preferences (BmnSession *session, gpointer data, GError **error)
{
  return bmn_session_get_preferences (session, error);
}

static void
on_read (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (BmnPreferencesWindow) self = data;
  g_autoptr (GError) error = NULL;
  self->preferences = bmn_session_thread_call_finish (BMN_SESSION_THREAD (source), result, &error);
  if (self->preferences)
    show_preferences (self);
  else
    say (self, error);
}

static gpointer
read_folder (BmnSession *session, gpointer data, GError **error)
{
  return g_build_filename (bmn_session_get_folder (session), "media", NULL);
}

static void
on_folder (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (BmnPreferencesWindow) self = data;
  g_autofree char *folder
      = bmn_session_thread_call_finish (BMN_SESSION_THREAD (source), result, NULL);
  g_autofree char *shown = folder ? g_filename_display_name (folder) : NULL;
  if (shown)
    adw_action_row_set_subtitle (self->folder, shown);
}

/*
 * Changing.
 */

static gpointer
write_preferences (BmnSession *session, gpointer data, GError **error)
{
  bmn_session_set_preferences (session, data, error);
  return NULL;
}

static void
on_written (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (BmnPreferencesWindow) self = data;
  g_autoptr (GError) error = NULL;
  bmn_session_thread_call_finish (BMN_SESSION_THREAD (source), result, &error);
  if (error)
    say (self, error);
}

static guint32
read_set (GtkWidget **switches, guint n)
{
  guint32 off = 0;
  for (guint i = 0; i < n; i++)
    if (!gtk_switch_get_active (GTK_SWITCH (switches[i])))
      off |= 1u << i;
  return off;
}

static void
on_edited (BmnPreferencesWindow *self)
{
  if (self->is_filling || !self->preferences)
    return;
  BmnPreferences *preferences = bmn_preferences_new ();
  preferences->suggestions_off = read_set (self->suggestions, N_SUGGESTION_KINDS);
  preferences->checks_off = read_set (self->checks, BMN_N_CHECK_KINDS);
  bmn_session_thread_call_async (self->session, write_preferences, preferences,
                                 (GDestroyNotify)bmn_preferences_free, NULL, NULL, on_written,
                                 g_object_ref (self));
}

/*
 * The object.
 */

/* Returns: (transfer none): the switch of a new row */
static GtkWidget *
add_switch (BmnPreferencesWindow *self, AdwPreferencesGroup *group, const Words *words)
{
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *control = gtk_switch_new ();
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), _ (words->title));
  adw_action_row_set_title_lines (ADW_ACTION_ROW (row), 0);
  if (words->subtitle)
    adw_action_row_set_subtitle (ADW_ACTION_ROW (row), _ (words->subtitle));
  gtk_widget_set_valign (control, GTK_ALIGN_CENTER);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), control);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), control);
  adw_preferences_group_add (group, row);
  g_signal_connect_swapped (control, "notify::active", G_CALLBACK (on_edited), self);
  return control;
}

static void
bmn_preferences_window_dispose (GObject *object)
{
  BmnPreferencesWindow *self = BMN_PREFERENCES_WINDOW (object);
  g_clear_object (&self->session);
  g_clear_pointer (&self->preferences, bmn_preferences_free);
  G_OBJECT_CLASS (bmn_preferences_window_parent_class)->dispose (object);
}

static void
bmn_preferences_window_class_init (BmnPreferencesWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  G_OBJECT_CLASS (klass)->dispose = bmn_preferences_window_dispose;
  gtk_widget_class_set_template_from_resource (widget_class, BMN_RESOURCES
                                               "/preferences/bmn-preferences-window.ui");
  gtk_widget_class_bind_template_child (widget_class, BmnPreferencesWindow, suggestion_group);
  gtk_widget_class_bind_template_child (widget_class, BmnPreferencesWindow, check_group);
  gtk_widget_class_bind_template_child (widget_class, BmnPreferencesWindow, trust_page);
  gtk_widget_class_bind_template_child (widget_class, BmnPreferencesWindow, folder);
  gtk_widget_class_bind_template_callback (widget_class, on_edited);
}

static void
bmn_preferences_window_init (BmnPreferencesWindow *self)
{
  self->is_filling = TRUE;
  gtk_widget_init_template (GTK_WIDGET (self));
  for (guint i = 0; i < N_SUGGESTION_KINDS; i++)
    self->suggestions[i] = add_switch (self, self->suggestion_group, &suggestion_words[i]);
  for (guint i = 0; i < BMN_N_CHECK_KINDS; i++)
    self->checks[i] = add_switch (self, self->check_group, &check_words[i]);
  self->is_filling = FALSE;
}

static void
add_trust_list (BmnPreferencesWindow *self, BmnTrustListKind kind)
{
  GtkWidget *group = adw_preferences_group_new ();
  GtkWidget *list = bmn_trust_list_new (self->session, kind);
  g_signal_connect_object (list, "failed", G_CALLBACK (say), self, G_CONNECT_SWAPPED);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), list);
  adw_preferences_page_add (self->trust_page, ADW_PREFERENCES_GROUP (group));
}

BmnPreferencesWindow *
bmn_preferences_window_new (GtkWindow *parent, BmnSessionThread *session)
{
  BmnPreferencesWindow *self
      = g_object_new (BMN_TYPE_PREFERENCES_WINDOW, "transient-for", parent, NULL);
  self->session = g_object_ref (session);
  add_trust_list (self, BMN_TRUST_LIST_SITES);
  add_trust_list (self, BMN_TRUST_LIST_HANDLES);
  bmn_session_thread_call_async (session, read_preferences, NULL, NULL,
                                 (GDestroyNotify)bmn_preferences_free, NULL, on_read,
                                 g_object_ref (self));
  bmn_session_thread_call_async (session, read_folder, NULL, NULL, g_free, NULL, on_folder,
                                 g_object_ref (self));
  return self;
}
