#include "bmn-session-accounts.h"
#include "bmn-session-privacy.h"
#include "bmn-session-private.h"

#include "bmn-error.h"
#include "bmn-platform.h"
#include "bmn-publisher-lease.h"

#include <glib/gi18n-lib.h>

/*
 * Giving up all accounts, one after the other: sign out, then clear the keyring of what a
 * platform may have left.
 */

typedef struct
{
  GPtrArray *accounts; /* (owned) (element-type BmnAccount): still to be given up, last first */
  BmnPublisherLease *lease; /* (owned) (nullable): keeps others from publishing meanwhile */
  GPtrArray *warnings;      /* (owned) (element-type utf8) */
} GivingUp;

static void
giving_up_free (GivingUp *giving_up)
{
  g_clear_pointer (&giving_up->accounts, g_ptr_array_unref);
  g_clear_object (&giving_up->lease);
  g_ptr_array_unref (giving_up->warnings);
  g_free (giving_up);
}

static void give_up_next (GTask *task);

static const BmnAccount *
get_current (const GivingUp *giving_up)
{
  return giving_up->accounts->pdata[giving_up->accounts->len - 1];
}

static void
warn (GivingUp *giving_up, const char *message)
{
  /* Translators: the name of an account, and what went wrong with it. */
  g_ptr_array_add (giving_up->warnings,
                   g_strdup_printf (_ ("%s: %s"), get_current (giving_up)->name, message));
}

static void
on_secret_removed (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  GivingUp *giving_up = g_task_get_task_data (task);
  GError *error = NULL;
  if (!bmn_secret_store_remove_finish (BMN_SECRET_STORE (source), result, &error))
    {
      if (!g_error_matches (error, BMN_ERROR, BMN_ERROR_NO_KEYRING))
        {
          g_task_return_error (task, error);
          return;
        }
      warn (giving_up, error->message);
      g_error_free (error);
    }
  g_ptr_array_set_size (giving_up->accounts, giving_up->accounts->len - 1);
  give_up_next (task);
}

static void
remove_secret (GTask *task)
{
  BmnSession *self = g_task_get_source_object (task);
  g_autofree char *key
      = bmn_session_make_secret_key (self, get_current (g_task_get_task_data (task))->id);
  bmn_secret_store_remove_async (bmn_session_get_secrets (self), key, g_task_get_cancellable (task),
                                 on_secret_removed, g_object_ref (task));
}

static void
on_signed_out (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  g_autoptr (GError) error = NULL;
  if (!bmn_platform_sign_out_finish (BMN_PLATFORM (source), result, &error))
    warn (g_task_get_task_data (task), error->message);
  remove_secret (task);
}

static void
give_up_next (GTask *task)
{
  BmnSession *self = g_task_get_source_object (task);
  GivingUp *giving_up = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  if (g_task_return_error_if_cancelled (task))
    return;
  if (giving_up->accounts->len == 0)
    {
      g_clear_object (&giving_up->lease);
      g_ptr_array_add (giving_up->warnings, NULL);
      g_task_return_pointer (task, g_strdupv ((GStrv)giving_up->warnings->pdata),
                             (GDestroyNotify)g_strfreev);
      return;
    }
  g_autoptr (BmnPlatform) platform
      = bmn_session_make_platform (self, get_current (giving_up), &error);
  if (platform)
    {
      bmn_platform_sign_out_async (platform, g_task_get_cancellable (task), on_signed_out,
                                   g_object_ref (task));
      return;
    }
  warn (giving_up, error->message);
  remove_secret (task);
}

static void
on_stopped (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  BmnSession *self = BMN_SESSION (source);
  GivingUp *giving_up = g_task_get_task_data (task);
  GError *error = NULL;
  if (bmn_session_stop_publishing_finish (self, result, &error))
    giving_up->lease = bmn_publisher_lease_try (bmn_session_get_store (self), &error);
  if (!giving_up->lease && !error)
    bmn_session_set_conflict (&error,
                              _ ("Another Bellman publishes from this data folder just now. Close "
                                 "its window, stop its agent and try again."));
  if (!error)
    giving_up->accounts = bmn_session_list_accounts (self, &error);
  if (error)
    g_task_return_error (task, error);
  else
    give_up_next (task);
}

void
bmn_session_give_up_accounts_async (BmnSession *self,
                                    GCancellable *cancellable,
                                    GAsyncReadyCallback callback,
                                    gpointer user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, bmn_session_give_up_accounts_async);
  GivingUp *giving_up = g_new0 (GivingUp, 1);
  giving_up->warnings = g_ptr_array_new_with_free_func (g_free);
  g_task_set_task_data (task, giving_up, (GDestroyNotify)giving_up_free);
  bmn_session_stop_publishing_async (self, on_stopped, task);
}

GStrv
bmn_session_give_up_accounts_finish (BmnSession *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, bmn_session_give_up_accounts_async),
                        NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}
