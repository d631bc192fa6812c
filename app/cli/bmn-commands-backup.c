#include "bmn-cli-json-private.h"
#include "bmn-cli-private.h"
#include "bmn-cli-progress-private.h"

#include "bmn-session-backup.h"

#include <glib/gi18n.h>

/* Returns: (transfer none): the one file that is named, %NULL after a message */
static const char *
take_file (BmnCli *cli, GStrv *arguments)
{
  if (!bmn_cli_parse (cli, NULL, NULL, arguments))
    return NULL;
  if (g_strv_length (*arguments) == 1)
    return (*arguments)[0];
  bmn_cli_wrong_usage (cli, "%s", _ ("This command needs the name of one file."));
  return NULL;
}

static JsonNode *
from_backup (const char *path)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autofree char *name = g_filename_display_name (path);
  json_builder_begin_object (builder);
  bmn_builder_add_string (builder, "file", name);
  json_builder_end_object (builder);
  return json_builder_get_root (builder);
}

static BmnCliExit
run_backup (BmnCli *cli, GStrv arguments)
{
  g_auto (GStrv) rest = g_strdupv (arguments);
  const char *path = take_file (cli, &rest);
  if (!path)
    return BMN_CLI_WRONG_USAGE;
  if (!bmn_cli_get_session (cli))
    return BMN_CLI_FAILED;
  g_autoptr (GError) error = NULL;
  g_auto (BmnCliProgress) progress = { 0 };
  GAsyncResult *waiting = NULL;
  bmn_cli_progress_begin (&progress);
  bmn_session_backup_async (cli->session, path, bmn_cli_progress_show_share, &progress,
                            progress.cancellable, bmn_cli_take_result, &waiting);
  g_autoptr (GAsyncResult) result = bmn_cli_wait (&waiting);
  gboolean done = bmn_session_backup_finish (cli->session, result, &error);
  bmn_cli_progress_end (&progress);
  if (!done)
    return bmn_cli_fail (error);
  if (cli->json)
    bmn_cli_print_json (from_backup (path));
  g_printerr ("%s\n",
              _ ("Passwords and sign-ins are not in the backup: they stay in the keyring."));
  return BMN_CLI_DONE;
}

static JsonNode *
from_report (const BmnRestoreReport *report)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  json_builder_begin_object (builder);
  bmn_builder_add_instant (builder, "createdAt", report->created_at);
  bmn_builder_add_int (builder, "held", report->n_held);
  bmn_builder_add_string (builder, "aside", report->aside);
  json_builder_end_object (builder);
  return json_builder_get_root (builder);
}

static void
print_report (const BmnRestoreReport *report)
{
  if (report->n_held > 0)
    {
      g_printerr (g_dngettext (GETTEXT_PACKAGE,
                               "%u planned post is held, as its time has passed since the backup.",
                               "%u planned posts are held, as their time has passed since the "
                               "backup.",
                               report->n_held),
                  report->n_held);
      g_printerr ("\n");
    }
  if (report->aside)
    {
      /* Translators: %s is a path. */
      g_printerr (_ ("What was there before is kept in “%s”."), report->aside);
      g_printerr ("\n");
    }
}

static BmnCliExit
run_restore (BmnCli *cli, GStrv arguments)
{
  g_auto (GStrv) rest = g_strdupv (arguments);
  const char *path = take_file (cli, &rest);
  if (!path)
    return BMN_CLI_WRONG_USAGE;
  g_autofree char *folder = cli->data ? g_canonicalize_filename (cli->data, NULL) : NULL;
  g_autoptr (GError) error = NULL;
  g_auto (BmnCliProgress) progress = { 0 };
  GAsyncResult *waiting = NULL;
  bmn_cli_progress_begin (&progress);
  bmn_session_restore_async (folder, path, bmn_cli_progress_show_share, &progress,
                             progress.cancellable, bmn_cli_take_result, &waiting);
  g_autoptr (GAsyncResult) result = bmn_cli_wait (&waiting);
  g_autoptr (BmnRestoreReport) report = bmn_session_restore_finish (result, &error);
  bmn_cli_progress_end (&progress);
  if (!report)
    return bmn_cli_fail (error);
  if (cli->json)
    bmn_cli_print_json (from_report (report));
  print_report (report);
  return BMN_CLI_DONE;
}

const BmnCommand bmn_backup_commands[] = {
  { "backup", "FILE", N_ ("Write all data into one file, without passwords"), run_backup },
  { "restore", "FILE", N_ ("Put the data of a backup in place of what is there"), run_restore },
  { NULL },
};
