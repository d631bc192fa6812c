#include "bmn-json.h"
#include "bmn-platform-error.h"

#include <string.h>

static JsonNode *
parse (const char *text, gssize length, GError **error)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static (text, length < 0 ? strlen (text) : (gsize)length);
  return bmn_json_parse (bytes, error);
}

static void
assert_bad (const char *text, gssize length)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) node = parse (text, length, &error);
  g_assert_error (error, BMN_PLATFORM_ERROR, BMN_PLATFORM_ERROR_BAD_REPLY);
  g_assert_null (node);
}

static char *
nested (const char *open, const char *inner, const char *close, guint depth)
{
  GString *text = g_string_new (NULL);
  for (guint i = 0; i < depth; i++)
    g_string_append (text, open);
  g_string_append (text, inner);
  for (guint i = 0; i < depth; i++)
    g_string_append (text, close);
  return g_string_free (text, FALSE);
}

static void
test_depth (void)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *deepest = nested ("[", "1", "]", BMN_JSON_MAX_DEPTH);
  g_autoptr (JsonNode) node = parse (deepest, -1, &error);
  g_assert_no_error (error);

  const char *opens[] = { "[", "{\"a\":", "[{\"a\":", "\"\\\"\"[", "/*\"*/[", "'\"'[" };
  const char *closes[] = { "]", "}", "}]", "]", "]", "]" };
  for (gsize i = 0; i < G_N_ELEMENTS (opens); i++)
    {
      g_autofree char *deep = nested (opens[i], "1", closes[i], 100000);
      g_autofree char *open_ended = nested (opens[i], "", "", 100000);
      assert_bad (deep, -1);
      assert_bad (open_ended, -1);
    }
  g_autofree char *hidden_by_quote = g_strconcat ("['\"',", deepest, "]", NULL);
  assert_bad (hidden_by_quote, -1);
  g_autofree char *hidden_by_comment = g_strconcat ("[/*\"*/", deepest, "]", NULL);
  assert_bad (hidden_by_comment, -1);
  /* Brackets in strings are text. */
  g_autofree char *text = nested ("[", "", "", 1000);
  g_autofree char *in_string = g_strconcat ("\"\\\"", text, "\"", NULL);
  g_autoptr (JsonNode) string = parse (in_string, -1, &error);
  g_assert_no_error (error);
}

static void
test_invalid (void)
{
  const char *cases[] = { "",
                          " ",
                          "[",
                          "]",
                          "{",
                          "[1,]",
                          "{\"a\":1,}",
                          "{a:1}",
                          "'a'",
                          "nul",
                          "[1 2]",
                          "{\"a\" 1}",
                          "// c\n1",
                          "/* c */ 1",
                          "var x = 1;",
                          "\"\xff\"",
                          "\"line\nend\"",
                          "[\"open]",
                          "<html></html>",
                          "{\"a\":1}}" };
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    assert_bad (cases[i], -1);
  assert_bad ("[1]\0[2]", 7);
}

static void
test_members (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) node = parse ("{\"s\":\"text\",\"i\":9007199254740993,\"d\":1.5,\"b\":true,"
                                     "\"n\":null,\"o\":{\"x\":1},\"a\":[{\"y\":2},3]}",
                                     -1, &error);
  g_assert_no_error (error);
  JsonObject *object = bmn_json_node_object (node);
  g_assert_cmpstr (bmn_json_get_string (object, "s"), ==, "text");
  gint64 value = -1;
  g_assert_true (bmn_json_get_int (object, "i", &value));
  g_assert_cmpint (value, ==, G_GINT64_CONSTANT (9007199254740993));
  g_assert_true (bmn_json_get_bool (object, "b"));
  g_assert_nonnull (bmn_json_get_object (object, "o"));
  JsonArray *array = bmn_json_get_array (object, "a");
  g_assert_nonnull (bmn_json_get_element_object (array, 0));
  g_assert_null (bmn_json_get_element_object (array, 1));
  g_assert_null (bmn_json_get_element_object (array, 2));

  const char *names[] = { "s", "i", "d", "b", "n", "o", "a", "missing" };
  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      const char *name = names[i];
      g_assert_cmpint (bmn_json_get_string (object, name) != NULL, ==, name[0] == 's');
      g_assert_cmpint (bmn_json_get_int (object, name, &value), ==, name[0] == 'i');
      g_assert_cmpint (bmn_json_get_bool (object, name), ==, name[0] == 'b');
      g_assert_cmpint (bmn_json_get_object (object, name) != NULL, ==, name[0] == 'o');
      g_assert_cmpint (bmn_json_get_array (object, name) != NULL, ==, name[0] == 'a');
      g_assert_null (bmn_json_get_string (NULL, name));
      g_assert_false (bmn_json_get_int (NULL, name, &value));
    }
  g_assert_null (bmn_json_node_object (NULL));
  g_assert_null (bmn_json_get_element_object (NULL, 0));
  g_autofree char *text = bmn_json_to_string (json_array_get_element (array, 0));
  g_assert_cmpstr (text, ==, "{\"y\":2}");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/platform/json/depth", test_depth);
  g_test_add_func ("/platform/json/invalid", test_invalid);
  g_test_add_func ("/platform/json/members", test_members);
  return g_test_run ();
}
