#include "bmn-account-overview.h"
#include "bmn-session-accounts.h"
#include "bmn-session-private.h"
#include "bmn-session-sync.h"

#include "bmn-account-health.h"
#include "bmn-accounts.h"
#include "bmn-history.h"
#include "bmn-platform-error.h"
#include "bmn-sync-states.h"
#include "bmn-targets.h"

void
bmn_account_overview_free (BmnAccountOverview *overview)
{
  g_clear_pointer (&overview->account, bmn_account_free);
  g_clear_pointer (&overview->limits, bmn_limits_free);
  g_free (overview);
}

/* Any of these states may wait for nothing but a sign-in. */
#define STATES_WAITING                                                                             \
  (1u << BMN_TARGET_SCHEDULED | 1u << BMN_TARGET_HELD | 1u << BMN_TARGET_UNKNOWN                   \
   | 1u << BMN_TARGET_FAILED)

static gboolean
read_targets (BmnTransaction *tx, BmnAccountOverview *overview, GError **error)
{
  const BmnTargetFilter filter = { .account_id = overview->account->id, .states = STATES_WAITING };
  const char *expired = bmn_platform_error_to_nick (BMN_PLATFORM_ERROR_AUTH_EXPIRED);
  g_autoptr (GPtrArray) targets = bmn_targets_list (tx, &filter, error);
  for (guint i = 0; targets && i < targets->len; i++)
    {
      const BmnTarget *target = targets->pdata[i];
      overview->n_planned += target->state == BMN_TARGET_SCHEDULED;
      overview->n_at_server += target->remote_schedule_id != NULL;
      overview->needs_sign_in |= g_strcmp0 (target->error_kind, expired) == 0;
    }
  return targets != NULL;
}

static gboolean
read_facts (BmnTransaction *tx, BmnAccountOverview *overview, GError **error)
{
  g_autoptr (GHashTable) facts = bmn_facts_get_all (tx, overview->account->id, error);
  const char *ends = facts ? g_hash_table_lookup (facts, BMN_FACT_SESSION_ENDS_AT) : NULL;
  overview->session_ends_at = ends ? g_ascii_strtoll (ends, NULL, 10) : 0;
  return facts != NULL;
}

static gboolean
read_overview (BmnTransaction *tx, gpointer data, GError **error)
{
  BmnAccountOverview *overview = data;
  gint64 id = overview->account->id;
  g_autoptr (BmnSyncState) sync = bmn_sync_states_get (tx, id, error);
  overview->synced_at = sync ? sync->ended_at : 0;
  return sync && read_targets (tx, overview, error) && read_facts (tx, overview, error)
         && bmn_history_count (tx, id, &overview->n_history, error);
}

/* @account: (transfer full): */
static BmnAccountOverview *
make_overview (BmnSession *self, BmnAccount *account, GError **error)
{
  g_autoptr (BmnAccountOverview) overview = g_new0 (BmnAccountOverview, 1);
  overview->account = account;
  overview->platform_name = bmn_session_get_platform_name (self, account->platform);
  overview->can_sync = bmn_session_can_sync_account (self, account->id);
  if (!bmn_session_describe_account (self, account, &overview->capabilities, &overview->limits,
                                     error)
      || !bmn_store_read (bmn_session_get_store (self), read_overview, overview, error))
    return NULL;
  return g_steal_pointer (&overview);
}

BmnAccountOverview *
bmn_session_get_account_overview (BmnSession *self, gint64 id, GError **error)
{
  BmnAccount *account = bmn_session_get_account (self, id, error);
  return account ? make_overview (self, account, error) : NULL;
}

GPtrArray *
bmn_session_list_account_overviews (BmnSession *self, GError **error)
{
  g_autoptr (GPtrArray) accounts = bmn_session_list_accounts (self, error);
  g_autoptr (GPtrArray) overviews
      = g_ptr_array_new_with_free_func ((GDestroyNotify)bmn_account_overview_free);
  for (guint i = 0; accounts && i < accounts->len; i++)
    {
      BmnAccountOverview *overview
          = make_overview (self, bmn_account_copy (accounts->pdata[i]), error);
      if (!overview)
        return NULL;
      g_ptr_array_add (overviews, overview);
    }
  return accounts ? g_steal_pointer (&overviews) : NULL;
}
