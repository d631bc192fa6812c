#include "bmn-camel-case-private.h"
#include "bmn-language-private.h"
#include "bmn-reader-private.h"
#include "bmn-scan-private.h"
#include "bmn-spelling-private.h"

#include <string.h>

static void
test_tags (void)
{
  const struct
  {
    const char *text;
    const char *tags; /* spellings, joined by blanks */
    const char *draft;
  } cases[] = {
    { "", "", "" },
    { "no tags", "", "no tags" },
    { "#One and #two, #ONE", "One two", "and ," },
    { "a#b &#39; /#c #1st #2 #_ #d_e", "1st d_e", "a#b &#39; /#c #2 #_" },
    { "  spaced \n\t #x  out ", "x", "spaced out" },
    { "＃全角 #Čeština #हिन्दी", "全角 Čeština हिन्दी", "" },
    { "(#in) \"#quote\"", "in quote", "() \"\"" },
    { "#a#b", "a", "#b" },
  };
  g_autoptr (BmnReader) reader = bmn_reader_new ();
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      BmnVocabulary vocabulary;
      bmn_vocabulary_init (&vocabulary);
      g_autoptr (BmnReading) reading = bmn_reader_read (reader, &vocabulary, TRUE, cases[i].text);
      g_autoptr (GString) tags = g_string_new (NULL);
      for (guint j = 0; j < reading->tags->len; j++)
        g_string_append_printf (tags, "%s%s", j > 0 ? " " : "",
                                g_array_index (reading->tags, BmnReadTag, j).spelling);
      g_assert_cmpstr (tags->str, ==, cases[i].tags);
      g_assert_cmpstr (reading->draft, ==, cases[i].draft);
      bmn_vocabulary_clear (&vocabulary);
    }
}

static void
test_words (void)
{
  const struct
  {
    const char *text;
    const char *words;
  } cases[] = {
    { "The Rocket and the MOON", "rocket moon" },
    { "it’s Peter’s don't rock'n'roll", "peter's rock'n roll" },
    { "see https://example.org/a?b=c now @Some_One a b", "see now @some_one" },
    { "l'été à Paris", "l'été paris" },
    { "x 42 7", "42" },
    { "№ ½ 😀", "" },
  };
  g_autoptr (BmnReader) reader = bmn_reader_new ();
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      BmnVocabulary vocabulary;
      bmn_vocabulary_init (&vocabulary);
      g_autoptr (BmnReading) reading = bmn_reader_read (reader, &vocabulary, TRUE, cases[i].text);
      g_autoptr (GString) words = g_string_new (NULL);
      for (guint j = 0; j < reading->sequence->len; j++)
        g_string_append_printf (
            words, "%s%s", j > 0 ? " " : "",
            bmn_vocabulary_get (&vocabulary, g_array_index (reading->sequence, guint, j)));
      g_assert_cmpstr (words->str, ==, cases[i].words);
      bmn_vocabulary_clear (&vocabulary);
    }
}

/* Scripts without blanks are cut into words; which ones, ICU's dictionaries decide. */
static void
test_no_blanks (void)
{
  const char *texts[] = { "東京タワーに行く", "สวัสดีชาวโลก", "今天天气很好" };
  g_autoptr (BmnReader) reader = bmn_reader_new ();
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      BmnVocabulary vocabulary;
      bmn_vocabulary_init (&vocabulary);
      g_autoptr (BmnReading) reading = bmn_reader_read (reader, &vocabulary, TRUE, texts[i]);
      g_assert_cmpuint (reading->sequence->len, >, 1);
      g_assert_cmpuint (reading->sequence->len, <, g_utf8_strlen (texts[i], -1));
      bmn_vocabulary_clear (&vocabulary);
    }
}

/* A question leaves the vocabulary alone, and still tells unknown words apart. */
static void
test_unknown (void)
{
  g_autoptr (BmnReader) reader = bmn_reader_new ();
  BmnVocabulary vocabulary;
  bmn_vocabulary_init (&vocabulary);
  g_autoptr (BmnReading) learnt = bmn_reader_read (reader, &vocabulary, TRUE, "rocket");
  g_autoptr (BmnReading) asked
      = bmn_reader_read (reader, &vocabulary, FALSE, "rocket cake cream cake");
  g_assert_cmpuint (vocabulary.words->len, ==, vocabulary.n_stop_words + 1);
  g_assert_cmpuint (asked->words->len, ==, 3);
  g_assert_cmpuint (g_array_index (asked->words, BmnReadWord, 0).id, ==, vocabulary.n_stop_words);
  g_assert_cmpuint (g_array_index (asked->words, BmnReadWord, 1).count, ==, 2);
  g_assert_cmpuint (g_array_index (asked->words, BmnReadWord, 1).id, !=,
                    g_array_index (asked->words, BmnReadWord, 2).id);
  bmn_vocabulary_clear (&vocabulary);
}

static void
test_hosts (void)
{
  const struct
  {
    const char *link;
    const char *host;
  } cases[] = {
    { "https://Example.org/path", "example.org" },
    { "http://www.example.org:80", "example.org" },
    { "www.example.org?x", "example.org" },
    { "pic.twitter.com/abc", "pic.twitter.com" },
    { "https://localhost/x", NULL },
    { "https://", NULL },
  };
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      const char *link = cases[i].link;
      g_autofree char *host = bmn_scan_link_host (link, link + strlen (link));
      g_assert_cmpstr (host, ==, cases[i].host);
    }
}

static void
test_parts (void)
{
  const struct
  {
    const char *written;
    const char *parts;
  } cases[] = {
    { "ParisAgreement", "Paris Agreement" },
    { "NASASocial", "NASA Social" },
    { "Rio2016", "Rio 2016" },
    { "journey_to_mars", "journey mars" },
    { "plain", "plain" },
    { "ÉtéÀParis", "Été Paris" },
  };
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GPtrArray) parts = bmn_spelling_parts_of (cases[i].written);
      g_ptr_array_add (parts, NULL);
      g_autofree char *joined = g_strjoinv (" ", (char **)parts->pdata);
      g_assert_cmpstr (joined, ==, cases[i].parts);
    }
}

static void
test_camel_case (void)
{
  g_autoptr (BmnReader) reader = bmn_reader_new ();
  BmnVocabulary vocabulary;
  bmn_vocabulary_init (&vocabulary);
  g_autoptr (BmnReading) reading = bmn_reader_read (
      reader, &vocabulary, TRUE, "black friday; paris climate agreement; newsletter; ete");
  const struct
  {
    const char *spelling;
    const char *readable;
  } cases[] = {
    { "blackfriday", "BlackFriday" }, { "BLACKFRIDAY", NULL },
    { "BlackFriday", NULL },          { "climateagreement", "ClimateAgreement" },
    { "newsletter", NULL },           { "paris", NULL },
    { "unknownwords", NULL },         { "", NULL },
  };
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *readable = bmn_camel_case (cases[i].spelling, &vocabulary);
      g_assert_cmpstr (readable, ==, cases[i].readable);
    }
  bmn_vocabulary_clear (&vocabulary);
}

static void
test_language (void)
{
  const struct
  {
    const char *declared;
    const char *text;
    const char *language;
  } cases[] = {
    { "pt-BR", "the and of", "pt-BR" },
    { NULL, "this is the best of all", "en" },
    { NULL, "das ist nicht der Weg und wir sind da", "de" },
    { NULL, "nous avons été avec vous dans la ville", "fr" },
    { NULL, "para los que están en el mundo", "es" },
    { NULL, "não é só para você também", "pt" },
    { NULL, "questo è il più bello della città", "it" },
    { NULL, "kwx", "und" },
    { NULL, "", "und" },
  };
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    g_assert_cmpstr (bmn_language_of (cases[i].declared, cases[i].text), ==, cases[i].language);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/suggest/reading/tags", test_tags);
  g_test_add_func ("/suggest/reading/words", test_words);
  g_test_add_func ("/suggest/reading/no-blanks", test_no_blanks);
  g_test_add_func ("/suggest/reading/unknown", test_unknown);
  g_test_add_func ("/suggest/reading/hosts", test_hosts);
  g_test_add_func ("/suggest/reading/parts", test_parts);
  g_test_add_func ("/suggest/reading/camel-case", test_camel_case);
  g_test_add_func ("/suggest/reading/language", test_language);
  return g_test_run ();
}
