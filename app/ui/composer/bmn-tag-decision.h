#pragma once

#include "bmn-session-thread.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * BmnTagDecisionKind:
 * @BMN_TAG_DECISION_PIN: always suggest it
 * @BMN_TAG_DECISION_MUTE: never suggest it
 * @BMN_TAG_DECISION_DISMISS: not for this draft
 */
typedef enum
{
  BMN_TAG_DECISION_PIN,
  BMN_TAG_DECISION_MUTE,
  BMN_TAG_DECISION_DISMISS,
} BmnTagDecisionKind;

/**
 * BmnTagDecision:
 * @post_id: the draft, for %BMN_TAG_DECISION_DISMISS
 * @tag: without its sign
 * @was_pinned: so that taking a «never» back pins it again
 * @is_experiment: whether the account never used it
 *
 * What the user decided about a suggested hashtag.
 */
typedef struct
{
  BmnTagDecisionKind kind;
  gint64 account_id;
  gint64 post_id;
  char *tag; /* (owned) */
  gboolean was_pinned;
  gboolean is_experiment;
} BmnTagDecision;

BmnTagDecision *bmn_tag_decision_copy (const BmnTagDecision *self) G_GNUC_WARN_UNUSED_RESULT;
void bmn_tag_decision_free (BmnTagDecision *self);

/* Returns: (transfer full): what was done, in words */
char *bmn_tag_decision_to_sentence (const BmnTagDecision *self) G_GNUC_WARN_UNUSED_RESULT;

/* Puts it on record, or takes it back. To be finished by bmn_session_thread_call_finish(), which
 * gives %NULL and maybe an error. */
void bmn_tag_decision_carry_out_async (const BmnTagDecision *self,
                                       BmnSessionThread *session,
                                       gboolean take_back,
                                       GAsyncReadyCallback callback,
                                       gpointer user_data);

G_END_DECLS
