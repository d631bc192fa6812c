#include "bmn-cli-json-private.h"
#include "bmn-cli-private.h"

#include "bmn-instant.h"
#include "bmn-session-import.h"

#include <glib-unix.h>
#include <glib/gi18n.h>
#include <signal.h>
#include <string.h>
#include <unistd.h>

/*
 * Options.
 */

typedef struct
{
  char *account;
  char *format;
  GStrv map;
  char *separator;
  char *encoding;
  char *date_format;
  char *zone;
  gboolean dry_run;
} Options;

static void
options_clear (Options *options)
{
  g_free (options->account);
  g_free (options->format);
  g_strfreev (options->map);
  g_free (options->separator);
  g_free (options->encoding);
  g_free (options->date_format);
  g_free (options->zone);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Options, options_clear)

/* Reads `Column=field`; a column's name may have the sign in it. */
static gboolean
take_mapping (BmnCli *cli, const char *text, BmnImportPlan *plan)
{
  const char *sign = strrchr (text, '=');
  BmnImportField field;
  if (!sign || sign == text || !bmn_import_field_from_nick (sign + 1, &field))
    {
      bmn_cli_wrong_usage (
          cli, _ ("“%s” maps no column. Write it like Column=text; fields are %s."), text,
          "id, url, text, language, date, time, likes, reposts, replies, media, is-reply, "
          "counted-at, none");
      return FALSE;
    }
  g_autofree char *name = g_strndup (text, sign - text);
  bmn_import_plan_wish (plan, name, field);
  return TRUE;
}

static gboolean
take_separator (BmnCli *cli, const char *text, char *separator)
{
  if (g_str_equal (text, "tab") || g_str_equal (text, "\\t"))
    *separator = '\t';
  else if (strlen (text) == 1 && !g_ascii_isalnum (*text) && *text != '"')
    *separator = *text;
  else
    {
      bmn_cli_wrong_usage (cli, _ ("“%s” is no separator. It is one sign, such as ; or tab."),
                           text);
      return FALSE;
    }
  return TRUE;
}

/* Returns: (transfer full) (nullable): what the user wishes; %NULL after a message */
static BmnImportPlan *
make_wishes (BmnCli *cli, const Options *options)
{
  g_autoptr (BmnImportPlan) plan = bmn_import_plan_new ();
  if (options->format && !bmn_import_format_from_nick (options->format, &plan->format))
    {
      bmn_cli_wrong_usage (cli, _ ("There is no format “%s”. There are %s."), options->format,
                           "bellman, mastodon, x, bluesky, csv");
      return NULL;
    }
  if (options->separator && !take_separator (cli, options->separator, &plan->separator))
    return NULL;
  for (guint i = 0; options->map && options->map[i]; i++)
    if (!take_mapping (cli, options->map[i], plan))
      return NULL;
  plan->encoding = g_strdup (options->encoding);
  plan->date_format = g_strdup (options->date_format);
  plan->zone = g_strdup (options->zone);
  return g_steal_pointer (&plan);
}

/*
 * What was found out.
 */

static JsonNode *
from_column (gconstpointer item)
{
  const BmnImportColumn *column = item;
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  json_builder_begin_object (builder);
  bmn_builder_add_string (builder, "name", column->name);
  bmn_builder_add_string (builder, "field", bmn_import_field_to_nick (column->field));
  bmn_builder_add_string (builder, "sample", column->sample);
  return bmn_builder_end (builder);
}

static JsonNode *
from_plan (const BmnImportPlan *plan)
{
  const char separator[] = { plan->separator, '\0' };
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  json_builder_begin_object (builder);
  bmn_builder_add_string (builder, "format", bmn_import_format_to_nick (plan->format));
  if (plan->format == BMN_IMPORT_FORMAT_CSV)
    {
      bmn_builder_add_string (builder, "encoding", plan->encoding);
      bmn_builder_add_string (builder, "separator", separator);
      bmn_builder_add_string (builder, "dateFormat", plan->date_format);
      bmn_builder_add_bool (builder, "dateIsDoubtful", plan->date_is_doubtful);
      bmn_builder_add_string (builder, "zone", plan->zone);
      bmn_builder_add_bool (builder, "hasHeader", plan->has_header);
      bmn_builder_add_node (builder, "columns", bmn_json_from_list (plan->columns, from_column));
    }
  return bmn_builder_end (builder);
}

/* On stderr, so that the counts stay alone on stdout. */
static void
print_plan (const BmnImportPlan *plan)
{
  /* Translators: %s is a stable name such as mastodon or csv. */
  g_printerr (_ ("Format: %s"), bmn_import_format_to_nick (plan->format));
  g_printerr ("\n");
  if (plan->format != BMN_IMPORT_FORMAT_CSV)
    return;
  const char separator[] = { plan->separator, '\0' };
  g_printerr (_ ("Encoding %s, separator “%s”, dates as %s in zone %s"), plan->encoding,
              plan->separator == '\t' ? "tab" : separator,
              plan->date_format ? plan->date_format : "?", plan->zone);
  g_printerr ("\n");
  if (plan->date_is_doubtful)
    g_printerr ("%s\n", _ ("Day and month could be the other way round: look at the dates, and "
                           "say otherwise with --date-format."));
  for (guint i = 0; i < plan->columns->len; i++)
    {
      const BmnImportColumn *column = plan->columns->pdata[i];
      g_printerr ("  %-20s %-12s %s\n", column->name, bmn_import_field_to_nick (column->field),
                  column->sample);
    }
}

/*
 * What came in.
 */

static JsonNode *
from_bad_row (gconstpointer item)
{
  const BmnImportBadRow *bad_row = item;
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  json_builder_begin_object (builder);
  bmn_builder_add_int (builder, "row", bad_row->row);
  bmn_builder_add_string (builder, "reason", bad_row->reason);
  return bmn_builder_end (builder);
}

static JsonNode *
from_sample (gconstpointer item)
{
  const BmnHistoryPost *post = item;
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  json_builder_begin_object (builder);
  bmn_builder_add_string (builder, "remoteId", post->remote_id);
  bmn_builder_add_string (builder, "url", post->url);
  bmn_builder_add_string (builder, "text", post->text);
  bmn_builder_add_instant (builder, "publishedAt", post->published_at);
  return bmn_builder_end (builder);
}

static JsonNode *
from_report (const BmnImportReport *report, const BmnImportPlan *plan, gboolean dry_run)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  json_builder_begin_object (builder);
  bmn_builder_add_bool (builder, "dryRun", dry_run);
  bmn_builder_add_bool (builder, "whole", report->is_whole);
  bmn_builder_add_int (builder, "new", report->n_new);
  bmn_builder_add_int (builder, "known", report->n_known);
  bmn_builder_add_int (builder, "skipped", report->n_skipped);
  bmn_builder_add_int (builder, "bad", report->n_bad);
  bmn_builder_add_instant (builder, "first", report->first);
  bmn_builder_add_instant (builder, "last", report->last);
  bmn_builder_add_int (builder, "longestBatchMicroseconds", report->longest_batch);
  bmn_builder_add_node (builder, "badRows", bmn_json_from_list (report->bad_rows, from_bad_row));
  bmn_builder_add_node (builder, "samples", bmn_json_from_list (report->samples, from_sample));
  bmn_builder_add_node (builder, "plan", from_plan (plan));
  return bmn_builder_end (builder);
}

/* More of them are no help on a terminal; --json prints them. */
#define MAX_PRINTED 20

/* Columns: new, known, skipped, bad. */
static void
print_report (const BmnImportReport *report)
{
  g_print ("%" G_GINT64_FORMAT "\t%" G_GINT64_FORMAT "\t%" G_GINT64_FORMAT "\t%" G_GINT64_FORMAT
           "\n",
           report->n_new, report->n_known, report->n_skipped, report->n_bad);
  for (guint i = 0; i < MIN (report->bad_rows->len, MAX_PRINTED); i++)
    {
      const BmnImportBadRow *bad_row = report->bad_rows->pdata[i];
      if (bad_row->row > 0)
        /* Translators: the first is the number of a row, then comes a whole sentence. */
        g_printerr (_ ("Row %ld: %s"), (glong)bad_row->row, bad_row->reason);
      else
        g_printerr ("%s", bad_row->reason);
      g_printerr ("\n");
    }
  if (report->n_bad <= MAX_PRINTED)
    return;
  guint n_more = (guint)(report->n_bad - MAX_PRINTED);
  g_printerr (g_dngettext (GETTEXT_PACKAGE, "%u more row cannot be used; --json tells of more.",
                           "%u more rows cannot be used; --json tells of more.", n_more),
              n_more);
  g_printerr ("\n");
}

/*
 * The command.
 */

/* A line that is written over, where somebody looks. */
static void
on_progress (const BmnImportReport *so_far, gpointer data)
{
  if (!isatty (STDERR_FILENO))
    return;
  int percent = so_far->bytes_total > 0 ? (int)(100 * so_far->bytes_done / so_far->bytes_total) : 0;
  g_printerr ("\r");
  g_printerr (_ ("%d%% read, %u posts…"), percent, (guint)(so_far->n_new + so_far->n_known));
}

static gboolean
on_interrupt (gpointer cancellable)
{
  g_cancellable_cancel (cancellable);
  return G_SOURCE_CONTINUE;
}

static BmnImportPlan *
open_file (BmnCli *cli, const char *path, gint64 account_id, const BmnImportPlan *wishes)
{
  g_autoptr (GError) error = NULL;
  GAsyncResult *waiting = NULL;
  bmn_session_import_open_async (cli->session, path, account_id, wishes, NULL, bmn_cli_take_result,
                                 &waiting);
  g_autoptr (GAsyncResult) result = bmn_cli_wait (&waiting);
  BmnImportPlan *plan = bmn_session_import_open_finish (cli->session, result, &error);
  if (!plan)
    bmn_cli_fail (error);
  return plan;
}

static BmnCliExit
import_file (
    BmnCli *cli, const char *path, gint64 account_id, const BmnImportPlan *plan, gboolean dry_run)
{
  g_autoptr (GError) error = NULL;
  GAsyncResult *waiting = NULL;
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  guint on_int = g_unix_signal_add (SIGINT, on_interrupt, cancellable);
  bmn_session_import_run_async (cli->session, path, account_id, plan, dry_run, on_progress, NULL,
                                cancellable, bmn_cli_take_result, &waiting);
  g_autoptr (GAsyncResult) result = bmn_cli_wait (&waiting);
  g_source_remove (on_int);
  g_autoptr (BmnImportReport) report = bmn_session_import_run_finish (cli->session, result, &error);
  if (isatty (STDERR_FILENO))
    g_printerr ("\r");
  if (!report)
    return bmn_cli_fail (error);
  if (cli->json)
    bmn_cli_print_json (from_report (report, plan, dry_run));
  else
    print_report (report);
  return report->is_whole ? BMN_CLI_DONE : BMN_CLI_FAILED;
}

static BmnCliExit
run_import (BmnCli *cli, GStrv arguments)
{
  g_auto (Options) options = { 0 };
  const GOptionEntry entries[] = {
    { "account", 0, 0, G_OPTION_ARG_STRING, &options.account, N_ ("Whose history it becomes"),
      N_ ("ID") },
    { "dry-run", 0, 0, G_OPTION_ARG_NONE, &options.dry_run, N_ ("Count only, store nothing"),
      NULL },
    { "format", 0, 0, G_OPTION_ARG_STRING, &options.format,
      N_ ("bellman, mastodon, x, bluesky or csv, where it is not to be found out"), N_ ("FORMAT") },
    { "map", 0, 0, G_OPTION_ARG_STRING_ARRAY, &options.map, N_ ("What a table's column holds"),
      N_ ("COLUMN=FIELD") },
    { "separator", 0, 0, G_OPTION_ARG_STRING, &options.separator,
      N_ ("Sign between a table's columns"), N_ ("SIGN") },
    { "encoding", 0, 0, G_OPTION_ARG_STRING, &options.encoding, N_ ("Encoding of a table"),
      N_ ("NAME") },
    { "date-format", 0, 0, G_OPTION_ARG_STRING, &options.date_format,
      N_ ("How a table writes dates: iso, unix, unix-ms or like %d.%m.%Y %H:%M"), N_ ("FORMAT") },
    { "zone", 0, 0, G_OPTION_ARG_STRING, &options.zone, N_ ("Time zone of a table's dates"),
      N_ ("ZONE") },
    G_OPTION_ENTRY_NULL,
  };
  g_auto (GStrv) rest = g_strdupv (arguments);
  gint64 account_id;
  if (!bmn_cli_parse (cli, entries, NULL, &rest))
    return BMN_CLI_WRONG_USAGE;
  if (g_strv_length (rest) != 1 || !options.account)
    return bmn_cli_wrong_usage (cli, "%s", _ ("This command needs one file and --account."));
  if (!bmn_cli_parse_id (cli, options.account, &account_id))
    return BMN_CLI_WRONG_USAGE;
  g_autoptr (BmnImportPlan) wishes = make_wishes (cli, &options);
  if (!wishes)
    return BMN_CLI_WRONG_USAGE;
  if (!bmn_cli_get_session (cli))
    return BMN_CLI_FAILED;
  g_autoptr (BmnImportPlan) plan = open_file (cli, rest[0], account_id, wishes);
  if (!plan)
    return BMN_CLI_FAILED;
  if (!cli->json)
    print_plan (plan);
  return import_file (cli, rest[0], account_id, plan, options.dry_run);
}

const BmnCommand bmn_import_commands[] = {
  { "import", N_ ("FILE"),
    N_ ("Bring in an archive of Mastodon or X, a Bluesky repository or a table"), run_import },
  { NULL },
};
