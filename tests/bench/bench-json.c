#include "bench-json.h"

#define MAX_DEPTH 32

/* json-glib overflows the stack on deep nesting, so depth is counted first. */
static gboolean
is_shallow (const char *text)
{
  gboolean in_string = FALSE;
  guint depth = 0;
  for (const char *p = text; *p; p++)
    {
      if (in_string && *p == '\\' && p[1])
        p++;
      else if (*p == '"')
        in_string = !in_string;
      else if (in_string)
        continue;
      else if (*p == '{' || *p == '[')
        {
          if (++depth > MAX_DEPTH)
            return FALSE;
        }
      else if ((*p == '}' || *p == ']') && depth > 0)
        depth--;
    }
  return TRUE;
}

JsonNode *
bench_json_parse (const char *line, const char **problem)
{
  *problem = "it is nested too deeply";
  if (!is_shallow (line))
    return NULL;
  *problem = "it is not valid UTF-8";
  if (!g_utf8_validate (line, -1, NULL))
    return NULL;
  *problem = "it is not a JSON object";
  g_autoptr (JsonParser) parser = json_parser_new_immutable ();
  if (!json_parser_load_from_data (parser, line, -1, NULL))
    return NULL;
  JsonNode *root = json_parser_get_root (parser);
  if (!root || !JSON_NODE_HOLDS_OBJECT (root))
    return NULL;
  *problem = NULL;
  return json_parser_steal_root (parser);
}

static JsonNode *
get_value (JsonObject *object, const char *name)
{
  JsonNode *node = json_object_get_member (object, name);
  return node && JSON_NODE_HOLDS_VALUE (node) ? node : NULL;
}

const char *
bench_json_get_string (JsonObject *object, const char *name)
{
  JsonNode *node = get_value (object, name);
  return node && json_node_get_value_type (node) == G_TYPE_STRING ? json_node_get_string (node)
                                                                  : NULL;
}

gint64
bench_json_get_int (JsonObject *object, const char *name, gint64 fallback)
{
  JsonNode *node = get_value (object, name);
  if (!node)
    return fallback;
  if (json_node_get_value_type (node) == G_TYPE_INT64)
    return json_node_get_int (node);
  if (json_node_get_value_type (node) == G_TYPE_DOUBLE)
    {
      double value = json_node_get_double (node);
      return value > -9e15 && value < 9e15 ? (gint64)value : fallback;
    }
  return fallback;
}

gboolean
bench_json_get_boolean (JsonObject *object, const char *name)
{
  JsonNode *node = get_value (object, name);
  return node && json_node_get_value_type (node) == G_TYPE_BOOLEAN && json_node_get_boolean (node);
}
