#include "bmn-cli-json-private.h"
#include "bmn-cli-private.h"

#include "bmn-session-snippets.h"

#include <glib/gi18n.h>

/*
 * Templates and groups of hashtags, as the composer's menu has them.
 */

static JsonNode *
from_snippet (gconstpointer item)
{
  const BmnSnippet *snippet = item;
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  json_builder_begin_object (builder);
  bmn_builder_add_int (builder, "id", snippet->id);
  bmn_builder_add_string (builder, "kind", bmn_snippet_kind_to_nick (snippet->kind));
  bmn_builder_add_string (builder, "name", snippet->name);
  bmn_builder_add_string (builder, "text", snippet->text);
  return bmn_builder_end (builder);
}

static void
print_snippet (BmnCli *cli, const BmnSnippet *snippet)
{
  if (cli->json)
    {
      bmn_cli_print_json (from_snippet (snippet));
      return;
    }
  g_autofree char *line = g_strdelimit (g_strdup (snippet->text), "\r\n\t", ' ');
  g_print ("%" G_GINT64_FORMAT "\t%s\t%s\t%s\n", snippet->id,
           bmn_snippet_kind_to_nick (snippet->kind), snippet->name, line);
}

static BmnCliExit
run_list (BmnCli *cli, GStrv arguments)
{
  g_auto (GStrv) rest = g_strdupv (arguments);
  if (!bmn_cli_parse (cli, NULL, NULL, &rest))
    return BMN_CLI_WRONG_USAGE;
  if (rest[0])
    return bmn_cli_wrong_usage (cli, _ ("“%s” is not understood here."), rest[0]);
  if (!bmn_cli_get_session (cli))
    return BMN_CLI_FAILED;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) snippets = bmn_session_list_snippets (cli->session, &error);
  if (!snippets)
    return bmn_cli_fail (error);
  for (guint i = 0; i < snippets->len; i++)
    print_snippet (cli, snippets->pdata[i]);
  return BMN_CLI_DONE;
}

static BmnCliExit
put (BmnCli *cli, BmnSnippet *snippet)
{
  if (!bmn_cli_get_session (cli))
    return BMN_CLI_FAILED;
  g_autoptr (GError) error = NULL;
  if (!bmn_session_put_snippet (cli->session, snippet, &error))
    return bmn_cli_fail (error);
  print_snippet (cli, snippet);
  return BMN_CLI_DONE;
}

static BmnCliExit
run_add (BmnCli *cli, GStrv arguments)
{
  gboolean hashtags = FALSE;
  g_autofree char *text = NULL;
  const GOptionEntry entries[] = {
    { "hashtags", 0, 0, G_OPTION_ARG_NONE, &hashtags, N_ ("A group of hashtags, not a template"),
      NULL },
    { "text", 0, 0, G_OPTION_ARG_STRING, &text, N_ ("What it says; otherwise read from stdin"),
      N_ ("TEXT") },
    G_OPTION_ENTRY_NULL,
  };
  g_auto (GStrv) rest = g_strdupv (arguments);
  if (!bmn_cli_parse (cli, entries, NULL, &rest))
    return BMN_CLI_WRONG_USAGE;
  if (g_strv_length (rest) != 1)
    return bmn_cli_wrong_usage (cli, "%s", _ ("This command needs one name."));
  if (!text)
    text = bmn_cli_read_stdin (cli);
  if (!text)
    return BMN_CLI_FAILED;
  g_autoptr (BmnSnippet) snippet
      = bmn_snippet_new (hashtags ? BMN_SNIPPET_HASHTAGS : BMN_SNIPPET_TEMPLATE, rest[0], text);
  return put (cli, snippet);
}

static BmnCliExit
run_remove (BmnCli *cli, GStrv arguments)
{
  gint64 id;
  g_auto (GStrv) rest = g_strdupv (arguments);
  if (!bmn_cli_parse (cli, NULL, NULL, &rest) || !bmn_cli_take_id (cli, rest, &id))
    return BMN_CLI_WRONG_USAGE;
  if (!bmn_cli_get_session (cli))
    return BMN_CLI_FAILED;
  g_autoptr (GError) error = NULL;
  return bmn_session_remove_snippet (cli->session, id, &error) ? BMN_CLI_DONE
                                                               : bmn_cli_fail (error);
}

const BmnCommand bmn_snippet_commands[] = {
  { "snippet list", NULL, N_ ("List templates and groups of hashtags"), run_list },
  { "snippet add", "NAME", N_ ("Keep a text or hashtags to be used again"), run_add },
  { "snippet remove", "ID", N_ ("Remove one of them"), run_remove },
  { NULL },
};
