/* The line protocol of the program given as argument, line by line. */
#include <gio/gio.h>
#include <string.h>

static const char *program;

static char *
text_of (GBytes *bytes)
{
  gsize length;
  const char *data = g_bytes_get_data (bytes, &length);
  return data ? g_strndup (data, length) : g_strdup ("");
}

/* Sends @input; @output, @errors: (out): what came back. */
static void
converse (const char *input, char **output, char **errors)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GSubprocess) replay
      = g_subprocess_new (G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_PIPE
                              | G_SUBPROCESS_FLAGS_STDERR_PIPE,
                          &error, program, NULL);
  g_assert_no_error (error);
  g_autoptr (GBytes) in = g_bytes_new (input, strlen (input));
  g_autoptr (GBytes) out = NULL, err = NULL;
  g_subprocess_communicate (replay, in, NULL, &out, &err, &error);
  g_assert_no_error (error);
  g_assert_true (g_subprocess_get_successful (replay));
  *output = text_of (out);
  *errors = text_of (err);
}

static guint
count_lines (const char *text)
{
  guint n = 0;
  for (; *text; text++)
    n += *text == '\n' ? 1 : 0;
  return n;
}

static void
test_protocol (void)
{
  g_autoptr (GString) input = g_string_new ("{\"op\":\"reset\",\"account\":\"A b/ü\"}\n");
  for (guint i = 0; i < 120; i++)
    {
      g_string_append_printf (input,
                              "{\"op\":\"observe\",\"id\":%u,\"created_at\":"
                              "\"2020-01-01T%02u:%02u:00Z\",\"text\":\"rocket #Launch %u\","
                              "\"is_reply\":false}\n",
                              i, i / 60, i % 60, i % 7);
      g_string_append_printf (
          input, "{\"op\":\"metrics\",\"id\":%u,\"likes\":%u,\"reposts\":1,\"replies\":null}\n", i,
          i % 9);
    }
  g_string_append (input, "{\"op\":\"rank\",\"id\":500,\"text\":\"rocket\","
                          "\"now\":\"2020-01-02T00:00:00Z\",\"k\":10}\n"
                          "{\"op\":\"predict\",\"id\":500,\"text\":\"rocket #Launch\","
                          "\"now\":\"2020-01-02T00:00:00Z\"}\n"
                          "{\"op\":\"slots\",\"now\":\"2020-01-02T00:00:00Z\"}\n"
                          "{\"op\":\"reset\",\"account\":\"other\"}\n"
                          "{\"op\":\"rank\",\"id\":1,\"text\":\"rocket\","
                          "\"now\":\"2020-01-02T00:00:00Z\",\"k\":10}\n");
  g_autofree char *output = NULL, *errors = NULL;
  converse (input->str, &output, &errors);
  g_assert_cmpstr (errors, ==, "");
  g_auto (GStrv) lines = g_strsplit (output, "\n", -1);
  g_assert_cmpuint (g_strv_length (lines), ==, 5);
  g_assert_true (g_str_has_prefix (lines[0], "{\"tags\":[\"launch\"],\"score\":"));
  g_assert_nonnull (strstr (lines[1], "\"lo\":"));
  g_assert_nonnull (strstr (lines[1], "\"hi\":"));
  g_assert_true (g_str_has_prefix (lines[2], "{\"slots\":["));
  g_auto (GStrv) hours = g_strsplit (lines[2], ",", -1);
  g_assert_cmpuint (g_strv_length (hours), ==, 168);
  g_assert_true (g_str_has_prefix (lines[3], "{\"tags\":[],"));
}

static void
test_garbage (void)
{
  g_autoptr (GString) deep = g_string_new (NULL);
  for (guint i = 0; i < 100000; i++)
    g_string_append_c (deep, '[');
  const char *lines[] = {
    "not json",
    "[]",
    "42",
    "{\"op\":\"fly\"}",
    "{\"op\":7}",
    "{}",
    "{\"op\":\"observe\"}",
    "{\"op\":\"metrics\",\"id\":\"x\",\"likes\":1e999}",
    "{\"op\":\"observe\",\"id\":1,\"created_at\":\"yesterday\",\"text\":null}",
    "{\"op\":\"rank\",\"text\":\"\xff\"}",
    deep->str,
  };
  g_autoptr (GString) input = g_string_new (NULL);
  for (guint i = 0; i < G_N_ELEMENTS (lines); i++)
    g_string_append_printf (input, "%s\n", lines[i]);
  /* After all that it still answers, even without a reset. */
  g_string_append (input, "{\"op\":\"rank\",\"id\":1,\"k\":-4}\n{\"op\":\"predict\"}");
  g_autofree char *output = NULL, *errors = NULL;
  converse (input->str, &output, &errors);
  g_assert_cmpuint (count_lines (output), ==, 2);
  g_assert_cmpuint (count_lines (errors), >=, G_N_ELEMENTS (lines) - 2);
  g_assert_nonnull (strstr (errors, "unknown operation “fly”"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_assert_cmpint (argc, ==, 2);
  program = argv[1];
  g_test_add_func ("/suggest/replay/protocol", test_protocol);
  g_test_add_func ("/suggest/replay/garbage", test_garbage);
  return g_test_run ();
}
