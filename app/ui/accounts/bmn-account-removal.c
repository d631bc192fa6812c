#include "bmn-account-removal.h"

#include "bmn-session-accounts.h"

#include <glib/gi18n.h>

typedef struct
{
  BmnSessionThread *session; /* (owned) */
  gint64 id;
  char *name; /* (owned) */
  BmnAccountRemovedFunc done;
  GObject *data; /* (owned) */
} Removal;

static void
removal_free (Removal *removal)
{
  g_object_unref (removal->session);
  g_object_unref (removal->data);
  g_free (removal->name);
  g_free (removal);
}

static void
on_removed (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  g_autofree char *warning = NULL;
  GError *error = NULL;
  if (bmn_session_remove_account_finish (BMN_SESSION (source), result, &warning, &error))
    g_task_return_pointer (task, g_steal_pointer (&warning), g_free);
  else
    g_task_return_error (task, error);
}

static void
start_removal (BmnSession *session, gpointer data, GTask *task)
{
  bmn_session_remove_account_async (session, *(gint64 *)data, NULL, on_removed, task);
}

static void
on_done (GObject *source, GAsyncResult *result, gpointer data)
{
  Removal *removal = data;
  g_autoptr (GError) error = NULL;
  g_autofree char *warning
      = bmn_session_thread_call_finish (BMN_SESSION_THREAD (source), result, &error);
  g_autofree char *message = NULL;
  if (error)
    message = g_strdup (error->message);
  else if (warning)
    /* Translators: the first %s is the name of an account, the second says what went wrong. */
    message = g_strdup_printf (_ ("“%s” is removed here, but not signed out there: %s"),
                               removal->name, warning);
  else
    message = g_strdup_printf (_ ("“%s” is removed and signed out."), removal->name);
  removal->done (message, removal->data);
  removal_free (removal);
}

static void
on_response (AdwMessageDialog *dialog, const char *response, gpointer data)
{
  Removal *removal = data;
  if (!g_str_equal (response, "remove"))
    {
      removal_free (removal);
      return;
    }
  bmn_session_thread_start_async (removal->session, start_removal,
                                  g_memdup2 (&removal->id, sizeof removal->id), g_free, NULL,
                                  on_done, removal);
}

static char *
say_what_happens (const BmnAccountOverview *overview)
{
  g_autoptr (GString) text = g_string_new (
      overview->capabilities.needs_network
          ? _ ("Bellman signs out of it and gives its access back. What is published stays there.")
          : _ ("The files that were published stay where they are."));
  if (overview->n_planned > 0)
    {
      g_string_append_c (text, ' ');
      g_string_append_printf (
          text,
          ngettext ("%u planned post does not go out on it; you keep its text.",
                    "%u planned posts do not go out on it; you keep their texts.",
                    overview->n_planned),
          overview->n_planned);
    }
  g_string_append_printf (text, " %s",
                          _ ("Its history, queue and what was learnt from it are deleted. This "
                             "cannot be undone."));
  return g_string_free (g_steal_pointer (&text), FALSE);
}

void
bmn_account_remove (GtkWindow *parent,
                    BmnSessionThread *session,
                    const BmnAccountOverview *overview,
                    BmnAccountRemovedFunc done,
                    GObject *data)
{
  Removal *removal = g_new0 (Removal, 1);
  removal->session = g_object_ref (session);
  removal->id = overview->account->id;
  removal->name = g_strdup (overview->account->name);
  removal->done = done;
  removal->data = data;
  g_autofree char *body = say_what_happens (overview);
  /* Translators: %s is the name of an account. */
  g_autofree char *heading = g_strdup_printf (_ ("Remove “%s”?"), removal->name);
  AdwMessageDialog *dialog = ADW_MESSAGE_DIALOG (adw_message_dialog_new (parent, heading, body));
  adw_message_dialog_add_responses (dialog, "cancel", _ ("_Cancel"), "remove", _ ("_Remove"), NULL);
  adw_message_dialog_set_response_appearance (dialog, "remove", ADW_RESPONSE_DESTRUCTIVE);
  adw_message_dialog_set_default_response (dialog, "cancel");
  adw_message_dialog_set_close_response (dialog, "cancel");
  g_signal_connect (dialog, "response", G_CALLBACK (on_response), removal);
  gtk_window_present (GTK_WINDOW (dialog));
}
