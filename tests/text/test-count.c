#include "bmn-error.h"
#include "bmn-text-count.h"
#include "bmn-text-dialect.h"

static BmnTextCount
count (const char *text, BmnTextDialect dialect)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BmnLimits) limits = bmn_text_default_limits (dialect);
  BmnTextCount result;
  g_assert_true (bmn_text_count (text, limits, &result, &error));
  g_assert_no_error (error);
  return result;
}

static char *
repeat (const char *piece, guint n)
{
  GString *text = g_string_new (NULL);
  for (guint i = 0; i < n; i++)
    g_string_append (text, piece);
  return g_string_free (text, FALSE);
}

#define FAMILY "👨‍👩‍👧"
#define LONG_LINK "https://example.com/a/path/that/is/longer/than/the/twenty-three/it/counts?q=1"

static void
test_lengths (void)
{
  const struct
  {
    BmnTextDialect dialect;
    const char *text;
    gsize length;
  } cases[] = {
    /* Grapheme clusters. */
    { BMN_TEXT_DIALECT_BLUESKY, "", 0 },
    { BMN_TEXT_DIALECT_BLUESKY, "abc", 3 },
    { BMN_TEXT_DIALECT_BLUESKY, FAMILY "🇩🇪👍🏽", 3 },
    { BMN_TEXT_DIALECT_BLUESKY, "e\u0301\u0323", 1 },
    { BMN_TEXT_DIALECT_BLUESKY, "a\r\nb", 3 },
    { BMN_TEXT_DIALECT_BLUESKY, "नमस्ते", 3 },
    { BMN_TEXT_DIALECT_BLUESKY, "שלום", 4 },
    { BMN_TEXT_DIALECT_BLUESKY, "각", 1 },
    { BMN_TEXT_DIALECT_BLUESKY, LONG_LINK, sizeof LONG_LINK - 1 },
    /* Mastodon: links as 23, mentions without their domain. */
    { BMN_TEXT_DIALECT_MASTODON, FAMILY, 1 },
    { BMN_TEXT_DIALECT_MASTODON, LONG_LINK, 23 },
    { BMN_TEXT_DIALECT_MASTODON, "http://a.de", 23 },
    { BMN_TEXT_DIALECT_MASTODON, "see " LONG_LINK ".", 28 },
    { BMN_TEXT_DIALECT_MASTODON, "example.com/path", 16 },
    { BMN_TEXT_DIALECT_MASTODON, "@bob@social.example hi", 7 },
    { BMN_TEXT_DIALECT_MASTODON, "@bob hi", 7 },
    { BMN_TEXT_DIALECT_MASTODON, "mail bob@social.example", 23 },
    /* X: weights after NFC. */
    { BMN_TEXT_DIALECT_X, "abc", 3 },
    { BMN_TEXT_DIALECT_X, "e\u0301", 1 },
    { BMN_TEXT_DIALECT_X, "日本", 4 },
    { BMN_TEXT_DIALECT_X, "привет", 6 },
    { BMN_TEXT_DIALECT_X, "한", 2 },
    { BMN_TEXT_DIALECT_X, "“a”—…", 6 },
    { BMN_TEXT_DIALECT_X, FAMILY, 2 },
    { BMN_TEXT_DIALECT_X, "👩🏽‍💻1️⃣🇯🇵🏴󠁧󠁢󠁷󠁬󠁳󠁿", 8 },
    { BMN_TEXT_DIALECT_X, "❤️❤⛹️🏽", 6 },
    { BMN_TEXT_DIALECT_X, "👨‍👨", 5 },
    { BMN_TEXT_DIALECT_X, "😀\ufe0f", 4 },
    { BMN_TEXT_DIALECT_X, "©", 1 },
    { BMN_TEXT_DIALECT_X, "1", 1 },
    { BMN_TEXT_DIALECT_X, LONG_LINK, 23 },
    { BMN_TEXT_DIALECT_X, "see example.com now", 31 },
    { BMN_TEXT_DIALECT_X, "@bob@social.example", 4 + 1 + 14 },
    { BMN_TEXT_DIALECT_WEBSITE, "ab" FAMILY, 3 },
  };
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_test_message ("%s: %s", bmn_text_dialect_to_nick (cases[i].dialect), cases[i].text);
      g_assert_cmpuint (count (cases[i].text, cases[i].dialect).length, ==, cases[i].length);
    }
}

static void
test_utf16 (void)
{
  const BmnLimits limits = { .rule = BMN_COUNT_UTF16, .max_length = 4 };
  BmnTextCount result;
  g_assert_true (bmn_text_count ("aé😀b", &limits, &result, NULL));
  g_assert_cmpuint (result.length, ==, 5);
  g_assert_false (result.fits);
  g_assert_cmpuint (result.valid_end_byte, ==, strlen ("aé😀"));
}

static void
test_limits (void)
{
  g_autofree char *fits = repeat ("a", 280);
  g_autofree char *over = repeat ("a", 281);
  g_autofree char *wide = repeat ("語", 141);
  g_assert_true (count (fits, BMN_TEXT_DIALECT_X).valid);
  g_assert_false (count (over, BMN_TEXT_DIALECT_X).valid);
  g_assert_cmpuint (count (over, BMN_TEXT_DIALECT_X).valid_end_byte, ==, 280);
  g_assert_false (count (wide, BMN_TEXT_DIALECT_X).valid);
  g_assert_cmpuint (count (wide, BMN_TEXT_DIALECT_X).valid_end_byte, ==, 140 * strlen ("語"));
  g_assert_true (count (over, BMN_TEXT_DIALECT_WEBSITE).valid);

  /* 300 graphemes, but more than 3000 bytes. */
  g_autofree char *families = repeat (FAMILY, 300);
  BmnTextCount heavy = count (families, BMN_TEXT_DIALECT_BLUESKY);
  g_assert_cmpuint (heavy.length, ==, 300);
  g_assert_cmpuint (heavy.bytes, ==, 300 * strlen (FAMILY));
  g_assert_false (heavy.valid);
  g_assert_cmpuint (heavy.valid_end_byte, ==, 3000 / strlen (FAMILY) * strlen (FAMILY));
}

static void
test_x_refuses (void)
{
  g_assert_false (count ("", BMN_TEXT_DIALECT_X).valid);
  g_assert_true (count ("", BMN_TEXT_DIALECT_X).fits);
  g_assert_true (count ("", BMN_TEXT_DIALECT_BLUESKY).valid);
  g_assert_false (count ("a\uFEFFb", BMN_TEXT_DIALECT_X).valid);
  g_assert_cmpuint (count ("a\uFEFFb", BMN_TEXT_DIALECT_X).valid_end_byte, ==, 1);
}

/* The overflow is marked in the text as the user wrote it, not in its normalised form. */
static void
test_overflow_of_decomposed_text (void)
{
  const BmnLimits limits = { .rule = BMN_COUNT_X, .max_length = 2 };
  BmnTextCount result;
  g_assert_true (bmn_text_count ("e\u0301e\u0301e\u0301", &limits, &result, NULL));
  g_assert_cmpuint (result.length, ==, 3);
  g_assert_cmpuint (result.valid_end_byte, ==, 2 * strlen ("e\u0301"));
}

static void
test_invalid (void)
{
  const char *bad[] = { "\xff", "a\xc3", "\xed\xa0\x80", "\xf5\x80\x80\x80" };
  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++)
    for (int dialect = 0; dialect < BMN_TEXT_N_DIALECTS; dialect++)
      {
        g_autoptr (GError) error = NULL;
        g_autoptr (BmnLimits) limits = bmn_text_default_limits (dialect);
        BmnTextCount result;
        g_assert_false (bmn_text_count (bad[i], limits, &result, &error));
        g_assert_error (error, BMN_ERROR, BMN_ERROR_INVALID);
      }
}

static void
test_large (void)
{
  const char *pieces[] = { "a", "a.", "http://a.co/(", "e\u0301", "👨‍", "日.本", "#@", "🇩" };
  for (gsize i = 0; i < G_N_ELEMENTS (pieces); i++)
    {
      g_autofree char *text = repeat (pieces[i], 1000000 / strlen (pieces[i]));
      for (int dialect = 0; dialect < BMN_TEXT_N_DIALECTS; dialect++)
        g_assert_cmpuint (count (text, dialect).bytes, ==, strlen (text));
    }
}

static void
test_dialects (void)
{
  for (int i = 0; i < BMN_TEXT_N_DIALECTS; i++)
    {
      BmnTextDialect dialect;
      g_assert_true (bmn_text_dialect_from_nick (bmn_text_dialect_to_nick (i), &dialect));
      g_assert_cmpint (dialect, ==, i);
    }
  BmnTextDialect dialect;
  g_assert_false (bmn_text_dialect_from_nick ("facebook", &dialect));
  g_assert_false (bmn_text_dialect_from_nick (NULL, &dialect));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/text/count/lengths", test_lengths);
  g_test_add_func ("/text/count/utf16", test_utf16);
  g_test_add_func ("/text/count/limits", test_limits);
  g_test_add_func ("/text/count/x-refuses", test_x_refuses);
  g_test_add_func ("/text/count/decomposed", test_overflow_of_decomposed_text);
  g_test_add_func ("/text/count/invalid", test_invalid);
  g_test_add_func ("/text/count/large", test_large);
  g_test_add_func ("/text/dialect/nicks", test_dialects);
  return g_test_run ();
}
