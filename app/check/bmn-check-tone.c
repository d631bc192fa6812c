#include "bmn-check-private.h"

#include "bmn-hostility.h"
#include "bmn-spam.h"

#include <glib/gi18n-lib.h>

/* Where the models' guess is more likely right than wrong, and where it is fairly sure. */
#define SPAM_LIKELY 0.5
#define SPAM_SURE 0.8
#define HOSTILE_LIKELY 0.6

/* More words explain no better. */
#define MOST_WORDS 3

/* The words that speak for it, in quotation marks; %NULL where no single word does. The span
 * of the strongest goes to @first. */
static char *
quote_words (GPtrArray *words, const BmnTextWord **first)
{
  g_autoptr (GString) list = g_string_new (NULL);
  guint n = 0;
  *first = NULL;
  for (guint i = 0; i < words->len && n < MOST_WORDS; i++)
    {
      const BmnTextWord *word = words->pdata[i];
      if (word->weight <= 0)
        continue;
      if (n++ == 0)
        *first = word;
      else
        /* Translators: between the items of a list, as in “one”, “two” */
        g_string_append (list, C_ ("list", ", "));
      /* Translators: a word in quotation marks */
      g_string_append_printf (list, _ ("“%s”"), word->text);
    }
  return n ? g_string_free (g_steal_pointer (&list), FALSE) : NULL;
}

static void
check_spam (BmnCheckRun *run, const BmnCheckPart *part)
{
  g_autoptr (BmnSpam) spam = bmn_spam_new (run->context->models, part->part->text, -1);
  if (spam->probability < SPAM_LIKELY)
    return;
  const BmnTextWord *first;
  g_autofree char *words = quote_words (spam->words, &first);
  bmn_check_run_add (
      run, part, BMN_CHECK_SPAM,
      spam->probability < SPAM_SURE ? BMN_SEVERITY_INFO : BMN_SEVERITY_WARNING,
      first ? first->start : 0, first ? first->end : 0,
      words ? g_strdup_printf (_ ("This reads like spam, mostly because of %s. Platforms may show "
                                  "it to fewer people."),
                               words)
            : g_strdup (_ ("This reads like spam. Platforms may show it to fewer people.")));
}

static void
check_hostility (BmnCheckRun *run, const BmnCheckPart *part)
{
  g_autoptr (BmnHostility) hostility
      = bmn_hostility_new (run->context->models, part->part->text, -1, run->post->language);
  if (hostility->hateful + hostility->offensive < HOSTILE_LIKELY)
    return;
  const BmnTextWord *first;
  g_autofree char *words = quote_words (hostility->words, &first);
  /* Without a word to point at, the guess helps nobody. */
  if (!words)
    return;
  bmn_check_run_add (
      run, part, BMN_CHECK_HOSTILE,
      hostility->hateful > hostility->offensive ? BMN_SEVERITY_WARNING : BMN_SEVERITY_INFO,
      first->start, first->end,
      g_strdup_printf (_ ("Some readers may find this hurtful: %s. This is a guess, and it often "
                          "misjudges dialect, quotations and jokes among friends; please read it "
                          "once more yourself."),
                       words));
}

void
bmn_check_tone (BmnCheckRun *run, const BmnCheckPart *part)
{
  if (!run->context->models)
    return;
  check_spam (run, part);
  check_hostility (run, part);
}
