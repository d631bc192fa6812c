#include "bmn-hostility.h"

#include <string.h>

static void
test_table (void)
{
  g_autoptr (BmnTextModels) models = bmn_text_models_new (NULL, NULL);
  const struct
  {
    const char *language;
    const char *text;
    gboolean hostile;
  } cases[] = {
    { "en", "you stupid bitch, shut the fuck up", TRUE },
    { "en", "those people are trash and i hate these faggots", TRUE },
    { "en", "Our library opens again on Monday, come and see the new rooms.", FALSE },
    { "en", "Thank you for the lovely evening!", FALSE },
    { "en", "The budget passed with a small majority.", FALSE },
    { "de", "Du bist ein Arschloch, du Wichser", TRUE },
    { "de", "Wir freuen uns auf das Sommerfest.", FALSE },
    { "es", "eres un hijo de puta", TRUE },
    { "es", "Mañana abrimos a las nueve.", FALSE },
    { "fr", "espèce de connard", TRUE },
    { "fr", "La réunion est reportée à mardi.", FALSE },
    { "it", "sei uno stronzo", TRUE },
    { "pt", "vai se foder, otário", TRUE },
    { "ja", "おはようございます", FALSE },
    { "en", "", FALSE },
    { "en", "😀😀", FALSE },
  };
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (BmnHostility) hostility
          = bmn_hostility_new (models, cases[i].text, -1, cases[i].language);
      double p = hostility->hateful + hostility->offensive;
      g_test_message ("%.2f %s", p, cases[i].text);
      g_assert_cmpfloat (p, >=, 0);
      g_assert_cmpfloat (p, <=, 1);
      g_assert_true ((p >= 0.6) == cases[i].hostile);
      if (cases[i].hostile)
        g_assert_cmpuint (hostility->words->len, >, 0);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/classify/hostility/table", test_table);
  return g_test_run ();
}
