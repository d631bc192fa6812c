#include "bmn-cli-json-private.h"
#include "bmn-cli-private.h"

#include "bmn-instant.h"
#include "bmn-session-ledger.h"

#include <glib/gi18n.h>

#define DEFAULT_MAX 100

static JsonNode *
from_entry (const BmnLedgerEntry *entry)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  json_builder_begin_object (builder);
  bmn_builder_add_instant (builder, "at", entry->at);
  bmn_builder_add_string (builder, "host", entry->host);
  bmn_builder_add_string (builder, "purpose", entry->purpose);
  bmn_builder_add_int (builder, "account", entry->account_id);
  bmn_builder_add_int (builder, "status", entry->status);
  bmn_builder_add_int (builder, "bytesSent", entry->bytes_sent);
  bmn_builder_add_int (builder, "bytesReceived", entry->bytes_received);
  json_builder_end_object (builder);
  return json_builder_get_root (builder);
}

static void
print_entry (const BmnLedgerEntry *entry)
{
  g_autofree char *at = bmn_instant_format (entry->at);
  g_print ("%s\t%s\t%s\t%d\t%" G_GINT64_FORMAT "\t%" G_GINT64_FORMAT "\n", at, entry->host,
           entry->purpose, entry->status, entry->bytes_sent, entry->bytes_received);
}

static BmnCliExit
run_ledger (BmnCli *cli, GStrv arguments)
{
  int max = DEFAULT_MAX;
  const GOptionEntry entries[] = {
    { "max", 0, 0, G_OPTION_ARG_INT, &max, N_ ("How many at most"), N_ ("N") },
    G_OPTION_ENTRY_NULL,
  };
  g_auto (GStrv) rest = g_strdupv (arguments);
  if (!bmn_cli_parse (cli, entries, NULL, &rest))
    return BMN_CLI_WRONG_USAGE;
  if (rest[0])
    return bmn_cli_wrong_usage (cli, _ ("“%s” is not understood here."), rest[0]);
  if (max < 1)
    return bmn_cli_wrong_usage (cli, "%s", _ ("--max is at least 1."));
  if (!bmn_cli_get_session (cli))
    return BMN_CLI_FAILED;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) ledger = bmn_session_list_ledger (cli->session, 0, max, &error);
  if (!ledger)
    return bmn_cli_fail (error);
  for (guint i = 0; i < ledger->len; i++)
    {
      if (cli->json)
        bmn_cli_print_json (from_entry (ledger->pdata[i]));
      else
        print_entry (ledger->pdata[i]);
    }
  return BMN_CLI_DONE;
}

const BmnCommand bmn_ledger_commands[] = {
  { "ledger", NULL, N_ ("List whom Bellman contacted, when, why and how much"), run_ledger },
  { NULL },
};
