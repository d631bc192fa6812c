#include "bmn-accounts.h"
#include "bmn-search-private.h"

#include <glib/gi18n-lib.h>

#define COLUMNS                                                                                    \
  "id, platform, name, handle, zone, paused, missed_policy, grace, min_gap, created_at"

static const char *
missing (void)
{
  return _ ("There is no such account any more.");
}

static gpointer
take_account (BmnStatement *row)
{
  BmnAccount *account = bmn_account_new (NULL, NULL);
  account->id = bmn_statement_take_int (row);
  account->platform = bmn_statement_take_text (row);
  account->name = bmn_statement_take_text (row);
  account->handle = bmn_statement_take_text (row);
  g_free (account->zone);
  account->zone = bmn_statement_take_text (row);
  account->paused = bmn_statement_take_int (row);
  BMN_STATEMENT_TAKE_NICK (row, bmn_missed_policy_from_nick, &account->missed_policy);
  account->grace = bmn_statement_take_int (row);
  account->min_gap = bmn_statement_take_int (row);
  account->created_at = bmn_statement_take_int (row);
  return account;
}

/* Reads names and values into @pairs. */
static gboolean
read_pairs (BmnStatement *query, GHashTable *pairs, GError **error)
{
  while (bmn_statement_next (query))
    {
      char *name = bmn_statement_take_text (query);
      g_hash_table_replace (pairs, name, bmn_statement_take_text (query));
    }
  return bmn_statement_finish (query, error);
}

static gboolean
load_settings (BmnTransaction *tx, BmnAccount *account, GError **error)
{
  g_autoptr (BmnStatement) query
      = bmn_statement_new (tx, "SELECT name, value FROM account_setting WHERE account_id = ?");
  bmn_statement_put_int (query, account->id);
  return read_pairs (query, account->settings, error);
}

BmnAccount *
bmn_accounts_get (BmnTransaction *tx, gint64 id, GError **error)
{
  g_autoptr (BmnStatement) query
      = bmn_statement_new (tx, "SELECT " COLUMNS " FROM account WHERE id = ?");
  bmn_statement_put_int (query, id);
  g_autoptr (BmnAccount) account = bmn_statement_get (
      query, take_account, (GDestroyNotify)bmn_account_free, missing (), error);
  if (!account || !load_settings (tx, account, error))
    return NULL;
  return g_steal_pointer (&account);
}

GPtrArray *
bmn_accounts_list (BmnTransaction *tx, GError **error)
{
  g_autoptr (BmnStatement) query
      = bmn_statement_new (tx, "SELECT " COLUMNS " FROM account ORDER BY id");
  g_autoptr (GPtrArray) accounts
      = bmn_statement_list (query, take_account, (GDestroyNotify)bmn_account_free, error);
  for (guint i = 0; accounts && i < accounts->len; i++)
    if (!load_settings (tx, accounts->pdata[i], error))
      return NULL;
  return g_steal_pointer (&accounts);
}

static void
put_account (BmnStatement *statement, const BmnAccount *account)
{
  bmn_statement_put_text (statement, account->platform);
  bmn_statement_put_text (statement, account->name);
  bmn_statement_put_text (statement, account->handle);
  bmn_statement_put_text (statement, account->zone);
  bmn_statement_put_int (statement, account->paused != FALSE);
  bmn_statement_put_text (statement, bmn_missed_policy_to_nick (account->missed_policy));
  bmn_statement_put_int (statement, account->grace);
  bmn_statement_put_int (statement, account->min_gap);
  bmn_statement_put_int (statement, account->created_at);
}

static gboolean
replace_settings (BmnTransaction *tx, const BmnAccount *account, GError **error)
{
  g_autoptr (BmnStatement) delete
      = bmn_statement_new (tx, "DELETE FROM account_setting WHERE account_id = ?");
  bmn_statement_put_int (delete, account->id);
  if (!bmn_statement_run (delete, error))
    return FALSE;
  GHashTableIter iter;
  gpointer name, value;
  g_hash_table_iter_init (&iter, account->settings);
  while (g_hash_table_iter_next (&iter, &name, &value))
    {
      g_autoptr (BmnStatement) insert = bmn_statement_new (
          tx, "INSERT INTO account_setting (account_id, name, value) VALUES (?, ?, ?)");
      bmn_statement_put_int (insert, account->id);
      bmn_statement_put_text (insert, name);
      bmn_statement_put_text (insert, value);
      if (!bmn_statement_run (insert, error))
        return FALSE;
    }
  return TRUE;
}

gboolean
bmn_accounts_insert (BmnTransaction *tx, BmnAccount *account, GError **error)
{
  g_autoptr (BmnStatement) insert
      = bmn_statement_new (tx, "INSERT INTO account (platform, name, handle, zone, paused, "
                               "missed_policy, grace, min_gap, created_at) "
                               "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)");
  put_account (insert, account);
  return bmn_statement_insert (insert, &account->id, error)
         && replace_settings (tx, account, error);
}

gboolean
bmn_accounts_update (BmnTransaction *tx, const BmnAccount *account, GError **error)
{
  g_autoptr (BmnStatement) update = bmn_statement_new (
      tx, "UPDATE account SET platform = ?, name = ?, handle = ?, zone = ?, paused = ?, "
          "missed_policy = ?, grace = ?, min_gap = ?, created_at = ? WHERE id = ?");
  put_account (update, account);
  bmn_statement_put_int (update, account->id);
  return bmn_statement_change (update, missing (), error) && replace_settings (tx, account, error);
}

static gpointer
take_id (BmnStatement *row)
{
  gint64 id = bmn_statement_take_int (row);
  return g_memdup2 (&id, sizeof id);
}

gboolean
bmn_accounts_delete (BmnTransaction *tx, gint64 id, GError **error)
{
  /* The texts of its targets go with it, and with them the words by which posts were found. */
  g_autoptr (BmnStatement) query
      = bmn_statement_new (tx, "SELECT post_id FROM target WHERE account_id = ? "
                               "AND EXISTS (SELECT 1 FROM part WHERE part.target_id = target.id)");
  bmn_statement_put_int (query, id);
  g_autoptr (GPtrArray) posts = bmn_statement_list (query, take_id, g_free, error);
  if (!posts)
    return FALSE;
  g_autoptr (BmnStatement) delete = bmn_statement_new (tx, "DELETE FROM account WHERE id = ?");
  bmn_statement_put_int (delete, id);
  if (!bmn_statement_change (delete, missing (), error))
    return FALSE;
  for (guint i = 0; i < posts->len; i++)
    if (!bmn_search_update (tx, *(gint64 *)posts->pdata[i], error))
      return FALSE;
  return TRUE;
}

gboolean
bmn_facts_set (
    BmnTransaction *tx, gint64 account_id, const char *name, const char *value, GError **error)
{
  g_autoptr (BmnStatement) set = bmn_statement_new (
      tx, value ? "INSERT INTO account_fact (account_id, name, value) VALUES (?, ?, ?) "
                  "ON CONFLICT DO UPDATE SET value = excluded.value WHERE value <> excluded.value"
                : "DELETE FROM account_fact WHERE account_id = ? AND name = ?");
  bmn_statement_put_int (set, account_id);
  bmn_statement_put_text (set, name);
  if (value)
    bmn_statement_put_text (set, value);
  return bmn_statement_run (set, error);
}

GHashTable *
bmn_facts_get_all (BmnTransaction *tx, gint64 account_id, GError **error)
{
  g_autoptr (BmnStatement) query
      = bmn_statement_new (tx, "SELECT name, value FROM account_fact WHERE account_id = ?");
  bmn_statement_put_int (query, account_id);
  g_autoptr (GHashTable) facts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  if (!read_pairs (query, facts, error))
    return NULL;
  return g_steal_pointer (&facts);
}
