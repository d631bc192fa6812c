#include "bmn-spam.h"

#include <string.h>

static void
test_table (void)
{
  g_autoptr (BmnTextModels) models = bmn_text_models_new (NULL, NULL);
  const struct
  {
    const char *text;
    gboolean spam;
  } cases[] = {
    { "CONGRATULATIONS! You have won a £500 prize. Call 09050001122 now to claim!", TRUE },
    { "Get 10000 followers fast!!! DM for promo, limited offer", TRUE },
    { "Click here to earn money from home, risk free: www.example.com", TRUE },
    { "Buy bitcoin now and double your income, guaranteed!", TRUE },
    { "See you at the town hall tomorrow at seven, bring the kids.", FALSE },
    { "Our free concert is on Friday, doors open at 8.", FALSE },
    { "New on the blog: how we restored the old mill https://example.org/mill", FALSE },
    { "ok lol see you later", FALSE },
    { "Wir suchen Verstärkung für unser Team in Köln.", FALSE },
    { "", FALSE },
    { "😀", FALSE },
    { "\xff\xff", FALSE },
  };
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (BmnSpam) spam = bmn_spam_new (models, cases[i].text, -1);
      g_test_message ("%.2f in case %" G_GSIZE_FORMAT, spam->probability, i);
      g_assert_true ((spam->probability >= 0.5) == cases[i].spam);
    }
}

static void
test_words (void)
{
  g_autoptr (BmnTextModels) models = bmn_text_models_new (NULL, NULL);
  const char *text = "Déjà: claim the prize, 50% today";
  g_autoptr (BmnSpam) spam = bmn_spam_new (models, text, -1);
  g_assert_cmpuint (spam->words->len, >=, 2);
  const BmnTextWord *first = spam->words->pdata[0];
  const BmnTextWord *second = spam->words->pdata[1];
  g_assert_cmpfloat (first->weight, >=, second->weight);
  g_assert_true (g_str_equal (first->text, "claim") || g_str_equal (first->text, "prize"));
  g_assert_cmpint (strncmp (text + first->start, first->text, strlen (first->text)), ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/classify/spam/table", test_table);
  g_test_add_func ("/classify/spam/words", test_words);
  return g_test_run ();
}
