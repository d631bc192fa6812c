#include "bmn-error.h"
#include "bmn-lexicon-private.h"

#include <string.h>

static BmnLexicon *
make (const char *text, GError **error)
{
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));
  return bmn_lexicon_new (bytes, error);
}

static void
test_look_up (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BmnLexicon) lexicon = make ("# words\n"
                                         "negate not n't\n"
                                         "boost very\n"
                                         "+3 joy joy* café\n"
                                         "+1 joystick can't_wait\n"
                                         "-2 sad* :( :*\n"
                                         "0 sadhu\n",
                                         &error);
  g_assert_no_error (error);
  const struct
  {
    const char *form;
    BmnWordRole role;
    float value;
  } cases[] = {
    { "not", BMN_WORD_NEGATOR, 0 },     { "very", BMN_WORD_BOOSTER, 0 },
    { "joy", BMN_WORD_VALUED, 3 },      { "joyful", BMN_WORD_VALUED, 3 },
    { "joystick", BMN_WORD_VALUED, 1 }, { "sadness", BMN_WORD_VALUED, -2 },
    { "sadhu", BMN_WORD_VALUED, 0 },    { "café", BMN_WORD_VALUED, 3 },
    { "cafe", BMN_WORD_VALUED, 3 },     { "cant_wait", BMN_WORD_VALUED, 1 },
    { ":(", BMN_WORD_VALUED, -2 },      { ":*", BMN_WORD_VALUED, -2 },
    { ":", BMN_WORD_UNKNOWN, 0 },       { "jo", BMN_WORD_UNKNOWN, 0 },
    { "", BMN_WORD_UNKNOWN, 0 },
  };
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      BmnWordSense sense = bmn_lexicon_look_up (lexicon, cases[i].form);
      g_assert_cmpint (sense.role, ==, cases[i].role);
      g_assert_cmpfloat (sense.value, ==, cases[i].value);
    }
  g_assert_cmpint (bmn_lexicon_look_up (NULL, "joy").role, ==, BMN_WORD_UNKNOWN);
}

static void
test_accents_kept (void)
{
  g_autoptr (BmnLexicon) lexicon = make ("accents matter\n+3 schön*\n", NULL);
  g_assert_cmpfloat (bmn_lexicon_look_up (lexicon, "schöner").value, ==, 3);
  g_assert_cmpint (bmn_lexicon_look_up (lexicon, "schon").role, ==, BMN_WORD_UNKNOWN);
}

static void
test_damaged (void)
{
  const char *bad[] = { "+9 too strong\n", "nonsense word\n", "nan word\n", "+2 fine\n\xff\n" };
  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr (GError) error = NULL;
      g_assert_null (make (bad[i], &error));
      g_assert_error (error, BMN_ERROR, BMN_ERROR_DAMAGED);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/classify/lexicon/look-up", test_look_up);
  g_test_add_func ("/classify/lexicon/accents-kept", test_accents_kept);
  g_test_add_func ("/classify/lexicon/damaged", test_damaged);
  return g_test_run ();
}
