#pragma once

#include "bmn-slot.h"
#include "bmn-store.h"

G_BEGIN_DECLS

/* All of these run inside a transaction. */

/* Stores a new slot and sets its id; %BMN_ERROR_CONFLICT where the account has it already. */
gboolean bmn_slots_insert (BmnTransaction *tx, BmnSlot *slot, GError **error);
gboolean bmn_slots_delete (BmnTransaction *tx, gint64 id, GError **error);
/* Returns: (transfer full) (element-type BmnSlot): by weekday and minute */
GPtrArray *
bmn_slots_list (BmnTransaction *tx, gint64 account_id, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
