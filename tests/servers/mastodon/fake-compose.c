#include "fake-compose.h"

#include "fake-text.h"

#include <string.h>

static const char *const visibilities[] = { "public", "unlisted", "private", "direct", NULL };

static const struct
{
  const char *name;
  char type; /* t text, b boolean, a array, o object */
} documented[] = {
  { "status", 't' },       { "media_ids", 'a' },      { "media_attributes", 'a' },
  { "poll", 'o' },         { "in_reply_to_id", 't' }, { "sensitive", 'b' },
  { "spoiler_text", 't' }, { "visibility", 't' },     { "language", 't' },
  { "scheduled_at", 't' },
};

static gboolean
has_type (JsonNode *node, char type)
{
  GType held = JSON_NODE_HOLDS_VALUE (node) ? json_node_get_value_type (node) : G_TYPE_NONE;
  switch (type)
    {
    case 't':
      return held == G_TYPE_STRING;
    case 'b': /* forms have nothing but text */
      return held == G_TYPE_BOOLEAN || held == G_TYPE_STRING;
    case 'a':
      return JSON_NODE_HOLDS_ARRAY (node);
    default:
      return JSON_NODE_HOLDS_OBJECT (node);
    }
}

static gboolean
check_types (FakeCall *call)
{
  JsonObjectIter iter;
  const char *name;
  JsonNode *node;
  json_object_iter_init (&iter, call->params);
  while (json_object_iter_next (&iter, &name, &node))
    {
      gsize i;
      for (i = 0; i < G_N_ELEMENTS (documented); i++)
        if (g_str_equal (documented[i].name, name))
          break;
      if (i == G_N_ELEMENTS (documented))
        fake_call_complain (call, "there is no parameter “%s”", name);
      else if (!JSON_NODE_HOLDS_NULL (node) && !has_type (node, documented[i].type))
        {
          g_autofree char *reason = g_strdup_printf ("Validation failed: %s is invalid", name);
          fake_call_fail (call, 422, reason);
          return FALSE;
        }
    }
  return TRUE;
}

static char *
check_poll (const FakeConfig *config, const FakePoll *poll)
{
  guint n = g_strv_length (poll->options);
  if (n < 2)
    return g_strdup ("Validation failed: Options must have more than one item");
  if (n > config->poll_max_options)
    return g_strdup_printf ("Validation failed: Options can't contain more than %" G_GINT64_FORMAT
                            " items",
                            config->poll_max_options);
  for (guint i = 0; i < n; i++)
    {
      g_autofree char *stripped = g_strstrip (g_strdup (poll->options[i]));
      if (*stripped == '\0')
        return g_strdup ("Validation failed: Options can't be blank");
      if (fake_text_count_graphemes (stripped) > config->poll_max_characters)
        return g_strdup_printf ("Validation failed: Options can't be longer than %" G_GINT64_FORMAT
                                " characters each",
                                config->poll_max_characters);
      for (guint j = 0; j < i; j++)
        if (g_str_equal (poll->options[i], poll->options[j]))
          return g_strdup ("Validation failed: Options contain duplicate items");
    }
  if (poll->expires_in > config->poll_max_expiration)
    return g_strdup ("Validation failed: Expires at is too far into the future");
  if (poll->expires_in < config->poll_min_expiration)
    return g_strdup ("Validation failed: Expires at is too soon");
  return NULL;
}

static char *
check_files (const FakeConfig *config, const FakeDraft *draft)
{
  if (draft->media->len > config->max_media_attachments || (draft->media->len && draft->poll))
    return g_strdup_printf ("Cannot attach more than %" G_GINT64_FORMAT " files",
                            config->max_media_attachments);
  for (guint i = 0; draft->media->len > 1 && i < draft->media->len; i++)
    {
      const FakeMedia *media = draft->media->pdata[i];
      if (!g_str_equal (media->kind, "image"))
        return g_strdup ("Cannot attach a video to a post that already contains images");
    }
  return NULL;
}

static char *
check_text (const FakeConfig *config, const FakeDraft *draft)
{
  g_autofree char *stripped = g_strstrip (g_strdup (draft->text));
  if (*stripped == '\0' && draft->media->len == 0 && !draft->poll)
    return g_strdup ("Validation failed: Text can't be blank");
  gint64 length = fake_text_length (draft->text, config->characters_reserved_per_url)
                  + fake_text_count_graphemes (draft->spoiler_text);
  if (length > config->max_characters)
    return g_strdup_printf ("Validation failed: Text character limit of %" G_GINT64_FORMAT
                            " exceeded",
                            config->max_characters);
  return NULL;
}

gboolean
fake_draft_is_valid (BmnFakeMastodon *fake, const FakeDraft *draft, char **reason)
{
  *reason = check_text (&fake->config, draft);
  if (!*reason)
    *reason = check_files (&fake->config, draft);
  if (!*reason && draft->poll)
    *reason = check_poll (&fake->config, draft->poll);
  if (!*reason && draft->in_reply_to_id && !fake_find_status (fake, draft->in_reply_to_id))
    *reason = g_strdup ("Record not found");
  return *reason == NULL;
}

/* A file must be the account's own, not attached elsewhere, and processed. */
static gboolean
read_files (FakeCall *call, FakeDraft *draft, const FakeStatus *editing)
{
  g_auto (GStrv) ids = fake_call_get_strv (call, "media_ids");
  g_ptr_array_set_size (draft->media, 0);
  for (char **id = ids; *id; id++)
    {
      FakeMedia *media = fake_find_media (call->fake, *id);
      gboolean kept = media && editing && g_strcmp0 (media->status_id, editing->id) == 0;
      if (!media || media->account != call->account || (media->status_id && !kept))
        {
          g_autofree char *reason
              = g_strdup_printf ("Media %s not found or already attached to another post", *id);
          fake_call_fail (call, 422, reason);
          return FALSE;
        }
      if (media->failed || media->ready_at > fake_now (call->fake))
        {
          fake_call_fail (call, 422,
                          "Cannot attach files that have not finished processing. "
                          "Try again in a moment!");
          return FALSE;
        }
      g_ptr_array_add (draft->media, media);
    }
  return TRUE;
}

static gboolean
truth (JsonObject *object, const char *name)
{
  JsonNode *node = json_object_get_member (object, name);
  if (!node || !JSON_NODE_HOLDS_VALUE (node))
    return FALSE;
  const char *text = json_node_get_string (node);
  return text ? g_str_equal (text, "true") || g_str_equal (text, "1")
              : json_node_get_boolean (node);
}

static FakePoll *
read_poll (JsonObject *object)
{
  g_autoptr (GPtrArray) options = g_ptr_array_new ();
  JsonNode *list = json_object_get_member (object, "options");
  JsonNode *expires = json_object_get_member (object, "expires_in");
  if (!list || !JSON_NODE_HOLDS_ARRAY (list) || !expires || !JSON_NODE_HOLDS_VALUE (expires))
    return NULL;
  JsonArray *array = json_node_get_array (list);
  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      JsonNode *option = json_array_get_element (array, i);
      if (!JSON_NODE_HOLDS_VALUE (option) || !json_node_get_string (option))
        return NULL;
      g_ptr_array_add (options, (gpointer)json_node_get_string (option));
    }
  g_ptr_array_add (options, NULL);
  const char *text = json_node_get_string (expires);
  FakePoll *poll = g_new0 (FakePoll, 1);
  poll->options = g_strdupv ((char **)options->pdata);
  poll->expires_in = text ? g_ascii_strtoll (text, NULL, 10) : json_node_get_int (expires);
  poll->multiple = truth (object, "multiple");
  poll->hide_totals = truth (object, "hide_totals");
  return poll;
}

static void
replace (char **field, char *text)
{
  if (!text)
    return;
  g_free (*field);
  *field = text;
}

static FakePoll *
copy_poll (const FakePoll *poll)
{
  FakePoll *copy = g_memdup2 (poll, sizeof *poll);
  copy->options = g_strdupv (poll->options);
  return copy;
}

static FakeDraft *
start_draft (const FakeStatus *editing)
{
  FakeDraft *draft = g_new0 (FakeDraft, 1);
  const FakeDraft *old = editing ? editing->draft : NULL;
  draft->text = g_strdup (old ? old->text : "");
  draft->spoiler_text = g_strdup (old ? old->spoiler_text : "");
  draft->visibility = g_strdup (old ? old->visibility : "public");
  draft->language = g_strdup (old ? old->language : "en");
  draft->in_reply_to_id = g_strdup (old ? old->in_reply_to_id : NULL);
  draft->sensitive = old ? old->sensitive : FALSE;
  draft->poll = old && old->poll ? copy_poll (old->poll) : NULL;
  draft->media = g_ptr_array_new ();
  for (guint i = 0; old && i < old->media->len; i++)
    g_ptr_array_add (draft->media, old->media->pdata[i]);
  return draft;
}

static const char *
shown_visibility (const FakeConfig *config, const char *asked)
{
  if (g_str_equal (asked, "unlisted") && fake_config_has (config, FAKE_SWITCH_UNLISTED_AS_PRIVATE))
    return "private";
  if (g_str_equal (asked, "private") && fake_config_has (config, FAKE_SWITCH_PRIVATE_AS_UNLISTED))
    return "unlisted";
  return asked;
}

static gboolean
read_visibility (FakeCall *call, FakeDraft *draft)
{
  g_autofree char *visibility = fake_call_get_string (call, "visibility");
  if (!visibility)
    return TRUE;
  if (!g_strv_contains (visibilities, visibility))
    {
      fake_call_fail (call, 422, "Validation failed: Visibility is not included in the list");
      return FALSE;
    }
  replace (&draft->visibility, g_strdup (shown_visibility (&call->fake->config, visibility)));
  return TRUE;
}

static gboolean
read_language (FakeCall *call, FakeDraft *draft)
{
  g_autofree char *language = fake_call_get_string (call, "language");
  if (!language || *language == '\0')
    return TRUE;
  if (!fake_text_is_language (language))
    {
      fake_call_fail (call, 422, "Validation failed: Language is invalid");
      return FALSE;
    }
  replace (&draft->language, g_steal_pointer (&language));
  return TRUE;
}

static gboolean
read_reply (FakeCall *call, FakeDraft *draft)
{
  g_autofree char *id = fake_call_get_string (call, "in_reply_to_id");
  if (!id || *id == '\0')
    return TRUE;
  if (!fake_find_status (call->fake, id))
    {
      fake_call_not_found (call);
      return FALSE;
    }
  replace (&draft->in_reply_to_id, g_steal_pointer (&id));
  return TRUE;
}

static gboolean
read_attachments (FakeCall *call, FakeDraft *draft, const FakeStatus *editing)
{
  if (fake_call_has (call, "poll"))
    {
      g_clear_pointer (&draft->poll, fake_poll_free);
      draft->poll = read_poll (json_object_get_object_member (call->params, "poll"));
      if (!draft->poll)
        {
          fake_call_fail (call, 422, "Validation failed: Poll is invalid");
          return FALSE;
        }
    }
  return !json_object_has_member (call->params, "media_ids") || read_files (call, draft, editing);
}

FakeDraft *
fake_draft_from_call (FakeCall *call, FakeStatus *editing)
{
  g_autoptr (FakeDraft) draft = start_draft (editing);
  g_autofree char *reason = NULL;
  if (!check_types (call))
    return NULL;
  replace (&draft->text, fake_call_get_string (call, "status"));
  replace (&draft->spoiler_text, fake_call_get_string (call, "spoiler_text"));
  if (fake_call_has (call, "sensitive"))
    draft->sensitive = fake_call_get_bool (call, "sensitive");
  if (!editing && (!read_visibility (call, draft) || !read_reply (call, draft)))
    return NULL;
  if (!read_language (call, draft) || !read_attachments (call, draft, editing))
    return NULL;
  if (!fake_draft_is_valid (call->fake, draft, &reason))
    {
      fake_call_fail (call, 422, reason);
      return NULL;
    }
  return g_steal_pointer (&draft);
}
