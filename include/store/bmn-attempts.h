#pragma once

#include "bmn-attempt.h"
#include "bmn-receipt.h"
#include "bmn-store.h"

G_BEGIN_DECLS

/* All of these run inside a transaction. Attempts are never changed once finished. */

/* Stores a new attempt, open, and sets its id. */
gboolean bmn_attempts_begin (BmnTransaction *tx, BmnAttempt *attempt, GError **error);
/* Stores how it ended; %BMN_ERROR_CONFLICT where it had ended already. */
gboolean bmn_attempts_finish (BmnTransaction *tx, const BmnAttempt *attempt, GError **error);
/* Returns: (transfer full) (element-type BmnAttempt): oldest first */
GPtrArray *
bmn_attempts_list (BmnTransaction *tx, gint64 target_id, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Stores the proof that a part is out; replaces one of the same part. */
gboolean
bmn_receipts_put (BmnTransaction *tx, gint64 target_id, const BmnReceipt *receipt, GError **error);
/* Returns: (transfer full) (element-type BmnReceipt): by part */
GPtrArray *
bmn_receipts_list (BmnTransaction *tx, gint64 target_id, GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* Forgets the receipts of a target whose post was deleted from the platform. */
gboolean bmn_receipts_clear (BmnTransaction *tx, gint64 target_id, GError **error);
/* Returns: (transfer full) (element-type utf8): set of the remote ids of all receipts of the
 * account */
GHashTable *bmn_receipts_remote_ids (BmnTransaction *tx,
                                     gint64 account_id,
                                     GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
