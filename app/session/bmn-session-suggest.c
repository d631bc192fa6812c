#include "bmn-session-suggest.h"
#include "bmn-session-private.h"

#include "bmn-accounts.h"
#include "bmn-slot-finder.h"
#include "bmn-suggestion-levers.h"

typedef struct
{
  gint64 account_id;
  gint64 from;
  gint64 until;
  BmnAccount *account; /* (owned) (nullable) */
  GArray *times;       /* (owned) (nullable) */
} Query;

static void
query_clear (Query *query)
{
  g_clear_pointer (&query->account, bmn_account_free);
  g_clear_pointer (&query->times, g_array_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Query, query_clear)

/* Drops the times whose hour of the day, in the account's zone, is never wanted. */
static void
drop_never_hours (GArray *times, const char *zone_name, guint32 never_hours)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_identifier (zone_name);
  if (!zone)
    zone = g_time_zone_new_utc ();
  guint kept = 0;
  for (guint i = 0; never_hours != 0 && i < times->len; i++)
    {
      gint64 at = g_array_index (times, gint64, i);
      g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (at / G_USEC_PER_SEC);
      g_autoptr (GDateTime) local = g_date_time_to_timezone (utc, zone);
      if (!(never_hours & 1u << g_date_time_get_hour (local)))
        g_array_index (times, gint64, kept++) = at;
    }
  if (never_hours != 0)
    g_array_set_size (times, kept);
}

static gboolean
read_free_times (BmnTransaction *tx, gpointer data, GError **error)
{
  Query *query = data;
  query->account = bmn_accounts_get (tx, query->account_id, error);
  if (!query->account)
    return FALSE;
  g_autoptr (BmnAccountLevers) levers = bmn_suggestion_levers_get (tx, query->account_id, error);
  if (!levers)
    return FALSE;
  query->times = bmn_slot_finder_list (tx, query->account, query->from, query->until, error);
  if (query->times)
    drop_never_hours (query->times, query->account->zone, levers->never_hours);
  return query->times != NULL;
}

GArray *
bmn_session_list_free_times (
    BmnSession *self, gint64 account_id, gint64 from, guint days, GError **error)
{
  g_auto (Query) query
      = { .account_id = account_id, .from = from, .until = from + days * G_TIME_SPAN_DAY };
  if (!bmn_store_read (bmn_session_get_store (self), read_free_times, &query, error))
    return NULL;
  return g_steal_pointer (&query.times);
}
