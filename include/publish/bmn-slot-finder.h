#pragma once

#include "bmn-account.h"
#include "bmn-slot-time.h"
#include "bmn-store.h"

G_BEGIN_DECLS

/**
 * bmn_slot_finder_next:
 * @after: µs; the place is strictly later
 * @except_target: a target whose own place counts as free, or 0
 * @place: (out):
 *
 * The account's next free slot, with what is planned or out already taken into account.
 *
 * Returns: %FALSE with %BMN_ERROR_NOT_FOUND where there is none, or the store's error
 */
gboolean bmn_slot_finder_next (BmnTransaction *tx,
                               const BmnAccount *account,
                               gint64 after,
                               gint64 except_target,
                               BmnSlotTime *place,
                               GError **error);

G_END_DECLS
