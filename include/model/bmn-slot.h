#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * BmnSlot:
 * @id: the store's number, 0 until stored
 * @account_id: whose queue it belongs to
 * @weekday: 1 (Monday) to 7 (Sunday), ISO 8601
 * @minute: minute of the day, 0 to 1439, on the wall clock of the account's zone
 *
 * A place in an account's week that a post may take.
 */
typedef struct
{
  gint64 id;
  gint64 account_id;
  int weekday;
  int minute;
} BmnSlot;

BmnSlot *bmn_slot_new (gint64 account_id, int weekday, int minute) G_GNUC_WARN_UNUSED_RESULT;
void bmn_slot_free (BmnSlot *slot);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BmnSlot, bmn_slot_free)

G_END_DECLS
