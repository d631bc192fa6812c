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
 * What waits for a sign-in.
 */

/* A working account lets go of what was held back only because it had to be signed in. Whether
 * it is too late for that by now is asked when it is claimed. */
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
      target->next_try_at = before == BMN_TARGET_HELD ? MIN (target->due_at, now) : now;
      target->tries = 0;
      g_clear_pointer (&target->error, g_free);
      g_clear_pointer (&target->error_kind, g_free);
      if (!bmn_targets_update (tx, target, before, error))
        return FALSE;
    }
  return TRUE;
}

/*
 * Signing in: a new account, or one that is known already.
 */

typedef struct
{
  BmnSession *session;   /* (owned) */
  BmnPlatform *platform; /* (owned) (nullable) */
  BmnAccount *account;   /* (owned) (nullable) what is stored */
  char *name;            /* (owned) (nullable) what the user calls it */
  gboolean is_new;
  gint64 now;
  GError *failure; /* (owned) (nullable) why a new account is forgotten again */
} SignIn;

static void
sign_in_free (SignIn *sign_in)
{
  g_clear_object (&sign_in->session);
  g_clear_object (&sign_in->platform);
  g_clear_pointer (&sign_in->account, bmn_account_free);
  g_clear_error (&sign_in->failure);
  g_free (sign_in->name);
  g_free (sign_in);
}

static gboolean
forget_account (BmnTransaction *tx, gpointer data, GError **error)
{
  const SignIn *sign_in = data;
  return bmn_accounts_delete (tx, sign_in->account->id, error);
}

static void
on_forgotten (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  SignIn *sign_in = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  if (!bmn_store_write_finish (BMN_STORE (source), result, &error))
    g_warning ("An account that could not be added was not removed: %s", error->message);
  g_task_return_error (task, g_steal_pointer (&sign_in->failure));
}

static void
return_account (GTask *task)
{
  const SignIn *sign_in = g_task_get_task_data (task);
  g_task_return_pointer (task, bmn_account_copy (sign_in->account),
                         (GDestroyNotify)bmn_account_free);
}

static void
on_released (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  GError *error = NULL;
  if (bmn_store_write_finish (BMN_STORE (source), result, &error))
    return_account (task);
  else
    g_task_return_error (task, error);
}

static gboolean
release_after_sign_in (BmnTransaction *tx, gpointer data, GError **error)
{
  const SignIn *sign_in = data;
  return release_held (tx, sign_in->account->id, sign_in->now, error);
}

static void
on_adopted (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  SignIn *sign_in = g_task_get_task_data (task);
  BmnStore *store = bmn_session_get_store (sign_in->session);
  GError *error = NULL;
  if (bmn_account_host_adopt_finish (BMN_ACCOUNT_HOST (source), result, &error))
    {
      if (sign_in->is_new)
        return_account (task);
      else
        bmn_store_write_async (store, release_after_sign_in, sign_in, NULL, NULL, on_released,
                               g_object_ref (task));
      return;
    }
  if (!sign_in->is_new)
    {
      g_task_return_error (task, error);
      return;
    }
  /* An account whose credentials could not be kept would fail at its first post. */
  sign_in->failure = error;
  bmn_store_write_async (store, forget_account, sign_in, NULL, NULL, on_forgotten,
                         g_object_ref (task));
}

/* Signing in may take minutes, in which the user may change the rest of the account. */
static gboolean
update_signed_in (BmnTransaction *tx, SignIn *sign_in, GError **error)
{
  BmnAccount *stored = bmn_accounts_get (tx, sign_in->account->id, error);
  if (!stored)
    return FALSE;
  g_free (stored->handle);
  stored->handle = g_strdup (sign_in->account->handle);
  g_hash_table_unref (stored->settings);
  stored->settings = g_hash_table_ref (sign_in->account->settings);
  bmn_account_free (sign_in->account);
  sign_in->account = stored;
  return bmn_accounts_update (tx, stored, error);
}

static gboolean
store_account (BmnTransaction *tx, gpointer data, GError **error)
{
  SignIn *sign_in = data;
  return sign_in->is_new ? bmn_accounts_insert (tx, sign_in->account, error)
                         : update_signed_in (tx, sign_in, error);
}

static void
on_account_stored (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  SignIn *sign_in = g_task_get_task_data (task);
  GError *error = NULL;
  if (!bmn_store_write_finish (BMN_STORE (source), result, &error))
    {
      g_task_return_error (task, error);
      return;
    }
  BmnAccountHost *host = BMN_ACCOUNT_HOST (bmn_platform_get_host (sign_in->platform));
  bmn_account_host_adopt_async (host, sign_in->account->id, sign_in->account->name,
                                g_task_get_cancellable (task), on_adopted, g_object_ref (task));
}

/* The user's name for it, or the handle, or the platform's name. */
static char *
choose_name (const SignIn *sign_in, const BmnAccount *account)
{
  if (sign_in->name)
    return g_strdup (sign_in->name);
  if (account->handle)
    return g_strdup (account->handle);
  return g_strdup (bmn_session_get_platform_name (sign_in->session, account->platform));
}

static void
name_new_account (SignIn *sign_in)
{
  char *name = choose_name (sign_in, sign_in->account);
  g_free (sign_in->account->name);
  sign_in->account->name = name;
  sign_in->account->created_at = bmn_session_now (sign_in->session);
}

/* Posts that wait for one account must not go out on another. */
static gboolean
check_same_account (const BmnAccount *known, const BmnAccount *found, GError **error)
{
  if (!known->handle || g_strcmp0 (known->handle, found->handle) == 0)
    return TRUE;
  g_set_error (error, BMN_ERROR, BMN_ERROR_CONFLICT,
               /* Translators: both %s are public names of accounts. */
               _ ("You signed in as “%s”, but this account is “%s”. Add the other one as an "
                  "account of its own."),
               found->handle ? found->handle : "", known->handle);
  return FALSE;
}

static void
on_signed_in (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  SignIn *sign_in = g_task_get_task_data (task);
  const BmnAccount *found = bmn_platform_get_account (sign_in->platform);
  GError *error = NULL;
  if (!bmn_platform_sign_in_finish (sign_in->platform, result, &error)
      || (!sign_in->is_new && !check_same_account (sign_in->account, found, &error)))
    {
      g_task_return_error (task, error);
      return;
    }
  g_clear_pointer (&sign_in->account, bmn_account_free);
  sign_in->account = bmn_account_copy (found);
  if (sign_in->is_new)
    name_new_account (sign_in);
  bmn_store_write_async (bmn_session_get_store (sign_in->session), store_account, sign_in, NULL,
                         NULL, on_account_stored, g_object_ref (task));
}

static gboolean
check_inputs (const BmnPlatformRow *row, GHashTable *inputs, GError **error)
{
  for (const BmnInput *input = row->inputs; input->name; input++)
    if (input->required && !g_hash_table_contains (inputs, input->name))
      {
        g_set_error (error, BMN_ERROR, BMN_ERROR_INVALID,
                     /* Translators: %s is the name of an option, such as “dir”. */
                     _ ("“%s” is needed to sign in to this account."), input->name);
        return FALSE;
      }
  return TRUE;
}

/* @account: (transfer full): */
static void
begin_sign_in (BmnSession *self,
               GTask *task,
               const BmnPlatformRow *row,
               BmnAccount *account,
               const char *name,
               GHashTable *inputs)
{
  GError *error = NULL;
  SignIn *sign_in = g_new0 (SignIn, 1);
  g_task_set_task_data (task, sign_in, (GDestroyNotify)sign_in_free);
  sign_in->session = g_object_ref (self);
  sign_in->account = account;
  sign_in->name = g_strdup (name);
  sign_in->is_new = account->id == 0;
  sign_in->now = bmn_session_now (self);
  if (check_inputs (row, inputs, &error))
    sign_in->platform = bmn_session_make_platform_to_sign_in (self, account, &error);
  if (sign_in->platform)
    bmn_platform_sign_in_async (sign_in->platform, inputs, g_task_get_cancellable (task),
                                on_signed_in, g_object_ref (task));
  else
    g_task_return_error (task, error);
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
  if (!row)
    {
      g_task_return_new_error (task, BMN_ERROR, BMN_ERROR_INVALID, _ ("There is no platform “%s”."),
                               platform);
      return;
    }
  BmnAccount *account
      = bmn_account_new (platform, name ? name : g_dgettext (GETTEXT_PACKAGE, row->name));
  g_free (account->zone);
  account->zone = bmn_zone_local_name ();
  begin_sign_in (self, task, row, account, name, inputs);
}

BmnAccount *
bmn_session_add_account_finish (BmnSession *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}

/* What the user gave, and the account's settings for what was not given anew. */
static GHashTable *
complete_inputs (const BmnPlatformRow *row, const BmnAccount *account, GHashTable *inputs)
{
  GHashTable *complete
      = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify)bmn_secret_free);
  GHashTableIter iter;
  gpointer name, given;
  g_hash_table_iter_init (&iter, inputs);
  while (g_hash_table_iter_next (&iter, &name, &given))
    g_hash_table_insert (complete, g_strdup (name), g_strdup (given));
  for (const BmnInput *input = row->inputs; input->name; input++)
    {
      const char *known = bmn_account_get_setting (account, input->name);
      if (known && !g_hash_table_contains (complete, input->name))
        g_hash_table_insert (complete, g_strdup (input->name), g_strdup (known));
    }
  return complete;
}

void
bmn_session_sign_in_account_async (BmnSession *self,
                                   gint64 id,
                                   GHashTable *inputs,
                                   GCancellable *cancellable,
                                   GAsyncReadyCallback callback,
                                   gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, bmn_session_sign_in_account_async);
  GError *error = NULL;
  BmnAccount *account = bmn_session_get_account (self, id, &error);
  if (!account)
    {
      g_task_return_error (task, error);
      return;
    }
  const BmnPlatformRow *row = bmn_platform_table_find (account->platform);
  if (!row)
    {
      g_task_return_new_error (task, BMN_ERROR, BMN_ERROR_INVALID, _ ("There is no platform “%s”."),
                               account->platform);
      bmn_account_free (account);
      return;
    }
  g_autoptr (GHashTable) complete = complete_inputs (row, account, inputs);
  begin_sign_in (self, task, row, account, NULL, complete);
}

BmnAccount *
bmn_session_sign_in_account_finish (BmnSession *self, GAsyncResult *result, GError **error)
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
  BmnAccountHealth *health; /* (owned) (nullable) */
} Check;

static void
check_free (Check *check)
{
  g_clear_pointer (&check->health, bmn_account_health_free);
  g_free (check);
}

static gboolean
take_over_health (BmnTransaction *tx, gpointer data, GError **error)
{
  const Check *check = data;
  const char *handle = check->health->handle;
  g_autoptr (BmnAccount) account = bmn_accounts_get (tx, check->account_id, error);
  if (!account || !release_held (tx, check->account_id, check->now, error))
    return FALSE;
  if (!handle || g_strcmp0 (account->handle, handle) == 0)
    return TRUE;
  g_free (account->handle);
  account->handle = g_strdup (handle);
  return bmn_accounts_update (tx, account, error);
}

static void
on_health_stored (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  Check *check = g_task_get_task_data (task);
  GError *error = NULL;
  if (bmn_store_write_finish (BMN_STORE (source), result, &error))
    g_task_return_pointer (task, g_steal_pointer (&check->health),
                           (GDestroyNotify)bmn_account_health_free);
  else
    g_task_return_error (task, error);
}

static void
on_checked (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  BmnSession *self = g_task_get_source_object (task);
  Check *check = g_task_get_task_data (task);
  GError *error = NULL;
  check->health = bmn_platform_check_finish (BMN_PLATFORM (source), result, &error);
  check->now = bmn_session_now (self);
  if (check->health)
    bmn_store_write_async (bmn_session_get_store (self), take_over_health, check, NULL, NULL,
                           on_health_stored, g_object_ref (task));
  else
    g_task_return_error (task, error);
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
  Check *check = g_new0 (Check, 1);
  check->account_id = id;
  g_task_set_task_data (task, check, (GDestroyNotify)check_free);
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

typedef struct
{
  gint64 account_id;
  BmnPlatform *platform; /* (owned) (nullable) */
  char *warning;         /* (owned) (nullable) what could not be revoked */
} Removal;

static void
removal_free (Removal *removal)
{
  g_clear_object (&removal->platform);
  g_free (removal->warning);
  g_free (removal);
}

/* What the server holds would go out with nobody here knowing of it. */
static gboolean
check_nothing_held (BmnTransaction *tx, gint64 account_id, GError **error)
{
  const BmnTargetFilter filter = { .account_id = account_id, .at_server = TRUE };
  g_autoptr (GPtrArray) targets = bmn_targets_list (tx, &filter, error);
  if (!targets)
    return FALSE;
  for (guint i = 0; i < targets->len; i++)
    if (((BmnTarget *)targets->pdata[i])->remote_schedule_id)
      return bmn_session_set_conflict (
          error, _ ("The server still holds posts of this account. Take them back or cancel them, "
                    "let Bellman publish so that it is done there, and remove the account then."));
  return TRUE;
}

static gboolean
check_removable (BmnTransaction *tx, gint64 account_id, GError **error)
{
  const BmnTargetFilter filter = { .account_id = account_id, .states = 1 << BMN_TARGET_PUBLISHING };
  g_autoptr (GPtrArray) targets = bmn_targets_list (tx, &filter, error);
  if (!targets)
    return FALSE;
  if (targets->len > 0)
    return bmn_session_set_conflict (
        error, _ ("A post is being published on this account. Try again in a moment."));
  return check_nothing_held (tx, account_id, error);
}

/* From here on nothing more of it is published. */
static gboolean
pause_account (BmnTransaction *tx, gpointer data, GError **error)
{
  const Removal *removal = data;
  g_autoptr (BmnAccount) account = bmn_accounts_get (tx, removal->account_id, error);
  if (!account || !check_removable (tx, removal->account_id, error))
    return FALSE;
  account->paused = TRUE;
  return bmn_accounts_update (tx, account, error);
}

static gboolean
delete_account (BmnTransaction *tx, gpointer data, GError **error)
{
  const Removal *removal = data;
  return check_removable (tx, removal->account_id, error)
         && bmn_accounts_delete (tx, removal->account_id, error);
}

static void
on_account_deleted (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  Removal *removal = g_task_get_task_data (task);
  GError *error = NULL;
  if (bmn_store_write_finish (BMN_STORE (source), result, &error))
    g_task_return_pointer (task, g_steal_pointer (&removal->warning), g_free);
  else
    g_task_return_error (task, error);
}

static void
on_signed_out (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  BmnSession *self = g_task_get_source_object (task);
  Removal *removal = g_task_get_task_data (task);
  g_autoptr (GError) not_revoked = NULL;
  if (!bmn_platform_sign_out_finish (BMN_PLATFORM (source), result, &not_revoked))
    removal->warning = g_strdup (not_revoked->message);
  bmn_store_write_async (bmn_session_get_store (self), delete_account, removal, NULL, NULL,
                         on_account_deleted, g_object_ref (task));
}

static void
on_paused (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  Removal *removal = g_task_get_task_data (task);
  GError *error = NULL;
  if (bmn_store_write_finish (BMN_STORE (source), result, &error))
    bmn_platform_sign_out_async (removal->platform, g_task_get_cancellable (task), on_signed_out,
                                 g_object_ref (task));
  else
    g_task_return_error (task, error);
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
  Removal *removal = g_new0 (Removal, 1);
  removal->account_id = id;
  g_task_set_task_data (task, removal, (GDestroyNotify)removal_free);
  g_autoptr (BmnAccount) account = bmn_session_get_account (self, id, &error);
  if (account)
    removal->platform = bmn_session_make_platform (self, account, &error);
  if (removal->platform)
    bmn_store_write_async (bmn_session_get_store (self), pause_account, removal, NULL, NULL,
                           on_paused, g_object_ref (task));
  else
    g_task_return_error (task, error);
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
