#include "bmn-link-states-private.h"

typedef struct
{
  BmnLinkState state;
  char *target; /* (owned) (nullable) */
} Answer;

static gpointer
answer_new (BmnLinkState state, const char *target)
{
  Answer *answer = g_new0 (Answer, 1);
  answer->state = state;
  answer->target = g_strdup (target);
  return answer;
}

static gpointer
answer_copy (gconstpointer data)
{
  const Answer *answer = data;
  return answer_new (answer->state, answer->target);
}

static void
answer_free (Answer *answer)
{
  g_free (answer->target);
  g_free (answer);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Answer, answer_free)

BmnRecentAnswers *
bmn_link_states_new (void)
{
  return bmn_recent_answers_new (answer_copy, (GDestroyNotify)answer_free);
}

void
bmn_link_states_put (
    BmnRecentAnswers *self, const char *url, BmnLinkState state, const char *target, gint64 now)
{
  bmn_recent_answers_put (self, url, answer_new (state, target), now);
}

BmnLinkState
bmn_link_states_get (BmnRecentAnswers *self, const char *url, char **target, gint64 now)
{
  g_autoptr (Answer) answer = bmn_recent_answers_get (self, url, now);
  if (answer && answer->state == BMN_LINK_REDIRECTED)
    *target = g_steal_pointer (&answer->target);
  return answer ? answer->state : BMN_LINK_UNKNOWN;
}
