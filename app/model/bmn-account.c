#include "bmn-account.h"

BmnAccount *
bmn_account_new (const char *platform, const char *name)
{
  BmnAccount *account = g_new0 (BmnAccount, 1);
  account->platform = g_strdup (platform);
  account->name = g_strdup (name);
  account->settings = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  account->zone = g_strdup ("UTC");
  account->missed_policy = BMN_MISSED_HOLD;
  account->grace = BMN_ACCOUNT_DEFAULT_GRACE;
  return account;
}

BmnAccount *
bmn_account_copy (const BmnAccount *account)
{
  BmnAccount *copy = bmn_account_new (account->platform, account->name);
  copy->id = account->id;
  copy->handle = g_strdup (account->handle);
  g_free (copy->zone);
  copy->zone = g_strdup (account->zone);
  copy->paused = account->paused;
  copy->missed_policy = account->missed_policy;
  copy->grace = account->grace;
  copy->min_gap = account->min_gap;
  copy->created_at = account->created_at;
  GHashTableIter iter;
  gpointer key, value;
  g_hash_table_iter_init (&iter, account->settings);
  while (g_hash_table_iter_next (&iter, &key, &value))
    bmn_account_set_setting (copy, key, value);
  return copy;
}

void
bmn_account_free (BmnAccount *account)
{
  g_free (account->platform);
  g_free (account->name);
  g_free (account->handle);
  g_hash_table_unref (account->settings);
  g_free (account->zone);
  g_free (account);
}

const char *
bmn_account_get_setting (const BmnAccount *account, const char *key)
{
  return g_hash_table_lookup (account->settings, key);
}

void
bmn_account_set_setting (BmnAccount *account, const char *key, const char *value)
{
  if (value)
    g_hash_table_replace (account->settings, g_strdup (key), g_strdup (value));
  else
    g_hash_table_remove (account->settings, key);
}
