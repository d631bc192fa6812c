#include "bmn-cli-json-private.h"
#include "bmn-cli-private.h"

#include "bmn-entity-finder.h"
#include "bmn-text-count.h"
#include "bmn-text-dialect.h"
#include "bmn-text-split.h"

#include <glib/gi18n.h>

static BmnCliExit
run (BmnCli *cli, GStrv arguments, const char *default_platform, BmnCliTextFunc func)
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
  return bmn_cli_run_on_texts (cli, jsonl, func, &dialect);
}

static JsonNode *
count (const char *text, gpointer data, GError **error)
{
  BmnTextDialect dialect = *(BmnTextDialect *)data;
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
find_entities (const char *text, gpointer data, GError **error)
{
  BmnTextDialect dialect = *(BmnTextDialect *)data;
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
split (const char *text, gpointer data, GError **error)
{
  BmnTextDialect dialect = *(BmnTextDialect *)data;
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
