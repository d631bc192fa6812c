#include "bmn-error.h"
#include "bmn-sentiment.h"

#include <math.h>
#include <string.h>

static BmnTextModels *models;

static double
score_of (const char *language, const char *text)
{
  g_autoptr (BmnSentiment) sentiment = bmn_sentiment_new (models, text, -1, language);
  g_assert_cmpfloat (fabs (sentiment->score), <=, 1);
  return sentiment->score;
}

/* Rows of a table beside this file, cut at tabs. */
static GPtrArray *
read_table (const char *name)
{
  g_autofree char *path = g_build_filename (g_test_get_dir (G_TEST_DIST), "classify", name, NULL);
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;
  g_file_get_contents (path, &text, NULL, &error);
  g_assert_no_error (error);
  GPtrArray *rows = g_ptr_array_new_with_free_func ((GDestroyNotify)g_strfreev);
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  for (char **line = lines; *line; line++)
    if (**line)
      g_ptr_array_add (rows, g_strsplit (*line, "\t", -1));
  return rows;
}

/* The trainer, in another language, must have come to the same numbers. */
static void
test_same_as_trainer (void)
{
  g_autoptr (GPtrArray) rows = read_table ("expected-scores.tsv");
  g_assert_cmpuint (rows->len, >, 60);
  for (guint i = 0; i < rows->len; i++)
    {
      char **row = rows->pdata[i];
      g_autoptr (BmnSentiment) sentiment = bmn_sentiment_new (models, row[3], -1, row[0]);
      g_assert_cmpfloat_with_epsilon (sentiment->score, g_ascii_strtod (row[1], NULL), 0.001);
      g_assert_cmpstr (bmn_sentiment_label_to_nick (sentiment->label), ==, row[2]);
      g_assert_cmpstr (sentiment->language, ==, row[0]);
    }
}

static void
test_languages (void)
{
  g_autoptr (GPtrArray) rows = read_table ("sentences.tsv");
  g_autoptr (GHashTable) right = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GHashTable) all = g_hash_table_new (g_str_hash, g_str_equal);
  for (guint i = 0; i < rows->len; i++)
    {
      char **row = rows->pdata[i];
      g_autoptr (BmnSentiment) sentiment = bmn_sentiment_new (models, row[2], -1, row[0]);
      gboolean hit = g_str_equal (bmn_sentiment_label_to_nick (sentiment->label), row[1]);
      if (!hit)
        g_test_message ("%s %s: %s", row[0], bmn_sentiment_label_to_nick (sentiment->label),
                        row[2]);
      guint n = GPOINTER_TO_UINT (g_hash_table_lookup (right, row[0])) + hit;
      guint m = GPOINTER_TO_UINT (g_hash_table_lookup (all, row[0])) + 1;
      g_hash_table_insert (right, row[0], GUINT_TO_POINTER (n));
      g_hash_table_insert (all, row[0], GUINT_TO_POINTER (m));
    }
  const char *languages[] = { "en", "de", "es", "fr", "pt", "it" };
  for (gsize i = 0; i < G_N_ELEMENTS (languages); i++)
    {
      guint n = GPOINTER_TO_UINT (g_hash_table_lookup (right, languages[i]));
      guint m = GPOINTER_TO_UINT (g_hash_table_lookup (all, languages[i]));
      g_test_message ("%s: %u of %u", languages[i], n, m);
      g_assert_cmpuint (m, >=, 10);
      g_assert_cmpfloat (n, >=, 0.8 * m);
    }
}

static void
test_order (void)
{
  /* The first of each must score lower than the second. */
  const struct
  {
    const char *language;
    const char *lower;
    const char *higher;
  } cases[] = {
    { "en", "This is not good.", "This is good." },
    { "en", "The food is not bad.", "The food is great." },
    { "en", "This is bad.", "This is not bad." },
    { "en", "I don't like it.", "I like it." },
    { "en", "This is good.", "This is very good." },
    { "en", "This is good.", "This is good!!!" },
    { "en", "This is slightly good.", "This is very good." },
    { "en", "This is very bad.", "This is bad." },
    { "en", "It was good.", "It was GOOD." },
    { "en", "The show was nice, but the end was terrible.",
      "The show was terrible, but the end was nice." },
    { "en", "See you there", "See you there 😍" },
    { "en", "See you there 😡", "See you there" },
    { "en", "On my way :(", "On my way :)" },
    { "de", "Das ist nicht gut.", "Das ist gut." },
    { "de", "Bis morgen 😡", "Bis morgen 😍" },
    { "es", "No me gusta.", "Me gusta." },
    { "fr", "Ce n'est pas bon.", "C'est bon." },
    { "pt", "Não gostei.", "Gostei." },
    { "it", "Non mi piace.", "Mi piace." },
    { "sw", "sawa 😡", "sawa 😍" },
  };
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      double lower = score_of (cases[i].language, cases[i].lower);
      double higher = score_of (cases[i].language, cases[i].higher);
      g_test_message ("%s %.3f < %s %.3f", cases[i].lower, lower, cases[i].higher, higher);
      g_assert_cmpfloat (lower, <, higher);
    }
}

static void
test_words (void)
{
  const char *text = "😀 What a terrible, sad day for Zoë";
  g_autoptr (BmnSentiment) sentiment = bmn_sentiment_new (models, text, -1, "en");
  gboolean terrible = FALSE;
  for (guint i = 0; i < sentiment->words->len; i++)
    {
      const BmnTextWord *word = sentiment->words->pdata[i];
      g_assert_cmpuint (word->end, <=, strlen (text));
      g_assert_cmpint (strncmp (text + word->start, word->text, word->end - word->start), ==, 0);
      if (g_str_equal (word->text, "terrible"))
        {
          terrible = TRUE;
          g_assert_cmpfloat (word->weight, <, 0);
          /* The weight is what the score gains without the word. */
          g_assert_cmpfloat_with_epsilon (score_of ("en", "😀 What a , sad day for Zoë")
                                              - sentiment->score,
                                          -word->weight, 1e-6);
        }
    }
  g_assert_true (terrible);
}

static void
test_language_tags (void)
{
  const struct
  {
    const char *given;
    const char *used;
  } cases[] = {
    { "en", "en" }, { "EN-us", "en" },    { "pt_BR", "pt" },  { "und", "und" },
    { "sw", "sw" }, { "emoji", "emoji" }, { "spam", "spam" },
  };
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (BmnSentiment) sentiment
          = bmn_sentiment_new (models, "free 😀 day", -1, cases[i].given);
      g_assert_cmpstr (sentiment->language, ==, cases[i].used);
    }
}

static void
test_hostile_input (void)
{
  g_autofree char *one_word = g_strnfill (1 << 20, 'x');
  g_autofree char *marks = g_strnfill (1 << 20, '!');
  g_autofree char *hashes = g_strnfill (1 << 20, '#');
  g_autofree char *ats = g_strnfill (1 << 20, '@');
  g_autoptr (GString) many = g_string_new (NULL);
  while (many->len < 1 << 20)
    g_string_append (many, "not very good ");
  const char *texts[] = {
    "",
    " ",
    "\xff\xfe\xfd",
    "\xf0\x9f\x98",
    "😀😀😀😡",
    "مرحبا 😀 يوم جميل",
    one_word,
    marks,
    hashes,
    ats,
    many->str,
    "\xe2\x80\xae"
    "good\xe2\x80\xac",
    "'",
    "a'",
    "''''s",
    "#",
    "##a#",
    "@@a@",
    "http://",
    "www.",
    "\xcc\x81\xcc\x81",
  };
  const char *languages[] = { NULL, "en", "de", "ar", "xx", "" };
  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    for (gsize j = 0; j < G_N_ELEMENTS (languages); j++)
      {
        g_autoptr (BmnSentiment) sentiment = bmn_sentiment_new (models, texts[i], -1, languages[j]);
        g_assert_cmpfloat (fabs (sentiment->score), <=, 1);
        for (guint k = 0; k < sentiment->words->len; k++)
          g_assert_true (
              g_utf8_validate (((BmnTextWord *)sentiment->words->pdata[k])->text, -1, NULL));
      }
  g_autoptr (BmnSentiment) empty = bmn_sentiment_new (models, "", -1, "en");
  g_assert_cmpfloat (empty->score, ==, 0);
  g_assert_cmpint (empty->label, ==, BMN_SENTIMENT_NEUTRAL);
  g_assert_cmpuint (empty->words->len, ==, 0);
}

static void
test_missing_folder (void)
{
  g_autoptr (GError) error = NULL;
  g_assert_null (bmn_text_models_new ("/nonexistent/bellman", &error));
  g_assert_error (error, G_FILE_ERROR, G_FILE_ERROR_NOENT);
  g_assert_nonnull (strstr (error->message, "ar.txt"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_autoptr (GError) error = NULL;
  models = bmn_text_models_new (NULL, &error);
  g_assert_no_error (error);
  g_test_add_func ("/classify/sentiment/same-as-trainer", test_same_as_trainer);
  g_test_add_func ("/classify/sentiment/languages", test_languages);
  g_test_add_func ("/classify/sentiment/order", test_order);
  g_test_add_func ("/classify/sentiment/words", test_words);
  g_test_add_func ("/classify/sentiment/language-tags", test_language_tags);
  g_test_add_func ("/classify/sentiment/hostile-input", test_hostile_input);
  g_test_add_func ("/classify/sentiment/missing-folder", test_missing_folder);
  int result = g_test_run ();
  bmn_text_models_unref (models);
  return result;
}
