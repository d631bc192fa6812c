#include "bmn-session-agenda.h"
#include "bmn-session-private.h"

#include "bmn-accounts.h"
#include "bmn-agenda.h"
#include "bmn-slot-finder.h"
#include "bmn-slots.h"
#include "bmn-posts.h"

void
bmn_agenda_query_clear (BmnAgendaQuery *query)
{
  g_clear_pointer (&query->account_ids, g_array_unref);
  g_clear_pointer (&query->tag, g_free);
  g_clear_pointer (&query->words, g_free);
}

typedef struct
{
  BmnAgendaFilter filter;
  GArray *account_ids; /* not owned */
  gint64 from;
  gint64 until;
  gpointer answer; /* (owned) (nullable) */
} Reading;

static gboolean
read_agenda (BmnTransaction *tx, gpointer data, GError **error)
{
  Reading *reading = data;
  reading->answer = bmn_agenda_list (tx, &reading->filter, error);
  return reading->answer != NULL;
}

GPtrArray *
bmn_session_list_agenda (BmnSession *self, const BmnAgendaQuery *query, GError **error)
{
  Reading reading = { .filter = { .from = query->from,
                                  .until = query->until,
                                  .states = query->states,
                                  .account_ids = query->account_ids,
                                  .tag = query->tag,
                                  .words = query->words,
                                  .drafts = query->drafts,
                                  .limit = query->limit } };
  if (query->account_ids && query->account_ids->len == 0)
    return g_ptr_array_new_with_free_func ((GDestroyNotify)bmn_agenda_item_free);
  return bmn_store_read (bmn_session_get_store (self), read_agenda, &reading, error)
             ? reading.answer
             : NULL;
}

static int
compare_slots (gconstpointer a, gconstpointer b)
{
  const BmnFreeSlot *left = a, *right = b;
  return left->at < right->at ? -1 : left->at > right->at;
}

static gboolean
add_free_slots (BmnTransaction *tx, Reading *reading, gint64 account_id, GError **error)
{
  g_autoptr (GPtrArray) slots = bmn_slots_list (tx, account_id, error);
  if (!slots)
    return FALSE;
  if (slots->len == 0)
    return TRUE;
  g_autoptr (BmnAccount) account = bmn_accounts_get (tx, account_id, error);
  g_autoptr (GArray) times
      = account ? bmn_slot_finder_list (tx, account, reading->from, reading->until, error) : NULL;
  if (!times)
    return FALSE;
  for (guint i = 0; i < times->len; i++)
    {
      const BmnFreeSlot slot = { account_id, g_array_index (times, gint64, i) };
      g_array_append_val (reading->answer, slot);
    }
  return TRUE;
}

static gboolean
read_free_slots (BmnTransaction *tx, gpointer data, GError **error)
{
  Reading *reading = data;
  g_autoptr (GArray) found = g_array_new (FALSE, FALSE, sizeof (BmnFreeSlot));
  reading->answer = found;
  for (guint i = 0; i < reading->account_ids->len; i++)
    if (!add_free_slots (tx, reading, g_array_index (reading->account_ids, gint64, i), error))
      return FALSE;
  g_array_sort (found, compare_slots);
  reading->answer = g_steal_pointer (&found);
  return TRUE;
}

GArray *
bmn_session_list_free_slots (
    BmnSession *self, GArray *account_ids, gint64 from, gint64 until, GError **error)
{
  Reading reading
      = { .account_ids = account_ids, .from = MAX (from, bmn_session_now (self)), .until = until };
  if (reading.from >= until)
    return g_array_new (FALSE, FALSE, sizeof (BmnFreeSlot));
  return bmn_store_read (bmn_session_get_store (self), read_free_slots, &reading, error)
             ? reading.answer
             : NULL;
}

static gboolean
read_tags (BmnTransaction *tx, gpointer data, GError **error)
{
  Reading *reading = data;
  reading->answer = bmn_posts_list_tags (tx, error);
  return reading->answer != NULL;
}

GStrv
bmn_session_list_tags (BmnSession *self, GError **error)
{
  Reading reading = { 0 };
  return bmn_store_read (bmn_session_get_store (self), read_tags, &reading, error) ? reading.answer
                                                                                   : NULL;
}
