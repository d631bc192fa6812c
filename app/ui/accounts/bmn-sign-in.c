#include "bmn-sign-in.h"

#include "bmn-session-accounts.h"

#include <glib/gi18n.h>
#include <gtk/gtk.h>

/* The window that asks is kept by whoever waits for the end, as it must be let go of on its own
 * thread. */
typedef struct
{
  gint64 id;
  char *platform;     /* (owned) */
  GHashTable *inputs; /* (owned) */
  BmnSignInAskFunc ask;
  GObject *ask_data; /* (transfer none) */
} SignIn;

static void
sign_in_free (gpointer data)
{
  SignIn *sign_in = data;
  g_free (sign_in->platform);
  g_hash_table_unref (sign_in->inputs);
  g_free (sign_in);
}

/*
 * The session asks on its own thread; the user is reached on the main one.
 */

static gboolean
show_uri (gpointer data)
{
  gtk_show_uri (NULL, data, GDK_CURRENT_TIME);
  return G_SOURCE_REMOVE;
}

static gboolean
open_uri (const char *uri, gpointer data, GError **error)
{
  g_main_context_invoke_full (NULL, G_PRIORITY_DEFAULT, show_uri, g_strdup (uri), g_free);
  return TRUE;
}

typedef struct
{
  char *question; /* (owned) */
  GTask *task;    /* (owned) (nullable) */
  BmnSignInAskFunc ask;
  GObject *ask_data; /* (owned) */
} Question;

static void
question_free (gpointer data)
{
  Question *question = data;
  g_object_unref (question->ask_data);
  g_clear_object (&question->task);
  g_free (question->question);
  g_free (question);
}

static gboolean
ask_here (gpointer data)
{
  Question *question = data;
  question->ask (question->question, g_steal_pointer (&question->task), question->ask_data);
  return G_SOURCE_REMOVE;
}

static void
ask (const char *words, GTask *task, gpointer data)
{
  const SignIn *sign_in = data;
  Question *question = g_new0 (Question, 1);
  question->question = g_strdup (words);
  question->task = g_object_ref (task);
  question->ask = sign_in->ask;
  question->ask_data = g_object_ref (sign_in->ask_data);
  g_main_context_invoke_full (NULL, G_PRIORITY_DEFAULT, ask_here, question, question_free);
}

/*
 * On the session's thread.
 */

static void
finish (GTask *task, BmnAccount *account, GError *error)
{
  if (account)
    g_task_return_pointer (task, account, (GDestroyNotify)bmn_account_free);
  else
    g_task_return_error (task, error);
  g_object_unref (task);
}

static void
on_added (GObject *source, GAsyncResult *result, gpointer data)
{
  GError *error = NULL;
  BmnAccount *account = bmn_session_add_account_finish (BMN_SESSION (source), result, &error);
  finish (data, account, error);
}

static void
on_signed_in (GObject *source, GAsyncResult *result, gpointer data)
{
  GError *error = NULL;
  BmnAccount *account = bmn_session_sign_in_account_finish (BMN_SESSION (source), result, &error);
  finish (data, account, error);
}

static void
start (BmnSession *session, gpointer data, GTask *task)
{
  SignIn *sign_in = data;
  GCancellable *cancellable = g_task_get_cancellable (task);
  bmn_session_set_prompt (session, open_uri, ask, sign_in);
  if (sign_in->id != 0)
    bmn_session_sign_in_account_async (session, sign_in->id, sign_in->inputs, cancellable,
                                       on_signed_in, task);
  else
    bmn_session_add_account_async (session, sign_in->platform, NULL, sign_in->inputs, cancellable,
                                   on_added, task);
}

void
bmn_sign_in_async (BmnSessionThread *session,
                   gint64 id,
                   const char *platform,
                   GHashTable *inputs,
                   BmnSignInAskFunc ask_func,
                   GObject *ask_data,
                   GCancellable *cancellable,
                   GAsyncReadyCallback callback,
                   gpointer user_data)
{
  SignIn *sign_in = g_new0 (SignIn, 1);
  sign_in->id = id;
  sign_in->platform = g_strdup (platform);
  sign_in->inputs = g_hash_table_ref (inputs);
  sign_in->ask = ask_func;
  sign_in->ask_data = ask_data;
  bmn_session_thread_start_async (session, start, sign_in, sign_in_free, cancellable, callback,
                                  user_data);
}

BmnAccount *
bmn_sign_in_finish (BmnSessionThread *session, GAsyncResult *result, GError **error)
{
  return bmn_session_thread_call_finish (session, result, error);
}
