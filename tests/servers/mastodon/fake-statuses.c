#include "fake-compose.h"
#include "fake-entities.h"
#include "fake-handlers.h"

#include <string.h>

/* Keys belong to an account and are forgotten after an hour.
 * https://docs.joinmastodon.org/methods/statuses/#create */
static char *
key_name (FakeCall *call, const char *key)
{
  return g_strdup_printf ("%s/%s", call->account->id, key);
}

static FakeKey *
find_key (FakeCall *call, const char *key)
{
  if (!key || fake_config_has (&call->fake->config, FAKE_SWITCH_KEY_IGNORED))
    return NULL;
  g_autofree char *name = key_name (call, key);
  FakeKey *found = g_hash_table_lookup (call->fake->keys, name);
  return found && found->expires_at > fake_now (call->fake) ? found : NULL;
}

static void
remember_key (FakeCall *call, const char *key, FakeStatus *status, FakeSchedule *schedule)
{
  if (!key)
    return;
  FakeKey *record = g_new0 (FakeKey, 1);
  record->status = status;
  record->schedule = schedule;
  record->expires_at = fake_now (call->fake) + call->fake->config.key_seconds * G_TIME_SPAN_SECOND;
  g_hash_table_replace (call->fake->keys, key_name (call, key), record);
}

static void
reply_status (FakeCall *call, const FakeStatus *status)
{
  fake_call_reply (call, 200, fake_status_to_json (call->fake, status, call->account));
}

/* The same answer as the first time; what has gone since cannot be answered with. */
static void
reply_known (FakeCall *call, const FakeKey *known)
{
  g_autofree char *text = fake_call_get_string (call, "status");
  const FakeDraft *draft = known->status ? known->status->draft : known->schedule->draft;
  if (draft && g_strcmp0 (draft->text, text ? text : "") != 0)
    fake_call_complain (call, "the Idempotency-Key was used before with another text");
  if (known->status && !known->status->deleted)
    reply_status (call, known->status);
  else if (known->schedule && !known->schedule->done)
    fake_call_reply (call, 200, fake_schedule_to_json (call->fake, known->schedule));
  else
    fake_call_not_found (call);
}

/* FALSE, with the answer set, where the time is unusable; @when is 0 to post now. */
static gboolean
read_schedule (FakeCall *call, gint64 *when)
{
  const FakeConfig *config = &call->fake->config;
  g_autofree char *text = fake_call_get_string (call, "scheduled_at");
  *when = 0;
  if (!text || *text == '\0' || fake_config_has (config, FAKE_SWITCH_SCHEDULE_IGNORED)
      || fake_config_has (config, FAKE_SWITCH_NO_SCHEDULES))
    return TRUE;
  if (!fake_instant_from_text (text, when))
    {
      fake_call_fail (call, 422, "Validation failed: Scheduled at is invalid");
      return FALSE;
    }
  if (*when <= fake_now (call->fake) && fake_config_has (config, FAKE_SWITCH_PAST_SCHEDULE_POSTS))
    *when = 0;
  return TRUE;
}

void
fake_statuses_create (FakeCall *call)
{
  const char *key = fake_call_get_header (call, "Idempotency-Key");
  FakeKey *known = find_key (call, key);
  gint64 when;
  if (!key)
    fake_call_complain (call, "there is no Idempotency-Key");
  if (known)
    {
      reply_known (call, known);
      return;
    }
  g_autoptr (FakeDraft) draft = fake_draft_from_call (call, NULL);
  if (!draft || !read_schedule (call, &when))
    return;
  if (when)
    {
      guint before = call->fake->schedules->len;
      fake_schedules_create (call, g_steal_pointer (&draft), when, g_strdup (key));
      if (call->fake->schedules->len > before)
        remember_key (call, key, NULL, call->fake->schedules->pdata[before]);
      return;
    }
  FakeStatus *status = fake_status_add (call->fake, call->account, call->token->app,
                                        g_steal_pointer (&draft), fake_now (call->fake));
  status->key = g_strdup (key);
  remember_key (call, key, status, NULL);
  reply_status (call, status);
}

/* The status at :id where the caller may see it; NULL with the answer set otherwise. */
static FakeStatus *
find_visible (FakeCall *call)
{
  FakeStatus *status = fake_find_status (call->fake, call->id);
  if (status && fake_status_is_visible (status, call->account))
    return status;
  fake_call_not_found (call);
  return NULL;
}

static FakeStatus *
find_own (FakeCall *call)
{
  FakeStatus *status = fake_find_status (call->fake, call->id);
  if (status && status->account == call->account)
    return status;
  fake_call_not_found (call);
  return NULL;
}

void
fake_statuses_get (FakeCall *call)
{
  FakeStatus *status = find_visible (call);
  if (status)
    reply_status (call, status);
}

void
fake_statuses_index (FakeCall *call)
{
  g_auto (GStrv) ids = fake_call_get_strv (call, "id");
  JsonArray *array = json_array_new ();
  for (char **id = ids; *id; id++)
    {
      FakeStatus *status = fake_find_status (call->fake, *id);
      if (status && fake_status_is_visible (status, call->account))
        json_array_add_object_element (array,
                                       fake_status_to_json (call->fake, status, call->account));
    }
  fake_call_reply_array (call, array);
}

/* media_attributes changes description and focus of files that stay attached. */
static void
apply_media_attributes (FakeCall *call, FakeDraft *draft)
{
  JsonNode *node = json_object_get_member (call->params, "media_attributes");
  if (!node || !JSON_NODE_HOLDS_ARRAY (node))
    return;
  JsonArray *array = json_node_get_array (node);
  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      JsonNode *element = json_array_get_element (array, i);
      if (!JSON_NODE_HOLDS_OBJECT (element))
        continue;
      JsonObject *change = json_node_get_object (element);
      const char *id = json_object_get_string_member_with_default (change, "id", NULL);
      const char *text = json_object_get_string_member_with_default (change, "description", NULL);
      FakeMedia *media = fake_find_media (call->fake, id);
      if (!media || !text || !g_ptr_array_find (draft->media, media, NULL))
        continue;
      g_free (media->description);
      media->description = g_strdup (text);
    }
}

static void
detach_files (FakeStatus *status)
{
  for (guint i = 0; i < status->draft->media->len; i++)
    {
      FakeMedia *media = status->draft->media->pdata[i];
      g_clear_pointer (&media->status_id, g_free);
    }
}

void
fake_statuses_edit (FakeCall *call)
{
  FakeStatus *status = find_own (call);
  if (!status)
    return;
  g_autoptr (FakeDraft) draft = fake_draft_from_call (call, status);
  if (!draft)
    return;
  g_ptr_array_add (status->history, fake_status_to_edit (call->fake, status));
  detach_files (status);
  fake_draft_free (status->draft);
  status->draft = g_steal_pointer (&draft);
  status->edited_at = fake_now (call->fake);
  for (guint i = 0; i < status->draft->media->len; i++)
    {
      FakeMedia *media = status->draft->media->pdata[i];
      media->status_id = g_strdup (status->id);
    }
  apply_media_attributes (call, status->draft);
  reply_status (call, status);
}

void
fake_statuses_delete (FakeCall *call)
{
  FakeStatus *status = find_own (call);
  if (!status)
    return;
  JsonObject *json = fake_status_to_json (call->fake, status, call->account);
  json_object_remove_member (json, "content");
  json_object_set_string_member (json, "text", status->draft->text);
  status->deleted = TRUE;
  /* The files may be used again in a new status. */
  detach_files (status);
  for (guint i = 0; fake_call_get_bool (call, "delete_media") && i < status->draft->media->len; i++)
    ((FakeMedia *)status->draft->media->pdata[i])->deleted = TRUE;
  fake_call_reply (call, 200, json);
}

static void
add_descendants (FakeCall *call, JsonArray *array, const char *id)
{
  for (guint i = 0; i < call->fake->statuses->len; i++)
    {
      const FakeStatus *status = call->fake->statuses->pdata[i];
      if (status->deleted || g_strcmp0 (status->draft->in_reply_to_id, id) != 0
          || !fake_status_is_visible (status, call->account))
        continue;
      json_array_add_object_element (array,
                                     fake_status_to_json (call->fake, status, call->account));
      add_descendants (call, array, status->id);
    }
}

void
fake_statuses_context (FakeCall *call)
{
  FakeStatus *status = find_visible (call);
  if (!status)
    return;
  g_autoptr (GPtrArray) chain = g_ptr_array_new ();
  FakeStatus *parent = fake_find_status (call->fake, status->draft->in_reply_to_id);
  for (; parent; parent = fake_find_status (call->fake, parent->draft->in_reply_to_id))
    if (fake_status_is_visible (parent, call->account))
      g_ptr_array_add (chain, parent);
  JsonArray *ancestors = json_array_new ();
  for (guint i = chain->len; i > 0; i--)
    json_array_add_object_element (
        ancestors, fake_status_to_json (call->fake, chain->pdata[i - 1], call->account));
  JsonArray *descendants = json_array_new ();
  add_descendants (call, descendants, status->id);
  fake_call_reply (call, 200,
                   fake_object ("a:ancestors", ancestors, "a:descendants", descendants, NULL));
}

void
fake_statuses_history (FakeCall *call)
{
  FakeStatus *status = find_visible (call);
  if (!status)
    return;
  JsonArray *array = json_array_new ();
  for (guint i = 0; i < status->history->len; i++)
    json_array_add_object_element (array, json_object_ref (status->history->pdata[i]));
  json_array_add_object_element (array, fake_status_to_edit (call->fake, status));
  fake_call_reply_array (call, array);
}

void
fake_statuses_source (FakeCall *call)
{
  FakeStatus *status = find_visible (call);
  if (status)
    fake_call_reply (call, 200,
                     fake_object ("s:id", status->id, "s:text", status->draft->text,
                                  "s:spoiler_text", status->draft->spoiler_text, NULL));
}

void
fake_statuses_reply_page (FakeCall *call, GPtrArray *statuses)
{
  g_autoptr (GPtrArray) ids = g_ptr_array_new ();
  for (guint i = 0; i < statuses->len; i++)
    g_ptr_array_add (ids, ((FakeStatus *)statuses->pdata[i])->id);
  g_autoptr (GArray) page = fake_call_page (call, ids, 20, 40);
  JsonArray *array = json_array_new ();
  for (guint i = 0; i < page->len; i++)
    {
      const FakeStatus *status = statuses->pdata[g_array_index (page, guint, i)];
      json_array_add_object_element (array,
                                     fake_status_to_json (call->fake, status, call->account));
    }
  fake_call_reply_array (call, array);
}
