#include "bmn-cli-json-private.h"
#include "bmn-cli-private.h"

#include "bmn-session-privacy.h"

#include <glib/gi18n.h>

/* Options of its own for a command that takes nothing else. */
static gboolean
parse (BmnCli *cli, const GOptionEntry *entries, GStrv arguments)
{
  g_auto (GStrv) rest = g_strdupv (arguments);
  if (!bmn_cli_parse (cli, entries, NULL, &rest))
    return FALSE;
  if (rest[0])
    bmn_cli_wrong_usage (cli, _ ("“%s” is not understood here."), rest[0]);
  return !rest[0];
}

static JsonNode *
from_stored (const BmnStoredData *stored)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  json_builder_begin_object (builder);
  bmn_builder_add_string (builder, "folder", stored->folder);
  bmn_builder_add_int (builder, "accounts", stored->n_accounts);
  bmn_builder_add_int (builder, "posts", stored->n_posts);
  bmn_builder_add_int (builder, "planned", stored->n_planned);
  bmn_builder_add_int (builder, "history", stored->n_history);
  bmn_builder_add_int (builder, "requests", stored->n_requests);
  bmn_builder_add_int (builder, "suggestions", stored->n_suggestions);
  bmn_builder_add_int (builder, "media", stored->n_media);
  bmn_builder_add_int (builder, "databaseBytes", stored->database_bytes);
  bmn_builder_add_int (builder, "mediaBytes", stored->media_bytes);
  bmn_builder_add_int (builder, "backupBytes", stored->backup_bytes);
  json_builder_end_object (builder);
  return json_builder_get_root (builder);
}

static void
print_line (const char *name, gint64 value)
{
  g_print ("%s\t%" G_GINT64_FORMAT "\n", name, value);
}

static void
print_stored (const BmnStoredData *stored)
{
  g_print ("%s\t%s\n", _ ("Folder"), stored->folder);
  print_line (_ ("Accounts"), stored->n_accounts);
  print_line (_ ("Posts written here"), stored->n_posts);
  print_line (_ ("Of these planned"), stored->n_planned);
  print_line (_ ("Posts of the history"), stored->n_history);
  print_line (_ ("Lines of the network ledger"), stored->n_requests);
  print_line (_ ("Suggestions on record"), stored->n_suggestions);
  print_line (_ ("Pictures and videos"), stored->n_media);
  print_line (_ ("Bytes of the database"), stored->database_bytes);
  print_line (_ ("Bytes of pictures and videos"), stored->media_bytes);
  print_line (_ ("Bytes of copies made before updates"), stored->backup_bytes);
}

static BmnCliExit
run_stored (BmnCli *cli, GStrv arguments)
{
  g_autoptr (GError) error = NULL;
  if (!parse (cli, NULL, arguments))
    return BMN_CLI_WRONG_USAGE;
  if (!bmn_cli_get_session (cli))
    return BMN_CLI_FAILED;
  g_autoptr (BmnStoredData) stored = bmn_session_describe_stored (cli->session, &error);
  if (!stored)
    return bmn_cli_fail (error);
  if (cli->json)
    bmn_cli_print_json (from_stored (stored));
  else
    print_stored (stored);
  return BMN_CLI_DONE;
}

static BmnCliExit
run_forget (BmnCli *cli, GStrv arguments)
{
  g_autofree char *account = NULL;
  const GOptionEntry entries[] = {
    { "account", 0, 0, G_OPTION_ARG_STRING, &account, N_ ("Of this account alone"), N_ ("ID") },
    G_OPTION_ENTRY_NULL,
  };
  gint64 id = 0;
  g_autoptr (GError) error = NULL;
  if (!parse (cli, entries, arguments) || (account && !bmn_cli_parse_id (cli, account, &id)))
    return BMN_CLI_WRONG_USAGE;
  if (!bmn_cli_get_session (cli))
    return BMN_CLI_FAILED;
  return bmn_session_forget_learnt (cli->session, id, &error) ? BMN_CLI_DONE : bmn_cli_fail (error);
}

/* Signs out and closes the session. */
static gboolean
give_up_accounts (BmnCli *cli, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;
  bmn_session_give_up_accounts_async (cli->session, NULL, bmn_cli_take_result, &result);
  g_auto (GStrv) warnings
      = bmn_session_give_up_accounts_finish (cli->session, bmn_cli_wait (&result), error);
  for (guint i = 0; warnings && warnings[i]; i++)
    g_printerr ("%s\n", warnings[i]);
  if (!warnings)
    return FALSE;
  bmn_session_close (cli->session);
  g_clear_object (&result);
  g_clear_object (&cli->session);
  return TRUE;
}

static BmnCliExit
run_erase (BmnCli *cli, GStrv arguments)
{
  gboolean yes = FALSE;
  const GOptionEntry entries[] = {
    { "yes", 0, 0, G_OPTION_ARG_NONE, &yes, N_ ("You mean it; there is no way back"), NULL },
    G_OPTION_ENTRY_NULL,
  };
  g_autoptr (GError) error = NULL;
  if (!parse (cli, entries, arguments))
    return BMN_CLI_WRONG_USAGE;
  if (!yes)
    return bmn_cli_wrong_usage (cli, "%s",
                                _ ("This deletes all accounts, posts and pictures of the data "
                                   "folder for good. Say --yes to do it."));
  if (!bmn_cli_get_session (cli))
    return BMN_CLI_FAILED;
  return give_up_accounts (cli, &error) && bmn_session_delete_data (cli->data, &error)
             ? BMN_CLI_DONE
             : bmn_cli_fail (error);
}

const BmnCommand bmn_privacy_commands[] = {
  { "privacy stored", NULL, N_ ("Show what is stored on this computer"), run_stored },
  { "privacy forget", NULL, N_ ("Forget what suggestions were learnt from"), run_forget },
  { "privacy erase", NULL, N_ ("Sign out everywhere and delete everything"), run_erase },
  { NULL },
};
