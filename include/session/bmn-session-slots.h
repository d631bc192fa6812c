#pragma once

#include "bmn-session.h"
#include "bmn-slot.h"
#include "bmn-wall-time.h"

G_BEGIN_DECLS

/* Sets the slot's id; %BMN_ERROR_CONFLICT where the account has it already. */
gboolean bmn_session_add_slot (BmnSession *self, BmnSlot *slot, GError **error);
gboolean
bmn_session_remove_slot (BmnSession *self, gint64 account_id, gint64 slot_id, GError **error);
/* Returns: (transfer full) (element-type BmnSlot): by weekday and minute */
GPtrArray *bmn_session_list_slots (BmnSession *self,
                                   gint64 account_id,
                                   GError **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * bmn_session_next_slot:
 * @instant: (out): µs
 * @wall: (out): the same on the account's wall clock
 */
gboolean bmn_session_next_slot (
    BmnSession *self, gint64 account_id, gint64 *instant, BmnWallTime *wall, GError **error);

G_END_DECLS
