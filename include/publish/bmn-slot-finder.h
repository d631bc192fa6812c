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

/**
 * bmn_slot_finder_list:
 * @from: µs
 * @until: µs
 *
 * Returns: (transfer full) (element-type gint64): the account's free slots, or every full hour
 *   where it has none, in order; %NULL with an error
 */
GArray *bmn_slot_finder_list (BmnTransaction *tx,
                              const BmnAccount *account,
                              gint64 from,
                              gint64 until,
                              GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
