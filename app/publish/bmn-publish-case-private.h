#pragma once

#include "bmn-account.h"
#include "bmn-attempt.h"
#include "bmn-platform.h"
#include "bmn-post.h"
#include "bmn-receipt.h"
#include "bmn-slot-time.h"
#include "bmn-store.h"
#include "bmn-target.h"

G_BEGIN_DECLS

/* The name of a message on what is out: the platform made it otherwise than it was asked to. */
#define BMN_PUBLISH_CHANGED_KIND "changed"

/**
 * BmnPublishCase:
 * @target: as claimed
 * @post: what is published
 * @account: where
 * @attempts: (element-type BmnAttempt): oldest first
 * @receipts: (element-type BmnReceipt): of the parts that are out, by part
 * @known_ids: (element-type utf8): remote ids of all receipts of the account
 * @last_published_at: when the account last published, µs
 *
 * All that the store knows about one target that is being published.
 *
 * Each function with a #BmnTransaction below changes the store and stages the same change of
 * the case. Only when the transaction is through, bmn_publish_case_commit() makes it so; where
 * it failed, at its very end maybe, bmn_publish_case_rollback() leaves the case as it was.
 */
typedef struct
{
  BmnTarget *target;     /* (owned) */
  BmnPost *post;         /* (owned) */
  BmnAccount *account;   /* (owned) */
  GPtrArray *attempts;   /* (owned) */
  GPtrArray *receipts;   /* (owned) */
  GHashTable *known_ids; /* (owned) */
  gint64 last_published_at;

  BmnTarget *staged_target;   /* (owned) (nullable) */
  BmnAttempt *staged_attempt; /* (owned) (nullable): a new one, or the latest as it ended */
  GPtrArray *staged_receipts; /* (owned) (nullable): all of the target */
} BmnPublishCase;

/* Loads a target with all that belongs to it. */
BmnPublishCase *bmn_publish_case_load (BmnTransaction *tx,
                                       gint64 target_id,
                                       GError **error) G_GNUC_WARN_UNUSED_RESULT;
void bmn_publish_case_free (BmnPublishCase *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BmnPublishCase, bmn_publish_case_free)

void bmn_publish_case_commit (BmnPublishCase *self);
void bmn_publish_case_rollback (BmnPublishCase *self);

/* Returns: (transfer none) (element-type BmnPart): what this account gets */
GPtrArray *bmn_publish_case_get_parts (const BmnPublishCase *self);

/* Returns: (transfer full): what a platform is told about @part */
BmnPublishRequest *
bmn_publish_case_make_request (const BmnPublishCase *self,
                               int part,
                               const BmnCapabilities *caps) G_GNUC_WARN_UNUSED_RESULT;

/* Returns: whether a receipt says that @part is out */
gboolean bmn_publish_case_has_receipt (const BmnPublishCase *self, int part);

/* Returns: whether something of this target may be out without our knowing */
gboolean bmn_publish_case_is_uncertain (const BmnPublishCase *self, const BmnCapabilities *caps);

/* Returns: whether nothing of it is or may be out, so that it is still open if it is wanted */
gboolean bmn_publish_case_is_untouched (const BmnPublishCase *self, const BmnCapabilities *caps);

/**
 * bmn_publish_case_claim:
 * @fresh_key: the key to use if the target has none for the post's present revision
 *
 * Moves the target to publishing. %BMN_ERROR_CONFLICT where its state is another by now. A key
 * is kept for as long as anything sent with it is or may be out, whatever was edited since.
 */
gboolean bmn_publish_case_claim (BmnPublishCase *self,
                                 BmnTransaction *tx,
                                 const char *fresh_key,
                                 const BmnCapabilities *caps,
                                 GError **error);

/* Gives the target another time, on the wall clock of its account's zone. */
gboolean bmn_publish_case_move (BmnPublishCase *self,
                                BmnTransaction *tx,
                                const BmnSlotTime *place,
                                GError **error);

/* Puts an attempt on record before anything is sent. @now: µs, its start */
gboolean bmn_publish_case_begin (BmnPublishCase *self,
                                 BmnTransaction *tx,
                                 int part,
                                 BmnAttemptKind kind,
                                 gint64 now,
                                 GError **error);

/* Returns: (transfer full) (nullable): what the platform made otherwise than it was asked to, as
 * @receipts (nullable) (element-type BmnReceipt) say */
char *bmn_publish_join_notes (GPtrArray *receipts) G_GNUC_WARN_UNUSED_RESULT;

/**
 * bmn_publish_case_finish:
 * @receipts: (nullable) (element-type BmnReceipt): what the platform said is out
 * @failure: (nullable): why it did not work
 *
 * Puts the end of the latest attempt on record, with its receipts.
 */
gboolean bmn_publish_case_finish (BmnPublishCase *self,
                                  BmnTransaction *tx,
                                  BmnAttemptOutcome outcome,
                                  GPtrArray *receipts,
                                  const GError *failure,
                                  gint64 now,
                                  GError **error);

/**
 * bmn_publish_case_settle:
 * @state: where the target comes to rest
 * @next_try_at: when to look at it again, µs; 0 for not by itself
 * @error_kind: (nullable): stable name
 * @message: (nullable): translated
 *
 * For %BMN_TARGET_PUBLISHED also enters what is out into the account's history.
 */
gboolean bmn_publish_case_settle (BmnPublishCase *self,
                                  BmnTransaction *tx,
                                  BmnTargetState state,
                                  gint64 next_try_at,
                                  const char *error_kind,
                                  const char *message,
                                  GError **error);

/**
 * bmn_publish_recover:
 * @now: µs
 *
 * After a crash: closes attempts that never ended as lost, and lets every target that was
 * being published be looked at now. Only for the holder of the publisher's lease.
 */
gboolean bmn_publish_recover (BmnTransaction *tx, gint64 now, GError **error);

G_END_DECLS
