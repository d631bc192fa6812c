#include "bmn-targets.h"
#include "bmn-error.h"
#include "bmn-parts-private.h"
#include "bmn-search-private.h"

#include <glib/gi18n-lib.h>

#define COLUMNS                                                                                    \
  "id, post_id, account_id, state, local_time, zone, due_at, next_try_at, revision, key, tries, "  \
  "error_kind, error, url, published_at, hand_over, remote_schedule_id, remote_schedule_at, "      \
  "remote_revision, remote_text"

static const char *
missing (void)
{
  return _ ("There is no such planned post any more.");
}

/* Puts the columns that insert and update have in common. */
static void
put_columns (BmnStatement *statement, const BmnTarget *target)
{
  bmn_statement_put_text (statement, bmn_target_state_to_nick (target->state));
  bmn_statement_put_text (statement, target->local_time);
  bmn_statement_put_text (statement, target->zone);
  bmn_statement_put_int (statement, target->due_at);
  bmn_statement_put_int (statement, target->next_try_at);
  bmn_statement_put_int (statement, target->revision);
  bmn_statement_put_text (statement, target->key);
  bmn_statement_put_int (statement, target->tries);
  bmn_statement_put_text (statement, target->error_kind);
  bmn_statement_put_text (statement, target->error);
  bmn_statement_put_text (statement, target->url);
  bmn_statement_put_int (statement, target->published_at);
  bmn_statement_put_int (statement, target->hand_over);
  bmn_statement_put_text (statement, target->remote_schedule_id);
  bmn_statement_put_int (statement, target->remote_schedule_at);
  bmn_statement_put_int (statement, target->remote_revision);
  bmn_statement_put_text (statement, target->remote_text);
}

static gboolean
replace_parts (BmnTransaction *tx, gint64 id, gint64 post_id, GPtrArray *parts, GError **error)
{
  gboolean changed;
  return bmn_parts_replace (tx, BMN_PARTS_OF_TARGET, id, parts, &changed, error)
         && (!changed || bmn_search_update (tx, post_id, error));
}

gboolean
bmn_targets_insert (BmnTransaction *tx, BmnTarget *target, GError **error)
{
  g_autoptr (BmnStatement) insert = bmn_statement_new (
      tx, "INSERT INTO target (post_id, account_id, state, local_time, zone, due_at, next_try_at, "
          "revision, key, tries, error_kind, error, url, published_at, hand_over, "
          "remote_schedule_id, remote_schedule_at, remote_revision, remote_text) "
          "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
  bmn_statement_put_int (insert, target->post_id);
  bmn_statement_put_int (insert, target->account_id);
  put_columns (insert, target);
  g_autoptr (GError) local = NULL;
  if (bmn_statement_insert (insert, &target->id, &local))
    return replace_parts (tx, target->id, target->post_id, target->parts, error);
  if (g_error_matches (local, BMN_ERROR, BMN_ERROR_CONFLICT))
    g_set_error_literal (error, BMN_ERROR, BMN_ERROR_CONFLICT,
                         _ ("The post is planned for this account already. Change that plan."));
  else
    g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

static gboolean
get_post_id (BmnTransaction *tx, gint64 id, gint64 *post_id, GError **error)
{
  g_autoptr (BmnStatement) query
      = bmn_statement_new (tx, "SELECT post_id FROM target WHERE id = ?");
  bmn_statement_put_int (query, id);
  *post_id = bmn_statement_next (query) ? bmn_statement_take_int (query) : 0;
  if (!bmn_statement_finish (query, error))
    return FALSE;
  if (*post_id == 0)
    g_set_error_literal (error, BMN_ERROR, BMN_ERROR_NOT_FOUND, missing ());
  return *post_id != 0;
}

gboolean
bmn_targets_update (BmnTransaction *tx,
                    const BmnTarget *target,
                    BmnTargetState expected,
                    GError **error)
{
  gint64 post_id;
  if (!get_post_id (tx, target->id, &post_id, error))
    return FALSE;
  g_autoptr (BmnStatement) update = bmn_statement_new (
      tx, "UPDATE target SET state = ?, local_time = ?, zone = ?, due_at = ?, next_try_at = ?, "
          "revision = ?, key = ?, tries = ?, error_kind = ?, error = ?, url = ?, "
          "published_at = ?, hand_over = ?, remote_schedule_id = ?, remote_schedule_at = ?, "
          "remote_revision = ?, remote_text = ? WHERE id = ? AND state = ?");
  put_columns (update, target);
  bmn_statement_put_int (update, target->id);
  bmn_statement_put_text (update, bmn_target_state_to_nick (expected));
  if (!bmn_statement_run (update, error))
    return FALSE;
  if (sqlite3_changes (tx->db->handle) == 0)
    {
      g_set_error_literal (error, BMN_ERROR, BMN_ERROR_CONFLICT,
                           _ ("The planned post changed meanwhile. Look at it and try again."));
      return FALSE;
    }
  return replace_parts (tx, target->id, post_id, target->parts, error);
}

static gpointer
take_target (BmnStatement *row)
{
  BmnTarget *target = bmn_target_new (0);
  target->id = bmn_statement_take_int (row);
  target->post_id = bmn_statement_take_int (row);
  target->account_id = bmn_statement_take_int (row);
  BMN_STATEMENT_TAKE_NICK (row, bmn_target_state_from_nick, &target->state);
  target->local_time = bmn_statement_take_text (row);
  target->zone = bmn_statement_take_text (row);
  target->due_at = bmn_statement_take_int (row);
  target->next_try_at = bmn_statement_take_int (row);
  target->revision = bmn_statement_take_int (row);
  target->key = bmn_statement_take_text (row);
  target->tries = bmn_statement_take_int (row);
  target->error_kind = bmn_statement_take_text (row);
  target->error = bmn_statement_take_text (row);
  target->url = bmn_statement_take_text (row);
  target->published_at = bmn_statement_take_int (row);
  target->hand_over = bmn_statement_take_int (row) != 0;
  target->remote_schedule_id = bmn_statement_take_text (row);
  target->remote_schedule_at = bmn_statement_take_int (row);
  target->remote_revision = bmn_statement_take_int (row);
  target->remote_text = bmn_statement_take_text (row);
  return target;
}

static gboolean
load_parts (BmnTransaction *tx, BmnTarget *target, GError **error)
{
  g_autoptr (GPtrArray) parts = bmn_parts_load (tx, BMN_PARTS_OF_TARGET, target->id, error);
  if (!parts)
    return FALSE;
  if (parts->len > 0)
    target->parts = g_steal_pointer (&parts);
  return TRUE;
}

BmnTarget *
bmn_targets_get (BmnTransaction *tx, gint64 id, GError **error)
{
  g_autoptr (BmnStatement) query
      = bmn_statement_new (tx, "SELECT " COLUMNS " FROM target WHERE id = ?");
  bmn_statement_put_int (query, id);
  g_autoptr (BmnTarget) target
      = bmn_statement_get (query, take_target, (GDestroyNotify)bmn_target_free, missing (), error);
  if (!target || !load_parts (tx, target, error))
    return NULL;
  return g_steal_pointer (&target);
}

gboolean
bmn_targets_delete (BmnTransaction *tx, gint64 id, GError **error)
{
  gint64 post_id;
  if (!get_post_id (tx, id, &post_id, error) || !replace_parts (tx, id, post_id, NULL, error))
    return FALSE;
  g_autoptr (BmnStatement) delete = bmn_statement_new (tx, "DELETE FROM target WHERE id = ?");
  bmn_statement_put_int (delete, id);
  return bmn_statement_change (delete, missing (), error);
}

/* The conditions are put together from constant pieces, so that each filter uses its index;
 * their values are bound by put_filter() in the same order. */
static char *
make_query (const BmnTargetFilter *filter)
{
  GString *sql = g_string_new ("SELECT " COLUMNS " FROM target WHERE TRUE");
  if (filter->post_id)
    g_string_append (sql, " AND post_id = ?");
  if (filter->account_id)
    g_string_append (sql, " AND account_id = ?");
  if (filter->states)
    {
      const char *separator = " AND state IN (";
      for (int state = 0; state < BMN_TARGET_N_STATES; state++)
        if (filter->states & (1u << state))
          {
            g_string_append (sql, separator);
            g_string_append_c (sql, '?');
            separator = ", ";
          }
      g_string_append_c (sql, ')');
    }
  if (filter->due_from)
    g_string_append (sql, " AND due_at >= ?");
  if (filter->due_until)
    g_string_append (sql, " AND due_at < ?");
  if (filter->try_until)
    g_string_append (sql, " AND next_try_at > 0 AND next_try_at <= ?");
  if (filter->from_here)
    g_string_append (sql, " AND remote_schedule_id IS NULL");
  if (filter->at_server)
    g_string_append (sql, " AND (hand_over = 1 OR remote_schedule_id IS NOT NULL)");
  if (filter->wall_time)
    g_string_append (sql, " AND local_time IS NOT NULL");
  g_string_append (sql, " ORDER BY due_at = 0, due_at, id LIMIT ? OFFSET ?");
  return g_string_free (sql, FALSE);
}

static void
put_filter (BmnStatement *query, const BmnTargetFilter *filter)
{
  if (filter->post_id)
    bmn_statement_put_int (query, filter->post_id);
  if (filter->account_id)
    bmn_statement_put_int (query, filter->account_id);
  for (int state = 0; state < BMN_TARGET_N_STATES; state++)
    if (filter->states & (1u << state))
      bmn_statement_put_text (query, bmn_target_state_to_nick (state));
  if (filter->due_from)
    bmn_statement_put_int (query, filter->due_from);
  if (filter->due_until)
    bmn_statement_put_int (query, filter->due_until);
  if (filter->try_until)
    bmn_statement_put_int (query, filter->try_until);
  bmn_statement_put_int (query, bmn_statement_limit (filter->limit));
  bmn_statement_put_int (query, filter->offset);
}

GPtrArray *
bmn_targets_list (BmnTransaction *tx, const BmnTargetFilter *filter, GError **error)
{
  g_return_val_if_fail (filter->states < (1u << BMN_TARGET_N_STATES), NULL);
  g_autofree char *sql = make_query (filter);
  g_autoptr (BmnStatement) query = bmn_statement_new (tx, sql);
  put_filter (query, filter);
  g_autoptr (GPtrArray) targets
      = bmn_statement_list (query, take_target, (GDestroyNotify)bmn_target_free, error);
  for (guint i = 0; targets && !filter->bare && i < targets->len; i++)
    if (!load_parts (tx, targets->pdata[i], error))
      return NULL;
  return g_steal_pointer (&targets);
}

/* Reads a time that an aggregate gives; NULL gives 0. */
static gboolean
read_time (BmnStatement *query, gint64 *at, GError **error)
{
  *at = bmn_statement_next (query) ? bmn_statement_take_int (query) : 0;
  return bmn_statement_finish (query, error);
}

gboolean
bmn_targets_next_try_at (BmnTransaction *tx, gint64 after, gint64 *at, GError **error)
{
  g_autoptr (BmnStatement) query
      = bmn_statement_new (tx, "SELECT min (target.next_try_at) FROM target "
                               "JOIN account ON account.id = target.account_id "
                               "WHERE target.state IN ('scheduled', 'unknown') "
                               "AND target.next_try_at > ? AND target.remote_schedule_id IS NULL "
                               "AND account.paused = 0");
  bmn_statement_put_int (query, after);
  return read_time (query, at, error);
}

gboolean
bmn_targets_last_published_at (BmnTransaction *tx, gint64 account_id, gint64 *at, GError **error)
{
  /* A part of a thread may be out, with a receipt, while its target is not published yet. */
  g_autoptr (BmnStatement) query = bmn_statement_new (
      tx, "SELECT max (published_at) FROM ("
          "SELECT max (published_at) AS published_at FROM target WHERE account_id = ?1 "
          "UNION ALL "
          "SELECT max (receipt.published_at) FROM target "
          "JOIN receipt ON receipt.target_id = target.id WHERE target.account_id = ?1)");
  bmn_statement_put_int (query, account_id);
  return read_time (query, at, error);
}
