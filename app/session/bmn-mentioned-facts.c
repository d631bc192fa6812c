#include "bmn-mentioned-facts-private.h"

/* Those who imitate others are found out and shut within weeks. */
#define NEW_ACCOUNT (60 * G_TIME_SPAN_DAY)

static gpointer
copy_facts (gconstpointer facts)
{
  return g_memdup2 (facts, sizeof (BmnAccountFacts));
}

BmnRecentAnswers *
bmn_mentioned_facts_new (void)
{
  return bmn_recent_answers_new (copy_facts, (GDestroyNotify)bmn_account_facts_free);
}

static char *
question_of (gint64 account_id, const char *handle)
{
  g_autofree char *folded = g_utf8_casefold (handle, -1);
  return g_strdup_printf ("%" G_GINT64_FORMAT "/%s", account_id, folded);
}

void
bmn_mentioned_facts_put (BmnRecentAnswers *self,
                         gint64 account_id,
                         const char *handle,
                         const BmnAccountFacts *facts,
                         gint64 now)
{
  /* Nothing to hold against it, where nothing is known. */
  const BmnAccountFacts nothing = { .created_at = 0, .has_avatar = TRUE };
  g_autofree char *question = question_of (account_id, handle);
  bmn_recent_answers_put (self, question, copy_facts (facts ? facts : &nothing), now);
}

gboolean
bmn_mentioned_facts_get (BmnRecentAnswers *self,
                         gint64 account_id,
                         const char *handle,
                         gint64 now,
                         BmnStranger *stranger)
{
  g_autofree char *question = question_of (account_id, handle);
  g_autoptr (BmnAccountFacts) facts = bmn_recent_answers_get (self, question, now);
  if (facts && stranger)
    {
      stranger->is_new = facts->created_at > 0 && now - facts->created_at < NEW_ACCOUNT;
      stranger->has_no_avatar = !facts->has_avatar;
    }
  return facts != NULL;
}
