#include "bmn-mastodon-send-private.h"
#include "bmn-instant.h"
#include "bmn-json.h"
#include "bmn-mastodon-media-private.h"
#include "bmn-mastodon-scheduled-private.h"
#include "bmn-mastodon-status-private.h"

#include <glib/gi18n-lib.h>

typedef struct
{
  BmnPublishRequest *request; /* (owned) */
  int part;
  char *id; /* (owned) (nullable) of what is changed; %NULL for a new one */
  gint64 started_at;
  int status;
} BmnMastodonSending;

static void
sending_free (BmnMastodonSending *sending)
{
  bmn_publish_request_unref (sending->request);
  g_free (sending->id);
  g_free (sending);
}

/*
 * The status as JSON.
 */

static void
add_poll (JsonBuilder *builder, const BmnPoll *poll)
{
  json_builder_set_member_name (builder, "poll");
  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "options");
  json_builder_begin_array (builder);
  for (guint i = 0; poll->options[i]; i++)
    json_builder_add_string_value (builder, poll->options[i]);
  json_builder_end_array (builder);
  bmn_json_add_int (builder, "expires_in", poll->duration);
  bmn_json_add_bool (builder, "multiple", poll->multiple);
  bmn_json_add_bool (builder, "hide_totals", poll->hide_totals);
  json_builder_end_object (builder);
}

static void
add_media (JsonBuilder *builder, GPtrArray *ids)
{
  json_builder_set_member_name (builder, "media_ids");
  json_builder_begin_array (builder);
  for (guint i = 0; i < ids->len; i++)
    json_builder_add_string_value (builder, ids->pdata[i]);
  json_builder_end_array (builder);
}

/* @media_ids: (nullable): */
static void
take_status (BmnHttpRequest *http, const BmnMastodonSending *sending, GPtrArray *media_ids)
{
  const BmnPublishRequest *request = sending->request;
  const BmnPost *post = request->post;
  const BmnPart *part = request->parts->pdata[sending->part];
  const gboolean is_new = !sending->id;
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  json_builder_begin_object (builder);
  bmn_json_add_string (builder, "status", part->text);
  if (post->content_warning && *post->content_warning)
    bmn_json_add_string (builder, "spoiler_text", post->content_warning);
  if (post->sensitive)
    bmn_json_add_bool (builder, "sensitive", TRUE);
  bmn_json_add_string (builder, "language", post->language);
  if (media_ids && media_ids->len > 0)
    add_media (builder, media_ids);
  if (post->poll && sending->part == 0)
    add_poll (builder, post->poll);
  if (is_new)
    {
      bmn_json_add_string (builder, "visibility",
                           bmn_mastodon_visibility_to_word (post->visibility));
      bmn_json_add_string (builder, "in_reply_to_id",
                           bmn_mastodon_parent_of (request, sending->part));
    }
  if (is_new && request->schedule_at > 0)
    {
      g_autofree char *time = bmn_instant_format (request->schedule_at);
      bmn_json_add_string (builder, "scheduled_at", time);
    }
  bmn_mastodon_request_take_json (http, builder);
}

/* One key for each part, always the same, so that a repetition is one. */
static char *
make_key (const BmnMastodonSending *sending)
{
  const BmnPublishRequest *request = sending->request;
  return g_strdup_printf ("%s-%d", request->key, sending->part);
}

/*
 * The answer.
 */

/* Returns: (transfer full) (nullable): %NULL for an answer of another shape than expected */
static BmnReceipt *
read_answer (BmnMastodon *self, const BmnMastodonSending *sending, JsonObject *object)
{
  const gboolean wants_schedule = !sending->id && sending->request->schedule_at > 0;
  g_autoptr (BmnMastodonStatus) status = bmn_mastodon_status_parse (object);
  if (!status)
    return wants_schedule ? bmn_mastodon_scheduled_to_receipt (object, sending->part) : NULL;
  /* A server that does not know `scheduled_at` posts at once: it is never asked again. */
  if (wants_schedule)
    bmn_mastodon_set_fact (self, BMN_MASTODON_FACT_SCHEDULE, "none");
  if (status->created_at == 0)
    status->created_at = bmn_mastodon_now (self);
  return bmn_mastodon_status_to_receipt (status, sending->part);
}

static void
on_sent (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  BmnMastodon *self = BMN_MASTODON (source);
  BmnMastodonSending *sending = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (BmnMastodonAnswer) answer
      = bmn_mastodon_call_finish (self, result, &sending->status, &error);
  if (!answer)
    {
      g_task_return_error (task, error);
      return;
    }
  BmnReceipt *receipt = read_answer (self, sending, bmn_json_node_object (answer->json));
  if (receipt)
    g_task_return_pointer (task, receipt, (GDestroyNotify)bmn_receipt_free);
  else
    g_task_return_new_error (task, BMN_PLATFORM_ERROR, BMN_PLATFORM_ERROR_UNKNOWN_OUTCOME,
                             _ ("The server's answer to the post is not understood. Bellman looks "
                                "whether it is there."));
}

/* @media_ids: (nullable): */
static void
send_status (GTask *task, GPtrArray *media_ids)
{
  BmnMastodon *self = g_task_get_source_object (task);
  const BmnMastodonSending *sending = g_task_get_task_data (task);
  const gboolean changes = sending->id != NULL;
  const gint64 life = bmn_mastodon_get_request_life (self);
  const gint64 elapsed = bmn_mastodon_now (self) - sending->started_at;
  /* The record says that no request can arrive later than its life after the start. */
  if (elapsed < 0 || elapsed > life * 3 / 5 * G_USEC_PER_SEC)
    {
      g_task_return_new_error (task, BMN_PLATFORM_ERROR, BMN_PLATFORM_ERROR_TIMED_OUT,
                               _ ("Preparing the post took too long. Bellman tries again."));
      return;
    }
  BmnHttpRequest *http
      = changes ? bmn_mastodon_request_new_for_id (self, "PUT", "/api/v1/statuses/", sending->id,
                                                   "", "publish", BMN_HTTP_PRIORITY_PUBLISH)
                : bmn_mastodon_request_new (self, "POST", "/api/v1/statuses", "publish",
                                            BMN_HTTP_PRIORITY_PUBLISH);
  http->timeout = MAX (1, life / 5);
  http->creates = !changes;
  if (!changes)
    {
      g_autofree char *key = make_key (sending);
      bmn_http_request_set_header (http, "Idempotency-Key", key);
    }
  take_status (http, sending, media_ids);
  bmn_mastodon_call_async (self, http, g_task_get_cancellable (task), on_sent, g_object_ref (task));
}

static void
on_uploaded (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  GError *error = NULL;
  g_autoptr (GPtrArray) ids = bmn_mastodon_upload_finish (BMN_MASTODON (source), result, &error);
  if (ids)
    send_status (task, ids);
  else
    g_task_return_error (task, error);
}

void
bmn_mastodon_send_part_async (BmnMastodon *self,
                              BmnPublishRequest *request,
                              int part_index,
                              const BmnReceipt *receipt,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, bmn_mastodon_send_part_async);
  g_task_set_check_cancellable (task, FALSE);
  BmnMastodonSending *sending = g_new0 (BmnMastodonSending, 1);
  g_task_set_task_data (task, sending, (GDestroyNotify)sending_free);
  sending->request = bmn_publish_request_ref (request);
  sending->part = part_index;
  sending->id = receipt ? g_strdup (receipt->remote_id) : NULL;
  sending->started_at = bmn_mastodon_now (self);
  const BmnPart *part = request->parts->pdata[part_index];
  const gint64 deadline
      = sending->started_at + bmn_mastodon_get_request_life (self) * 3 / 5 * G_USEC_PER_SEC;
  if (part->media->len > 0)
    bmn_mastodon_upload_async (self, part->media, deadline, cancellable, on_uploaded,
                               g_object_ref (task));
  else
    send_status (task, NULL);
}

BmnReceipt *
bmn_mastodon_send_part_finish (BmnMastodon *self, GAsyncResult *result, int *status, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  const BmnMastodonSending *sending = g_task_get_task_data (G_TASK (result));
  if (status)
    *status = sending->status;
  return g_task_propagate_pointer (G_TASK (result), error);
}
