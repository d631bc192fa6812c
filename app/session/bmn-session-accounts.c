#include "bmn-session-accounts.h"
#include "bmn-account-host-private.h"
#include "bmn-session-private.h"

#include "bmn-accounts.h"
#include "bmn-error.h"
#include "bmn-platform-table.h"
#include "bmn-targets.h"
#include "bmn-zone.h"

#include <glib/gi18n-lib.h>

/*
 * The platforms there are.
 */

GStrv
bmn_session_list_platforms (BmnSession *self)
{
  g_autoptr (GStrvBuilder) names = g_strv_builder_new ();
  for (const BmnPlatformRow *row = bmn_platform_table (); row->id; row++)
    g_strv_builder_add (names, row->id);
  return g_strv_builder_end (names);
}

const char *
bmn_session_get_platform_name (BmnSession *self, const char *platform)
{
  const BmnPlatformRow *row = bmn_platform_table_find (platform);
  return row ? g_dgettext (GETTEXT_PACKAGE, row->name) : NULL;
}

const BmnInput *
bmn_session_get_platform_inputs (BmnSession *self, const char *platform)
{
  const BmnPlatformRow *row = bmn_platform_table_find (platform);
  return row ? row->inputs : NULL;
}

/*
 * Adding.
 */

typedef struct
{
  BmnSession *session;   /* (owned) */
  BmnPlatform *platform; /* (owned) */
  BmnAccount *account;   /* (owned) (nullable) what is stored */
  char *name;            /* (owned) (nullable) what the user calls it */
} Addition;

static void
addition_free (Addition *addition)
{
  g_clear_object (&addition->session);
  g_clear_object (&addition->platform);
  g_clear_pointer (&addition->account, bmn_account_free);
  g_free (addition->name);
  g_free (addition);
}

static gboolean
insert_account (BmnTransaction *tx, gpointer data, GError **error)
{
  return bmn_accounts_insert (tx, data, error);
}

static gboolean
forget_account (BmnTransaction *tx, gpointer data, GError **error)
{
  return bmn_accounts_delete (tx, ((BmnAccount *)data)->id, error);
}

static void
on_adopted (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  Addition *addition = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  if (bmn_account_host_adopt_finish (BMN_ACCOUNT_HOST (source), result, &error))
    {
      g_task_return_pointer (task, bmn_account_copy (addition->account),
                             (GDestroyNotify)bmn_account_free);
      return;
    }
  /* An account whose credentials could not be kept would fail at its first post. */
  g_autoptr (GError) ignored = NULL;
  if (!bmn_store_write (bmn_session_get_store (addition->session), forget_account,
                        addition->account, &ignored))
    g_warning ("An account that could not be added was not removed: %s", ignored->message);
  g_task_return_error (task, g_steal_pointer (&error));
}

/* The user's name for it, or the handle, or the platform's name. */
static char *
choose_name (const Addition *addition, const BmnAccount *account)
{
  if (addition->name)
    return g_strdup (addition->name);
  if (account->handle)
    return g_strdup (account->handle);
  return g_strdup (bmn_session_get_platform_name (addition->session, account->platform));
}

static void
on_signed_in (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  Addition *addition = g_task_get_task_data (task);
  GError *error = NULL;
  if (!bmn_platform_sign_in_finish (addition->platform, result, &error))
    {
      g_task_return_error (task, error);
      return;
    }
  addition->account = bmn_account_copy (bmn_platform_get_account (addition->platform));
  g_autofree char *name = choose_name (addition, addition->account);
  g_free (addition->account->name);
  addition->account->name = g_steal_pointer (&name);
  addition->account->created_at = bmn_session_now (addition->session);
  if (!bmn_store_write (bmn_session_get_store (addition->session), insert_account,
                        addition->account, &error))
    {
      g_task_return_error (task, error);
      return;
    }
  BmnAccountHost *host = BMN_ACCOUNT_HOST (bmn_platform_get_host (addition->platform));
  bmn_account_host_adopt_async (host, addition->account->id, addition->account->name,
                                g_task_get_cancellable (task), on_adopted, g_object_ref (task));
}

static gboolean
check_inputs (const BmnPlatformRow *row, GHashTable *inputs, GError **error)
{
  for (const BmnInput *input = row->inputs; input->name; input++)
    if (input->required && !g_hash_table_contains (inputs, input->name))
      {
        g_set_error (error, BMN_ERROR, BMN_ERROR_INVALID,
                     /* Translators: %s is the name of an option, such as “dir”. */
                     _ ("“%s” is needed to add this account."), input->name);
        return FALSE;
      }
  return TRUE;
}

void
bmn_session_add_account_async (BmnSession *self,
                               const char *platform,
                               const char *name,
                               GHashTable *inputs,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, bmn_session_add_account_async);
  const BmnPlatformRow *row = bmn_platform_table_find (platform);
  GError *error = NULL;
  if (!row)
    {
      g_task_return_new_error (task, BMN_ERROR, BMN_ERROR_INVALID, _ ("There is no platform “%s”."),
                               platform);
      return;
    }
  if (!check_inputs (row, inputs, &error))
    {
      g_task_return_error (task, error);
      return;
    }
  g_autoptr (BmnAccount) account
      = bmn_account_new (platform, name ? name : g_dgettext (GETTEXT_PACKAGE, row->name));
  g_free (account->zone);
  account->zone = bmn_zone_local_name ();
  Addition *addition = g_new0 (Addition, 1);
  addition->session = g_object_ref (self);
  addition->name = g_strdup (name);
  addition->platform = bmn_session_make_platform (self, account, &error);
  g_task_set_task_data (task, addition, (GDestroyNotify)addition_free);
  if (!addition->platform)
    {
      g_task_return_error (task, error);
      return;
    }
  bmn_platform_sign_in_async (addition->platform, inputs, cancellable, on_signed_in,
                              g_object_ref (task));
}

BmnAccount *
bmn_session_add_account_finish (BmnSession *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}

/*
 * Reading and changing.
 */

static gboolean
list_accounts (BmnTransaction *tx, gpointer data, GError **error)
{
  GPtrArray **accounts = data;
  *accounts = bmn_accounts_list (tx, error);
  return *accounts != NULL;
}

GPtrArray *
bmn_session_list_accounts (BmnSession *self, GError **error)
{
  GPtrArray *accounts = NULL;
  return bmn_store_read (bmn_session_get_store (self), list_accounts, &accounts, error) ? accounts
                                                                                        : NULL;
}

typedef struct
{
  gint64 id;
  BmnAccount *account; /* (owned) (nullable) */
} AccountQuery;

static gboolean
get_account (BmnTransaction *tx, gpointer data, GError **error)
{
  AccountQuery *query = data;
  query->account = bmn_accounts_get (tx, query->id, error);
  return query->account != NULL;
}

BmnAccount *
bmn_session_get_account (BmnSession *self, gint64 id, GError **error)
{
  AccountQuery query = { .id = id };
  return bmn_store_read (bmn_session_get_store (self), get_account, &query, error) ? query.account
                                                                                   : NULL;
}

static gboolean
update_account (BmnTransaction *tx, gpointer data, GError **error)
{
  return bmn_accounts_update (tx, data, error);
}

gboolean
bmn_session_update_account (BmnSession *self, const BmnAccount *account, GError **error)
{
  if (!bmn_zone_is_known (account->zone))
    {
      g_set_error (error, BMN_ERROR, BMN_ERROR_INVALID,
                   _ ("“%s” is not a time zone this computer knows. Write it like Europe/Berlin."),
                   account->zone);
      return FALSE;
    }
  if (account->grace < 0 || account->min_gap < 0)
    {
      g_set_error_literal (error, BMN_ERROR, BMN_ERROR_INVALID,
                           _ ("Grace and gap cannot be negative."));
      return FALSE;
    }
  g_autoptr (BmnAccount) copy = bmn_account_copy (account);
  return bmn_store_write (bmn_session_get_store (self), update_account, copy, error);
}

gboolean
bmn_session_describe_account (BmnSession *self,
                              const BmnAccount *account,
                              BmnCapabilities *capabilities,
                              BmnLimits **limits,
                              GError **error)
{
  g_autoptr (BmnPlatform) platform = bmn_session_make_platform (self, account, error);
  if (!platform)
    return FALSE;
  if (capabilities)
    *capabilities = *bmn_platform_get_capabilities (platform);
  if (limits)
    *limits = bmn_limits_copy (bmn_platform_get_limits (platform));
  return TRUE;
}

/*
 * Checking.
 */

typedef struct
{
  gint64 account_id;
  gint64 now;
  const char *handle; /* (nullable) */
} Found;

/* A working account lets go of what was held back only because it had to be signed in. */
static gboolean
release_held (BmnTransaction *tx, gint64 account_id, gint64 now, GError **error)
{
  const BmnTargetFilter filter
      = { .account_id = account_id, .states = 1 << BMN_TARGET_HELD | 1 << BMN_TARGET_UNKNOWN };
  g_autoptr (GPtrArray) targets = bmn_targets_list (tx, &filter, error);
  if (!targets)
    return FALSE;
  for (guint i = 0; i < targets->len; i++)
    {
      BmnTarget *target = targets->pdata[i];
      if (g_strcmp0 (target->error_kind,
                     bmn_platform_error_to_nick (BMN_PLATFORM_ERROR_AUTH_EXPIRED))
          != 0)
        continue;
      BmnTargetState before = target->state;
      target->state = before == BMN_TARGET_HELD ? BMN_TARGET_SCHEDULED : before;
      target->next_try_at = now;
      target->tries = 0;
      if (!bmn_targets_update (tx, target, before, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
take_over_health (BmnTransaction *tx, gpointer data, GError **error)
{
  const Found *found = data;
  g_autoptr (BmnAccount) account = bmn_accounts_get (tx, found->account_id, error);
  if (!account || !release_held (tx, found->account_id, found->now, error))
    return FALSE;
  if (!found->handle || g_strcmp0 (account->handle, found->handle) == 0)
    return TRUE;
  g_free (account->handle);
  account->handle = g_strdup (found->handle);
  return bmn_accounts_update (tx, account, error);
}

static void
on_checked (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  BmnSession *self = g_task_get_source_object (task);
  GError *error = NULL;
  g_autoptr (BmnAccountHealth) health
      = bmn_platform_check_finish (BMN_PLATFORM (source), result, &error);
  if (!health)
    {
      g_task_return_error (task, error);
      return;
    }
  Found found = {
    .account_id = bmn_platform_get_account (BMN_PLATFORM (source))->id,
    .now = bmn_session_now (self),
    .handle = health->handle,
  };
  if (!bmn_store_write (bmn_session_get_store (self), take_over_health, &found, &error))
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, g_steal_pointer (&health),
                           (GDestroyNotify)bmn_account_health_free);
}

void
bmn_session_check_account_async (BmnSession *self,
                                 gint64 id,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, bmn_session_check_account_async);
  GError *error = NULL;
  g_autoptr (BmnAccount) account = bmn_session_get_account (self, id, &error);
  g_autoptr (BmnPlatform) platform
      = account ? bmn_session_make_platform (self, account, &error) : NULL;
  if (!platform)
    g_task_return_error (task, error);
  else
    bmn_platform_check_async (platform, cancellable, on_checked, g_object_ref (task));
}

BmnAccountHealth *
bmn_session_check_account_finish (BmnSession *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}

/*
 * Removing.
 */

static gboolean
check_removable (BmnTransaction *tx, gpointer data, GError **error)
{
  const BmnTargetFilter filter
      = { .account_id = *(gint64 *)data, .states = 1 << BMN_TARGET_PUBLISHING };
  g_autoptr (GPtrArray) targets = bmn_targets_list (tx, &filter, error);
  if (!targets)
    return FALSE;
  if (targets->len == 0)
    return TRUE;
  g_set_error_literal (error, BMN_ERROR, BMN_ERROR_CONFLICT,
                       _ ("A post is being published on this account. Try again in a moment."));
  return FALSE;
}

static gboolean
delete_account (BmnTransaction *tx, gpointer data, GError **error)
{
  return check_removable (tx, data, error) && bmn_accounts_delete (tx, *(gint64 *)data, error);
}

static void
on_signed_out (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  BmnSession *self = g_task_get_source_object (task);
  gint64 id = bmn_platform_get_account (BMN_PLATFORM (source))->id;
  g_autoptr (GError) not_revoked = NULL;
  GError *error = NULL;
  bmn_platform_sign_out_finish (BMN_PLATFORM (source), result, &not_revoked);
  if (!bmn_store_write (bmn_session_get_store (self), delete_account, &id, &error))
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, not_revoked ? g_strdup (not_revoked->message) : NULL, g_free);
}

void
bmn_session_remove_account_async (BmnSession *self,
                                  gint64 id,
                                  GCancellable *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, bmn_session_remove_account_async);
  GError *error = NULL;
  g_autoptr (BmnAccount) account = bmn_session_get_account (self, id, &error);
  g_autoptr (BmnPlatform) platform = NULL;
  if (account && bmn_store_read (bmn_session_get_store (self), check_removable, &id, &error))
    platform = bmn_session_make_platform (self, account, &error);
  if (!platform)
    g_task_return_error (task, error);
  else
    bmn_platform_sign_out_async (platform, cancellable, on_signed_out, g_object_ref (task));
}

gboolean
bmn_session_remove_account_finish (BmnSession *self,
                                   GAsyncResult *result,
                                   char **warning,
                                   GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  g_autoptr (GError) failure = NULL;
  g_autofree char *words = g_task_propagate_pointer (G_TASK (result), &failure);
  if (failure)
    {
      g_propagate_error (error, g_steal_pointer (&failure));
      return FALSE;
    }
  *warning = g_steal_pointer (&words);
  return TRUE;
}
