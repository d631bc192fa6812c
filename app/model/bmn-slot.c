#include "bmn-slot.h"

BmnSlot *
bmn_slot_new (gint64 account_id, int weekday, int minute)
{
  BmnSlot *slot = g_new0 (BmnSlot, 1);
  slot->account_id = account_id;
  slot->weekday = weekday;
  slot->minute = minute;
  return slot;
}

void
bmn_slot_free (BmnSlot *slot)
{
  g_free (slot);
}
