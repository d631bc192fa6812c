#include "fake-report.h"

void
fake_report_request (FakeCall *call, const FakeFault *fault)
{
  BmnFakeMastodon *fake = call->fake;
  const char *method = soup_server_message_get_method (call->message);
  const char *path = call->route ? call->route->path : fake_call_get_path (call);
  g_autofree char *key = g_strconcat (method, " ", path, NULL);
  guint count = GPOINTER_TO_UINT (g_hash_table_lookup (fake->counts, key));
  JsonObject *request = fake_object (
      "s:method", method, "s:path", fake_call_get_path (call), "t:at", fake_now (fake), "i:status",
      (gint64)call->status, "s:key", fake_call_get_header (call, "Idempotency-Key"), "s:user_agent",
      fake_call_get_header (call, "User-Agent"), "b:authorized", call->token != NULL, NULL);
  g_hash_table_replace (fake->counts, g_steal_pointer (&key), GUINT_TO_POINTER (count + 1));
  if (fault)
    json_object_set_object_member (request, "fault", fake_fault_to_json (fault));
  g_ptr_array_add (fake->requests, request);
}

static JsonArray *
media_ids (const FakeDraft *draft)
{
  JsonArray *array = json_array_new ();
  for (guint i = 0; i < draft->media->len; i++)
    json_array_add_string_element (array, ((FakeMedia *)draft->media->pdata[i])->id);
  return array;
}

static JsonArray *
poll_options (const FakeDraft *draft)
{
  return fake_array_from_strv (draft->poll ? (const char *const *)draft->poll->options : NULL);
}

static JsonObject *
report_draft (const FakeDraft *draft)
{
  return fake_object ("s:text", draft->text, "s:spoiler_text", draft->spoiler_text, "s:visibility",
                      draft->visibility, "s:language", draft->language, "b:sensitive",
                      draft->sensitive, "s:in_reply_to_id", draft->in_reply_to_id, "a:media_ids",
                      media_ids (draft), "a:poll", poll_options (draft), NULL);
}

static JsonArray *
report_statuses (BmnFakeMastodon *fake)
{
  JsonArray *array = json_array_new ();
  for (guint i = 0; i < fake->statuses->len; i++)
    {
      const FakeStatus *status = fake->statuses->pdata[i];
      JsonObject *json = report_draft (status->draft);
      json_object_set_string_member (json, "id", status->id);
      json_object_set_string_member (json, "account", status->account->username);
      if (status->key)
        json_object_set_string_member (json, "key", status->key);
      else
        json_object_set_null_member (json, "key");
      json_object_set_string_member (json, "source", status->scheduled ? "scheduled" : "direct");
      g_autofree char *created = fake_instant_to_text (status->created_at);
      json_object_set_string_member (json, "created_at", created);
      json_object_set_boolean_member (json, "deleted", status->deleted);
      json_object_set_int_member (json, "edits", status->history->len);
      json_object_set_int_member (json, "favourites", status->favourites);
      json_object_set_int_member (json, "reblogs", status->reblogs);
      json_array_add_object_element (array, json);
    }
  return array;
}

static JsonArray *
report_schedules (BmnFakeMastodon *fake)
{
  JsonArray *array = json_array_new ();
  for (guint i = 0; i < fake->schedules->len; i++)
    {
      const FakeSchedule *schedule = fake->schedules->pdata[i];
      if (schedule->done)
        continue;
      g_autofree char *when = fake_instant_to_text (schedule->scheduled_at);
      JsonObject *json = report_draft (schedule->draft);
      json_object_set_string_member (json, "id", schedule->id);
      json_object_set_string_member (json, "account", schedule->account->username);
      json_object_set_string_member (json, "scheduled_at", when);
      json_array_add_object_element (array, json);
    }
  return array;
}

static JsonArray *
report_media (BmnFakeMastodon *fake)
{
  JsonArray *array = json_array_new ();
  for (guint i = 0; i < fake->media->len; i++)
    {
      const FakeMedia *media = fake->media->pdata[i];
      json_array_add_object_element (
          array,
          fake_object ("s:id", media->id, "s:account", media->account->username, "s:kind",
                       media->kind, "s:mime", media->mime, "s:description", media->description,
                       "s:sha256", media->checksum, "i:size", (gint64)media->size, "i:width",
                       (gint64)media->width, "i:height", (gint64)media->height, "b:has_metadata",
                       media->has_metadata, "b:has_focus", media->has_focus, "d:focus_x",
                       media->focus_x, "d:focus_y", media->focus_y, "s:status_id", media->status_id,
                       "b:deleted", media->deleted, NULL));
    }
  return array;
}

/* Statuses that stand twice: of one author, with the same text, in reply to the same. */
static JsonArray *
report_duplicates (BmnFakeMastodon *fake)
{
  g_autoptr (GHashTable) seen
      = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify)json_array_unref);
  JsonArray *duplicates = json_array_new ();
  for (guint i = 0; i < fake->statuses->len; i++)
    {
      const FakeStatus *status = fake->statuses->pdata[i];
      const FakeDraft *draft = status->draft;
      if (status->deleted)
        continue;
      g_autofree char *identity
          = g_strjoin ("\x1f", status->account->id,
                       draft->in_reply_to_id ? draft->in_reply_to_id : "", draft->text, NULL);
      JsonArray *ids = g_hash_table_lookup (seen, identity);
      if (ids)
        {
          json_array_add_string_element (ids, status->id);
          if (json_array_get_length (ids) == 2)
            json_array_add_object_element (duplicates, fake_object ("s:text", draft->text, "a:ids",
                                                                    json_array_ref (ids), NULL));
          continue;
        }
      ids = json_array_new ();
      json_array_add_string_element (ids, status->id);
      g_hash_table_insert (seen, g_steal_pointer (&identity), ids);
    }
  return duplicates;
}

static JsonObject *
report_counts (BmnFakeMastodon *fake)
{
  JsonObject *counts = json_object_new ();
  GHashTableIter iter;
  gpointer key, count;
  g_hash_table_iter_init (&iter, fake->counts);
  while (g_hash_table_iter_next (&iter, &key, &count))
    json_object_set_int_member (counts, key, GPOINTER_TO_UINT (count));
  return counts;
}

static JsonArray *
list_objects (GPtrArray *objects)
{
  JsonArray *array = json_array_new ();
  for (guint i = 0; i < objects->len; i++)
    json_array_add_object_element (array, json_object_ref (objects->pdata[i]));
  return array;
}

static JsonArray *
report_faults (BmnFakeMastodon *fake)
{
  JsonArray *array = json_array_new ();
  for (guint i = 0; i < fake->faults->len; i++)
    json_array_add_object_element (array, fake_fault_to_json (fake->faults->pdata[i]));
  return array;
}

static gint64
count_good_tokens (BmnFakeMastodon *fake)
{
  gint64 count = 0;
  for (guint i = 0; i < fake->tokens->len; i++)
    {
      const FakeToken *token = fake->tokens->pdata[i];
      count += !token->revoked && (!token->expires_at || token->expires_at > fake_now (fake));
    }
  return count;
}

JsonObject *
fake_report_state (BmnFakeMastodon *fake)
{
  JsonArray *complaints = json_array_new ();
  for (guint i = 0; i < fake->complaints->len; i++)
    json_array_add_string_element (complaints, fake->complaints->pdata[i]);
  return fake_object ("t:now", fake_now (fake), "a:statuses", report_statuses (fake), "a:scheduled",
                      report_schedules (fake), "a:lost", list_objects (fake->lost), "a:media",
                      report_media (fake), "a:duplicates", report_duplicates (fake), "o:requests",
                      report_counts (fake), "a:decoy", list_objects (fake->decoys), "a:faults",
                      report_faults (fake), "a:complaints", complaints, "i:apps",
                      (gint64)fake->apps->len, "i:tokens", count_good_tokens (fake), NULL);
}
