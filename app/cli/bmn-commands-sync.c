#include "bmn-cli-json-private.h"
#include "bmn-cli-private.h"
#include "bmn-cli-progress-private.h"

#include "bmn-history-post.h"
#include "bmn-session-accounts.h"
#include "bmn-session-sync.h"

#include <glib/gi18n.h>

static JsonNode *
from_report (gint64 account_id, const BmnSyncReport *report, const GError *error)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  json_builder_begin_object (builder);
  bmn_builder_add_int (builder, "account", account_id);
  bmn_builder_add_bool (builder, "done", report != NULL);
  bmn_builder_add_string (builder, "error", error ? error->message : NULL);
  if (report)
    {
      bmn_builder_add_int (builder, "listed", report->n_listed);
      bmn_builder_add_int (builder, "added", report->n_added);
      bmn_builder_add_int (builder, "counted", report->n_counted);
      bmn_builder_add_int (builder, "gone", report->n_gone);
      json_builder_set_member_name (builder, "followers");
      if (report->followers == BMN_COUNT_UNKNOWN)
        json_builder_add_null_value (builder);
      else
        json_builder_add_int_value (builder, report->followers);
      bmn_builder_add_string (builder, "lack", report->lack);
    }
  json_builder_end_object (builder);
  return json_builder_get_root (builder);
}

/* Columns, as for the network ledger: id, name, read, new, counted, gone, followers. */
static void
print_report (const BmnAccount *account, const BmnSyncReport *report)
{
  g_print ("%" G_GINT64_FORMAT "\t%s\t%u\t%u\t%u\t%u\t", account->id, account->name,
           report->n_listed, report->n_added, report->n_counted, report->n_gone);
  if (report->followers == BMN_COUNT_UNKNOWN)
    g_print ("-\n");
  else
    g_print ("%" G_GINT64_FORMAT "\n", report->followers);
  if (report->lack)
    g_printerr ("%s\n", report->lack);
}

static void
on_progress (const BmnSyncReport *so_far, gpointer progress)
{
  g_autofree char *text
      = g_strdup_printf (_ ("%u posts read, %u counted"), so_far->n_listed, so_far->n_counted);
  bmn_cli_progress_show (progress, text);
}

static BmnCliExit
sync_account (BmnCli *cli, const BmnAccount *account, gboolean *cancelled)
{
  g_auto (BmnCliProgress) progress = { 0 };
  g_autoptr (GError) error = NULL;
  GAsyncResult *waiting = NULL;
  bmn_cli_progress_begin (&progress);
  bmn_session_sync_account_async (cli->session, account->id, on_progress, &progress,
                                  progress.cancellable, bmn_cli_take_result, &waiting);
  g_autoptr (GAsyncResult) result = bmn_cli_wait (&waiting);
  g_autoptr (BmnSyncReport) report = bmn_session_sync_account_finish (cli->session, result, &error);
  bmn_cli_progress_end (&progress);
  if (cli->json)
    bmn_cli_print_json (from_report (account->id, report, error));
  else if (report)
    print_report (account, report);
  *cancelled = g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  if (report)
    return BMN_CLI_DONE;
  /* Translators: the first %s is an account, the second a whole sentence. */
  g_printerr (_ ("On “%s”: %s"), account->name, error->message);
  g_printerr ("\n");
  return BMN_CLI_FAILED;
}

/* Returns: (transfer full): those that were asked for: one, or all that can be read */
static GPtrArray *
choose_accounts (BmnCli *cli, gint64 id, GError **error)
{
  g_autoptr (GPtrArray) chosen = g_ptr_array_new_with_free_func ((GDestroyNotify)bmn_account_free);
  if (id != 0)
    {
      BmnAccount *account = bmn_session_get_account (cli->session, id, error);
      if (!account)
        return NULL;
      g_ptr_array_add (chosen, account);
      return g_steal_pointer (&chosen);
    }
  g_autoptr (GPtrArray) accounts = bmn_session_list_accounts (cli->session, error);
  for (guint i = 0; accounts && i < accounts->len; i++)
    {
      const BmnAccount *account = accounts->pdata[i];
      if (bmn_session_can_sync_account (cli->session, account->id))
        g_ptr_array_add (chosen, bmn_account_copy (account));
    }
  return accounts ? g_steal_pointer (&chosen) : NULL;
}

static BmnCliExit
sync_accounts (BmnCli *cli, GPtrArray *accounts)
{
  BmnCliExit code = BMN_CLI_DONE;
  gboolean cancelled = FALSE;
  for (guint i = 0; i < accounts->len && !cancelled; i++)
    if (sync_account (cli, accounts->pdata[i], &cancelled) != BMN_CLI_DONE)
      code = BMN_CLI_FAILED;
  return code;
}

static BmnCliExit
run_sync (BmnCli *cli, GStrv arguments)
{
  g_autofree char *account_text = NULL;
  gint64 account_id = 0;
  const GOptionEntry entries[] = {
    { "account", 0, 0, G_OPTION_ARG_STRING, &account_text, N_ ("Only this account"), N_ ("ID") },
    G_OPTION_ENTRY_NULL,
  };
  g_auto (GStrv) rest = g_strdupv (arguments);
  if (!bmn_cli_parse (cli, entries, NULL, &rest)
      || (account_text && !bmn_cli_parse_id (cli, account_text, &account_id)))
    return BMN_CLI_WRONG_USAGE;
  if (rest[0])
    return bmn_cli_wrong_usage (cli, _ ("“%s” is not understood here."), rest[0]);
  if (!bmn_cli_get_session (cli))
    return BMN_CLI_FAILED;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) accounts = choose_accounts (cli, account_id, &error);
  if (!accounts)
    return bmn_cli_fail (error);
  if (accounts->len == 0)
    g_printerr ("%s\n", _ ("No account is on a platform that tells what becomes of posts."));
  return sync_accounts (cli, accounts);
}

const BmnCommand bmn_sync_commands[] = {
  { "sync", NULL, N_ ("Read posts, counts and followers from the platforms"), run_sync },
  { NULL },
};
