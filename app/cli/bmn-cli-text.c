#include "bmn-cli-private.h"

#include "bmn-error.h"

#include <gio/gunixinputstream.h>
#include <glib/gi18n.h>
#include <unistd.h>

static gboolean
run_on_text (const char *text, BmnCliTextFunc func, gpointer data)
{
  g_autoptr (GError) error = NULL;
  JsonNode *node = func (text, data, &error);
  if (!node)
    {
      bmn_cli_fail (error);
      return FALSE;
    }
  bmn_cli_print_json (node);
  return TRUE;
}

/* Nothing but a string is handed to json-glib, which has no limit on nesting. */
static gboolean
looks_like_string (const char *line)
{
  while (g_ascii_isspace (*line))
    line++;
  return *line == '"' && g_utf8_validate (line, -1, NULL);
}

/* Returns: (transfer full): the text in one line of --jsonl */
static char *
parse_line (const char *line, GError **error)
{
  g_autoptr (JsonNode) node = looks_like_string (line) ? json_from_string (line, NULL) : NULL;
  if (node && JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_STRING)
    return json_node_dup_string (node);
  g_set_error_literal (error, BMN_ERROR, BMN_ERROR_INVALID,
                       _ ("A line of --jsonl must be one JSON string."));
  return NULL;
}

static BmnCliExit
run_on_lines (BmnCliTextFunc func, gpointer data)
{
  g_autoptr (GInputStream) input = g_unix_input_stream_new (STDIN_FILENO, FALSE);
  g_autoptr (GDataInputStream) lines = g_data_input_stream_new (input);
  g_autoptr (GError) error = NULL;
  while (TRUE)
    {
      g_autofree char *line = g_data_input_stream_read_line (lines, NULL, NULL, &error);
      if (!line)
        return error ? bmn_cli_fail (error) : BMN_CLI_DONE;
      if (line[0] == '\0')
        continue;
      g_autofree char *text = parse_line (line, &error);
      if (!text)
        return bmn_cli_fail (error);
      if (!run_on_text (text, func, data))
        return BMN_CLI_FAILED;
    }
}

BmnCliExit
bmn_cli_run_on_texts (BmnCli *cli, gboolean jsonl, BmnCliTextFunc func, gpointer data)
{
  if (jsonl)
    return run_on_lines (func, data);
  g_autofree char *text = bmn_cli_read_stdin (cli);
  return text && run_on_text (text, func, data) ? BMN_CLI_DONE : BMN_CLI_FAILED;
}
