#include "mastodon-fixture.h"
#include "bmn-platform-table.h"

#include <string.h>
#include <sys/prctl.h>

static JsonNode *
parse (const char *text, gssize length)
{
  g_autoptr (GBytes) bytes = g_bytes_new (text, length < 0 ? strlen (text) : (gsize)length);
  g_autoptr (GError) error = NULL;
  JsonNode *node = bmn_json_parse (bytes, &error);
  g_assert_no_error (error);
  return node;
}

void
mastodon_take_result (GObject *source, GAsyncResult *result, gpointer data)
{
  *(GAsyncResult **)data = g_object_ref (result);
}

void
mastodon_wait (GAsyncResult **result)
{
  while (!*result)
    g_main_context_iteration (NULL, TRUE);
}

JsonNode *
mastodon_fixture_control (MastodonFixture *fixture, const char *name, const char *json)
{
  g_autofree char *url = g_strconcat (fixture->url, "/_control/", name, NULL);
  g_autoptr (SoupMessage) message = soup_message_new (json ? "POST" : "GET", url);
  g_autoptr (GBytes) body = json ? g_bytes_new (json, strlen (json)) : NULL;
  g_autoptr (GError) error = NULL;
  if (body)
    soup_message_set_request_body_from_bytes (message, "application/json", body);
  g_autoptr (GBytes) answer = soup_session_send_and_read (fixture->session, message, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (soup_message_get_status (message), ==, 200);
  if (g_bytes_get_size (answer) == 0)
    return json_node_new (JSON_NODE_NULL);
  return parse (g_bytes_get_data (answer, NULL), g_bytes_get_size (answer));
}

void
mastodon_fixture_fault (MastodonFixture *fixture, const char *kind, const char *more)
{
  g_autofree char *json = g_strdup_printf (
      "{\"kind\":\"%s\",\"route\":\"POST /api/v1/statuses\"%s}", kind, more ? more : "");
  g_autoptr (JsonNode) ignored = mastodon_fixture_control (fixture, "faults", json);
}

/* A test that fails leaves no server behind. */
static void
die_with_test (gpointer data)
{
  prctl (PR_SET_PDEATHSIG, SIGTERM);
}

static void
start_server (MastodonFixture *fixture, const char *const *options)
{
  const char *program = g_getenv ("FAKE_MASTODON");
  g_assert_nonnull (program);
  g_autoptr (GPtrArray) argv = g_ptr_array_new ();
  g_ptr_array_add (argv, (char *)program);
  g_ptr_array_add (argv, (char *)"--port=0");
  for (; options && *options; options++)
    g_ptr_array_add (argv, (char *)*options);
  g_ptr_array_add (argv, NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (GSubprocessLauncher) launcher
      = g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE);
  g_subprocess_launcher_set_child_setup (launcher, die_with_test, NULL, NULL);
  fixture->server
      = g_subprocess_launcher_spawnv (launcher, (const char *const *)argv->pdata, &error);
  g_assert_no_error (error);
  g_autoptr (GDataInputStream) lines
      = g_data_input_stream_new (g_subprocess_get_stdout_pipe (fixture->server));
  g_autofree char *line = g_data_input_stream_read_line (lines, NULL, NULL, &error);
  g_assert_no_error (error);
  g_autoptr (JsonNode) ready = parse (line, -1);
  fixture->url = g_strdup (bmn_json_get_string (bmn_json_node_object (ready), "url"));
}

static void
sign_in (MastodonFixture *fixture)
{
  g_autoptr (JsonNode) answer
      = mastodon_fixture_control (fixture, "token", "{\"scopes\":\"read write\"}");
  JsonObject *object = bmn_json_node_object (answer);
  const char *token = bmn_json_get_string (object, "access_token");
  if (!token)
    token = bmn_json_get_string (object, "token");
  g_autoptr (GHashTable) inputs = g_hash_table_new (g_str_hash, g_str_equal);
  g_hash_table_insert (inputs, (char *)"server", fixture->url);
  g_hash_table_insert (inputs, (char *)"token", (char *)token);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  bmn_platform_sign_in_async (fixture->platform, inputs, NULL, mastodon_take_result, &result);
  mastodon_wait (&result);
  bmn_platform_sign_in_finish (fixture->platform, result, &error);
  g_assert_no_error (error);
}

void
mastodon_fixture_set_up (MastodonFixture *fixture, gconstpointer options)
{
  g_autoptr (BmnAccount) account = bmn_account_new ("mastodon", "test");
  g_autoptr (GError) error = NULL;
  start_server (fixture, options);
  fixture->session = soup_session_new ();
  fixture->host = memory_host_new ();
  fixture->http = bmn_http_client_new (NULL, NULL, NULL);
  fixture->platform
      = bmn_platform_new (account, fixture->http, BMN_PLATFORM_HOST (fixture->host), &error);
  g_assert_no_error (error);
  sign_in (fixture);
}

void
mastodon_fixture_tear_down (MastodonFixture *fixture, gconstpointer options)
{
  g_assert_finalize_object (fixture->platform);
  g_assert_finalize_object (fixture->host);
  g_clear_object (&fixture->http);
  g_clear_object (&fixture->session);
  g_subprocess_send_signal (fixture->server, SIGTERM);
  g_subprocess_wait (fixture->server, NULL, NULL);
  g_clear_object (&fixture->server);
  g_free (fixture->url);
}

JsonNode *
mastodon_fixture_state (MastodonFixture *fixture)
{
  return mastodon_fixture_control (fixture, "state", NULL);
}

JsonObject *
mastodon_state_get (JsonNode *state, const char *name, guint index)
{
  JsonArray *list = bmn_json_get_array (bmn_json_node_object (state), name);
  JsonObject *object = bmn_json_get_element_object (list, index);
  g_assert_nonnull (object);
  return object;
}

guint
mastodon_state_count (JsonNode *state, const char *name)
{
  return json_array_get_length (bmn_json_get_array (bmn_json_node_object (state), name));
}

guint
mastodon_fixture_count_out (MastodonFixture *fixture)
{
  g_autoptr (JsonNode) state = mastodon_fixture_state (fixture);
  guint n = 0;
  for (guint i = 0; i < mastodon_state_count (state, "statuses"); i++)
    n += !bmn_json_get_bool (mastodon_state_get (state, "statuses", i), "deleted");
  return n;
}

BmnPublishRequest *
mastodon_request_new (const char *text, ...)
{
  g_autoptr (BmnPost) post = bmn_post_new ();
  g_autofree char *key = g_uuid_string_random ();
  va_list args;
  va_start (args, text);
  for (; text; text = va_arg (args, const char *))
    g_ptr_array_add (post->parts, bmn_part_new (text));
  va_end (args);
  BmnPublishRequest *request = bmn_publish_request_new (post, post->parts, key);
  request->planned_at = g_get_real_time ();
  return request;
}

GPtrArray *
mastodon_publish (MastodonFixture *fixture, BmnPublishRequest *request, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;
  bmn_platform_publish_async (fixture->platform, request, NULL, mastodon_take_result, &result);
  mastodon_wait (&result);
  return bmn_platform_publish_finish (fixture->platform, result, error);
}

GPtrArray *
mastodon_read_back (MastodonFixture *fixture, BmnPublishRequest *request, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;
  bmn_platform_read_back_async (fixture->platform, request, NULL, mastodon_take_result, &result);
  mastodon_wait (&result);
  return bmn_platform_read_back_finish (fixture->platform, result, error);
}

GPtrArray *
mastodon_edit (MastodonFixture *fixture, BmnPublishRequest *request, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;
  bmn_platform_edit_async (fixture->platform, request, NULL, mastodon_take_result, &result);
  mastodon_wait (&result);
  return bmn_platform_edit_finish (fixture->platform, result, error);
}

gboolean
mastodon_remove (MastodonFixture *fixture, BmnPublishRequest *request, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;
  bmn_platform_remove_async (fixture->platform, request, NULL, mastodon_take_result, &result);
  mastodon_wait (&result);
  return bmn_platform_remove_finish (fixture->platform, result, error);
}

BmnAccountHealth *
mastodon_check (MastodonFixture *fixture, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;
  bmn_platform_check_async (fixture->platform, NULL, mastodon_take_result, &result);
  mastodon_wait (&result);
  return bmn_platform_check_finish (fixture->platform, result, error);
}
