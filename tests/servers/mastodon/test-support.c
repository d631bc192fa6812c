#include "test-support.h"

#include <string.h>

void
fixture_set_up (Fixture *fixture, gconstpointer data)
{
  fixture->fake = bmn_fake_mastodon_new ();
  fixture->session = soup_session_new ();
  bmn_fake_mastodon_set_time_scale (fixture->fake, 0);
  fixture->token = bmn_fake_mastodon_create_token (fixture->fake, "read write", NULL);
}

void
fixture_start (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;
  bmn_fake_mastodon_start (fixture->fake, 0, &error);
  g_assert_no_error (error);
}

void
fixture_tear_down (Fixture *fixture, gconstpointer data)
{
  soup_session_abort (fixture->session);
  bmn_fake_mastodon_stop (fixture->fake);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_clear_object (&fixture->session);
  g_clear_object (&fixture->fake);
  g_clear_pointer (&fixture->token, g_free);
  g_clear_pointer (&fixture->key, g_free);
}

void
reply_free (Reply *reply)
{
  g_clear_pointer (&reply->headers, soup_message_headers_unref);
  g_clear_pointer (&reply->body, g_bytes_unref);
  g_clear_pointer (&reply->json, json_node_unref);
  g_clear_error (&reply->error);
  g_free (reply);
}

typedef struct
{
  Reply *reply;
  gboolean done;
} Wait;

static void
on_read (GObject *source, GAsyncResult *result, gpointer data)
{
  Wait *wait = data;
  wait->reply->body
      = soup_session_send_and_read_finish (SOUP_SESSION (source), result, &wait->reply->error);
  wait->done = TRUE;
}

/* json-glib would overflow the stack on what some faults send. */
static gboolean
is_deep (GBytes *body)
{
  return g_bytes_get_size (body) > 100 && memcmp (g_bytes_get_data (body, NULL), "[[[[", 4) == 0;
}

static Reply *
send (Fixture *fixture, SoupMessage *message)
{
  Wait wait = { .reply = g_new0 (Reply, 1) };
  SoupMessageHeaders *headers = soup_message_get_request_headers (message);
  soup_message_add_flags (message, SOUP_MESSAGE_NO_REDIRECT);
  if (fixture->token)
    {
      g_autofree char *value = g_strconcat ("Bearer ", fixture->token, NULL);
      soup_message_headers_replace (headers, "Authorization", value);
    }
  if (fixture->key)
    soup_message_headers_replace (headers, "Idempotency-Key", fixture->key);
  soup_session_send_and_read_async (fixture->session, message, G_PRIORITY_DEFAULT, NULL, on_read,
                                    &wait);
  while (!wait.done)
    g_main_context_iteration (NULL, TRUE);
  wait.reply->status = soup_message_get_status (message);
  wait.reply->headers = soup_message_headers_ref (soup_message_get_response_headers (message));
  if (wait.reply->body && g_bytes_get_size (wait.reply->body) && !is_deep (wait.reply->body))
    {
      gsize length;
      const char *text = g_bytes_get_data (wait.reply->body, &length);
      g_autoptr (JsonParser) parser = json_parser_new ();
      if (g_utf8_validate (text, length, NULL)
          && json_parser_load_from_data (parser, text, length, NULL))
        wait.reply->json = json_parser_steal_root (parser);
    }
  return wait.reply;
}

static char *
url_of (Fixture *fixture, const char *path)
{
  if (*path != '/')
    return g_strdup (path);
  return g_strconcat (bmn_fake_mastodon_get_url (fixture->fake), path, NULL);
}

Reply *
request (Fixture *fixture, const char *method, const char *path, const char *body)
{
  if (!bmn_fake_mastodon_get_url (fixture->fake))
    fixture_start (fixture);
  g_autofree char *url = url_of (fixture, path);
  g_autoptr (SoupMessage) message = soup_message_new (method, url);
  g_assert_nonnull (message);
  if (body)
    {
      g_autoptr (GBytes) bytes = g_bytes_new (body, strlen (body));
      soup_message_set_request_body_from_bytes (
          message, *body == '{' ? "application/json" : "application/x-www-form-urlencoded", bytes);
    }
  return send (fixture, message);
}

Reply *
upload (Fixture *fixture,
        const char *path,
        const char *type,
        const void *data,
        gsize size,
        const char *fields)
{
  if (!bmn_fake_mastodon_get_url (fixture->fake))
    fixture_start (fixture);
  g_autoptr (SoupMultipart) multipart = soup_multipart_new ("multipart/form-data");
  g_autoptr (GBytes) file = g_bytes_new (data, size);
  g_autoptr (GHashTable) form = soup_form_decode (fields ? fields : "");
  GHashTableIter iter;
  gpointer name, value;
  g_hash_table_iter_init (&iter, form);
  while (g_hash_table_iter_next (&iter, &name, &value))
    soup_multipart_append_form_string (multipart, name, value);
  soup_multipart_append_form_file (multipart, "file", "picture", type, file);
  g_autofree char *url = url_of (fixture, path);
  g_autoptr (SoupMessage) message = soup_message_new_from_multipart (url, multipart);
  return send (fixture, message);
}

char *
expect (Fixture *fixture, const char *method, const char *path, const char *body, guint status)
{
  g_autoptr (Reply) reply = request (fixture, method, path, body);
  if (reply->status != status)
    g_test_message ("%s %s %s: %s", method, path, body ? body : "",
                    reply->body ? (const char *)g_bytes_get_data (reply->body, NULL) : "");
  g_assert_no_error (reply->error);
  g_assert_cmpuint (reply->status, ==, status);
  return g_strdup (member_string (reply->json, "id"));
}

JsonNode *
member (JsonNode *node, const char *path)
{
  g_auto (GStrv) names = g_strsplit (path, ".", -1);
  for (char **name = names; node && *name; name++)
    {
      if (JSON_NODE_HOLDS_OBJECT (node))
        node = json_object_get_member (json_node_get_object (node), *name);
      else if (JSON_NODE_HOLDS_ARRAY (node))
        {
          guint index = (guint)g_ascii_strtoull (*name, NULL, 10);
          JsonArray *array = json_node_get_array (node);
          node = index < json_array_get_length (array) ? json_array_get_element (array, index)
                                                       : NULL;
        }
      else
        node = NULL;
    }
  return node;
}

const char *
member_string (JsonNode *node, const char *path)
{
  JsonNode *found = member (node, path);
  return found && JSON_NODE_HOLDS_VALUE (found) ? json_node_get_string (found) : NULL;
}

gint64
member_int (JsonNode *node, const char *path)
{
  JsonNode *found = member (node, path);
  g_assert_nonnull (found);
  g_assert_true (JSON_NODE_HOLDS_VALUE (found));
  return json_node_get_value_type (found) == G_TYPE_BOOLEAN ? json_node_get_boolean (found)
                                                            : json_node_get_int (found);
}

int
member_length (JsonNode *node, const char *path)
{
  JsonNode *found = *path ? member (node, path) : node;
  if (!found || !JSON_NODE_HOLDS_ARRAY (found))
    return -1;
  return (int)json_array_get_length (json_node_get_array (found));
}

const char *
reply_header (Reply *reply, const char *name)
{
  return soup_message_headers_get_list (reply->headers, name);
}

gint64
state_int (Fixture *fixture, const char *path)
{
  g_autoptr (JsonNode) state = bmn_fake_mastodon_get_state (fixture->fake);
  return member_int (state, path);
}

int
state_length (Fixture *fixture, const char *path)
{
  g_autoptr (JsonNode) state = bmn_fake_mastodon_get_state (fixture->fake);
  return member_length (state, path);
}

char *
state_string (Fixture *fixture, const char *path)
{
  g_autoptr (JsonNode) state = bmn_fake_mastodon_get_state (fixture->fake);
  return g_strdup (member_string (state, path));
}

char *
time_ahead (Fixture *fixture, gint64 seconds)
{
  g_autofree char *text = state_string (fixture, "now");
  g_autoptr (GDateTime) now = g_date_time_new_from_iso8601 (text, NULL);
  g_autoptr (GDateTime) then = g_date_time_add_seconds (now, seconds);
  return g_date_time_format (then, "%Y-%m-%dT%H:%M:%SZ");
}

GBytes *
png_new (guint width, guint height)
{
  guint8 data[33]
      = { 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n', 0, 0, 0, 13, 'I', 'H', 'D', 'R' };
  guint32 size[2] = { GUINT32_TO_BE (width), GUINT32_TO_BE (height) };
  memcpy (data + 16, size, sizeof size);
  return g_bytes_new (data, sizeof data);
}
