#include "bmn-application.h"
#include "bmn-composer-window.h"
#include "bmn-transfers.h"
#include "bmn-desk-actions.h"
#include "bmn-window.h"

#include "bmn-sample.h"

#include <glib/gi18n.h>

struct _BmnApplication
{
  AdwApplication parent_instance;

  char *folder;              /* (owned) the user's own data folder */
  gboolean is_sample;        /* whether the sample's is open in its place */
  BmnSessionThread *session; /* (owned) */
  gboolean is_opening;
  gboolean is_stopping;
};

G_DEFINE_FINAL_TYPE (BmnApplication, bmn_application, ADW_TYPE_APPLICATION)

BmnSessionThread *
bmn_application_get_session (BmnApplication *self)
{
  return self->session;
}

/*
 * The session.
 */

static BmnWindow *
get_main_window (BmnApplication *self)
{
  for (GList *at = gtk_application_get_windows (GTK_APPLICATION (self)); at; at = at->next)
    if (BMN_IS_WINDOW (at->data))
      return at->data;
  return NULL;
}

static gpointer
start_publishing (BmnSession *session, gpointer data, GError **error)
{
  bmn_session_start_publishing (session, -1, error);
  return NULL;
}

static void
on_publishing (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (BmnApplication) self = data;
  g_autoptr (GError) error = NULL;
  bmn_session_thread_call_finish (BMN_SESSION_THREAD (source), result, &error);
  BmnWindow *window = get_main_window (self);
  if (error && window)
    bmn_window_show_error (window, error);
}

static void
on_session_opened (GObject *source, GAsyncResult *result, gpointer data)
{
  BmnApplication *self = data;
  g_autoptr (GError) error = NULL;
  BmnWindow *window = get_main_window (self);
  self->is_opening = FALSE;
  if (bmn_session_thread_open_finish (self->session, result, &error))
    {
      bmn_session_thread_call_async (self->session, start_publishing, NULL, NULL, NULL, NULL,
                                     on_publishing, g_object_ref (self));
      if (window)
        bmn_window_refresh (window);
      bmn_composer_window_restore (self);
    }
  else if (window)
    bmn_window_show_fatal (window, error);
  g_application_release (G_APPLICATION (self));
}

/* The sample lives beside the user's own data, never in it. */
static char *
get_sample_folder (BmnApplication *self)
{
  return g_strconcat (self->folder, "-sample", NULL);
}

static void
open_session (BmnApplication *self)
{
  if (self->is_opening || bmn_session_thread_is_open (self->session))
    return;
  g_autofree char *sample = get_sample_folder (self);
  self->is_sample = g_file_test (sample, G_FILE_TEST_IS_DIR);
  self->is_opening = TRUE;
  g_application_hold (G_APPLICATION (self));
  bmn_session_thread_open_async (self->session, self->is_sample ? sample : self->folder,
                                 on_session_opened, self);
}

gboolean
bmn_application_shows_sample (BmnApplication *self)
{
  return self->is_sample;
}

/*
 * Leaving: what was sent gets its answer on record first.
 */

static void
on_session_stopped (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (BmnSessionThread) session = BMN_SESSION_THREAD (g_object_ref (source));
  g_autoptr (GError) error = NULL;
  bmn_session_thread_call_finish (session, result, &error);
  if (error)
    g_message ("%s", error->message);
  g_application_release (data);
}

static void
on_publisher_stopped (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  GError *error = NULL;
  if (bmn_session_stop_publishing_finish (BMN_SESSION (source), result, &error))
    g_task_return_pointer (task, NULL, NULL);
  else
    g_task_return_error (task, error);
}

static void
stop_publishing (BmnSession *session, gpointer data, GTask *task)
{
  bmn_session_stop_publishing_async (session, on_publisher_stopped, task);
}

/* The last window is gone, and nothing holds the program but this. */
static void
stop_session (BmnApplication *self)
{
  if (self->is_stopping || !bmn_session_thread_is_open (self->session))
    return;
  self->is_stopping = TRUE;
  g_application_hold (G_APPLICATION (self));
  bmn_session_thread_start_async (self->session, stop_publishing, NULL, NULL, NULL,
                                  on_session_stopped, self);
}

static void
bmn_application_window_removed (GtkApplication *application, GtkWindow *window)
{
  GTK_APPLICATION_CLASS (bmn_application_parent_class)->window_removed (application, window);
  if (!gtk_application_get_windows (application))
    stop_session (BMN_APPLICATION (application));
}

/*
 * While something takes the data folder's place.
 */

const char *
bmn_application_get_folder (BmnApplication *self)
{
  return self->folder;
}

static void
on_suspended (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  BmnApplication *self = g_task_get_source_object (task);
  g_autoptr (GError) error = NULL;
  bmn_session_thread_call_finish (BMN_SESSION_THREAD (source), result, &error);
  if (error)
    g_message ("%s", error->message);
  bmn_session_thread_close (self->session);
  g_task_return_boolean (task, TRUE);
}

void
bmn_application_suspend_async (BmnApplication *self,
                               GAsyncReadyCallback callback,
                               gpointer user_data)
{
  GTask *task = g_task_new (self, NULL, callback, user_data);
  g_task_set_source_tag (task, bmn_application_suspend_async);
  bmn_session_thread_start_async (self->session, stop_publishing, NULL, NULL, NULL, on_suspended,
                                  task);
}

void
bmn_application_suspend_finish (BmnApplication *self, GAsyncResult *result)
{
  g_return_if_fail (g_task_is_valid (result, self));
  g_task_propagate_boolean (G_TASK (result), NULL);
}

void
bmn_application_resume (BmnApplication *self)
{
  open_session (self);
}

/*
 * The sample workspace.
 */

static void
show_error (BmnApplication *self, const GError *error)
{
  BmnWindow *window = get_main_window (self);
  if (window)
    bmn_window_show_error (window, error);
}

static gpointer
fill_sample (BmnSession *session, gpointer data, GError **error)
{
  g_autofree char *bakery = g_build_filename (bmn_session_get_folder (session), "bakery", NULL);
  g_autofree char *museum = g_build_filename (bmn_session_get_folder (session), "museum", NULL);
  gint64 id = bmn_sample_fill (session, bakery, error);
  if (id != 0)
    bmn_sample_fill_plan (session, id, museum, error);
  return NULL;
}

static void
on_sample_filled (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (BmnApplication) self = data;
  g_autoptr (GError) error = NULL;
  bmn_session_thread_call_finish (BMN_SESSION_THREAD (source), result, &error);
  if (error)
    show_error (self, error);
  else
    bmn_session_thread_call_async (self->session, start_publishing, NULL, NULL, NULL, NULL,
                                   on_publishing, g_object_ref (self));
  BmnWindow *window = get_main_window (self);
  if (window)
    bmn_window_refresh (window);
}

static void
on_sample_opened (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (BmnApplication) self = data;
  g_autoptr (GError) error = NULL;
  self->is_opening = FALSE;
  if (bmn_session_thread_open_finish (self->session, result, &error))
    bmn_session_thread_call_async (self->session, fill_sample, NULL, NULL, NULL, NULL,
                                   on_sample_filled, g_object_ref (self));
  else
    show_error (self, error);
}

static void
on_try_sample (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  BmnApplication *self = data;
  g_autofree char *sample = get_sample_folder (self);
  if (self->is_opening || self->is_sample)
    return;
  bmn_session_thread_close (self->session);
  self->is_opening = self->is_sample = TRUE;
  bmn_session_thread_open_async (self->session, sample, on_sample_opened, g_object_ref (self));
}

/* Deletes a folder of ours with what is in it; links are deleted, not followed. */
static gboolean
delete_tree (GFile *folder, GError **error)
{
  g_autoptr (GFileEnumerator) files = g_file_enumerate_children (
      folder, G_FILE_ATTRIBUTE_STANDARD_NAME "," G_FILE_ATTRIBUTE_STANDARD_TYPE,
      G_FILE_QUERY_INFO_NOFOLLOW_SYMLINKS, NULL, error);
  if (!files)
    return FALSE;
  GFileInfo *info;
  GFile *child;
  while (g_file_enumerator_iterate (files, &info, &child, NULL, error) && info)
    if (!(g_file_info_get_file_type (info) == G_FILE_TYPE_DIRECTORY
              ? delete_tree (child, error)
              : g_file_delete (child, NULL, error)))
      return FALSE;
  return g_file_delete (folder, NULL, error);
}

static void
delete_sample (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  GError *error = NULL;
  if (delete_tree (data, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
on_sample_deleted (GObject *source, GAsyncResult *result, gpointer data)
{
  BmnApplication *self = BMN_APPLICATION (source);
  g_autoptr (GError) error = NULL;
  if (!g_task_propagate_boolean (G_TASK (result), &error))
    show_error (self, error);
  self->is_opening = FALSE;
  open_session (self);
}

static void
on_remove_sample (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  BmnApplication *self = data;
  g_autofree char *sample = get_sample_folder (self);
  if (self->is_opening || !self->is_sample)
    return;
  bmn_session_thread_close (self->session);
  self->is_opening = TRUE;
  g_autoptr (GTask) task = g_task_new (self, NULL, on_sample_deleted, NULL);
  g_task_set_source_tag (task, on_remove_sample);
  g_task_set_task_data (task, g_file_new_for_path (sample), g_object_unref);
  g_task_run_in_thread (task, delete_sample);
}

/*
 * Actions.
 */

static void
on_new_post (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  BmnApplication *self = data;
  gtk_window_present (GTK_WINDOW (bmn_composer_window_new (self, 0)));
}

static void
on_edit_post (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  BmnApplication *self = data;
  gtk_window_present (GTK_WINDOW (bmn_composer_window_new (self, g_variant_get_int64 (parameter))));
}

/* The composer opens with this time in its schedule. */
static void
on_new_post_at (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  BmnApplication *self = data;
  gtk_window_present (
      GTK_WINDOW (bmn_composer_window_new_at (self, g_variant_get_int64 (parameter))));
}

static void
on_duplicate_post (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  bmn_composer_window_duplicate (data, g_variant_get_int64 (parameter));
}

static void
on_about (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  GtkWindow *parent = gtk_application_get_active_window (data);
  adw_show_about_window (
      parent, "application-name", "Bellman", "application-icon", BMN_APP_ID, "version", BMN_VERSION,
      "license-type", GTK_LICENSE_GPL_3_0,
      /* Translators: replace by the names of those who translated, a line each. */
      "translator-credits", _ ("translator-credits"), "comments",
      _ ("Plan, publish and improve your posts. Everything stays on this "
         "computer."),
      NULL);
}

static void
on_quit (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  GtkApplication *app = data;
  GList *windows = gtk_application_get_windows (app);
  while (windows)
    {
      GtkWindow *window = windows->data;
      windows = windows->next;
      gtk_window_close (window);
    }
}

static const GActionEntry actions[] = {
  { .name = "new-post", .activate = on_new_post },
  { .name = "new-post-at", .activate = on_new_post_at, .parameter_type = "x" },
  { .name = "edit-post", .activate = on_edit_post, .parameter_type = "x" },
  { .name = "duplicate-post", .activate = on_duplicate_post, .parameter_type = "x" },
  { .name = "try-sample", .activate = on_try_sample },
  { .name = "remove-sample", .activate = on_remove_sample },
  { .name = "about", .activate = on_about },
  { .name = "quit", .activate = on_quit },
};

static void
set_accels (BmnApplication *self, const char *action, const char *accel)
{
  const char *accels[] = { accel, NULL };
  gtk_application_set_accels_for_action (GTK_APPLICATION (self), action, accels);
}

/*
 * The object.
 */

static void
bmn_application_startup (GApplication *application)
{
  BmnApplication *self = BMN_APPLICATION (application);
  G_APPLICATION_CLASS (bmn_application_parent_class)->startup (application);
  g_action_map_add_action_entries (G_ACTION_MAP (self), actions, G_N_ELEMENTS (actions), self);
  bmn_transfers_add_actions (self);
  bmn_desk_actions_add (self);
  set_accels (self, "app.new-post", "<Control>n");
  set_accels (self, "app.quit", "<Control>q");
  set_accels (self, "win.search", "<Control>f");
  set_accels (self, "window.close", "<Control>w");
}

static void
bmn_application_activate (GApplication *application)
{
  BmnApplication *self = BMN_APPLICATION (application);
  BmnWindow *window = get_main_window (self);
  /* On its own thread, while the window is built here. */
  open_session (self);
  if (!window)
    window = bmn_window_new (self);
  gtk_window_present (GTK_WINDOW (window));
}

static int
bmn_application_handle_local_options (GApplication *application, GVariantDict *options)
{
  BmnApplication *self = BMN_APPLICATION (application);
  g_autofree char *folder = NULL;
  if (g_variant_dict_lookup (options, "version", "b", NULL))
    {
      g_print ("Bellman %s\n", BMN_VERSION);
      return 0;
    }
  if (!g_variant_dict_lookup (options, "data", "^ay", &folder))
    return -1;
  g_free (self->folder);
  self->folder = g_canonicalize_filename (folder, NULL);
  /* Another data folder is another program: it must not be handed to one that runs already. */
  g_application_set_flags (application,
                           g_application_get_flags (application) | G_APPLICATION_NON_UNIQUE);
  return -1;
}

static void
bmn_application_shutdown (GApplication *application)
{
  BmnApplication *self = BMN_APPLICATION (application);
  bmn_session_thread_close (self->session);
  G_APPLICATION_CLASS (bmn_application_parent_class)->shutdown (application);
}

static void
bmn_application_finalize (GObject *object)
{
  BmnApplication *self = BMN_APPLICATION (object);
  /* A second start only wakes the first, and never comes to shutdown. */
  bmn_session_thread_close (self->session);
  g_clear_object (&self->session);
  g_clear_pointer (&self->folder, g_free);
  G_OBJECT_CLASS (bmn_application_parent_class)->finalize (object);
}

static void
bmn_application_class_init (BmnApplicationClass *klass)
{
  GApplicationClass *application_class = G_APPLICATION_CLASS (klass);
  G_OBJECT_CLASS (klass)->finalize = bmn_application_finalize;
  application_class->startup = bmn_application_startup;
  application_class->activate = bmn_application_activate;
  application_class->shutdown = bmn_application_shutdown;
  application_class->handle_local_options = bmn_application_handle_local_options;
  GTK_APPLICATION_CLASS (klass)->window_removed = bmn_application_window_removed;
}

static void
bmn_application_init (BmnApplication *self)
{
  const GOptionEntry options[] = {
    { "data", 0, 0, G_OPTION_ARG_FILENAME, NULL, N_ ("Work in this data folder"), N_ ("FOLDER") },
    { "version", 0, 0, G_OPTION_ARG_NONE, NULL, N_ ("Show the version and exit"), NULL },
    { NULL },
  };
  g_application_add_main_option_entries (G_APPLICATION (self), options);
  self->session = bmn_session_thread_new ();
  self->folder = g_build_filename (g_get_user_data_dir (), "bellman", NULL);
}

BmnApplication *
bmn_application_new (void)
{
  return g_object_new (BMN_TYPE_APPLICATION, "application-id", BMN_APP_ID, "resource-base-path",
                       "/io/github/bellman_app/Bellman", NULL);
}
