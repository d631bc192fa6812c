#include "bmn-cli-json-private.h"

#include "bmn-instant.h"

#include <math.h>

void
bmn_builder_add_string (JsonBuilder *builder, const char *name, const char *value)
{
  json_builder_set_member_name (builder, name);
  if (value)
    json_builder_add_string_value (builder, value);
  else
    json_builder_add_null_value (builder);
}

void
bmn_builder_add_int (JsonBuilder *builder, const char *name, gint64 value)
{
  json_builder_set_member_name (builder, name);
  json_builder_add_int_value (builder, value);
}

void
bmn_builder_add_double (JsonBuilder *builder, const char *name, double value)
{
  json_builder_set_member_name (builder, name);
  if (isfinite (value))
    json_builder_add_double_value (builder, value);
  else
    json_builder_add_null_value (builder);
}

void
bmn_builder_add_bool (JsonBuilder *builder, const char *name, gboolean value)
{
  json_builder_set_member_name (builder, name);
  json_builder_add_boolean_value (builder, value);
}

void
bmn_builder_add_instant (JsonBuilder *builder, const char *name, gint64 instant)
{
  g_autofree char *text = instant ? bmn_instant_format (instant) : NULL;
  bmn_builder_add_string (builder, name, text);
}

void
bmn_builder_add_node (JsonBuilder *builder, const char *name, JsonNode *node)
{
  json_builder_set_member_name (builder, name);
  json_builder_add_value (builder, node);
}

JsonNode *
bmn_builder_end (JsonBuilder *builder)
{
  json_builder_end_object (builder);
  return json_builder_get_root (builder);
}

JsonNode *
bmn_json_from_strv (GStrv strings)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  json_builder_begin_array (builder);
  for (guint i = 0; strings && strings[i]; i++)
    json_builder_add_string_value (builder, strings[i]);
  json_builder_end_array (builder);
  return json_builder_get_root (builder);
}

JsonNode *
bmn_json_from_list (GPtrArray *items, BmnJsonItemFunc func)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  json_builder_begin_array (builder);
  for (guint i = 0; i < items->len; i++)
    json_builder_add_value (builder, func (items->pdata[i]));
  json_builder_end_array (builder);
  return json_builder_get_root (builder);
}

static JsonNode *
from_settings (GHashTable *settings)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (GList) keys = g_list_sort (g_hash_table_get_keys (settings), (GCompareFunc)g_strcmp0);
  json_builder_begin_object (builder);
  for (GList *key = keys; key; key = key->next)
    bmn_builder_add_string (builder, key->data, g_hash_table_lookup (settings, key->data));
  return bmn_builder_end (builder);
}

JsonNode *
bmn_json_from_account (const BmnAccount *account)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  json_builder_begin_object (builder);
  bmn_builder_add_int (builder, "id", account->id);
  bmn_builder_add_string (builder, "platform", account->platform);
  bmn_builder_add_string (builder, "name", account->name);
  bmn_builder_add_string (builder, "handle", account->handle);
  bmn_builder_add_node (builder, "settings", from_settings (account->settings));
  bmn_builder_add_string (builder, "zone", account->zone);
  bmn_builder_add_bool (builder, "paused", account->paused);
  bmn_builder_add_string (builder, "missedPolicy",
                          bmn_missed_policy_to_nick (account->missed_policy));
  bmn_builder_add_int (builder, "graceSeconds", account->grace);
  bmn_builder_add_int (builder, "minGapSeconds", account->min_gap);
  bmn_builder_add_instant (builder, "createdAt", account->created_at);
  return bmn_builder_end (builder);
}

JsonNode *
bmn_json_from_capabilities (const BmnCapabilities *capabilities)
{
  static const char *const promises[] = {
    [BMN_IDEMPOTENCY_NONE] = "none",
    [BMN_IDEMPOTENCY_SERVER_KEY] = "server-key",
    [BMN_IDEMPOTENCY_RECORD_KEY] = "record-key",
  };
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  json_builder_begin_object (builder);
  bmn_builder_add_string (builder, "idempotency", promises[capabilities->idempotency]);
  bmn_builder_add_bool (builder, "needsNetwork", capabilities->needs_network);
  bmn_builder_add_bool (builder, "wholeThread", capabilities->whole_thread);
  bmn_builder_add_bool (builder, "readBack", capabilities->can_read_back);
  bmn_builder_add_bool (builder, "edit", capabilities->can_edit);
  bmn_builder_add_bool (builder, "remove", capabilities->can_remove);
  bmn_builder_add_bool (builder, "schedule", capabilities->can_schedule);
  bmn_builder_add_bool (builder, "counts", capabilities->has_counts);
  bmn_builder_add_bool (builder, "titles", capabilities->has_titles);
  bmn_builder_add_bool (builder, "visibility", capabilities->has_visibility);
  bmn_builder_add_bool (builder, "contentWarning", capabilities->has_content_warning);
  bmn_builder_add_bool (builder, "language", capabilities->has_language);
  bmn_builder_add_bool (builder, "polls", capabilities->has_polls);
  return bmn_builder_end (builder);
}

/* A limit of 0 is none, which in JSON is null. */
static void
add_limit (JsonBuilder *builder, const char *name, gint64 value)
{
  if (value > 0)
    bmn_builder_add_int (builder, name, value);
  else
    bmn_builder_add_string (builder, name, NULL);
}

JsonNode *
bmn_json_from_limits (const BmnLimits *limits)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  json_builder_begin_object (builder);
  add_limit (builder, "length", limits->max_length);
  add_limit (builder, "bytes", limits->max_bytes);
  add_limit (builder, "urlLength", limits->url_length);
  bmn_builder_add_int (builder, "media", limits->max_media);
  add_limit (builder, "altLength", limits->max_alt_length);
  add_limit (builder, "imageBytes", limits->max_image_bytes);
  add_limit (builder, "videoBytes", limits->max_video_bytes);
  add_limit (builder, "parts", limits->max_parts);
  bmn_builder_add_int (builder, "pollOptions", limits->max_poll_options);
  return bmn_builder_end (builder);
}

static JsonNode *
from_media (gconstpointer item)
{
  const BmnMedia *media = item;
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  json_builder_begin_object (builder);
  bmn_builder_add_string (builder, "path", media->path);
  bmn_builder_add_string (builder, "alt", media->alt);
  bmn_builder_add_string (builder, "mimeType", media->mime_type);
  bmn_builder_add_int (builder, "size", media->size);
  bmn_builder_add_string (builder, "sha256", media->sha256);
  bmn_builder_add_int (builder, "width", media->width);
  bmn_builder_add_int (builder, "height", media->height);
  bmn_builder_add_double (builder, "focusX", media->focus_x);
  bmn_builder_add_double (builder, "focusY", media->focus_y);
  return bmn_builder_end (builder);
}

static JsonNode *
from_part (gconstpointer item)
{
  const BmnPart *part = item;
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  json_builder_begin_object (builder);
  bmn_builder_add_string (builder, "text", part->text);
  bmn_builder_add_node (builder, "media", bmn_json_from_list (part->media, from_media));
  return bmn_builder_end (builder);
}

static JsonNode *
from_attempt (gconstpointer item)
{
  const BmnAttempt *attempt = item;
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  json_builder_begin_object (builder);
  bmn_builder_add_int (builder, "id", attempt->id);
  bmn_builder_add_int (builder, "part", attempt->part);
  bmn_builder_add_string (builder, "kind", bmn_attempt_kind_to_nick (attempt->kind));
  bmn_builder_add_string (builder, "outcome", bmn_attempt_outcome_to_nick (attempt->outcome));
  bmn_builder_add_int (builder, "revision", attempt->revision);
  bmn_builder_add_string (builder, "key", attempt->key);
  bmn_builder_add_instant (builder, "startedAt", attempt->started_at);
  bmn_builder_add_instant (builder, "finishedAt", attempt->finished_at);
  bmn_builder_add_string (builder, "errorKind", attempt->error_kind);
  bmn_builder_add_string (builder, "message", attempt->message);
  return bmn_builder_end (builder);
}

static JsonNode *
from_receipt (gconstpointer item)
{
  const BmnReceipt *receipt = item;
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  json_builder_begin_object (builder);
  bmn_builder_add_int (builder, "part", receipt->part);
  bmn_builder_add_string (builder, "remoteId", receipt->remote_id);
  bmn_builder_add_string (builder, "url", receipt->url);
  bmn_builder_add_instant (builder, "publishedAt", receipt->published_at);
  return bmn_builder_end (builder);
}

static void
add_target (JsonBuilder *builder, const BmnTarget *target)
{
  bmn_builder_add_int (builder, "id", target->id);
  bmn_builder_add_int (builder, "post", target->post_id);
  bmn_builder_add_int (builder, "account", target->account_id);
  bmn_builder_add_string (builder, "state", bmn_target_state_to_nick (target->state));
  bmn_builder_add_string (builder, "localTime", target->local_time);
  bmn_builder_add_string (builder, "zone", target->zone);
  bmn_builder_add_instant (builder, "dueAt", target->due_at);
  bmn_builder_add_instant (builder, "nextTryAt", target->next_try_at);
  bmn_builder_add_string (builder, "key", target->key);
  bmn_builder_add_int (builder, "tries", target->tries);
  bmn_builder_add_string (builder, "url", target->url);
  bmn_builder_add_instant (builder, "publishedAt", target->published_at);
  bmn_builder_add_string (builder, "errorKind", target->error_kind);
  bmn_builder_add_string (builder, "error", target->error);
}

JsonNode *
bmn_json_from_target (const BmnTarget *target)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  json_builder_begin_object (builder);
  add_target (builder, target);
  return bmn_builder_end (builder);
}

static JsonNode *
from_poll (const BmnPoll *poll)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  json_builder_begin_object (builder);
  bmn_builder_add_node (builder, "options", bmn_json_from_strv (poll->options));
  bmn_builder_add_int (builder, "durationSeconds", poll->duration);
  bmn_builder_add_bool (builder, "multiple", poll->multiple);
  bmn_builder_add_bool (builder, "hideTotals", poll->hide_totals);
  return bmn_builder_end (builder);
}

static JsonNode *
from_target_view (const BmnTargetView *view, const BmnPost *post)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  json_builder_begin_object (builder);
  add_target (builder, view->target);
  bmn_builder_add_string (builder, "accountName", view->account->name);
  bmn_builder_add_string (builder, "platform", view->account->platform);
  bmn_builder_add_bool (builder, "handOver", view->target->hand_over);
  bmn_builder_add_string (builder, "goesOut",
                          bmn_goes_out_to_nick (bmn_target_view_get_goes_out (view, post)));
  bmn_builder_add_instant (builder, "heldUntil", view->target->remote_schedule_at);
  if (view->target->parts)
    bmn_builder_add_node (builder, "parts", bmn_json_from_list (view->target->parts, from_part));
  bmn_builder_add_node (builder, "attempts", bmn_json_from_list (view->attempts, from_attempt));
  bmn_builder_add_node (builder, "receipts", bmn_json_from_list (view->receipts, from_receipt));
  return bmn_builder_end (builder);
}

JsonNode *
bmn_json_from_post_view (const BmnPostView *view)
{
  const BmnPost *post = view->post;
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  json_builder_begin_object (builder);
  bmn_builder_add_int (builder, "id", post->id);
  bmn_builder_add_int (builder, "revision", post->revision);
  bmn_builder_add_string (builder, "title", post->title);
  bmn_builder_add_node (builder, "parts", bmn_json_from_list (post->parts, from_part));
  bmn_builder_add_string (builder, "language", post->language);
  bmn_builder_add_string (builder, "contentWarning", post->content_warning);
  bmn_builder_add_bool (builder, "sensitive", post->sensitive);
  bmn_builder_add_string (builder, "visibility", bmn_visibility_to_nick (post->visibility));
  if (post->poll)
    bmn_builder_add_node (builder, "poll", from_poll (post->poll));
  bmn_builder_add_string (builder, "repeat", post->recurrence);
  if (post->series_id)
    bmn_builder_add_int (builder, "series", post->series_id);
  bmn_builder_add_string (builder, "note", post->note);
  bmn_builder_add_node (builder, "tags", bmn_json_from_strv (post->tags));
  bmn_builder_add_instant (builder, "createdAt", post->created_at);
  bmn_builder_add_instant (builder, "modifiedAt", post->modified_at);
  json_builder_set_member_name (builder, "targets");
  json_builder_begin_array (builder);
  for (guint i = 0; i < view->targets->len; i++)
    json_builder_add_value (builder, from_target_view (view->targets->pdata[i], post));
  json_builder_end_array (builder);
  return bmn_builder_end (builder);
}
