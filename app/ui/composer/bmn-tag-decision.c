#include "bmn-tag-decision.h"

#include "bmn-session-levers.h"
#include "bmn-session-suggestion-log.h"

#include <glib/gi18n.h>

BmnTagDecision *
bmn_tag_decision_copy (const BmnTagDecision *self)
{
  BmnTagDecision *copy = g_memdup2 (self, sizeof *self);
  copy->tag = g_strdup (self->tag);
  return copy;
}

void
bmn_tag_decision_free (BmnTagDecision *self)
{
  g_free (self->tag);
  g_free (self);
}

char *
bmn_tag_decision_to_sentence (const BmnTagDecision *self)
{
  const char *words[] = {
    [BMN_TAG_DECISION_PIN] = self->was_pinned ? _ ("#%s is no longer offered always")
                                              : _ ("#%s is always offered from now on"),
    [BMN_TAG_DECISION_MUTE] = _ ("#%s is not offered any more"),
    [BMN_TAG_DECISION_DISMISS] = _ ("#%s is not offered for this post"),
  };
  GString *sentence = g_string_new (words[self->kind]);
  g_string_replace (sentence, "%s", self->tag, 1);
  return g_string_free (sentence, FALSE);
}

typedef struct
{
  BmnTagDecision *decision; /* (owned) */
  gboolean take_back;
} Order;

static void
order_free (Order *order)
{
  bmn_tag_decision_free (order->decision);
  g_free (order);
}

static void
mute (BmnSession *session, const BmnTagDecision *decision, gboolean on, GError **error)
{
  if (bmn_session_mute_tag (session, decision->account_id, decision->tag, on, error) && !on
      && decision->was_pinned)
    bmn_session_pin_tag (session, decision->account_id, decision->tag, TRUE, error);
}

static gpointer
carry_out (BmnSession *session, gpointer data, GError **error)
{
  const Order *order = data;
  const BmnTagDecision *decision = order->decision;
  switch (decision->kind)
    {
    case BMN_TAG_DECISION_PIN:
      bmn_session_pin_tag (session, decision->account_id, decision->tag,
                           decision->was_pinned == order->take_back, error);
      break;
    case BMN_TAG_DECISION_MUTE:
      mute (session, decision, !order->take_back, error);
      break;
    case BMN_TAG_DECISION_DISMISS:
    default:
      bmn_session_log_choice (
          session, decision->account_id, decision->post_id,
          decision->is_experiment ? BMN_SUGGESTION_EXPERIMENT : BMN_SUGGESTION_HASHTAG,
          decision->tag, order->take_back ? BMN_SUGGESTION_WAITING : BMN_SUGGESTION_DISMISSED,
          error);
      break;
    }
  return NULL;
}

void
bmn_tag_decision_carry_out_async (const BmnTagDecision *self,
                                  BmnSessionThread *session,
                                  gboolean take_back,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data)
{
  Order *order = g_new0 (Order, 1);
  order->decision = bmn_tag_decision_copy (self);
  order->take_back = take_back;
  bmn_session_thread_work_async (session, carry_out, order, (GDestroyNotify)order_free, NULL, NULL,
                                 callback, user_data);
}
