#include "bmn-connect-window.h"
#include "bmn-sign-in.h"
#include "bmn-state-look.h"

#include "bmn-session-accounts.h"

#include <glib/gi18n.h>

/* What is known of a platform; all of it lives as long as the program. */
typedef struct
{
  char *id; /* (owned) */
  const char *name;
  const BmnInput *inputs;
} Platform;

struct _BmnConnectWindow
{
  AdwWindow parent_instance;

  BmnSessionThread *session;     /* (owned) */
  GPtrArray *known;              /* (owned) (nullable) (element-type Platform) */
  const Platform *chosen;        /* (nullable) */
  GCancellable *signing_in;      /* (owned) (nullable) */
  BmnAccount *known_account;     /* (owned) (nullable): to sign in to anew */
  GPtrArray *rows;               /* (owned): of the inputs, in their order */
  GTask *question;               /* (owned) (nullable): to be answered by the user */
  GtkFileChooserNative *chooser; /* (owned) (nullable) */
  GtkWidget *back;
  AdwPreferencesGroup *platforms;
  AdwPreferencesGroup *inputs;
  AdwExpanderRow *more;
  GtkWidget *questions;
  GtkEditable *answer;
  GtkLabel *message;
  GtkWidget *foot;
  GtkSpinner *spinner;
  GtkWidget *cancel;
  GtkWidget *connect;
};

G_DEFINE_FINAL_TYPE (BmnConnectWindow, bmn_connect_window, ADW_TYPE_WINDOW)

static void
platform_free (gpointer data)
{
  g_free (((Platform *)data)->id);
  g_free (data);
}

static void
say (BmnConnectWindow *self, const char *message)
{
  gtk_label_set_label (self->message, message ? message : "");
  gtk_widget_set_visible (GTK_WIDGET (self->message), message != NULL);
}

static void
set_busy (BmnConnectWindow *self, gboolean busy)
{
  gtk_widget_set_visible (self->cancel, busy);
  if (busy)
    gtk_widget_grab_focus (self->cancel);
  gtk_widget_set_sensitive (GTK_WIDGET (self->inputs), !busy);
  gtk_widget_set_visible (self->connect, !busy);
  gtk_widget_set_visible (GTK_WIDGET (self->spinner), busy);
  gtk_spinner_set_spinning (self->spinner, busy);
}

/*
 * Inputs.
 */

static void
on_folder_chosen (GtkNativeDialog *dialog, int response, gpointer data)
{
  BmnConnectWindow *self = data;
  AdwActionRow *row = g_object_get_data (G_OBJECT (dialog), "row");
  g_autoptr (GFile) folder = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (dialog));
  if (response == GTK_RESPONSE_ACCEPT && folder && row)
    adw_action_row_set_subtitle (row, g_file_peek_path (folder));
  g_clear_object (&self->chooser);
}

static void
on_choose_folder (GtkButton *button, gpointer data)
{
  BmnConnectWindow *self = data;
  g_clear_object (&self->chooser);
  self->chooser
      = gtk_file_chooser_native_new (_ ("Choose a Folder"), GTK_WINDOW (self),
                                     GTK_FILE_CHOOSER_ACTION_SELECT_FOLDER, _ ("_Choose"), NULL);
  g_object_set_data (G_OBJECT (self->chooser), "row",
                     gtk_widget_get_ancestor (GTK_WIDGET (button), ADW_TYPE_ACTION_ROW));
  g_signal_connect (self->chooser, "response", G_CALLBACK (on_folder_chosen), self);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (self->chooser));
}

static GtkWidget *
make_row (BmnConnectWindow *self, const BmnInput *input)
{
  const char *title = gettext (input->description);
  GtkWidget *row, *control;
  switch (input->kind)
    {
    case BMN_INPUT_TEXT:
    case BMN_INPUT_URL:
      row = adw_entry_row_new ();
      break;
    case BMN_INPUT_SECRET:
      row = adw_password_entry_row_new ();
      break;
    case BMN_INPUT_FOLDER:
    case BMN_INPUT_FLAG:
    default:
      row = adw_action_row_new ();
      control = input->kind == BMN_INPUT_FOLDER ? gtk_button_new_with_mnemonic (_ ("_Choose…"))
                                                : gtk_switch_new ();
      gtk_widget_set_valign (control, GTK_ALIGN_CENTER);
      gtk_accessible_update_property (GTK_ACCESSIBLE (control), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                      title, -1);
      if (input->kind == BMN_INPUT_FOLDER)
        g_signal_connect (control, "clicked", G_CALLBACK (on_choose_folder), self);
      adw_action_row_add_suffix (ADW_ACTION_ROW (row), control);
      adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), control);
      g_object_set_data (G_OBJECT (row), "control", control);
      break;
    }
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  return row;
}

/* Returns: (nullable) (transfer none): what was given */
static const char *
get_value (const BmnInput *input, GtkWidget *row)
{
  const char *text;
  if (input->kind == BMN_INPUT_FLAG)
    return gtk_switch_get_active (g_object_get_data (G_OBJECT (row), "control")) ? "true" : NULL;
  text = input->kind == BMN_INPUT_FOLDER ? adw_action_row_get_subtitle (ADW_ACTION_ROW (row))
                                         : gtk_editable_get_text (GTK_EDITABLE (row));
  return text && *text ? text : NULL;
}

static void
clear_rows (BmnConnectWindow *self)
{
  for (guint i = 0; i < self->rows->len; i++)
    if (self->chosen->inputs[i].required)
      adw_preferences_group_remove (self->inputs, self->rows->pdata[i]);
    else
      adw_expander_row_remove (self->more, self->rows->pdata[i]);
  g_ptr_array_set_size (self->rows, 0);
}

/* What was given when the account was added; secrets are not among it. */
static void
fill_in (BmnConnectWindow *self, const BmnInput *input, GtkWidget *row)
{
  const char *known
      = self->known_account ? bmn_account_get_setting (self->known_account, input->name) : NULL;
  if (known && input->kind == BMN_INPUT_FLAG)
    gtk_switch_set_active (g_object_get_data (G_OBJECT (row), "control"), TRUE);
  else if (known && input->kind == BMN_INPUT_FOLDER)
    adw_action_row_set_subtitle (ADW_ACTION_ROW (row), known);
  else if (known)
    gtk_editable_set_text (GTK_EDITABLE (row), known);
}

/* What is needed stands by itself, all else behind one row, so that most people pass it by. */
static void
add_rows (BmnConnectWindow *self)
{
  gboolean has_more = FALSE;
  for (const BmnInput *input = self->chosen->inputs; input->name; input++)
    {
      GtkWidget *row = make_row (self, input);
      fill_in (self, input, row);
      if (input->required)
        adw_preferences_group_add (self->inputs, row);
      else
        adw_expander_row_add_row (self->more, row);
      has_more |= !input->required;
      g_ptr_array_add (self->rows, row);
    }
  /* It was added first, and belongs last. */
  g_object_ref (self->more);
  adw_preferences_group_remove (self->inputs, GTK_WIDGET (self->more));
  adw_preferences_group_add (self->inputs, GTK_WIDGET (self->more));
  g_object_unref (self->more);
  gtk_widget_set_visible (GTK_WIDGET (self->more), has_more);
  adw_expander_row_set_expanded (self->more, FALSE);
}

static gboolean
needs_browser (const Platform *platform)
{
  for (const BmnInput *input = platform->inputs; input->name; input++)
    if (input->kind == BMN_INPUT_FOLDER)
      return FALSE;
  return TRUE;
}

static void
choose (BmnConnectWindow *self, const Platform *platform)
{
  clear_rows (self);
  self->chosen = platform;
  say (self, NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->platforms), platform == NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->inputs), platform != NULL);
  gtk_widget_set_visible (self->foot, platform != NULL);
  gtk_widget_set_visible (self->back, platform != NULL && !self->known_account);
  if (!platform)
    return;
  add_rows (self);
  adw_preferences_group_set_title (self->inputs, platform->name);
  adw_preferences_group_set_description (
      self->inputs, needs_browser (platform)
                        ? _ ("Your browser opens. Allow Bellman there, and this window goes on by "
                             "itself.")
                        : _ ("Bellman writes pages and feeds into a folder of yours."));
  gtk_widget_grab_focus (self->rows->pdata[0]);
}

/*
 * Signing in. The session asks on its own thread; the user is reached on this one.
 */

/* @task: (transfer full): */
static void
ask (const char *question, GTask *task, gpointer data)
{
  BmnConnectWindow *self = data;
  g_set_object (&self->question, task);
  g_object_unref (task);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->answer), question);
  gtk_editable_set_text (self->answer, "");
  gtk_widget_set_visible (self->questions, TRUE);
  gtk_widget_grab_focus (GTK_WIDGET (self->answer));
}

static void
on_answer (BmnConnectWindow *self)
{
  const char *answer = gtk_editable_get_text (self->answer);
  if (!self->question || !*answer)
    return;
  g_task_return_pointer (self->question, g_strdup (answer), g_free);
  g_clear_object (&self->question);
  gtk_widget_set_visible (self->questions, FALSE);
}

/* Who asked must not wait for an answer that never comes. */
static void
drop_question (BmnConnectWindow *self)
{
  if (self->question)
    g_task_return_new_error (self->question, G_IO_ERROR, G_IO_ERROR_CANCELLED, "%s",
                             _ ("The sign-in was cancelled."));
  g_clear_object (&self->question);
  gtk_widget_set_visible (self->questions, FALSE);
}

/* The browser stands before the program now. */
static void
come_back (BmnConnectWindow *self)
{
  GtkWindow *parent = gtk_window_get_transient_for (GTK_WINDOW (self));
  gtk_window_close (GTK_WINDOW (self));
  if (parent)
    gtk_window_present (parent);
}

static void
on_signed_in (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (BmnConnectWindow) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (BmnAccount) account = bmn_sign_in_finish (BMN_SESSION_THREAD (source), result, &error);
  g_clear_object (&self->signing_in);
  drop_question (self);
  set_busy (self, FALSE);
  if (account && self->chosen)
    come_back (self);
  else
    say (self, g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) ? NULL : error->message);
}

/* Where a platform has both and no secret is given, the browser is the way. */
static void
prefer_browser (const Platform *platform, GHashTable *values)
{
  gboolean has_browser = FALSE;
  for (const BmnInput *input = platform->inputs; input->name; input++)
    if (input->kind == BMN_INPUT_SECRET && g_hash_table_contains (values, input->name))
      return;
    else if (g_str_equal (input->name, "oauth"))
      has_browser = TRUE;
  if (has_browser)
    g_hash_table_insert (values, g_strdup ("oauth"), g_strdup ("true"));
}

static void
connect_account (BmnConnectWindow *self)
{
  g_autoptr (GHashTable) values = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  for (guint i = 0; i < self->rows->len; i++)
    {
      const BmnInput *input = &self->chosen->inputs[i];
      const char *value = get_value (input, self->rows->pdata[i]);
      if (value)
        g_hash_table_insert (values, g_strdup (input->name), g_strdup (value));
      else if (input->required)
        {
          /* Translators: %s is what a platform wants to know, such as an address. */
          g_autofree char *message
              = g_strdup_printf (_ ("This is needed: %s"), gettext (input->description));
          say (self, message);
          gtk_widget_grab_focus (self->rows->pdata[i]);
          return;
        }
    }
  prefer_browser (self->chosen, values);
  self->signing_in = g_cancellable_new ();
  say (self, NULL);
  set_busy (self, TRUE);
  bmn_sign_in_async (self->session, self->known_account ? self->known_account->id : 0,
                     self->chosen->id, values, ask, G_OBJECT (self), self->signing_in, on_signed_in,
                     g_object_ref (self));
}

static void
cancel_sign_in (BmnConnectWindow *self)
{
  drop_question (self);
  g_cancellable_cancel (self->signing_in);
}

static void
go_back (BmnConnectWindow *self)
{
  cancel_sign_in (self);
  choose (self, NULL);
}

/*
 * The platforms.
 */

static gpointer
list_platforms (BmnSession *session, gpointer data, GError **error)
{
  GPtrArray *known = g_ptr_array_new_with_free_func (platform_free);
  g_auto (GStrv) ids = bmn_session_list_platforms (session);
  for (guint i = 0; ids[i]; i++)
    {
      Platform *platform = g_new0 (Platform, 1);
      platform->id = g_strdup (ids[i]);
      platform->name = bmn_session_get_platform_name (session, ids[i]);
      platform->inputs = bmn_session_get_platform_inputs (session, ids[i]);
      g_ptr_array_add (known, platform);
    }
  return known;
}

static void
on_platform (AdwActionRow *row, gpointer data)
{
  choose (data, g_object_get_data (G_OBJECT (row), "platform"));
}

static void
on_platforms (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (BmnConnectWindow) self = data;
  g_autoptr (GError) error = NULL;
  self->known = bmn_session_thread_call_finish (BMN_SESSION_THREAD (source), result, &error);
  if (!self->known)
    say (self, error->message);
  for (guint i = 0; self->known && i < self->known->len; i++)
    {
      Platform *platform = self->known->pdata[i];
      if (self->known_account && g_str_equal (platform->id, self->known_account->platform))
        choose (self, platform);
      GtkWidget *row = adw_action_row_new ();
      g_autofree char *icon = bmn_platform_get_icon_name (platform->id);
      adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), platform->name);
      adw_action_row_add_prefix (ADW_ACTION_ROW (row), gtk_image_new_from_icon_name (icon));
      adw_action_row_add_suffix (ADW_ACTION_ROW (row),
                                 gtk_image_new_from_icon_name ("go-next-symbolic"));
      gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
      g_object_set_data (G_OBJECT (row), "platform", platform);
      g_signal_connect (row, "activated", G_CALLBACK (on_platform), self);
      adw_preferences_group_add (self->platforms, row);
    }
}

/* A sign-in that nobody waits for any more ends with its window. */
static gboolean
on_close (BmnConnectWindow *self)
{
  cancel_sign_in (self);
  return FALSE;
}

/*
 * The object.
 */

static void
bmn_connect_window_dispose (GObject *object)
{
  BmnConnectWindow *self = BMN_CONNECT_WINDOW (object);
  g_cancellable_cancel (self->signing_in);
  g_clear_object (&self->signing_in);
  g_clear_object (&self->question);
  g_clear_object (&self->chooser);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (bmn_connect_window_parent_class)->dispose (object);
}

static void
bmn_connect_window_finalize (GObject *object)
{
  BmnConnectWindow *self = BMN_CONNECT_WINDOW (object);
  g_clear_pointer (&self->known, g_ptr_array_unref);
  g_clear_pointer (&self->known_account, bmn_account_free);
  g_ptr_array_unref (self->rows);
  G_OBJECT_CLASS (bmn_connect_window_parent_class)->finalize (object);
}

static void
bmn_connect_window_class_init (BmnConnectWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  G_OBJECT_CLASS (klass)->dispose = bmn_connect_window_dispose;
  G_OBJECT_CLASS (klass)->finalize = bmn_connect_window_finalize;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               BMN_RESOURCES "/bmn-connect-window.ui");
  gtk_widget_class_bind_template_child (widget_class, BmnConnectWindow, back);
  gtk_widget_class_bind_template_child (widget_class, BmnConnectWindow, platforms);
  gtk_widget_class_bind_template_child (widget_class, BmnConnectWindow, inputs);
  gtk_widget_class_bind_template_child (widget_class, BmnConnectWindow, more);
  gtk_widget_class_bind_template_child (widget_class, BmnConnectWindow, questions);
  gtk_widget_class_bind_template_child (widget_class, BmnConnectWindow, answer);
  gtk_widget_class_bind_template_child (widget_class, BmnConnectWindow, message);
  gtk_widget_class_bind_template_child (widget_class, BmnConnectWindow, foot);
  gtk_widget_class_bind_template_child (widget_class, BmnConnectWindow, spinner);
  gtk_widget_class_bind_template_child (widget_class, BmnConnectWindow, cancel);
  gtk_widget_class_bind_template_child (widget_class, BmnConnectWindow, connect);
  gtk_widget_class_bind_template_callback (widget_class, go_back);
  gtk_widget_class_bind_template_callback (widget_class, connect_account);
  gtk_widget_class_bind_template_callback (widget_class, cancel_sign_in);
  gtk_widget_class_bind_template_callback (widget_class, on_answer);
  gtk_widget_class_bind_template_callback (widget_class, on_close);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
bmn_connect_window_init (BmnConnectWindow *self)
{
  self->rows = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
}

BmnConnectWindow *
bmn_connect_window_new (GtkWindow *parent, BmnSessionThread *session)
{
  BmnConnectWindow *self = g_object_new (BMN_TYPE_CONNECT_WINDOW, "transient-for", parent, NULL);
  self->session = g_object_ref (session);
  bmn_session_thread_call_async (session, list_platforms, NULL, NULL,
                                 (GDestroyNotify)g_ptr_array_unref, NULL, on_platforms,
                                 g_object_ref (self));
  return self;
}

BmnConnectWindow *
bmn_connect_window_new_again (GtkWindow *parent,
                              BmnSessionThread *session,
                              const BmnAccount *account)
{
  BmnConnectWindow *self = bmn_connect_window_new (parent, session);
  self->known_account = bmn_account_copy (account);
  gtk_window_set_title (GTK_WINDOW (self), _ ("Sign In Again"));
  gtk_button_set_label (GTK_BUTTON (self->connect), _ ("_Sign In"));
  gtk_widget_set_visible (GTK_WIDGET (self->platforms), FALSE);
  return self;
}
