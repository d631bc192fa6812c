#include "fake-call.h"

#include <string.h>

JsonObject *
fake_object (const char *first, ...)
{
  JsonObject *object = json_object_new ();
  va_list args;
  va_start (args, first);
  for (const char *key = first; key; key = va_arg (args, const char *))
    {
      const char *name = key + 2;
      switch (key[0])
        {
        case 's':
          {
            const char *text = va_arg (args, const char *);
            if (text)
              json_object_set_string_member (object, name, text);
            else
              json_object_set_null_member (object, name);
          }
          break;
        case 'b':
          json_object_set_boolean_member (object, name, va_arg (args, gboolean));
          break;
        case 'i':
          json_object_set_int_member (object, name, va_arg (args, gint64));
          break;
        case 'd':
          json_object_set_double_member (object, name, va_arg (args, double));
          break;
        case 't':
          {
            gint64 instant = va_arg (args, gint64);
            g_autofree char *text = instant ? fake_instant_to_text (instant) : NULL;
            if (text)
              json_object_set_string_member (object, name, text);
            else
              json_object_set_null_member (object, name);
          }
          break;
        case 'o':
          {
            JsonObject *member = va_arg (args, JsonObject *);
            if (member)
              json_object_set_object_member (object, name, member);
            else
              json_object_set_null_member (object, name);
          }
          break;
        case 'a':
          json_object_set_array_member (object, name, va_arg (args, JsonArray *));
          break;
        case 'n':
          (void)va_arg (args, void *);
          json_object_set_null_member (object, name);
          break;
        default:
          g_error ("fake_object() has no type “%c”", key[0]);
        }
    }
  va_end (args);
  return object;
}

JsonArray *
fake_array_from_strv (const char *const *strings)
{
  JsonArray *array = json_array_new ();
  for (gsize i = 0; strings && strings[i]; i++)
    json_array_add_string_element (array, strings[i]);
  return array;
}

char *
fake_instant_to_text (gint64 instant)
{
  g_autoptr (GDateTime) time = g_date_time_new_from_unix_utc (instant / G_TIME_SPAN_SECOND);
  g_autofree char *seconds = g_date_time_format (time, "%Y-%m-%dT%H:%M:%S");
  return g_strdup_printf ("%s.%03dZ", seconds, (int)(instant / 1000 % 1000));
}

gboolean
fake_instant_from_text (const char *text, gint64 *instant)
{
  if (!g_regex_match_simple ("^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d+)?"
                             "(Z|[+-]\\d\\d:\\d\\d)$",
                             text, 0, 0))
    return FALSE;
  g_autoptr (GDateTime) time = g_date_time_new_from_iso8601 (text, NULL);
  if (!time)
    return FALSE;
  *instant = g_date_time_to_unix (time) * G_TIME_SPAN_SECOND + g_date_time_get_microsecond (time);
  return TRUE;
}

/* The value of a parameter in any of its forms as text. */
static char *
node_to_text (JsonNode *node)
{
  if (!node || !JSON_NODE_HOLDS_VALUE (node))
    return NULL;
  switch (json_node_get_value_type (node))
    {
    case G_TYPE_STRING:
      return json_node_dup_string (node);
    case G_TYPE_BOOLEAN:
      return g_strdup (json_node_get_boolean (node) ? "true" : "false");
    case G_TYPE_INT64:
      return g_strdup_printf ("%" G_GINT64_FORMAT, json_node_get_int (node));
    case G_TYPE_DOUBLE:
      {
        char text[G_ASCII_DTOSTR_BUF_SIZE];
        return g_strdup (g_ascii_dtostr (text, sizeof text, json_node_get_double (node)));
      }
    default:
      return NULL;
    }
}

char *
fake_call_get_string (FakeCall *call, const char *name)
{
  return node_to_text (json_object_get_member (call->params, name));
}

gboolean
fake_call_get_bool (FakeCall *call, const char *name)
{
  static const char *const no[] = { "", "0", "f", "false", "off", "F", "FALSE", "OFF", NULL };
  g_autofree char *text = fake_call_get_string (call, name);
  return text && !g_strv_contains (no, text);
}

gint64
fake_call_get_int (FakeCall *call, const char *name, gint64 fallback)
{
  g_autofree char *text = fake_call_get_string (call, name);
  gint64 value;
  if (!text || !g_ascii_string_to_signed (text, 10, G_MININT64, G_MAXINT64, &value, NULL))
    return fallback;
  return value;
}

GStrv
fake_call_get_strv (FakeCall *call, const char *name)
{
  g_autoptr (GPtrArray) texts = g_ptr_array_new_with_free_func (g_free);
  JsonNode *node = json_object_get_member (call->params, name);
  if (node && JSON_NODE_HOLDS_ARRAY (node))
    {
      JsonArray *array = json_node_get_array (node);
      for (guint i = 0; i < json_array_get_length (array); i++)
        {
          char *text = node_to_text (json_array_get_element (array, i));
          if (text)
            g_ptr_array_add (texts, text);
        }
    }
  g_ptr_array_add (texts, NULL);
  return (GStrv)g_ptr_array_free (g_steal_pointer (&texts), FALSE);
}

gboolean
fake_call_has (FakeCall *call, const char *name)
{
  JsonNode *node = json_object_get_member (call->params, name);
  return node && !JSON_NODE_HOLDS_NULL (node);
}
