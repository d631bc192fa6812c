#include "bmn-stored-page.h"
#include "bmn-eraser.h"

#include "bmn-session-privacy.h"

#include <glib/gi18n.h>

struct _BmnStoredPage
{
  AdwBin parent_instance;

  BmnApplication *app; /* (owned) (nullable) */
  char *folder;        /* (owned) (nullable) */
  AdwActionRow *place;
  GtkWidget *accounts;
  GtkWidget *posts;
  GtkWidget *history;
  GtkWidget *media;
  GtkWidget *suggestions;
  GtkWidget *requests;
  GtkWidget *backups;
  GtkWidget *total;
  AdwPreferencesGroup *erase_group;
  GtkWidget *erase;
};

G_DEFINE_FINAL_TYPE (BmnStoredPage, bmn_stored_page, ADW_TYPE_BIN)

/*
 * Showing.
 */

static void
set_count (GtkWidget *label, gint64 n)
{
  g_autofree char *text = g_strdup_printf ("%'" G_GINT64_FORMAT, n);
  gtk_label_set_label (GTK_LABEL (label), text);
}

static void
set_size (GtkWidget *label, gint64 bytes)
{
  g_autofree char *text = g_format_size (bytes);
  gtk_label_set_label (GTK_LABEL (label), text);
}

static void
show_stored (BmnStoredPage *self, const BmnStoredData *stored)
{
  g_free (self->folder);
  self->folder = g_strdup (stored->folder);
  g_autofree char *folder = g_filename_display_name (stored->folder);
  g_autofree char *media_size = g_format_size (stored->media_bytes);
  /* Translators: how many files, and their size. */
  g_autofree char *media = g_strdup_printf (_ ("%u, %s"), stored->n_media, media_size);
  adw_action_row_set_subtitle (self->place, folder);
  set_count (self->accounts, stored->n_accounts);
  set_count (self->posts, stored->n_posts);
  set_count (self->history, stored->n_history);
  set_count (self->suggestions, stored->n_suggestions);
  set_count (self->requests, stored->n_requests);
  gtk_label_set_label (GTK_LABEL (self->media), media);
  set_size (self->backups, stored->backup_bytes);
  set_size (self->total, stored->database_bytes + stored->media_bytes + stored->backup_bytes);
}

static gpointer
describe_stored (BmnSession *session, gpointer data, GError **error)
{
  return bmn_session_describe_stored (session, error);
}

static void
on_described (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (BmnStoredPage) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (BmnStoredData) stored
      = bmn_session_thread_call_finish (BMN_SESSION_THREAD (source), result, &error);
  if (stored)
    show_stored (self, stored);
  else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    adw_action_row_set_subtitle (self->place, error->message);
}

void
bmn_stored_page_refresh (BmnStoredPage *self)
{
  BmnSessionThread *session = self->app ? bmn_application_get_session (self->app) : NULL;
  if (session && bmn_session_thread_is_open (session))
    bmn_session_thread_work_async (session, describe_stored, NULL, NULL,
                                   (GDestroyNotify)bmn_stored_data_free, NULL, on_described,
                                   g_object_ref (self));
}

/*
 * What the user does.
 */

static void
on_open_folder (BmnStoredPage *self)
{
  g_autofree char *uri = self->folder ? g_filename_to_uri (self->folder, NULL, NULL) : NULL;
  if (uri)
    gtk_show_uri (GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))), uri, GDK_CURRENT_TIME);
}

static void
on_typed (GtkEditable *entry, AdwMessageDialog *dialog)
{
  g_autofree char *typed = g_utf8_casefold (gtk_editable_get_text (entry), -1);
  g_autofree char *word = g_utf8_casefold (_ ("erase"), -1);
  adw_message_dialog_set_response_enabled (dialog, "erase", g_str_equal (typed, word));
}

static void
on_response (AdwMessageDialog *dialog, const char *response, gpointer data)
{
  g_autoptr (BmnApplication) app = data;
  if (g_str_equal (response, "erase"))
    bmn_eraser_run (app);
}

/* Nobody erases all by a slip: the word has to be typed. */
static void
on_erase (BmnStoredPage *self)
{
  GtkWindow *window = GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self)));
  AdwMessageDialog *dialog = ADW_MESSAGE_DIALOG (adw_message_dialog_new (
      window, _ ("Erase Everything?"),
      _ ("Bellman signs out of all accounts, removes their credentials from the keyring and "
         "deletes all posts, pictures, the history and what was learnt. Planned posts do not go "
         "out; what a server already keeps may. There is no way back.\n\nTo go on, type "
         "“erase”.")));
  GtkWidget *entry = gtk_entry_new ();
  gtk_accessible_update_property (GTK_ACCESSIBLE (entry), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Type “erase” to go on"), -1);
  adw_message_dialog_set_extra_child (dialog, entry);
  adw_message_dialog_add_responses (dialog, "cancel", _ ("_Cancel"), "erase",
                                    _ ("_Erase Everything"), NULL);
  adw_message_dialog_set_response_appearance (dialog, "erase", ADW_RESPONSE_DESTRUCTIVE);
  adw_message_dialog_set_response_enabled (dialog, "erase", FALSE);
  adw_message_dialog_set_close_response (dialog, "cancel");
  g_signal_connect (entry, "changed", G_CALLBACK (on_typed), dialog);
  g_signal_connect (dialog, "response", G_CALLBACK (on_response), g_object_ref (self->app));
  gtk_window_present (GTK_WINDOW (dialog));
  gtk_widget_grab_focus (entry);
}

/*
 * The object.
 */

void
bmn_stored_page_set_application (BmnStoredPage *self, BmnApplication *app)
{
  g_set_object (&self->app, app);
  gtk_widget_set_sensitive (self->erase, !bmn_application_shows_sample (app));
  if (bmn_application_shows_sample (app))
    adw_preferences_group_set_description (
        self->erase_group, _ ("These are sample data. The main menu removes them."));
  bmn_stored_page_refresh (self);
}

static void
bmn_stored_page_dispose (GObject *object)
{
  BmnStoredPage *self = BMN_STORED_PAGE (object);
  g_clear_object (&self->app);
  g_clear_pointer (&self->folder, g_free);
  G_OBJECT_CLASS (bmn_stored_page_parent_class)->dispose (object);
}

static void
bmn_stored_page_class_init (BmnStoredPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  G_OBJECT_CLASS (klass)->dispose = bmn_stored_page_dispose;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               BMN_RESOURCES "/privacy/bmn-stored-page.ui");
  gtk_widget_class_bind_template_child (widget_class, BmnStoredPage, place);
  gtk_widget_class_bind_template_child (widget_class, BmnStoredPage, accounts);
  gtk_widget_class_bind_template_child (widget_class, BmnStoredPage, posts);
  gtk_widget_class_bind_template_child (widget_class, BmnStoredPage, history);
  gtk_widget_class_bind_template_child (widget_class, BmnStoredPage, media);
  gtk_widget_class_bind_template_child (widget_class, BmnStoredPage, suggestions);
  gtk_widget_class_bind_template_child (widget_class, BmnStoredPage, requests);
  gtk_widget_class_bind_template_child (widget_class, BmnStoredPage, backups);
  gtk_widget_class_bind_template_child (widget_class, BmnStoredPage, total);
  gtk_widget_class_bind_template_child (widget_class, BmnStoredPage, erase_group);
  gtk_widget_class_bind_template_child (widget_class, BmnStoredPage, erase);
  gtk_widget_class_bind_template_callback (widget_class, on_open_folder);
  gtk_widget_class_bind_template_callback (widget_class, on_erase);
}

static void
bmn_stored_page_init (BmnStoredPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
