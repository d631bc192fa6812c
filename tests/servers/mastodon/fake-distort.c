#include "fake-distort.h"

#include <string.h>

#define NESTED 100000

static JsonNode *
other_type (JsonNode *node)
{
  JsonNode *other = json_node_alloc ();
  switch (JSON_NODE_TYPE (node))
    {
    case JSON_NODE_OBJECT:
      return json_node_init_int (other, 7);
    case JSON_NODE_ARRAY:
      return json_node_init_string (other, "a list");
    case JSON_NODE_VALUE:
      if (json_node_get_value_type (node) == G_TYPE_STRING)
        json_node_take_object (json_node_init (other, JSON_NODE_OBJECT), json_object_new ());
      else
        json_node_take_array (json_node_init (other, JSON_NODE_ARRAY), json_array_new ());
      return other;
    default:
      return json_node_init_boolean (other, TRUE);
    }
}

typedef JsonNode *(*Change) (JsonNode *node);

static JsonNode *
to_null (JsonNode *node)
{
  return json_node_init_null (json_node_alloc ());
}

static JsonNode *
to_nothing (JsonNode *node)
{
  return NULL;
}

static JsonNode *
change_members (JsonNode *node, Change change)
{
  JsonObject *changed = json_object_new ();
  JsonObjectIter iter;
  const char *name;
  JsonNode *value;
  json_object_iter_init (&iter, json_node_get_object (node));
  while (json_object_iter_next (&iter, &name, &value))
    {
      JsonNode *other = change (value);
      if (other)
        json_object_set_member (changed, name, other);
    }
  JsonNode *result = json_node_alloc ();
  json_node_init_object (result, changed);
  json_object_unref (changed);
  return result;
}

/* Of an object the members are changed, of an array the members of its objects. */
static JsonNode *
change_all (JsonNode *root, Change change)
{
  if (JSON_NODE_HOLDS_OBJECT (root))
    return change_members (root, change);
  JsonArray *old = json_node_get_array (root);
  JsonArray *changed = json_array_new ();
  for (guint i = 0; i < json_array_get_length (old); i++)
    {
      JsonNode *element = json_array_get_element (old, i);
      json_array_add_element (changed, JSON_NODE_HOLDS_OBJECT (element)
                                           ? change_members (element, change)
                                           : other_type (element));
    }
  JsonNode *result = json_node_alloc ();
  json_node_init_array (result, changed);
  json_array_unref (changed);
  return result;
}

static char *
swap (const char *json)
{
  return *json == '{' ? g_strconcat ("[", json, "]", NULL)
                      : g_strconcat ("{\"items\":", json, "}", NULL);
}

static char *
change_text (const char *json, Change change)
{
  g_autoptr (JsonNode) root = json_from_string (json, NULL);
  if (!root || JSON_NODE_HOLDS_VALUE (root) || JSON_NODE_HOLDS_NULL (root))
    return g_strdup ("7");
  g_autoptr (JsonNode) changed = change_all (root, change);
  return json_to_string (changed, FALSE);
}

static char *
nest (void)
{
  char *text = g_malloc (2 * NESTED + 1);
  memset (text, '[', NESTED);
  memset (text + NESTED, ']', NESTED);
  text[2 * NESTED] = '\0';
  return text;
}

static char *
distorted (const char *how, const char *json)
{
  if (g_str_equal (how, "json-truncated"))
    return g_strndup (json, strlen (json) / 2);
  if (g_str_equal (how, "json-types"))
    return change_text (json, other_type);
  if (g_str_equal (how, "json-missing"))
    return change_text (json, to_nothing);
  if (g_str_equal (how, "json-null"))
    return change_text (json, to_null);
  if (g_str_equal (how, "json-swapped"))
    return swap (json);
  if (g_str_equal (how, "json-nested"))
    return nest ();
  if (g_str_equal (how, "json-binary"))
    return g_strdup ("{\"id\":\"\xff\xfe\xfa\"}");
  return g_strdup ("");
}

void
fake_distort (FakeCall *call, const char *how)
{
  gsize length;
  const char *data = g_bytes_get_data (call->body, &length);
  g_autofree char *json = g_strndup (data ? data : "", length);
  g_autofree char *text = distorted (how, json);
  fake_call_reply_text (call, call->status, "application/json; charset=utf-8", text);
}
