#include "bmn-json.h"
#include "bmn-platform-error.h"

#include <glib/gi18n-lib.h>

/*
 * Returns: whether @text nests at most %BMN_JSON_MAX_DEPTH deep and has nothing outside of
 * strings that JSON does not know. The second matters for the first: json-glib also reads
 * comments and strings in single quotes, in which brackets and quotes could be hidden.
 */
static gboolean
is_shallow (const char *text, gsize length)
{
  guint depth = 0;
  gboolean in_string = FALSE;
  for (gsize i = 0; i < length; i++)
    {
      const char c = text[i];
      if (in_string)
        {
          if ((guchar)c < 0x20)
            return FALSE;
          if (c == '\\')
            i++;
          in_string = c != '"';
          continue;
        }
      if (c == '\0' || !strchr ("{}[]:,\"-+.0123456789truefalsnE \t\r\n", c))
        return FALSE;
      if (c == '"')
        in_string = TRUE;
      else if ((c == '[' || c == '{') && ++depth > BMN_JSON_MAX_DEPTH)
        return FALSE;
      else if ((c == ']' || c == '}') && depth > 0)
        depth--;
    }
  return TRUE;
}

JsonNode *
bmn_json_parse (GBytes *bytes, GError **error)
{
  gsize length;
  const char *text = g_bytes_get_data (bytes, &length);
  if (length > 0 && g_utf8_validate_len (text, length, NULL) && is_shallow (text, length))
    {
      g_autoptr (JsonParser) parser = json_parser_new_immutable ();
      if (json_parser_load_from_data (parser, text, length, NULL))
        {
          JsonNode *root = json_parser_steal_root (parser);
          if (root)
            return root;
        }
    }
  g_set_error_literal (error, BMN_PLATFORM_ERROR, BMN_PLATFORM_ERROR_BAD_REPLY,
                       _ ("The answer is not valid JSON. Try again later."));
  return NULL;
}

/* Returns: (nullable) (transfer none): a member that is there and of @type */
static JsonNode *
get_member (JsonObject *object, const char *member, JsonNodeType type)
{
  JsonNode *node = object ? json_object_get_member (object, member) : NULL;
  return node && json_node_get_node_type (node) == type ? node : NULL;
}

/* Returns: (nullable) (transfer none): a member that is a value of @type */
static JsonNode *
get_value (JsonObject *object, const char *member, GType type)
{
  JsonNode *node = get_member (object, member, JSON_NODE_VALUE);
  return node && json_node_get_value_type (node) == type ? node : NULL;
}

const char *
bmn_json_get_string (JsonObject *object, const char *member)
{
  JsonNode *node = get_value (object, member, G_TYPE_STRING);
  return node ? json_node_get_string (node) : NULL;
}

JsonObject *
bmn_json_get_object (JsonObject *object, const char *member)
{
  JsonNode *node = get_member (object, member, JSON_NODE_OBJECT);
  return node ? json_node_get_object (node) : NULL;
}

JsonArray *
bmn_json_get_array (JsonObject *object, const char *member)
{
  JsonNode *node = get_member (object, member, JSON_NODE_ARRAY);
  return node ? json_node_get_array (node) : NULL;
}

gboolean
bmn_json_get_bool (JsonObject *object, const char *member)
{
  JsonNode *node = get_value (object, member, G_TYPE_BOOLEAN);
  return node && json_node_get_boolean (node);
}

gboolean
bmn_json_get_int (JsonObject *object, const char *member, gint64 *value)
{
  JsonNode *node = get_value (object, member, G_TYPE_INT64);
  if (!node)
    return FALSE;
  *value = json_node_get_int (node);
  return TRUE;
}

JsonObject *
bmn_json_get_element_object (JsonArray *array, guint index)
{
  if (!array || index >= json_array_get_length (array))
    return NULL;
  return bmn_json_node_object (json_array_get_element (array, index));
}

JsonObject *
bmn_json_node_object (JsonNode *node)
{
  return node && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
}

void
bmn_json_add_string (JsonBuilder *builder, const char *member, const char *value)
{
  if (!value)
    return;
  json_builder_set_member_name (builder, member);
  json_builder_add_string_value (builder, value);
}

void
bmn_json_add_int (JsonBuilder *builder, const char *member, gint64 value)
{
  json_builder_set_member_name (builder, member);
  json_builder_add_int_value (builder, value);
}

void
bmn_json_add_bool (JsonBuilder *builder, const char *member, gboolean value)
{
  json_builder_set_member_name (builder, member);
  json_builder_add_boolean_value (builder, value);
}

char *
bmn_json_to_string (JsonNode *node)
{
  return json_to_string (node, FALSE);
}
