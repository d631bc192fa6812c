#include "bmn-session-slots.h"
#include "bmn-session-private.h"

#include "bmn-accounts.h"
#include "bmn-error.h"
#include "bmn-slot-finder.h"
#include "bmn-slots.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>

static gboolean
insert_slot (BmnTransaction *tx, gpointer data, GError **error)
{
  BmnSlot *slot = data;
  g_autoptr (BmnAccount) account = bmn_accounts_get (tx, slot->account_id, error);
  return account && bmn_slots_insert (tx, slot, error);
}

gboolean
bmn_session_add_slot (BmnSession *self, BmnSlot *slot, GError **error)
{
  return bmn_store_write (bmn_session_get_store (self), insert_slot, slot, error);
}

typedef struct
{
  gint64 account_id;
  gint64 slot_id;
  gint64 now;
  GPtrArray *slots; /* (owned) (nullable) */
  BmnSlotTime place;
} SlotQuery;

static gboolean
list_slots (BmnTransaction *tx, gpointer data, GError **error)
{
  SlotQuery *query = data;
  g_autoptr (BmnAccount) account = bmn_accounts_get (tx, query->account_id, error);
  if (!account)
    return FALSE;
  query->slots = bmn_slots_list (tx, query->account_id, error);
  return query->slots != NULL;
}

static gboolean
delete_slot (BmnTransaction *tx, gpointer data, GError **error)
{
  SlotQuery *query = data;
  if (!list_slots (tx, query, error))
    return FALSE;
  g_autoptr (GPtrArray) slots = g_steal_pointer (&query->slots);
  for (guint i = 0; i < slots->len; i++)
    if (((BmnSlot *)slots->pdata[i])->id == query->slot_id)
      return bmn_slots_delete (tx, query->slot_id, error);
  g_set_error (error, BMN_ERROR, BMN_ERROR_NOT_FOUND,
               _ ("The account has no slot %" PRId64 ". «slots list» shows those it has."),
               query->slot_id);
  return FALSE;
}

gboolean
bmn_session_remove_slot (BmnSession *self, gint64 account_id, gint64 slot_id, GError **error)
{
  SlotQuery query = { .account_id = account_id, .slot_id = slot_id };
  return bmn_store_write (bmn_session_get_store (self), delete_slot, &query, error);
}

GPtrArray *
bmn_session_list_slots (BmnSession *self, gint64 account_id, GError **error)
{
  SlotQuery query = { .account_id = account_id };
  return bmn_store_read (bmn_session_get_store (self), list_slots, &query, error) ? query.slots
                                                                                  : NULL;
}

static gboolean
find_next_slot (BmnTransaction *tx, gpointer data, GError **error)
{
  SlotQuery *query = data;
  g_autoptr (BmnAccount) account = bmn_accounts_get (tx, query->account_id, error);
  return account && bmn_slot_finder_next (tx, account, query->now, 0, &query->place, error);
}

gboolean
bmn_session_next_slot (
    BmnSession *self, gint64 account_id, gint64 *instant, BmnWallTime *wall, GError **error)
{
  SlotQuery query = { .account_id = account_id, .now = bmn_session_now (self) };
  if (!bmn_store_read (bmn_session_get_store (self), find_next_slot, &query, error))
    return FALSE;
  *instant = query.place.instant;
  *wall = query.place.wall;
  return TRUE;
}
