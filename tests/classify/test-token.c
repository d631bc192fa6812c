#include "bmn-token-private.h"

#include <string.h>

static BmnLexicon *
symbols (void)
{
  const char *text = "+2 :) :d <3\n-2 :( :/\n";
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));
  return bmn_lexicon_new (bytes, NULL);
}

/* The forms, separated by bars. */
static char *
forms_of (const char *text, gsize length)
{
  g_autoptr (BmnLexicon) known = symbols ();
  g_autoptr (BmnTokens) tokens = bmn_tokens_new (text, length, known);
  g_autoptr (GString) forms = g_string_new (NULL);
  gsize last = 0;
  for (guint i = 0; i < tokens->list->len; i++)
    {
      const BmnToken *token = &g_array_index (tokens->list, BmnToken, i);
      g_assert_cmpuint (token->start, >=, last);
      g_assert_cmpuint (token->start, <, token->end);
      g_assert_cmpuint (token->end, <=, length);
      last = token->end;
      g_string_append_printf (forms, i ? "|%s" : "%s", token->form);
    }
  return g_string_free (g_steal_pointer (&forms), FALSE);
}

static void
test_forms (void)
{
  const struct
  {
    const char *text;
    const char *forms;
  } cases[] = {
    { "", "" },
    { " \n\t", "" },
    { "Don't stop", "dont|stop" },
    { "he’s here", "hes|here" },
    { "l'amour c’est", "l|amour|c|est" },
    { "Sooooo GOOD!!!!!", "soo|good|!!!" },
    { "see https://a.example/x?y=1 now", "see|<url>|now" },
    { "hi @bob@mas.example, ok", "hi|<user>|,|ok" },
    { "#BestDayEver #ok", "best|day|ever|ok" },
    { "nice:) well :D", "nice|:)|well|:d" },
    { "10:30 a:d", "00|:|00|a|:|d" },
    { "i <3 u", "i|<3|u" },
    { "👍🏽 👨‍👩‍👧 ❤️", "👍|👨|👩|👧|❤" },
    { "call 09061701461", "call|00000000000" },
    { "مرحبا بالعالم", "مرحبا|بالعالم" },
    { "a\xff"
      "b\xc3",
      "a|b" },
    { "...", "..." },
    { "#", "#" },
    { "@", "@" },
  };
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *forms = forms_of (cases[i].text, strlen (cases[i].text));
      g_assert_cmpstr (forms, ==, cases[i].forms);
    }
}

static void
test_flags (void)
{
  const char *text = "a GREAT dayyyy #Fun";
  g_autoptr (BmnTokens) tokens = bmn_tokens_new (text, strlen (text), NULL);
  const BmnToken *list = (const BmnToken *)(gpointer)tokens->list->data;
  g_assert_cmpuint (tokens->list->len, ==, 4);
  g_assert_true (list[1].loud);
  g_assert_false (list[0].loud);
  g_assert_true (list[2].drawn);
  g_assert_cmpstr (list[2].plain, ==, "day");
  g_assert_true (list[3].tag);

  const char *all = "ALL OF IT";
  g_autoptr (BmnTokens) shouted = bmn_tokens_new (all, strlen (all), NULL);
  g_assert_false (g_array_index (shouted->list, BmnToken, 0).loud);
}

static void
test_long (void)
{
  g_autofree char *text = g_strnfill (1 << 20, 'a');
  g_autofree char *forms = forms_of (text, 1 << 20);
  g_assert_cmpstr (forms, ==, "aa");
  for (gsize i = 1; i < 1 << 20; i += 2)
    text[i] = ' ';
  g_autoptr (BmnTokens) tokens = bmn_tokens_new (text, 1 << 20, NULL);
  g_assert_cmpuint (tokens->list->len, ==, BMN_MAX_TOKENS);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/classify/token/forms", test_forms);
  g_test_add_func ("/classify/token/flags", test_flags);
  g_test_add_func ("/classify/token/long", test_long);
  return g_test_run ();
}
