/* Judges each line of its input with the models as they ship, to measure them.
 *
 * Input: lines of LANGUAGE<TAB>TEXT; an empty language is guessed.
 * Output per line, separated by tabs: sentiment score, sentiment label, hateful, offensive and
 * spam probabilities.
 *
 * Usage: judge-texts [DATA-FOLDER] <lines >judgements
 */

#include "bmn-hostility.h"
#include "bmn-sentiment.h"
#include "bmn-spam.h"

#include <stdio.h>
#include <string.h>

static void
judge (const BmnTextModels *models, const char *language, const char *text)
{
  g_autoptr (BmnSentiment) mood = bmn_sentiment_new (models, text, -1, *language ? language : NULL);
  g_autoptr (BmnHostility) hostility
      = bmn_hostility_new (models, text, -1, *language ? language : NULL);
  g_autoptr (BmnSpam) spam = bmn_spam_new (models, text, -1);
  printf ("%.6f\t%s\t%.6f\t%.6f\t%.6f\n", mood->score, bmn_sentiment_label_to_nick (mood->label),
          hostility->hateful, hostility->offensive, spam->probability);
}

int
main (int argc, char **argv)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BmnTextModels) models = bmn_text_models_new (argc > 1 ? argv[1] : NULL, &error);
  if (!models)
    {
      g_printerr ("%s\n", error->message);
      return 1;
    }
  g_autofree char *line = NULL;
  size_t size = 0;
  ssize_t length;
  while ((length = getline (&line, &size, stdin)) > 0)
    {
      line[strcspn (line, "\n")] = '\0';
      char *tab = strchr (line, '\t');
      if (!tab)
        {
          g_printerr ("A line has no tab.\n");
          return 1;
        }
      *tab = '\0';
      judge (models, line, tab + 1);
    }
  return 0;
}
