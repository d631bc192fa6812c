#include "test-support.h"

#include <signal.h>

/* The program itself: what it prints, how it ends. */

static const char *program;

static GSubprocess *
spawn (GSubprocessFlags flags, const char *first, const char *second)
{
  g_autoptr (GError) error = NULL;
  GSubprocess *process = g_subprocess_new (flags, &error, program, first, second, NULL);
  g_assert_no_error (error);
  return process;
}

static void
on_read (GObject *source, GAsyncResult *result, gpointer done)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) body
      = soup_session_send_and_read_finish (SOUP_SESSION (source), result, &error);
  g_assert_no_error (error);
  g_assert_nonnull (body);
  *(gboolean *)done = TRUE;
}

/* Whoever reads the line may connect at once. */
static void
test_ready (void)
{
  g_autoptr (SoupSession) session = soup_session_new ();
  for (int i = 0; i < 5; i++)
    {
      g_autoptr (GSubprocess) process
          = spawn (G_SUBPROCESS_FLAGS_STDOUT_PIPE, "--port=0", "--switch=no-instance-v2");
      g_autoptr (GDataInputStream) lines
          = g_data_input_stream_new (g_subprocess_get_stdout_pipe (process));
      g_autofree char *line = g_data_input_stream_read_line (lines, NULL, NULL, NULL);
      g_assert_nonnull (line);
      g_autoptr (JsonNode) ready = json_from_string (line, NULL);
      g_assert_true (member_int (ready, "ready"));

      g_autofree char *url = g_strconcat (member_string (ready, "url"), "/api/v2/instance", NULL);
      g_autoptr (SoupMessage) message = soup_message_new ("GET", url);
      gboolean done = FALSE;
      soup_session_send_and_read_async (session, message, G_PRIORITY_DEFAULT, NULL, on_read, &done);
      while (!done)
        g_main_context_iteration (NULL, TRUE);
      g_assert_cmpuint (soup_message_get_status (message), ==, 404);
      g_subprocess_send_signal (process, SIGTERM);
      g_assert_true (g_subprocess_wait_check (process, NULL, NULL));
    }
}

static void
test_bad_options (void)
{
  const char *cases[]
      = { "--switch=none",       "--limit=max_characters", "--limit=none=1", "--fault=none",
          "--fault=cut,count=x", "--tls=none-such",        "--no-such" };
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GSubprocess) process
          = spawn (G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_PIPE, cases[i], NULL);
      g_autofree char *out = NULL, *err = NULL;
      g_assert_true (g_subprocess_communicate_utf8 (process, NULL, NULL, &out, &err, NULL));
      g_assert_cmpint (g_subprocess_get_exit_status (process), ==, 1);
      g_assert_cmpstr (out, ==, "");
      g_assert_true (g_str_has_prefix (err, "fake-mastodon: "));
    }
}

void
add_program_tests (const char *path)
{
  program = path;
  g_test_add_func ("/servers/fake-mastodon/program/ready", test_ready);
  g_test_add_func ("/servers/fake-mastodon/program/bad-options", test_bad_options);
}
