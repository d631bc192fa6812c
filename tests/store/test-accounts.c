#include "store-support.h"

#include "bmn-history.h"
#include "bmn-ledger.h"
#include "bmn-settings.h"
#include "bmn-slots.h"

static BmnAccount *
new_full_account (void)
{
  BmnAccount *account = bmn_account_new ("mastodon", "Shop");
  account->handle = g_strdup ("@shop@example.org");
  bmn_account_set_setting (account, "server", "https://example.org");
  bmn_account_set_setting (account, "empty", "");
  g_free (account->zone);
  account->zone = g_strdup ("Australia/Lord_Howe");
  account->paused = TRUE;
  account->missed_policy = BMN_MISSED_NEXT_SLOT;
  account->grace = 60;
  account->min_gap = 30;
  account->created_at = 1234;
  return account;
}

static void
assert_accounts_equal (const BmnAccount *a, const BmnAccount *b)
{
  g_assert_cmpint (a->id, ==, b->id);
  g_assert_cmpstr (a->platform, ==, b->platform);
  g_assert_cmpstr (a->name, ==, b->name);
  g_assert_cmpstr (a->handle, ==, b->handle);
  g_assert_cmpuint (g_hash_table_size (a->settings), ==, g_hash_table_size (b->settings));
  GHashTableIter iter;
  gpointer name, value;
  g_hash_table_iter_init (&iter, a->settings);
  while (g_hash_table_iter_next (&iter, &name, &value))
    g_assert_cmpstr (value, ==, bmn_account_get_setting (b, name));
  g_assert_cmpstr (a->zone, ==, b->zone);
  g_assert_cmpint (a->paused, ==, b->paused);
  g_assert_cmpint (a->missed_policy, ==, b->missed_policy);
  g_assert_cmpint (a->grace, ==, b->grace);
  g_assert_cmpint (a->min_gap, ==, b->min_gap);
  g_assert_cmpint (a->created_at, ==, b->created_at);
}

static gboolean
use_accounts (BmnTransaction *tx, gpointer data, GError **error)
{
  g_autoptr (BmnAccount) account = new_full_account ();
  g_assert_true (bmn_accounts_insert (tx, account, error));
  g_autoptr (BmnAccount) stored = bmn_accounts_get (tx, account->id, error);
  assert_accounts_equal (account, stored);

  bmn_account_set_setting (account, "server", NULL);
  bmn_account_set_setting (account, "dir", "/tmp/x");
  account->missed_policy = BMN_MISSED_PUBLISH;
  account->paused = FALSE;
  g_assert_true (bmn_accounts_update (tx, account, error));
  g_autoptr (BmnAccount) second = bmn_account_new ("website", "Site");
  g_assert_true (bmn_accounts_insert (tx, second, error));
  g_autoptr (GPtrArray) all = bmn_accounts_list (tx, error);
  g_assert_cmpuint (all->len, ==, 2);
  assert_accounts_equal (all->pdata[0], account);
  assert_accounts_equal (all->pdata[1], second);

  /* A number is never used twice: the keyring may still hold something for it. */
  g_assert_true (bmn_accounts_delete (tx, second->id, error));
  g_autoptr (BmnAccount) third = bmn_account_new ("website", "Other");
  g_assert_true (bmn_accounts_insert (tx, third, error));
  g_assert_cmpint (third->id, >, second->id);
  return TRUE;
}

static void
test_accounts (Fixture *fixture, gconstpointer data)
{
  write_ok (fixture->store, use_accounts, NULL);
}

static gboolean
get_missing (BmnTransaction *tx, gpointer data, GError **error)
{
  g_autoptr (BmnAccount) account = bmn_accounts_get (tx, 4711, error);
  return account != NULL;
}

static gboolean
update_missing (BmnTransaction *tx, gpointer data, GError **error)
{
  g_autoptr (BmnAccount) account = bmn_account_new ("website", "A");
  account->id = 4711;
  return bmn_accounts_update (tx, account, error);
}

static gboolean
delete_missing (BmnTransaction *tx, gpointer data, GError **error)
{
  return bmn_accounts_delete (tx, 4711, error);
}

static gboolean
set_fact_of_missing (BmnTransaction *tx, gpointer data, GError **error)
{
  return bmn_facts_set (tx, 4711, "limits", "{}", error);
}

static gboolean
delete_missing_slot (BmnTransaction *tx, gpointer data, GError **error)
{
  return bmn_slots_delete (tx, 4711, error);
}

static void
test_missing (Fixture *fixture, gconstpointer data)
{
  BmnStoreFunc cases[]
      = { get_missing, update_missing, delete_missing, set_fact_of_missing, delete_missing_slot };
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      g_assert_false (bmn_store_write (fixture->store, cases[i], NULL, &error));
      g_assert_error (error, BMN_ERROR, BMN_ERROR_NOT_FOUND);
    }
}

static gboolean
insert_invalid (BmnTransaction *tx, gpointer data, GError **error)
{
  g_autoptr (BmnAccount) account = bmn_account_new ("website", "A");
  account->grace = -1;
  return bmn_accounts_insert (tx, account, error);
}

static void
test_invalid (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_assert_false (bmn_store_write (fixture->store, insert_invalid, NULL, &error));
  g_assert_error (error, BMN_ERROR, BMN_ERROR_INVALID);
}

static gboolean
use_facts (BmnTransaction *tx, gpointer data, GError **error)
{
  gint64 id = *(gint64 *)data;
  g_assert_true (bmn_facts_set (tx, id, "limits", "{}", error));
  g_assert_true (bmn_facts_set (tx, id, "limits", "{\"length\":500}", error));
  g_assert_true (bmn_facts_set (tx, id, "keys-honoured", "yes", error));
  g_assert_true (bmn_facts_set (tx, id, "keys-honoured", NULL, error));
  g_assert_true (bmn_facts_set (tx, id, "never-there", NULL, error));
  g_autoptr (GHashTable) facts = bmn_facts_get_all (tx, id, error);
  g_assert_cmpuint (g_hash_table_size (facts), ==, 1);
  g_assert_cmpstr (g_hash_table_lookup (facts, "limits"), ==, "{\"length\":500}");
  return TRUE;
}

static void
test_facts (Fixture *fixture, gconstpointer data)
{
  gint64 id = add_account (fixture->store, "A");
  write_ok (fixture->store, use_facts, &id);
}

static gboolean
use_slots (BmnTransaction *tx, gpointer data, GError **error)
{
  gint64 id = *(gint64 *)data;
  const int times[][2] = { { 7, 0 }, { 1, 1439 }, { 1, 30 } };
  gint64 sunday = 0;
  for (gsize i = 0; i < G_N_ELEMENTS (times); i++)
    {
      g_autoptr (BmnSlot) slot = bmn_slot_new (id, times[i][0], times[i][1]);
      g_assert_true (bmn_slots_insert (tx, slot, error));
      sunday = i == 0 ? slot->id : sunday;
    }
  g_autoptr (GPtrArray) slots = bmn_slots_list (tx, id, error);
  g_assert_cmpuint (slots->len, ==, 3);
  g_assert_cmpint (((BmnSlot *)slots->pdata[0])->minute, ==, 30);
  g_assert_cmpint (((BmnSlot *)slots->pdata[1])->minute, ==, 1439);
  g_assert_cmpint (((BmnSlot *)slots->pdata[2])->weekday, ==, 7);
  g_assert_cmpint (((BmnSlot *)slots->pdata[2])->account_id, ==, id);

  g_autoptr (BmnSlot) same = bmn_slot_new (id, 7, 0);
  g_autoptr (GError) conflict = NULL;
  g_assert_false (bmn_slots_insert (tx, same, &conflict));
  g_assert_error (conflict, BMN_ERROR, BMN_ERROR_CONFLICT);
  const int bad[][2] = { { 0, 0 }, { 8, 0 }, { 1, -1 }, { 1, 1440 } };
  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr (BmnSlot) slot = bmn_slot_new (id, bad[i][0], bad[i][1]);
      g_autoptr (GError) invalid = NULL;
      g_assert_false (bmn_slots_insert (tx, slot, &invalid));
      g_assert_error (invalid, BMN_ERROR, BMN_ERROR_INVALID);
    }
  return bmn_slots_delete (tx, sunday, error);
}

static void
test_slots (Fixture *fixture, gconstpointer data)
{
  gint64 id = add_account (fixture->store, "A");
  write_ok (fixture->store, use_slots, &id);
  g_assert_cmpint (read_number (fixture->folder, "SELECT count(*) FROM slot"), ==, 2);
}

static gboolean
use_settings (BmnTransaction *tx, gpointer data, GError **error)
{
  g_autofree char *never = g_strdup ("x");
  g_clear_pointer (&never, g_free);
  g_assert_true (bmn_settings_get (tx, "theme", &never, error));
  g_assert_null (never);
  g_assert_true (bmn_settings_set (tx, "theme", "dark", error));
  g_assert_true (bmn_settings_set (tx, "theme", "light", error));
  g_autofree char *theme = NULL;
  g_assert_true (bmn_settings_get (tx, "theme", &theme, error));
  g_assert_cmpstr (theme, ==, "light");
  g_assert_true (bmn_settings_set (tx, "theme", NULL, error));
  g_autofree char *removed = NULL;
  g_assert_true (bmn_settings_get (tx, "theme", &removed, error));
  g_assert_null (removed);
  return TRUE;
}

static void
test_settings (Fixture *fixture, gconstpointer data)
{
  write_ok (fixture->store, use_settings, NULL);
}

static gboolean
use_ledger (BmnTransaction *tx, gpointer data, GError **error)
{
  for (int i = 1; i <= 3; i++)
    {
      g_autoptr (BmnLedgerEntry) entry = bmn_ledger_entry_new ("example.org:443", "publish");
      entry->account_id = i - 1;
      entry->at = i * 100;
      entry->bytes_sent = 10;
      entry->bytes_received = 20;
      entry->status = 200;
      g_assert_true (bmn_ledger_add (tx, entry, error));
    }
  g_autoptr (GPtrArray) newest = bmn_ledger_list (tx, 0, 1, error);
  g_assert_cmpuint (newest->len, ==, 1);
  const BmnLedgerEntry *entry = newest->pdata[0];
  g_assert_cmpstr (entry->host, ==, "example.org:443");
  g_assert_cmpstr (entry->purpose, ==, "publish");
  g_assert_cmpint (entry->account_id, ==, 2);
  g_assert_cmpint (entry->at, ==, 300);
  g_assert_cmpint (entry->bytes_sent, ==, 10);
  g_assert_cmpint (entry->bytes_received, ==, 20);
  g_assert_cmpint (entry->status, ==, 200);
  g_autoptr (GPtrArray) since = bmn_ledger_list (tx, 200, 0, error);
  g_assert_cmpuint (since->len, ==, 2);
  return TRUE;
}

static void
test_ledger (Fixture *fixture, gconstpointer data)
{
  write_ok (fixture->store, use_ledger, NULL);
}

static gboolean
fill_account (BmnTransaction *tx, gpointer data, GError **error)
{
  gint64 id = *(gint64 *)data;
  g_autoptr (BmnSlot) slot = bmn_slot_new (id, 1, 0);
  g_autoptr (BmnHistoryPost) post = bmn_history_post_new (id, "r", "text", 100);
  return bmn_slots_insert (tx, slot, error) && bmn_facts_set (tx, id, "limits", "{}", error)
         && bmn_history_put (tx, post, NULL, error);
}

static gboolean delete (BmnTransaction *tx, gpointer data, GError **error)
{
  return bmn_accounts_delete (tx, *(gint64 *)data, error);
}

static void
test_delete (Fixture *fixture, gconstpointer data)
{
  gint64 id = add_account (fixture->store, "A"), other = add_account (fixture->store, "B");
  gint64 post = add_post (fixture->store, "text");
  add_target (fixture->store, post, id, BMN_TARGET_SCHEDULED, 100);
  add_target (fixture->store, post, other, BMN_TARGET_SCHEDULED, 100);
  write_ok (fixture->store, fill_account, &id);
  write_ok (fixture->store, delete, &id);
  const char *emptied[]
      = { "SELECT count(*) FROM slot", "SELECT count(*) FROM account_fact",
          "SELECT count(*) FROM account_setting", "SELECT count(*) FROM history_post" };
  for (gsize i = 0; i < G_N_ELEMENTS (emptied); i++)
    g_assert_cmpint (read_number (fixture->folder, emptied[i]), ==, 0);
  g_assert_cmpint (read_number (fixture->folder, "SELECT count(*) FROM target"), ==, 1);
  g_autoptr (BmnPost) kept = get_post (fixture->store, post);
  g_assert_cmpint (kept->id, ==, post);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  fixture_add ("/store/accounts", test_accounts);
  fixture_add ("/store/accounts/missing", test_missing);
  fixture_add ("/store/accounts/invalid", test_invalid);
  fixture_add ("/store/accounts/delete", test_delete);
  fixture_add ("/store/facts", test_facts);
  fixture_add ("/store/slots", test_slots);
  fixture_add ("/store/settings", test_settings);
  fixture_add ("/store/ledger", test_ledger);
  return g_test_run ();
}
