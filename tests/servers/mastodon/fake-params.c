#include "fake-params.h"

#include <string.h>

#define MAX_DEPTH 32

/* json-glib has no limit of its own and would overflow the stack. */
static gboolean
is_shallow (const char *json, gsize length)
{
  int depth = 0;
  gboolean in_string = FALSE;
  for (gsize i = 0; i < length; i++)
    {
      if (in_string && json[i] == '\\')
        i++;
      else if (json[i] == '"')
        in_string = !in_string;
      else if (!in_string && (json[i] == '[' || json[i] == '{'))
        depth++;
      else if (!in_string && (json[i] == ']' || json[i] == '}'))
        depth--;
      if (depth > MAX_DEPTH)
        return FALSE;
    }
  return TRUE;
}

gboolean
fake_params_add_json (JsonObject *params, GBytes *json)
{
  gsize length;
  const char *text = g_bytes_get_data (json, &length);
  if (!text || !g_utf8_validate (text, length, NULL) || !is_shallow (text, length))
    return FALSE;
  g_autoptr (JsonParser) parser = json_parser_new ();
  if (!json_parser_load_from_data (parser, text, length, NULL))
    return FALSE;
  JsonNode *root = json_parser_get_root (parser);
  if (!root || !JSON_NODE_HOLDS_OBJECT (root))
    return FALSE;
  JsonObjectIter iter;
  const char *name;
  JsonNode *value;
  json_object_iter_init (&iter, json_node_get_object (root));
  while (json_object_iter_next (&iter, &name, &value))
    json_object_set_member (params, name, json_node_copy (value));
  return TRUE;
}

static JsonArray *
array_at (JsonObject *object, const char *name)
{
  JsonNode *node = json_object_get_member (object, name);
  if (!node || !JSON_NODE_HOLDS_ARRAY (node))
    json_object_set_array_member (object, name, json_array_new ());
  return json_object_get_array_member (object, name);
}

static JsonObject *
object_at (JsonObject *object, const char *name)
{
  JsonNode *node = json_object_get_member (object, name);
  if (!node || !JSON_NODE_HOLDS_OBJECT (node))
    json_object_set_object_member (object, name, json_object_new ());
  return json_object_get_object_member (object, name);
}

/* Two levels are all the API has: name, name[], name[key], name[key][]. */
static void
add_pair (JsonObject *params, const char *name, const char *value)
{
  const char *open = strchr (name, '[');
  if (!open || open == name)
    {
      json_object_set_string_member (params, name, value);
      return;
    }
  g_autofree char *outer = g_strndup (name, open - name);
  if (g_str_equal (open, "[]"))
    {
      json_array_add_string_element (array_at (params, outer), value);
      return;
    }
  const char *close = strchr (open, ']');
  if (!close)
    {
      json_object_set_string_member (params, name, value);
      return;
    }
  g_autofree char *inner = g_strndup (open + 1, close - open - 1);
  if (g_str_equal (close + 1, "[]"))
    json_array_add_string_element (array_at (object_at (params, outer), inner), value);
  else
    json_object_set_string_member (object_at (params, outer), inner, value);
}

static char *
decode (const char *text)
{
  g_autofree char *spaced = g_strdelimit (g_strdup (text), "+", ' ');
  return g_uri_unescape_string (spaced, NULL);
}

gboolean
fake_params_add_form (JsonObject *params, const char *form)
{
  g_auto (GStrv) pairs = g_strsplit (form, "&", -1);
  for (char **pair = pairs; *pair; pair++)
    {
      if (**pair == '\0')
        continue;
      char *equals = strchr (*pair, '=');
      if (equals)
        *equals = '\0';
      g_autofree char *name = decode (*pair);
      g_autofree char *value = decode (equals ? equals + 1 : "");
      if (!name || !value || !g_utf8_validate (name, -1, NULL)
          || !g_utf8_validate (value, -1, NULL))
        return FALSE;
      add_pair (params, name, value);
    }
  return TRUE;
}

gboolean
fake_params_add_multipart (
    JsonObject *params, SoupMessageHeaders *headers, GBytes *body, GBytes **file, char **file_type)
{
  g_autoptr (SoupMultipart) multipart = soup_multipart_new_from_message (headers, body);
  if (!multipart)
    return FALSE;
  for (int i = 0; i < soup_multipart_get_length (multipart); i++)
    {
      SoupMessageHeaders *part_headers;
      GBytes *part;
      g_autofree char *disposition = NULL;
      g_autoptr (GHashTable) fields = NULL;
      if (!soup_multipart_get_part (multipart, i, &part_headers, &part)
          || !soup_message_headers_get_content_disposition (part_headers, &disposition, &fields))
        return FALSE;
      const char *name = g_hash_table_lookup (fields, "name");
      if (!name)
        return FALSE;
      if (g_hash_table_contains (fields, "filename") && g_str_equal (name, "file"))
        {
          g_clear_pointer (file, g_bytes_unref);
          g_free (*file_type);
          *file = g_bytes_ref (part);
          *file_type = g_strdup (soup_message_headers_get_content_type (part_headers, NULL));
          continue;
        }
      gsize length;
      const char *data = g_bytes_get_data (part, &length);
      g_autofree char *value = g_strndup (data ? data : "", length);
      if (!g_utf8_validate (value, -1, NULL))
        return FALSE;
      add_pair (params, name, value);
    }
  return TRUE;
}
