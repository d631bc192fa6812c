#pragma once

#include "bmn-draft.h"
#include "bmn-session-drafts.h"
#include "bmn-session-thread.h"

G_BEGIN_DECLS

/*
 * BmnDraftKeeper: keeps a draft in the store while it is written. It saves with each pause in
 * typing, and every two seconds where there is none.
 */

#define BMN_TYPE_DRAFT_KEEPER (bmn_draft_keeper_get_type ())
G_DECLARE_FINAL_TYPE (BmnDraftKeeper, bmn_draft_keeper, BMN, DRAFT_KEEPER, GObject)

/**
 * BmnDraftState:
 * @BMN_DRAFT_EMPTY: nothing to keep
 * @BMN_DRAFT_CHANGED: there is something that is not on the disk yet
 * @BMN_DRAFT_SAVED: all of it is on the disk
 * @BMN_DRAFT_FAILED: it could not be saved; tried again with the next change
 */
typedef enum
{
  BMN_DRAFT_EMPTY,
  BMN_DRAFT_CHANGED,
  BMN_DRAFT_SAVED,
  BMN_DRAFT_FAILED,
} BmnDraftState;

/* @original: see bmn_session_plan_draft() */
BmnDraftKeeper *bmn_draft_keeper_new (BmnSessionThread *session,
                                      BmnDraft *draft,
                                      gint64 original) G_GNUC_WARN_UNUSED_RESULT;

BmnDraftState bmn_draft_keeper_get_state (BmnDraftKeeper *self);
/* Returns: (transfer none) (nullable): why it could not be saved */
const GError *bmn_draft_keeper_get_error (BmnDraftKeeper *self);
gint64 bmn_draft_keeper_get_original (BmnDraftKeeper *self);

/* Saves now what is not saved, without waiting; a draft without content is discarded. */
void bmn_draft_keeper_flush (BmnDraftKeeper *self);
/* Deletes the draft and saves no more. */
void bmn_draft_keeper_discard (BmnDraftKeeper *self);
/* Saves no more. */
void bmn_draft_keeper_stop (BmnDraftKeeper *self);

/**
 * bmn_draft_keeper_plan_async:
 * @when: (nullable): see bmn_session_plan_draft(); its zone is copied
 *
 * Plans what is written at this moment. Nothing else is saved until the answer is there.
 */
void bmn_draft_keeper_plan_async (BmnDraftKeeper *self,
                                  const BmnWhen *when,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data);
/* @warnings: (out) (transfer full): */
gboolean bmn_draft_keeper_plan_finish (BmnDraftKeeper *self,
                                       GAsyncResult *result,
                                       GStrv *warnings,
                                       GError **error);

/*
 * Signals:
 *
 * BmnDraftKeeper::changed (): the state is another, or the draft got its id
 */

G_END_DECLS
