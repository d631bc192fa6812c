#include "bmn-session-suggest.h"
#include "bmn-session-check.h"
#include "bmn-session-accounts.h"
#include "bmn-session-private.h"

#include "bmn-accounts.h"
#include "bmn-history.h"
#include "bmn-slot-finder.h"
#include "bmn-text-dialect.h"

typedef struct
{
  gint64 account_id;
  gint64 from;
  gint64 until;
  BmnAccount *account; /* (owned) (nullable) */
  GPtrArray *history;  /* (owned) (nullable) */
  GArray *times;       /* (owned) (nullable) */
} Query;

static void
query_clear (Query *query)
{
  g_clear_pointer (&query->account, bmn_account_free);
  g_clear_pointer (&query->history, g_ptr_array_unref);
  g_clear_pointer (&query->times, g_array_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Query, query_clear)

static gboolean
read_history (BmnTransaction *tx, gpointer data, GError **error)
{
  Query *query = data;
  query->account = bmn_accounts_get (tx, query->account_id, error);
  if (!query->account)
    return FALSE;
  query->history = bmn_history_list (tx, query->account_id, 0, 0, error);
  return query->history != NULL;
}

BmnEngine *
bmn_session_make_engine (BmnSession *self, gint64 account_id, GError **error)
{
  g_auto (Query) query = { .account_id = account_id };
  if (!bmn_store_read (bmn_session_get_store (self), read_history, &query, error))
    return NULL;
  BmnEngine *engine = bmn_engine_new (query.account->zone);
  bmn_engine_add_history (engine, query.history, bmn_session_now (self));
  g_autoptr (BmnTrackRecord) record = bmn_engine_get_track_record (engine);
  bmn_engine_get_levers (engine)->plain_hashtags = !record->hashtags_help;
  return engine;
}

static gboolean
read_free_times (BmnTransaction *tx, gpointer data, GError **error)
{
  Query *query = data;
  query->account = bmn_accounts_get (tx, query->account_id, error);
  if (!query->account)
    return FALSE;
  query->times = bmn_slot_finder_list (tx, query->account, query->from, query->until, error);
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

/* Earlier texts of the account for the comparison; they borrow from @history. */
static GArray *
list_earlier (GPtrArray *history)
{
  GArray *earlier = g_array_new (FALSE, FALSE, sizeof (BmnEarlierText));
  for (guint i = 0; history && i < history->len; i++)
    {
      const BmnHistoryPost *post = history->pdata[i];
      const BmnEarlierText text = { .text = post->text };
      g_array_append_val (earlier, text);
    }
  return earlier;
}

GPtrArray *
bmn_session_check_post (BmnSession *self, const BmnPost *post, gint64 account_id, GError **error)
{
  g_auto (Query) query = { .account_id = account_id };
  g_autoptr (BmnLimits) limits = NULL;
  BmnTextModels *models = bmn_session_get_models (self, error);
  if (!models)
    return NULL;
  if (account_id != 0
      && (!bmn_store_read (bmn_session_get_store (self), read_history, &query, error)
          || !bmn_session_describe_account (self, query.account, NULL, &limits, error)))
    return NULL;
  g_autoptr (GArray) earlier = list_earlier (query.history);
  const BmnCheckContext context = {
    .models = models,
    .earlier = (const BmnEarlierText *)earlier->data,
    .n_earlier = earlier->len,
  };
  return bmn_checks_run (post, limits, &context);
}
