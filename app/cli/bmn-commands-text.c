#include "bmn-cli-json-private.h"
#include "bmn-cli-private.h"

#include "bmn-entity-finder.h"
#include "bmn-error.h"
#include "bmn-text-count.h"
#include "bmn-text-dialect.h"
#include "bmn-text-split.h"

#include <gio/gunixinputstream.h>
#include <glib/gi18n.h>
#include <unistd.h>

/* What one of these commands makes of one text. */
typedef JsonNode *(*TextFunc) (const char *text, BmnTextDialect dialect, GError **error);

/* One line of --jsonl: a JSON string. */
static char *
parse_line (const char *line, GError **error)
{
  g_autoptr (JsonNode) node = json_from_string (line, error);
  if (node && JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_STRING)
    return json_node_dup_string (node);
  if (error && !*error)
    g_set_error_literal (error, BMN_ERROR, BMN_ERROR_INVALID,
                         _ ("A line of --jsonl must be one JSON string."));
  return NULL;
}

static gboolean
run_on_text (const char *text, BmnTextDialect dialect, TextFunc func)
{
  g_autoptr (GError) error = NULL;
  JsonNode *node = func (text, dialect, &error);
  if (!node)
    {
      bmn_cli_fail (error);
      return FALSE;
    }
  bmn_cli_print_json (node);
  return TRUE;
}

/* A line too long to be nested any deeper than json-glib can bear. */
static gboolean
looks_like_string (const char *line)
{
  while (g_ascii_isspace (*line))
    line++;
  return *line == '"';
}

static BmnCliExit
run_on_lines (BmnTextDialect dialect, TextFunc func)
{
  g_autoptr (GInputStream) stdin_stream = g_unix_input_stream_new (STDIN_FILENO, FALSE);
  g_autoptr (GDataInputStream) lines = g_data_input_stream_new (stdin_stream);
  g_autoptr (GError) error = NULL;
  while (TRUE)
    {
      g_autofree char *line = g_data_input_stream_read_line (lines, NULL, NULL, &error);
      if (!line)
        return error ? bmn_cli_fail (error) : BMN_CLI_DONE;
      if (line[0] == '\0')
        continue;
      if (!looks_like_string (line) || !g_utf8_validate (line, -1, NULL))
        g_set_error_literal (&error, BMN_ERROR, BMN_ERROR_INVALID,
                             _ ("A line of --jsonl must be one JSON string."));
      g_autofree char *text = error ? NULL : parse_line (line, &error);
      if (!text)
        return bmn_cli_fail (error);
      if (!run_on_text (text, dialect, func))
        return BMN_CLI_FAILED;
    }
}

static BmnCliExit
run (BmnCli *cli, GStrv arguments, const char *default_platform, TextFunc func)
{
  g_autofree char *platform = NULL;
  gboolean jsonl = FALSE;
  const GOptionEntry entries[] = {
    { "platform", 0, 0, G_OPTION_ARG_STRING, &platform,
      N_ ("Whose rules: x, bluesky, mastodon or website"), N_ ("NAME") },
    { "jsonl", 0, 0, G_OPTION_ARG_NONE, &jsonl,
      N_ ("A JSON string a line in, a JSON document a line out"), NULL },
    G_OPTION_ENTRY_NULL,
  };
  g_auto (GStrv) rest = g_strdupv (arguments);
  if (!bmn_cli_parse (cli, entries, NULL, &rest))
    return BMN_CLI_WRONG_USAGE;
  if (rest[0])
    return bmn_cli_wrong_usage (cli, _ ("“%s” is not understood here."), rest[0]);
  const char *name = platform ? platform : default_platform;
  BmnTextDialect dialect;
  if (!name)
    return bmn_cli_wrong_usage (cli, "%s", _ ("--platform is needed."));
  if (!bmn_text_dialect_from_nick (name, &dialect))
    return bmn_cli_wrong_usage (cli, _ ("“%s” is not x, bluesky, mastodon or website."), name);
  if (jsonl)
    return run_on_lines (dialect, func);
  g_autofree char *text = bmn_cli_read_stdin (cli);
  return text && run_on_text (text, dialect, func) ? BMN_CLI_DONE : BMN_CLI_FAILED;
}

static JsonNode *
count (const char *text, BmnTextDialect dialect, GError **error)
{
  g_autoptr (BmnLimits) limits = bmn_text_default_limits (dialect);
  BmnTextCount counted;
  if (!bmn_text_count (text, limits, &counted, error))
    return NULL;
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  json_builder_begin_object (builder);
  bmn_builder_add_int (builder, "length", counted.length);
  json_builder_set_member_name (builder, "limit");
  if (limits->max_length > 0)
    json_builder_add_int_value (builder, limits->max_length);
  else
    json_builder_add_null_value (builder);
  bmn_builder_add_bool (builder, "valid", counted.valid);
  bmn_builder_add_int (builder, "bytes", counted.bytes);
  json_builder_end_object (builder);
  return json_builder_get_root (builder);
}

static JsonNode *
list_entities (GPtrArray *entities, BmnEntityKind kind)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  json_builder_begin_array (builder);
  for (guint i = 0; i < entities->len; i++)
    {
      const BmnEntity *entity = entities->pdata[i];
      if (entity->kind != kind)
        continue;
      json_builder_begin_object (builder);
      bmn_builder_add_string (builder, "text", entity->text);
      bmn_builder_add_int (builder, "start", entity->start);
      bmn_builder_add_int (builder, "end", entity->end);
      bmn_builder_add_int (builder, "byteStart", entity->byte_start);
      bmn_builder_add_int (builder, "byteEnd", entity->byte_end);
      if (entity->url)
        bmn_builder_add_string (builder, "url", entity->url);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
  return json_builder_get_root (builder);
}

static JsonNode *
find_entities (const char *text, BmnTextDialect dialect, GError **error)
{
  g_autoptr (GPtrArray) entities = bmn_text_find_entities (text, dialect, error);
  if (!entities)
    return NULL;
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  json_builder_begin_object (builder);
  bmn_builder_add_node (builder, "hashtags", list_entities (entities, BMN_ENTITY_HASHTAG));
  bmn_builder_add_node (builder, "mentions", list_entities (entities, BMN_ENTITY_MENTION));
  bmn_builder_add_node (builder, "links", list_entities (entities, BMN_ENTITY_LINK));
  json_builder_end_object (builder);
  return json_builder_get_root (builder);
}

static JsonNode *
split (const char *text, BmnTextDialect dialect, GError **error)
{
  g_autoptr (BmnLimits) limits = bmn_text_default_limits (dialect);
  g_autoptr (GPtrArray) parts = bmn_text_split (text, dialect, limits, NULL, error);
  if (!parts)
    return NULL;
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "parts");
  json_builder_begin_array (builder);
  for (guint i = 0; i < parts->len; i++)
    json_builder_add_string_value (builder, parts->pdata[i]);
  json_builder_end_array (builder);
  json_builder_end_object (builder);
  return json_builder_get_root (builder);
}

static BmnCliExit
run_count (BmnCli *cli, GStrv arguments)
{
  return run (cli, arguments, NULL, count);
}

static BmnCliExit
run_entities (BmnCli *cli, GStrv arguments)
{
  return run (cli, arguments, "x", find_entities);
}

static BmnCliExit
run_split (BmnCli *cli, GStrv arguments)
{
  return run (cli, arguments, NULL, split);
}

const BmnCommand bmn_text_commands[] = {
  { "text count", NULL, N_ ("Count the text on standard input as a platform does"), run_count },
  { "text entities", NULL, N_ ("Find hashtags, mentions and links in the text on standard input"),
    run_entities },
  { "text split", NULL, N_ ("Split the text on standard input into the parts of a thread"),
    run_split },
  { NULL },
};
