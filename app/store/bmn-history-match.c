#include "bmn-history-match-private.h"
#include "bmn-statement-private.h"

#include <string.h>

#define COLUMNS "id, counted_at, seen_at, remote_id"

/* The ids that an import made up, as a range of the index; ';' follows ':'. */
#define IS_PROVISIONAL "remote_id >= 'import:' AND remote_id < 'import;'"

gboolean
bmn_history_is_provisional (const char *remote_id)
{
  return g_str_has_prefix (remote_id, BMN_HISTORY_PROVISIONAL_ID);
}

static void
take_row (BmnStatement *query, BmnHistoryRow *row)
{
  row->id = bmn_statement_take_int (query);
  row->counted_at = bmn_statement_take_int (query);
  row->seen_at = bmn_statement_take_int (query);
  row->provisional = bmn_history_is_provisional (bmn_statement_take_nick (query));
}

static gboolean
find_by_id (BmnTransaction *tx, const BmnHistoryPost *post, BmnHistoryRow *row, GError **error)
{
  g_autoptr (BmnStatement) query = bmn_statement_new (
      tx, "SELECT " COLUMNS " FROM history_post WHERE account_id = ? AND remote_id = ?");
  bmn_statement_put_int (query, post->account_id);
  bmn_statement_put_text (query, post->remote_id);
  if (bmn_statement_next (query))
    take_row (query, row);
  return bmn_statement_finish (query, error);
}

/* Only where one id is the platform's and the other made up can two ids be one post; so most
 * imports, which bring the platform's ids alone, look no further. */
static gboolean
has_other_kind (BmnTransaction *tx, const BmnHistoryPost *post, gboolean *has, GError **error)
{
  g_autoptr (BmnStatement) query = bmn_statement_new (
      tx, bmn_history_is_provisional (post->remote_id)
              ? "SELECT EXISTS (SELECT 1 FROM history_post WHERE account_id = ?1 "
                "AND remote_id < 'import:') OR EXISTS (SELECT 1 FROM history_post "
                "WHERE account_id = ?1 AND remote_id >= 'import;')"
              : "SELECT EXISTS (SELECT 1 FROM history_post WHERE account_id = ?1 "
                "AND " IS_PROVISIONAL ")");
  bmn_statement_put_int (query, post->account_id);
  *has = bmn_statement_next (query) && bmn_statement_take_int (query);
  return bmn_statement_finish (query, error);
}

/* Takes the only row of the other kind of id; several are none. */
static gboolean
take_only (BmnStatement *query, const BmnHistoryPost *post, BmnHistoryRow *row, GError **error)
{
  gboolean provisional = bmn_history_is_provisional (post->remote_id);
  guint n = 0;
  while (bmn_statement_next (query))
    {
      BmnHistoryRow found;
      take_row (query, &found);
      if (found.provisional == provisional)
        continue;
      n++;
      *row = found;
    }
  if (n != 1)
    *row = (BmnHistoryRow){ 0 };
  return bmn_statement_finish (query, error);
}

/* One address is written in four ways at most. */
static gboolean
find_by_url (BmnTransaction *tx, const BmnHistoryPost *post, BmnHistoryRow *row, GError **error)
{
  const char *rest = post->url ? strstr (post->url, "://") : NULL;
  if (!rest || !(g_str_has_prefix (post->url, "http:") || g_str_has_prefix (post->url, "https:")))
    return TRUE;
  g_autofree char *bare = g_strdup (rest);
  if (g_str_has_suffix (bare, "/"))
    bare[strlen (bare) - 1] = '\0';
  g_autoptr (BmnStatement) query
      = bmn_statement_new (tx, "SELECT " COLUMNS " FROM history_post WHERE account_id = ?1 "
                               "AND url IN ('http' || ?2, 'http' || ?2 || '/', "
                               "'https' || ?2, 'https' || ?2 || '/')");
  bmn_statement_put_int (query, post->account_id);
  bmn_statement_put_text (query, bare);
  return take_only (query, post, row, error);
}

/* Tables often tell times without seconds. */
static gboolean
find_by_text (BmnTransaction *tx, const BmnHistoryPost *post, BmnHistoryRow *row, GError **error)
{
  gint64 minute = post->published_at - post->published_at % G_TIME_SPAN_MINUTE;
  g_autoptr (BmnStatement) query = bmn_statement_new (
      tx, "SELECT " COLUMNS " FROM history_post WHERE account_id = ? AND published_at >= ? "
          "AND published_at < ? AND text = ?");
  bmn_statement_put_int (query, post->account_id);
  bmn_statement_put_int (query, minute);
  bmn_statement_put_int (query, minute + G_TIME_SPAN_MINUTE);
  bmn_statement_put_text (query, post->text);
  return take_only (query, post, row, error);
}

gboolean
bmn_history_match (BmnTransaction *tx,
                   const BmnHistoryPost *post,
                   BmnHistoryRow *row,
                   GError **error)
{
  gboolean other_kind = FALSE;
  *row = (BmnHistoryRow){ 0 };
  if (!find_by_id (tx, post, row, error))
    return FALSE;
  if (row->id != 0)
    return TRUE;
  if (!has_other_kind (tx, post, &other_kind, error))
    return FALSE;
  if (!other_kind)
    return TRUE;
  if (!find_by_url (tx, post, row, error))
    return FALSE;
  return row->id != 0 || find_by_text (tx, post, row, error);
}
