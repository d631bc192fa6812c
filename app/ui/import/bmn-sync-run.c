#include "bmn-sync-run.h"
#include "bmn-transfer-window.h"

#include "bmn-session-accounts.h"
#include "bmn-session-sync.h"

#include <glib/gi18n.h>

typedef struct
{
  BmnTransferWindow *window; /* (owned) */
  GPtrArray *accounts;       /* (owned) (nullable) (element-type BmnAccount) */
  guint n_read;              /* accounts */
  BmnSyncReport sum;         /* of all accounts so far */
  GString *failures;         /* (owned): sentences */
} Run;

static void
run_free (Run *run)
{
  g_object_unref (run->window);
  g_clear_pointer (&run->accounts, g_ptr_array_unref);
  g_string_free (run->failures, TRUE);
  g_free (run);
}

/*
 * The end.
 */

static void
end (Run *run)
{
  g_autoptr (GString) text = g_string_new (NULL);
  if (run->accounts->len == 0)
    g_string_append (text, _ ("No account is on a platform that tells what becomes of posts."));
  else
    {
      g_string_append_printf (
          text, ngettext ("%u post is new here.", "%u posts are new here.", run->sum.n_added),
          run->sum.n_added);
      g_string_append_c (text, ' ');
      g_string_append_printf (text,
                              ngettext ("The counts of %u post were read.",
                                        "The counts of %u posts were read.", run->sum.n_counted),
                              run->sum.n_counted);
    }
  g_string_append (text, run->failures->str);
  bmn_transfer_window_end (run->window, text->str);
}

/*
 * One account.
 */

typedef struct
{
  gint64 account_id;
  BmnProgressRelay *relay; /* (owned) */
} Reading;

static void
reading_free (gpointer data)
{
  bmn_progress_relay_unref (((Reading *)data)->relay);
  g_free (data);
}

static void
on_progress (const BmnSyncReport *so_far, gpointer data)
{
  const Reading *reading = data;
  bmn_progress_relay_tell (reading->relay, 0, 0, so_far->n_listed);
}

static void
on_answer (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  GError *error = NULL;
  BmnSyncReport *report = bmn_session_sync_account_finish (BMN_SESSION (source), result, &error);
  if (report)
    g_task_return_pointer (task, report, (GDestroyNotify)bmn_sync_report_free);
  else
    g_task_return_error (task, error);
}

static void
start_reading (BmnSession *session, gpointer data, GTask *task)
{
  const Reading *reading = data;
  bmn_session_sync_account_async (session, reading->account_id, on_progress, data,
                                  g_task_get_cancellable (task), on_answer, task);
}

static void read_next (Run *run);

static void
on_read (GObject *source, GAsyncResult *result, gpointer data)
{
  Run *run = data;
  const BmnAccount *account = run->accounts->pdata[run->n_read];
  g_autoptr (GError) error = NULL;
  g_autoptr (BmnSyncReport) report
      = bmn_session_thread_call_finish (BMN_SESSION_THREAD (source), result, &error);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      bmn_transfer_window_fail (run->window, error);
      run_free (run);
      return;
    }
  if (report)
    {
      run->sum.n_added += report->n_added;
      run->sum.n_counted += report->n_counted;
    }
  else
    {
      g_string_append_c (run->failures, '\n');
      /* Translators: the first %s is an account, the second a whole sentence. */
      g_string_append_printf (run->failures, _ ("On “%s”: %s"), account->name, error->message);
    }
  run->n_read++;
  read_next (run);
}

static void
read_next (Run *run)
{
  if (run->n_read == run->accounts->len)
    {
      end (run);
      run_free (run);
      return;
    }
  const BmnAccount *account = run->accounts->pdata[run->n_read];
  Reading *reading = g_new0 (Reading, 1);
  reading->account_id = account->id;
  reading->relay = bmn_progress_relay_ref (bmn_transfer_window_get_relay (run->window));
  bmn_transfer_window_set_doing (run->window, account->name);
  bmn_session_thread_start_async (bmn_transfer_window_get_session (run->window), start_reading,
                                  reading, reading_free,
                                  bmn_transfer_window_get_cancellable (run->window), on_read, run);
}

/*
 * The accounts.
 */

/* Returns: (transfer full) (element-type BmnAccount): those whose platform tells anything */
static gpointer
list_accounts (BmnSession *session, gpointer data, GError **error)
{
  GPtrArray *accounts = bmn_session_list_accounts (session, error);
  for (guint i = accounts ? accounts->len : 0; i > 0; i--)
    if (!bmn_session_can_sync_account (session, ((BmnAccount *)accounts->pdata[i - 1])->id))
      g_ptr_array_remove_index (accounts, i - 1);
  return accounts;
}

static void
on_accounts (GObject *source, GAsyncResult *result, gpointer data)
{
  Run *run = data;
  g_autoptr (GError) error = NULL;
  run->accounts = bmn_session_thread_call_finish (BMN_SESSION_THREAD (source), result, &error);
  if (run->accounts)
    {
      read_next (run);
      return;
    }
  bmn_transfer_window_fail (run->window, error);
  run_free (run);
}

void
bmn_sync_run_begin (BmnApplication *app, GtkWindow *parent)
{
  Run *run = g_new0 (Run, 1);
  run->window
      = g_object_ref (bmn_transfer_window_new (app, parent, _ ("Reading From the Platforms")));
  run->failures = g_string_new (NULL);
  bmn_session_thread_call_async (bmn_application_get_session (app), list_accounts, NULL, NULL,
                                 (GDestroyNotify)g_ptr_array_unref,
                                 bmn_transfer_window_get_cancellable (run->window), on_accounts,
                                 run);
}
