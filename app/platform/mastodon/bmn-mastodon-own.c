#include "bmn-json.h"
#include "bmn-mastodon-private.h"

#include <glib/gi18n-lib.h>

static void
return_path (GTask *task, const char *account_id)
{
  g_autofree char *escaped = g_uri_escape_string (account_id, NULL, FALSE);
  g_task_return_pointer (
      task,
      g_strdup_printf ("/api/v1/accounts/%s/statuses?limit=%u&exclude_reblogs=true", escaped,
                       GPOINTER_TO_UINT (g_task_get_task_data (task))),
      g_free);
}

static void
on_identified (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  BmnMastodon *self = BMN_MASTODON (source);
  GError *error = NULL;
  g_autoptr (BmnMastodonAnswer) answer = bmn_mastodon_call_finish (self, result, NULL, &error);
  const char *id = answer ? bmn_json_get_string (bmn_json_node_object (answer->json), "id") : NULL;
  if (!answer)
    g_task_return_error (task, error);
  else if (!id || !*id)
    g_task_return_new_error (task, BMN_PLATFORM_ERROR, BMN_PLATFORM_ERROR_BAD_REPLY,
                             _ ("The server does not say whose account this is."));
  else
    {
      bmn_mastodon_set_fact (self, BMN_MASTODON_FACT_ACCOUNT_ID, id);
      return_path (task, id);
    }
}

void
bmn_mastodon_find_own_async (BmnMastodon *self,
                             guint max,
                             const char *purpose,
                             BmnHttpPriority priority,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  const char *id = bmn_mastodon_get_fact (self, BMN_MASTODON_FACT_ACCOUNT_ID);
  g_task_set_source_tag (task, bmn_mastodon_find_own_async);
  g_task_set_task_data (task, GUINT_TO_POINTER (max), NULL);
  if (id)
    return_path (task, id);
  else
    bmn_mastodon_call_async (self,
                             bmn_mastodon_request_new (self, "GET",
                                                       "/api/v1/accounts/verify_credentials",
                                                       purpose, priority),
                             cancellable, on_identified, g_object_ref (task));
}

char *
bmn_mastodon_find_own_finish (BmnMastodon *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}
