#include "bench.h"

#include "bmn-session-snippets.h"

static gint64
add (Bench *bench, BmnSnippetKind kind, const char *name, const char *text)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BmnSnippet) snippet = bmn_snippet_new (kind, name, text);
  g_assert_true (bmn_session_put_snippet (bench->session, snippet, &error));
  g_assert_no_error (error);
  g_assert_cmpint (snippet->id, >, 0);
  return snippet->id;
}

static GPtrArray *
list (Bench *bench)
{
  g_autoptr (GError) error = NULL;
  GPtrArray *snippets = bmn_session_list_snippets (bench->session, &error);
  g_assert_no_error (error);
  return snippets;
}

#define assert_snippet(snippets, i, expected_name, expected_text)                                  \
  G_STMT_START                                                                                     \
  {                                                                                                \
    g_assert_cmpstr (((BmnSnippet *)(snippets)->pdata[i])->name, ==, expected_name);               \
    g_assert_cmpstr (((BmnSnippet *)(snippets)->pdata[i])->text, ==, expected_text);               \
  }                                                                                                \
  G_STMT_END

static void
test_add_change_remove (void)
{
  g_autoptr (Bench) bench = bench_new ();
  g_autoptr (GError) error = NULL;
  add (bench, BMN_SNIPPET_HASHTAGS, "Bread", "#rye #sourdough");
  gint64 id = add (bench, BMN_SNIPPET_TEMPLATE, " Opening hours ", "We open at 8.\n\nCome in!");
  add (bench, BMN_SNIPPET_TEMPLATE, "event", "Tonight:");
  g_autoptr (GPtrArray) before = list (bench);
  g_assert_cmpuint (before->len, ==, 3);
  assert_snippet (before, 0, "event", "Tonight:");
  assert_snippet (before, 1, "Opening hours", "We open at 8.\n\nCome in!");
  assert_snippet (before, 2, "Bread", "#rye #sourdough");

  g_autoptr (BmnSnippet) changed = bmn_snippet_copy (before->pdata[1]);
  g_free (changed->text);
  changed->text = g_strdup ("We open at 7.");
  g_assert_true (bmn_session_put_snippet (bench->session, changed, &error));
  g_assert_cmpint (changed->id, ==, id);
  g_autoptr (GPtrArray) after = list (bench);
  assert_snippet (after, 1, "Opening hours", "We open at 7.");

  g_assert_true (bmn_session_remove_snippet (bench->session, id, &error));
  g_assert_no_error (error);
  g_autoptr (GPtrArray) rest = list (bench);
  g_assert_cmpuint (rest->len, ==, 2);
  g_assert_false (bmn_session_remove_snippet (bench->session, id, &error));
  g_assert_error (error, BMN_ERROR, BMN_ERROR_NOT_FOUND);
  g_clear_error (&error);
  g_assert_false (bmn_session_put_snippet (bench->session, changed, &error));
  g_assert_error (error, BMN_ERROR, BMN_ERROR_NOT_FOUND);
}

static void
test_hashtags_are_tidied (void)
{
  g_autoptr (Bench) bench = bench_new ();
  const struct
  {
    const char *given;
    const char *stored;
  } cases[] = {
    { "rye", "#rye" },
    { "#rye, sourdough;#Brot\n\n#Rye", "#rye #sourdough #Brot" },
    { "＃Straße #東京", "＃Straße #東京" },
  };
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *name = g_strdup_printf ("Group %u", i);
      add (bench, BMN_SNIPPET_HASHTAGS, name, cases[i].given);
      g_autoptr (GPtrArray) snippets = list (bench);
      assert_snippet (snippets, i, name, cases[i].stored);
    }
}

static void
test_refused (void)
{
  g_autoptr (Bench) bench = bench_new ();
  g_autofree char *long_name = g_strnfill (BMN_SNIPPET_MAX_NAME + 1, 'x');
  g_autofree char *long_text = g_strnfill (BMN_SNIPPET_MAX_TEXT + 1, 'x');
  add (bench, BMN_SNIPPET_TEMPLATE, "Taken", "Text");
  const struct
  {
    BmnSnippetKind kind;
    const char *name;
    const char *text;
    int code;
  } cases[] = {
    { BMN_SNIPPET_TEMPLATE, "", "Text", BMN_ERROR_INVALID },
    { BMN_SNIPPET_TEMPLATE, " ", "Text", BMN_ERROR_INVALID },
    { BMN_SNIPPET_TEMPLATE, "Two\nlines", "Text", BMN_ERROR_INVALID },
    { BMN_SNIPPET_TEMPLATE, long_name, "Text", BMN_ERROR_INVALID },
    { BMN_SNIPPET_TEMPLATE, "Name", " \n", BMN_ERROR_INVALID },
    { BMN_SNIPPET_TEMPLATE, "Name", long_text, BMN_ERROR_INVALID },
    { BMN_SNIPPET_TEMPLATE, "Name", "\xff", BMN_ERROR_INVALID },
    { BMN_SNIPPET_TEMPLATE, "Taken", "Other text", BMN_ERROR_CONFLICT },
    { BMN_SNIPPET_HASHTAGS, "Name", "#rye not/a/tag", BMN_ERROR_INVALID },
    { BMN_SNIPPET_HASHTAGS, "Name", "#rye#more", BMN_ERROR_INVALID },
    { BMN_SNIPPET_HASHTAGS, "Name", " , ", BMN_ERROR_INVALID },
  };
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (BmnSnippet) snippet
          = bmn_snippet_new (cases[i].kind, cases[i].name, cases[i].text);
      g_assert_false (bmn_session_put_snippet (bench->session, snippet, &error));
      g_assert_error (error, BMN_ERROR, cases[i].code);
    }
  /* The two kinds do not get into each other's way. */
  add (bench, BMN_SNIPPET_HASHTAGS, "Taken", "#rye");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/composer/snippets/add-change-remove", test_add_change_remove);
  g_test_add_func ("/composer/snippets/hashtags-are-tidied", test_hashtags_are_tidied);
  g_test_add_func ("/composer/snippets/refused", test_refused);
  return g_test_run ();
}
