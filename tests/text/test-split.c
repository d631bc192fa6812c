#include <string.h>

#include "bmn-entity-finder.h"
#include "bmn-error.h"
#include "bmn-segmenter.h"
#include "bmn-text-count.h"
#include "bmn-text-split.h"

static GPtrArray *
split (const char *text, BmnTextDialect dialect, const BmnLimits *limits)
{
  g_autoptr (GError) error = NULL;
  GPtrArray *parts = bmn_text_split (text, dialect, limits, NULL, &error);
  g_assert_no_error (error);
  return parts;
}

static char *
repeat (const char *piece, guint n)
{
  GString *text = g_string_new (NULL);
  for (guint i = 0; i < n; i++)
    g_string_append (text, piece);
  return g_string_free (text, FALSE);
}

static void
append_solid (GString *out, const char *text, gsize n_bytes)
{
  for (const char *p = text; p < text + n_bytes; p = g_utf8_next_char (p))
    if (!g_unichar_isspace (g_utf8_get_char (p)) && g_utf8_get_char (p) != 0x85)
      g_string_append_unichar (out, g_utf8_get_char (p));
}

/* Every part fits and ends in its counter; nothing but white space is gone. */
static void
check_parts (const char *text, GPtrArray *parts, const BmnLimits *limits)
{
  g_autoptr (GString) before = g_string_new (NULL);
  g_autoptr (GString) after = g_string_new (NULL);
  append_solid (before, text, strlen (text));
  for (guint i = 0; i < parts->len; i++)
    {
      const char *part = parts->pdata[i];
      g_autofree char *counter = g_strdup_printf (" %u/%u", i + 1, parts->len);
      gsize n_bytes = strlen (part);
      BmnTextCount count;
      g_assert_true (bmn_text_count (part, limits, &count, NULL));
      g_assert_true (count.fits);
      if (parts->len > 1)
        {
          g_assert_true (g_str_has_suffix (part, counter));
          n_bytes -= strlen (counter);
          g_assert_cmpuint (n_bytes, >, 0);
        }
      append_solid (after, part, n_bytes);
    }
  g_assert_cmpstr (after->str, ==, before->str);
}

static void
test_whole (void)
{
  const char *cases[][2] = { { "", "" }, { " Short. Text. ", " Short. Text. " } };
  g_autoptr (BmnLimits) limits = bmn_text_default_limits (BMN_TEXT_DIALECT_X);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GPtrArray) parts = split (cases[i][0], BMN_TEXT_DIALECT_X, limits);
      g_assert_cmpuint (parts->len, ==, 1);
      g_assert_cmpstr (parts->pdata[0], ==, cases[i][1]);
    }
  g_autofree char *blanks = g_strnfill (1000, ' ');
  g_autofree char *padded = g_strconcat ("word", blanks, NULL);
  g_autoptr (GPtrArray) empty = split (blanks, BMN_TEXT_DIALECT_X, limits);
  g_autoptr (GPtrArray) one = split (padded, BMN_TEXT_DIALECT_X, limits);
  g_assert_cmpuint (empty->len, ==, 1);
  g_assert_cmpuint (one->len, ==, 1);
  g_assert_cmpstr (one->pdata[0], ==, "word");

  g_autofree char *long_text = repeat ("Much to say. ", 1000);
  g_autoptr (BmnLimits) none = bmn_text_default_limits (BMN_TEXT_DIALECT_WEBSITE);
  g_autoptr (GPtrArray) page = split (long_text, BMN_TEXT_DIALECT_WEBSITE, none);
  g_assert_cmpuint (page->len, ==, 1);
}

static void
test_borders (void)
{
  const struct
  {
    gsize max_length;
    const char *text;
    const char *parts;
  } cases[] = {
    { 30, "First sentence here. Second one is here. Third.",
      "First sentence here. 1/2|Second one is here. Third. 2/2" },
    { 28, "Mr. Smith went home. He slept.", "Mr. Smith went home. 1/2|He slept. 2/2" },
    { 20, "no full stop in any of this", "no full stop in 1/2|any of this 2/2" },
    /* A sentence that must be cut fills up the part. */
    { 30, "Yes! This sentence is much too long to stand in one part.",
      "Yes! This sentence is much 1/3|too long to stand in one 2/3|part. 3/3" },
    { 30, "A line\nAnother line\n\nAnd a longer one",
      "A line\nAnother line 1/2|And a longer one 2/2" },
    { 22, "1. First item\n2. Second item", "1. First item 1/2|2. Second item 2/2" },
    { 25, "2.5 million came. All left.", "2.5 million came. 1/2|All left. 2/2" },
    { 12, "abcdefghijklmnop", "abcdefgh 1/2|ijklmnop 2/2" },
    { 12, "see some-thing", "see 1/3|some- 2/3|thing 3/3" },
    { 24, "look at https://example.org/a/b now",
      "look at 1/3|https://example.org/ 2/3|a/b now 3/3" },
    { 28, "look at https://example.org/a now", "look at 1/3|https://example.org/a 2/3|now 3/3" },
    { 9, "我喜欢吃苹果我喜欢吃苹果", "我喜欢吃 1/3|苹果我喜欢 2/3|吃苹果 3/3" },
    { 6,
      "👨‍👩‍👧👨‍👩‍👧👨‍👩‍👧👨‍👩‍👧👨‍👩‍👧"
      "👨"
      "‍"
      "👩"
      "‍"
      "👧"
      "👨"
      "‍"
      "👩"
      "‍"
      "👧",
      "👨‍👩‍👧👨‍👩‍👧 1/4|👨‍👩‍👧👨‍👩‍👧 "
      "2/4|👨‍👩‍👧👨‍👩‍👧 "
      "3/4|👨‍👩‍👧 "
      "4/4" },
  };
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      const BmnLimits limits = { .rule = BMN_COUNT_GRAPHEMES, .max_length = cases[i].max_length };
      g_autoptr (GPtrArray) parts = split (cases[i].text, BMN_TEXT_DIALECT_X, &limits);
      g_ptr_array_add (parts, NULL);
      g_autofree char *joined = g_strjoinv ("|", (char **)parts->pdata);
      g_assert_cmpstr (joined, ==, cases[i].parts);
    }
}

/* Two and three digits take their room from every part. */
static void
test_many_parts (void)
{
  const guint words[] = { 400, 4000, 40000 };
  g_autoptr (BmnLimits) limits = bmn_text_default_limits (BMN_TEXT_DIALECT_X);
  for (gsize i = 0; i < G_N_ELEMENTS (words); i++)
    {
      g_autofree char *text = repeat ("counter ", words[i]);
      g_autoptr (GPtrArray) parts = split (text, BMN_TEXT_DIALECT_X, limits);
      g_assert_cmpuint (parts->len, >, words[i] * 8 / 280);
      check_parts (text, parts, limits);
    }
}

static void
test_errors (void)
{
  g_autofree char *text = repeat ("Words and words. ", 100);
  const struct
  {
    const char *text;
    BmnLimits limits;
  } cases[] = {
    { "\xff", { .max_length = 300 } },
    { text, { .max_length = 4 } },
    { text, { .max_bytes = 3 } },
    { text, { .max_length = 100, .max_parts = 3 } },
    { text, { .max_length = 100, .max_parts = 1 } },
  };
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      g_assert_null (
          bmn_text_split (cases[i].text, BMN_TEXT_DIALECT_X, &cases[i].limits, NULL, &error));
      g_assert_error (error, BMN_ERROR, BMN_ERROR_INVALID);
    }
}

static const char *const pieces[] = {
  "hello",
  "Fox!",
  "quick.",
  "https://example.com/a/b?c=d",
  "example.org",
  "@bob",
  "@bob@social.example",
  "#tag",
  "#日本",
  "日本語のテキスト。",
  "สวัสดีชาวโลก",
  "👨‍👩‍👧",
  "🇩🇪",
  "e\u0301",
  "שלום",
  "مرحبا",
  "\n",
  "\n\n",
  "  ",
  "1️⃣",
  "👍🏽",
  "\u0301",
  "\u200d",
  "한국어",
  "—",
  "(foo)",
  "\u00a0",
  "\r\n",
  "Dr.",
  "\ufe0f",
  "averyveryveryveryveryveryveryveryverylongwordwithoutanyborderinsidewhichmustbecutsomewhere",
};

static char *
random_text (GRand *random)
{
  static const char *const glue[] = { " ", " ", " ", "", ". ", "\n" };
  GString *text = g_string_new (NULL);
  for (int n = g_rand_int_range (random, 1, 120); n > 0; n--)
    {
      g_string_append (text, pieces[g_rand_int_range (random, 0, G_N_ELEMENTS (pieces))]);
      g_string_append (text, glue[g_rand_int_range (random, 0, G_N_ELEMENTS (glue))]);
    }
  return g_string_free (text, FALSE);
}

static void
test_nothing_is_lost (void)
{
  const gsize max_lengths[] = { 12, 45, 0 };
  g_autoptr (GRand) random = g_rand_new_with_seed (20261123);
  for (int round = 0; round < 20; round++)
    for (int dialect = 0; dialect < BMN_TEXT_DIALECT_WEBSITE; dialect++)
      for (gsize i = 0; i < G_N_ELEMENTS (max_lengths); i++)
        {
          g_autofree char *text = random_text (random);
          g_autoptr (BmnLimits) limits = bmn_text_default_limits (dialect);
          if (max_lengths[i] > 0)
            limits->max_length = max_lengths[i];
          g_autoptr (GPtrArray) parts = split (text, dialect, limits);
          check_parts (text, parts, limits);
        }
}

/* With room for them, links, mentions and hashtags come out as they went in. */
static void
test_entities_stay_whole (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (7);
  for (int round = 0; round < 20; round++)
    for (int dialect = 0; dialect < BMN_TEXT_DIALECT_WEBSITE; dialect++)
      {
        g_autofree char *text = random_text (random);
        g_autoptr (BmnLimits) limits = bmn_text_default_limits (dialect);
        g_autoptr (GPtrArray) parts = split (text, dialect, limits);
        g_autoptr (GPtrArray) wanted = bmn_text_find_entities (text, dialect, NULL);
        g_autofree char *all = NULL;
        g_ptr_array_add (parts, NULL);
        all = g_strjoinv ("\n", (char **)parts->pdata);
        for (guint i = 0; i < wanted->len; i++)
          g_assert_nonnull (strstr (all, ((BmnEntity *)wanted->pdata[i])->text));
      }
}

static void
test_large (void)
{
  const char *large[] = {
    "Hello world, this is a sentence. ", "a", "日.本", "\n", "http://a.co/b", "e\u0301\u0301"
  };
  for (gsize i = 0; i < G_N_ELEMENTS (large); i++)
    {
      g_autofree char *text = repeat (large[i], 1000000 / strlen (large[i]));
      g_autoptr (BmnLimits) limits = bmn_text_default_limits (BMN_TEXT_DIALECT_X);
      g_autoptr (GPtrArray) parts = split (text, BMN_TEXT_DIALECT_X, limits);
      check_parts (text, parts, limits);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/text/split/whole", test_whole);
  g_test_add_func ("/text/split/borders", test_borders);
  g_test_add_func ("/text/split/many-parts", test_many_parts);
  g_test_add_func ("/text/split/errors", test_errors);
  g_test_add_func ("/text/split/nothing-is-lost", test_nothing_is_lost);
  g_test_add_func ("/text/split/entities-stay-whole", test_entities_stay_whole);
  g_test_add_func ("/text/split/large", test_large);
  return g_test_run ();
}
