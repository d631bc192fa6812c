#include "bmn-followers.h"
#include "bmn-statement-private.h"

gboolean
bmn_followers_put (BmnTransaction *tx,
                   gint64 account_id,
                   const BmnFollowerCount *count,
                   GError **error)
{
  g_autoptr (BmnStatement) put = bmn_statement_new (
      tx, "INSERT INTO follower_count (account_id, day, followers, counted_at) "
          "VALUES (?, ?, ?, ?) ON CONFLICT DO UPDATE SET "
          "followers = excluded.followers, counted_at = excluded.counted_at "
          "WHERE excluded.counted_at > counted_at");
  bmn_statement_put_int (put, account_id);
  bmn_statement_put_text (put, count->day);
  bmn_statement_put_int (put, count->followers);
  bmn_statement_put_int (put, count->counted_at);
  return bmn_statement_run (put, error);
}

GArray *
bmn_followers_list (BmnTransaction *tx, gint64 account_id, GError **error)
{
  g_autoptr (BmnStatement) query
      = bmn_statement_new (tx, "SELECT day, followers, counted_at FROM follower_count "
                               "WHERE account_id = ? ORDER BY day");
  g_autoptr (GArray) counts = g_array_new (FALSE, FALSE, sizeof (BmnFollowerCount));
  bmn_statement_put_int (query, account_id);
  while (bmn_statement_next (query))
    {
      BmnFollowerCount count;
      g_strlcpy (count.day, bmn_statement_take_nick (query), sizeof count.day);
      count.followers = bmn_statement_take_int (query);
      count.counted_at = bmn_statement_take_int (query);
      g_array_append_val (counts, count);
    }
  if (!bmn_statement_finish (query, error))
    return NULL;
  return g_steal_pointer (&counts);
}
