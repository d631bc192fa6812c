#include "fake-entities.h"

#include "fake-text.h"

#include <string.h>

gboolean
fake_status_is_visible (const FakeStatus *status, const FakeAccount *viewer)
{
  const char *visibility = status->draft->visibility;
  if (g_str_equal (visibility, "public") || g_str_equal (visibility, "unlisted"))
    return TRUE;
  return viewer
         && (viewer == status->account
             || fake_text_mentions (status->draft->text, viewer->username));
}

JsonObject *
fake_account_to_json (BmnFakeMastodon *fake, const FakeAccount *account)
{
  g_autofree char *base = fake_link_base (fake);
  g_autofree char *url = g_strdup_printf ("%s/@%s", base, account->username);
  g_autofree char *uri = g_strdup_printf ("%s/users/%s", base, account->username);
  g_autofree char *picture = g_strdup_printf (
      "%s/avatars/%s.png", base, account->has_no_avatar ? "original/missing" : account->username);
  g_autofree char *last = NULL;
  gint64 count = 0;
  for (guint i = 0; i < fake->statuses->len; i++)
    {
      const FakeStatus *status = fake->statuses->pdata[i];
      if (status->deleted || status->account != account)
        continue;
      count++;
      g_free (last);
      last = fake_instant_to_text (status->created_at);
      last[strlen ("2026-01-01")] = '\0';
    }
  /* Mastodon clamps it to midnight, so that the hour of joining is nobody's business. */
  gint64 joined = account->created_at - account->created_at % G_TIME_SPAN_DAY;
  return fake_object (
      "s:id", account->id, "s:username", account->username, "s:acct", account->username,
      "s:display_name", account->display_name, "b:locked", FALSE, "b:bot", FALSE, "b:discoverable",
      TRUE, "b:group", FALSE, "t:created_at", joined, "s:note", "<p>Writes tests.</p>", "s:url",
      url, "s:uri", uri, "s:avatar", picture, "s:avatar_static", picture, "s:header", picture,
      "s:header_static", picture, "i:followers_count", (gint64)42, "i:following_count", (gint64)7,
      "i:statuses_count", count, "s:last_status_at", last, "a:emojis", json_array_new (),
      "a:fields", json_array_new (), "a:roles", json_array_new (), NULL);
}

JsonObject *
fake_media_to_json (BmnFakeMastodon *fake, const FakeMedia *media)
{
  g_autofree char *base = fake_link_base (fake);
  g_autofree char *url = g_strdup_printf ("%s/media/%s/original", base, media->id);
  g_autofree char *preview = g_strdup_printf ("%s/media/%s/small", base, media->id);
  gboolean ready = !media->failed && media->ready_at <= fake_now (fake);
  JsonObject *meta = json_object_new ();
  if (media->has_focus)
    json_object_set_object_member (
        meta, "focus", fake_object ("d:x", media->focus_x, "d:y", media->focus_y, NULL));
  if (media->width && media->height)
    {
      g_autofree char *size = g_strdup_printf ("%ux%u", media->width, media->height);
      json_object_set_object_member (meta, "original",
                                     fake_object ("i:width", (gint64)media->width, "i:height",
                                                  (gint64)media->height, "s:size", size, "d:aspect",
                                                  (double)media->width / media->height, NULL));
    }
  return fake_object (
      "s:id", media->id, "s:type", media->kind, "s:url", ready ? url : NULL, "s:preview_url",
      preview, "n:remote_url", NULL, "o:meta", meta, "s:description", media->description,
      "s:blurhash",
      g_str_equal (media->kind, "audio") ? NULL : "UFBWY:8_0Jxv4mx]t8t64.%M-:IUWGWAt6M}", NULL);
}

static JsonArray *
media_to_array (BmnFakeMastodon *fake, GPtrArray *media)
{
  JsonArray *array = json_array_new ();
  for (guint i = 0; i < media->len; i++)
    json_array_add_object_element (array, fake_media_to_json (fake, media->pdata[i]));
  return array;
}

static JsonObject *
poll_to_json (BmnFakeMastodon *fake, const FakeStatus *status)
{
  const FakePoll *poll = status->draft->poll;
  if (!poll)
    return NULL;
  g_autofree char *id = g_strconcat (status->id, "1", NULL);
  gint64 expires_at = status->created_at + poll->expires_in * G_TIME_SPAN_SECOND;
  JsonArray *options = json_array_new ();
  for (char **option = poll->options; *option; option++)
    json_array_add_object_element (
        options, fake_object ("s:title", *option, "i:votes_count", (gint64)0, NULL));
  return fake_object ("s:id", id, "t:expires_at", expires_at, "b:expired",
                      expires_at <= fake_now (fake), "b:multiple", poll->multiple, "i:votes_count",
                      (gint64)0, "i:voters_count", (gint64)0, "a:options", options, "a:emojis",
                      json_array_new (), NULL);
}

static GPtrArray *
usernames_of (BmnFakeMastodon *fake)
{
  GPtrArray *names = g_ptr_array_new ();
  for (guint i = 0; i < fake->accounts->len; i++)
    g_ptr_array_add (names, (gpointer)((FakeAccount *)fake->accounts->pdata[i])->username);
  g_ptr_array_add (names, NULL);
  return names;
}

static char *
content_of (BmnFakeMastodon *fake, const FakeStatus *status)
{
  g_autofree char *base = fake_link_base (fake);
  g_autoptr (GPtrArray) names = usernames_of (fake);
  return fake_text_to_html (status->draft->text, base, (const char *const *)names->pdata);
}

static JsonArray *
mentions_to_array (BmnFakeMastodon *fake, const char *text)
{
  g_autofree char *base = fake_link_base (fake);
  JsonArray *array = json_array_new ();
  for (guint i = 0; i < fake->accounts->len; i++)
    {
      const FakeAccount *account = fake->accounts->pdata[i];
      if (!fake_text_mentions (text, account->username))
        continue;
      g_autofree char *url = g_strdup_printf ("%s/@%s", base, account->username);
      json_array_add_object_element (array, fake_object ("s:id", account->id, "s:username",
                                                         account->username, "s:url", url, "s:acct",
                                                         account->username, NULL));
    }
  return array;
}

static JsonArray *
tags_to_array (BmnFakeMastodon *fake, const char *text)
{
  g_autofree char *base = fake_link_base (fake);
  g_auto (GStrv) tags = fake_text_hashtags (text);
  JsonArray *array = json_array_new ();
  for (char **tag = tags; *tag; tag++)
    {
      g_autofree char *path = g_uri_escape_string (*tag, NULL, FALSE);
      g_autofree char *url = g_strdup_printf ("%s/tags/%s", base, path);
      json_array_add_object_element (array, fake_object ("s:name", *tag, "s:url", url, NULL));
    }
  return array;
}

static gint64
count_replies (BmnFakeMastodon *fake, const FakeStatus *status)
{
  gint64 count = 0;
  for (guint i = 0; i < fake->statuses->len; i++)
    {
      const FakeStatus *other = fake->statuses->pdata[i];
      if (!other->deleted && g_strcmp0 (other->draft->in_reply_to_id, status->id) == 0)
        count++;
    }
  return count;
}

JsonObject *
fake_status_to_json (BmnFakeMastodon *fake, const FakeStatus *status, const FakeAccount *viewer)
{
  const FakeDraft *draft = status->draft;
  const FakeStatus *parent
      = draft->in_reply_to_id ? fake_find_status (fake, draft->in_reply_to_id) : NULL;
  const char *username = status->account->username;
  g_autofree char *base = fake_link_base (fake);
  g_autofree char *url = g_strdup_printf ("%s/@%s/%s", base, username, status->id);
  g_autofree char *uri = g_strdup_printf ("%s/users/%s/statuses/%s", base, username, status->id);
  g_autofree char *content = content_of (fake, status);
  JsonObject *application = status->app ? fake_object ("s:name", status->app->name, "s:website",
                                                       status->app->website, NULL)
                                        : NULL;
  JsonObject *json = fake_object (
      "s:id", status->id, "t:created_at", status->created_at, "t:edited_at", status->edited_at,
      "s:in_reply_to_id", parent ? parent->id : NULL, "s:in_reply_to_account_id",
      parent ? parent->account->id : NULL, "b:sensitive", draft->sensitive, "s:spoiler_text",
      draft->spoiler_text, "s:visibility", draft->visibility, "s:language", draft->language,
      "s:uri", uri, "s:url", url, "i:replies_count", count_replies (fake, status),
      "i:reblogs_count", status->reblogs, "i:favourites_count", status->favourites, "s:content",
      content, "n:reblog", NULL, "o:application", application, "o:account",
      fake_account_to_json (fake, status->account), "a:media_attachments",
      media_to_array (fake, draft->media), "a:mentions", mentions_to_array (fake, draft->text),
      "a:tags", tags_to_array (fake, draft->text), "a:emojis", json_array_new (), "n:card", NULL,
      "o:poll", poll_to_json (fake, status), NULL);
  static const char *const personal[]
      = { "favourited", "reblogged", "muted", "bookmarked", "pinned" };
  for (gsize i = 0; viewer && i < G_N_ELEMENTS (personal); i++)
    json_object_set_boolean_member (json, personal[i], FALSE);
  return json;
}

JsonObject *
fake_status_to_edit (BmnFakeMastodon *fake, const FakeStatus *status)
{
  g_autofree char *content = content_of (fake, status);
  JsonObject *json = fake_object (
      "s:content", content, "s:spoiler_text", status->draft->spoiler_text, "b:sensitive",
      status->draft->sensitive, "t:created_at",
      status->edited_at ? status->edited_at : status->created_at, "o:account",
      fake_account_to_json (fake, status->account), "a:media_attachments",
      media_to_array (fake, status->draft->media), "a:emojis", json_array_new (), NULL);
  if (status->draft->poll)
    {
      JsonArray *options = json_array_new ();
      for (char **option = status->draft->poll->options; *option; option++)
        json_array_add_object_element (options, fake_object ("s:title", *option, NULL));
      json_object_set_object_member (json, "poll", fake_object ("a:options", options, NULL));
    }
  return json;
}

JsonObject *
fake_schedule_to_json (BmnFakeMastodon *fake, const FakeSchedule *schedule)
{
  const FakeDraft *draft = schedule->draft;
  JsonObject *poll = NULL;
  if (draft->poll)
    poll = fake_object ("a:options",
                        fake_array_from_strv ((const char *const *)draft->poll->options),
                        "i:expires_in", draft->poll->expires_in, "b:multiple",
                        draft->poll->multiple, "b:hide_totals", draft->poll->hide_totals, NULL);
  JsonObject *params = fake_object (
      "s:text", draft->text, "o:poll", poll, "n:media_ids", NULL, "b:sensitive", draft->sensitive,
      "s:spoiler_text", draft->spoiler_text, "s:visibility", draft->visibility, "s:language",
      draft->language, "n:scheduled_at", NULL, "n:idempotency", NULL, "b:with_rate_limit", FALSE,
      "s:in_reply_to_id", draft->in_reply_to_id, "i:application_id", (gint64)3, NULL);
  if (draft->media->len)
    {
      JsonArray *ids = json_array_new ();
      for (guint i = 0; i < draft->media->len; i++)
        json_array_add_string_element (ids, ((FakeMedia *)draft->media->pdata[i])->id);
      json_object_set_array_member (params, "media_ids", ids);
    }
  return fake_object ("s:id", schedule->id, "t:scheduled_at", schedule->scheduled_at, "o:params",
                      params, "a:media_attachments", media_to_array (fake, draft->media), NULL);
}

/* The last seven days, newest first, as counted from the statuses that are here. */
static JsonArray *
tag_history (BmnFakeMastodon *fake, const char *name)
{
  gint64 today = fake_now (fake) / G_TIME_SPAN_DAY;
  JsonArray *history = json_array_new ();
  for (gint64 day = today; day > today - 7; day--)
    {
      gint64 uses = 0;
      g_autoptr (GHashTable) people = g_hash_table_new (NULL, NULL);
      for (guint i = 0; i < fake->statuses->len; i++)
        {
          const FakeStatus *status = fake->statuses->pdata[i];
          g_auto (GStrv) tags = fake_text_hashtags (status->draft->text);
          if (status->deleted || status->created_at / G_TIME_SPAN_DAY != day
              || !g_strv_contains ((const char *const *)tags, name))
            continue;
          uses++;
          g_hash_table_add (people, status->account);
        }
      g_autofree char *date = g_strdup_printf ("%" G_GINT64_FORMAT, day * 86400);
      g_autofree char *use = g_strdup_printf ("%" G_GINT64_FORMAT, uses);
      g_autofree char *accounts = g_strdup_printf ("%u", g_hash_table_size (people));
      json_array_add_object_element (
          history, fake_object ("s:day", date, "s:accounts", accounts, "s:uses", use, NULL));
    }
  return history;
}

JsonObject *
fake_tag_to_json (BmnFakeMastodon *fake, const char *name, gboolean following)
{
  g_autofree char *base = fake_link_base (fake);
  g_autofree char *path = g_uri_escape_string (name, NULL, FALSE);
  g_autofree char *url = g_strdup_printf ("%s/tags/%s", base, path);
  g_autofree char *id = g_strdup_printf ("%u", g_str_hash (name));
  return fake_object ("s:id", id, "s:name", name, "s:url", url, "a:history",
                      tag_history (fake, name), "b:following", following, NULL);
}

JsonObject *
fake_notification_to_json (BmnFakeMastodon *fake, const FakeNotification *item)
{
  g_autofree char *group = g_strconcat ("ungrouped-", item->id, NULL);
  JsonObject *json
      = fake_object ("s:id", item->id, "s:type", item->type, "s:group_key", group, "t:created_at",
                     item->created_at, "o:account", fake_account_to_json (fake, item->from), NULL);
  if (item->status)
    json_object_set_object_member (json, "status",
                                   fake_status_to_json (fake, item->status, item->to));
  return json;
}
