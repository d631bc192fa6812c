#include "bmn-cli-json-private.h"
#include "bmn-cli-private.h"
#include "bmn-cli-progress-private.h"

#include "bmn-session-export.h"

#include <glib/gi18n.h>

static JsonNode *
from_export (const char *path, BmnExportFormat format, guint n)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autofree char *name = g_filename_display_name (path);
  json_builder_begin_object (builder);
  bmn_builder_add_string (builder, "file", name);
  bmn_builder_add_string (builder, "format", bmn_export_format_to_nick (format));
  bmn_builder_add_int (builder, "posts", n);
  json_builder_end_object (builder);
  return json_builder_get_root (builder);
}

static BmnCliExit
export_to (BmnCli *cli, BmnExportFormat format, gint64 account_id, const char *path)
{
  g_autoptr (GError) error = NULL;
  g_auto (BmnCliProgress) progress = { 0 };
  GAsyncResult *waiting = NULL;
  guint n;
  bmn_cli_progress_begin (&progress);
  bmn_session_export_async (cli->session, format, account_id, path, bmn_cli_progress_show_share,
                            &progress, progress.cancellable, bmn_cli_take_result, &waiting);
  g_autoptr (GAsyncResult) result = bmn_cli_wait (&waiting);
  gboolean done = bmn_session_export_finish (cli->session, result, &n, &error);
  bmn_cli_progress_end (&progress);
  if (!done)
    return bmn_cli_fail (error);
  if (cli->json)
    bmn_cli_print_json (from_export (path, format, n));
  else
    g_print ("%u\n", n);
  return BMN_CLI_DONE;
}

static BmnCliExit
run_export (BmnCli *cli, GStrv arguments)
{
  g_autofree char *account_text = NULL, *format_text = NULL;
  gint64 account_id = 0;
  BmnExportFormat format;
  const GOptionEntry entries[] = {
    { "format", 0, 0, G_OPTION_ARG_STRING, &format_text, N_ ("csv, json or ics"), N_ ("FORMAT") },
    { "account", 0, 0, G_OPTION_ARG_STRING, &account_text, N_ ("Only this account"), N_ ("ID") },
    G_OPTION_ENTRY_NULL,
  };
  g_auto (GStrv) rest = g_strdupv (arguments);
  if (!bmn_cli_parse (cli, entries, NULL, &rest)
      || (account_text && !bmn_cli_parse_id (cli, account_text, &account_id)))
    return BMN_CLI_WRONG_USAGE;
  if (!format_text || !bmn_export_format_from_nick (format_text, &format))
    return bmn_cli_wrong_usage (cli, "%s", _ ("--format is csv, json or ics."));
  if (g_strv_length (rest) != 1)
    return bmn_cli_wrong_usage (cli, "%s", _ ("This command needs the name of one file."));
  if (!bmn_cli_get_session (cli))
    return BMN_CLI_FAILED;
  return export_to (cli, format, account_id, rest[0]);
}

const BmnCommand bmn_export_commands[] = {
  { "export", "FILE", N_ ("Write the history as a table, as JSON or as a calendar"), run_export },
  { NULL },
};
