#include "bmn-mastodon-examine-private.h"
#include "bmn-json.h"
#include "bmn-mastodon-status-private.h"

#include <glib/gi18n-lib.h>

typedef struct
{
  char *key;      /* (owned) */
  GPtrArray *ids; /* (owned) (element-type utf8) of the messages that were made */
  guint n_sent;
  GError *failure; /* (owned) (nullable) */
} BmnMastodonProbe;

static void
probe_free (BmnMastodonProbe *probe)
{
  g_free (probe->key);
  g_ptr_array_unref (probe->ids);
  g_clear_error (&probe->failure);
  g_free (probe);
}

static void send_probe (GTask *task);
static void delete_next (GTask *task);

static void
on_deleted (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  BmnMastodonProbe *probe = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  int status;
  g_autoptr (BmnMastodonAnswer) answer
      = bmn_mastodon_call_finish (BMN_MASTODON (source), result, &status, &error);
  if (!answer && !bmn_mastodon_is_missing (status) && !probe->failure)
    probe->failure = g_steal_pointer (&error);
  g_ptr_array_remove_index (probe->ids, probe->ids->len - 1);
  delete_next (task);
}

static void
delete_next (GTask *task)
{
  BmnMastodon *self = g_task_get_source_object (task);
  BmnMastodonProbe *probe = g_task_get_task_data (task);
  if (probe->ids->len == 0)
    {
      if (probe->failure)
        g_task_return_error (task, g_steal_pointer (&probe->failure));
      else
        g_task_return_boolean (task, TRUE);
      return;
    }
  BmnHttpRequest *request = bmn_mastodon_request_new_for_id (self, "DELETE", "/api/v1/statuses/",
                                                             probe->ids->pdata[probe->ids->len - 1],
                                                             "", "sign-in", BMN_HTTP_PRIORITY_USER);
  bmn_mastodon_call_async (self, request, g_task_get_cancellable (task), on_deleted,
                           g_object_ref (task));
}

static gboolean
is_known (const BmnMastodonProbe *probe, const char *id)
{
  return g_ptr_array_find_with_equal_func (probe->ids, id, g_str_equal, NULL);
}

static void
on_sent (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  BmnMastodon *self = BMN_MASTODON (source);
  BmnMastodonProbe *probe = g_task_get_task_data (task);
  g_autoptr (BmnMastodonAnswer) answer
      = bmn_mastodon_call_finish (self, result, NULL, &probe->failure);
  g_autoptr (BmnMastodonStatus) status
      = answer ? bmn_mastodon_status_parse (bmn_json_node_object (answer->json)) : NULL;
  if (!status)
    {
      if (!probe->failure)
        probe->failure = g_error_new_literal (BMN_PLATFORM_ERROR, BMN_PLATFORM_ERROR_BAD_REPLY,
                                              _ ("The server's answer is not understood."));
      delete_next (task);
      return;
    }
  const gboolean known = is_known (probe, status->id);
  if (!known)
    g_ptr_array_add (probe->ids, g_strdup (status->id));
  if (++probe->n_sent == 1)
    {
      send_probe (task);
      return;
    }
  bmn_mastodon_learn_keys (self, known);
  delete_next (task);
}

static void
send_probe (GTask *task)
{
  BmnMastodon *self = g_task_get_source_object (task);
  const BmnMastodonProbe *probe = g_task_get_task_data (task);
  BmnHttpRequest *request = bmn_mastodon_request_new (self, "POST", "/api/v1/statuses", "sign-in",
                                                      BMN_HTTP_PRIORITY_USER);
  request->creates = TRUE;
  bmn_http_request_set_header (request, "Idempotency-Key", probe->key);
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  json_builder_begin_object (builder);
  bmn_json_add_string (builder, "status",
                       _ ("Bellman looks whether this server keeps posts from going out twice. "
                          "Nobody but you can see this message; it is deleted at once."));
  bmn_json_add_string (builder, "visibility", "direct");
  bmn_mastodon_request_take_json (request, builder);
  bmn_mastodon_call_async (self, request, g_task_get_cancellable (task), on_sent,
                           g_object_ref (task));
}

void
bmn_mastodon_probe_async (BmnMastodon *self,
                          GCancellable *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, bmn_mastodon_probe_async);
  BmnMastodonProbe *probe = g_new0 (BmnMastodonProbe, 1);
  probe->key = g_uuid_string_random ();
  probe->ids = g_ptr_array_new_with_free_func (g_free);
  g_task_set_task_data (task, probe, (GDestroyNotify)probe_free);
  send_probe (task);
}

gboolean
bmn_mastodon_probe_finish (BmnMastodon *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  return g_task_propagate_boolean (G_TASK (result), error);
}
