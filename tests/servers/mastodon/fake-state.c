#include "fake-state.h"

#include "fake-compose.h"
#include "fake-fault.h"
#include "fake-text.h"

#include <string.h>

static const struct
{
  const char *username;
  const char *display_name;
} people[] = {
  { "alice", "Alice Ångström" },
  { "bob", "Bob" },
  { "carol", "Carol <3" },
};

void
fake_poll_free (FakePoll *poll)
{
  g_strfreev (poll->options);
  g_free (poll);
}

void
fake_draft_free (FakeDraft *draft)
{
  g_free (draft->text);
  g_free (draft->spoiler_text);
  g_free (draft->visibility);
  g_free (draft->language);
  g_free (draft->in_reply_to_id);
  g_clear_pointer (&draft->poll, fake_poll_free);
  g_clear_pointer (&draft->media, g_ptr_array_unref);
  g_free (draft);
}

static void
account_free (gpointer data)
{
  FakeAccount *account = data;
  g_free (account->id);
  g_free (account);
}

static void
app_free (gpointer data)
{
  FakeApp *app = data;
  g_free (app->id);
  g_free (app->name);
  g_free (app->website);
  g_free (app->client_id);
  g_free (app->client_secret);
  g_strfreev (app->redirect_uris);
  g_free (app->scopes);
  g_free (app);
}

static void
code_free (gpointer data)
{
  FakeCode *code = data;
  g_free (code->code);
  g_free (code->redirect_uri);
  g_free (code->scopes);
  g_free (code->challenge);
  g_free (code);
}

static void
token_free (gpointer data)
{
  FakeToken *token = data;
  g_free (token->token);
  g_free (token->refresh);
  g_free (token->scopes);
  g_free (token);
}

static void
media_free (gpointer data)
{
  FakeMedia *media = data;
  g_free (media->id);
  g_free (media->description);
  g_free (media->checksum);
  g_free (media->status_id);
  g_free (media);
}

static void
status_free (gpointer data)
{
  FakeStatus *status = data;
  g_free (status->id);
  g_free (status->key);
  fake_draft_free (status->draft);
  g_ptr_array_unref (status->history);
  g_free (status);
}

static void
schedule_free (gpointer data)
{
  FakeSchedule *schedule = data;
  g_free (schedule->id);
  g_free (schedule->key);
  g_clear_pointer (&schedule->draft, fake_draft_free);
  g_free (schedule);
}

static void
notification_free (gpointer data)
{
  FakeNotification *notification = data;
  g_free (notification->id);
  g_free (notification);
}

static void
object_unref (gpointer data)
{
  json_object_unref (data);
}

void
fake_state_init (BmnFakeMastodon *self)
{
  self->clock_base = g_get_real_time ();
  self->clock_mono = g_get_monotonic_time ();
  self->last_id = 0;
  self->id_count = 0;
  self->dice = g_rand_new_with_seed (self->seed);
  self->accounts = g_ptr_array_new_with_free_func (account_free);
  self->apps = g_ptr_array_new_with_free_func (app_free);
  self->codes = g_ptr_array_new_with_free_func (code_free);
  self->tokens = g_ptr_array_new_with_free_func (token_free);
  self->statuses = g_ptr_array_new_with_free_func (status_free);
  self->schedules = g_ptr_array_new_with_free_func (schedule_free);
  self->media = g_ptr_array_new_with_free_func (media_free);
  self->notifications = g_ptr_array_new_with_free_func (notification_free);
  self->followed_tags = g_ptr_array_new_with_free_func (g_free);
  self->keys = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->buckets = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->counts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->requests = g_ptr_array_new_with_free_func (object_unref);
  self->decoys = g_ptr_array_new_with_free_func (object_unref);
  self->lost = g_ptr_array_new_with_free_func (object_unref);
  self->complaints = g_ptr_array_new_with_free_func (g_free);
  self->faults = g_ptr_array_new_with_free_func ((GDestroyNotify)fake_fault_free);

  for (gsize i = 0; i < G_N_ELEMENTS (people); i++)
    {
      FakeAccount *account = g_new0 (FakeAccount, 1);
      account->created_at = self->clock_base - 400 * G_TIME_SPAN_DAY;
      account->id = fake_id_new (self, account->created_at);
      account->username = people[i].username;
      account->display_name = people[i].display_name;
      g_ptr_array_add (self->accounts, account);
    }
}

void
fake_state_clear (BmnFakeMastodon *self)
{
  g_clear_pointer (&self->dice, g_rand_free);
  GPtrArray **arrays[] = {
    &self->notifications, &self->statuses, &self->schedules,  &self->media,    &self->tokens,
    &self->codes,         &self->apps,     &self->accounts,   &self->requests, &self->decoys,
    &self->followed_tags, &self->lost,     &self->complaints, &self->faults,
  };
  for (gsize i = 0; i < G_N_ELEMENTS (arrays); i++)
    g_clear_pointer (arrays[i], g_ptr_array_unref);
  g_clear_pointer (&self->keys, g_hash_table_unref);
  g_clear_pointer (&self->buckets, g_hash_table_unref);
  g_clear_pointer (&self->counts, g_hash_table_unref);
}

gint64
fake_now (BmnFakeMastodon *self)
{
  gint64 passed = g_get_monotonic_time () - self->clock_mono;
  return self->clock_base + (gint64)(passed * self->time_scale);
}

void
fake_advance (BmnFakeMastodon *self, double seconds)
{
  self->clock_base += (gint64)(seconds * G_TIME_SPAN_SECOND);
}

/* Crockford's base 32: 48 bits of milliseconds, then 80 bits that keep the order. */
static char *
ulid_new (guint64 milliseconds, guint64 sequence)
{
  static const char digits[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
  char text[27] = { 0 };
  for (int i = 9; i >= 0; i--, milliseconds >>= 5)
    text[i] = digits[milliseconds & 31];
  for (int i = 25; i >= 10; i--, sequence >>= 5)
    text[i] = digits[sequence & 31];
  return g_strdup (text);
}

/* Three words out of 16 each, then letters for what is left of the number. The multiplication
 * by an odd number permutes, so that the words are unique but in no order. */
static char *
words_new (guint32 sequence)
{
  static const char *const words[3][16] = {
    { "amber", "brisk", "calm", "dusty", "eager", "faint", "green", "happy", "icy", "jolly", "keen",
      "late", "mild", "noble", "odd", "proud" },
    { "apple", "birch", "cedar", "daisy", "elm", "fern", "grass", "hazel", "iris", "jasmin", "kelp",
      "lilac", "maple", "nettle", "oak", "pine" },
    { "ant", "bear", "crow", "deer", "eel", "fox", "goat", "hare", "ibis", "jay", "koi", "lynx",
      "mole", "newt", "owl", "pike" },
  };
  guint32 mixed = sequence * 2654435761u;
  GString *id = g_string_new (NULL);
  for (int i = 0; i < 3; i++, mixed >>= 4)
    g_string_append_printf (id, "%s-", words[i][mixed & 15]);
  do
    g_string_append_c (id, (char)('a' + (mixed & 15)));
  while (mixed >>= 4);
  return g_string_free (id, FALSE);
}

char *
fake_id_new (BmnFakeMastodon *self, gint64 when)
{
  guint64 milliseconds = (guint64)(when / 1000);
  self->last_id = MAX (self->last_id + 1, milliseconds << 16);
  self->id_count++;
  if (fake_config_has (&self->config, FAKE_SWITCH_IDS_ULID))
    return ulid_new (self->last_id >> 16, self->last_id);
  if (fake_config_has (&self->config, FAKE_SWITCH_IDS_WORDS))
    return words_new (self->id_count);
  return g_strdup_printf ("%" G_GUINT64_FORMAT, self->last_id);
}

char *
fake_secret_new (void)
{
  guint32 random[8];
  for (gsize i = 0; i < G_N_ELEMENTS (random); i++)
    random[i] = g_random_int ();
  char *text = g_base64_encode ((const guchar *)random, sizeof random);
  g_strdelimit (text, "+", '-');
  g_strdelimit (text, "/", '_');
  text[strcspn (text, "=")] = '\0';
  return text;
}

FakeAccount *
fake_find_account (BmnFakeMastodon *self, const char *id)
{
  for (guint i = 0; i < self->accounts->len; i++)
    {
      FakeAccount *account = self->accounts->pdata[i];
      if (g_strcmp0 (account->id, id) == 0)
        return account;
    }
  return NULL;
}

FakeAccount *
fake_find_username (BmnFakeMastodon *self, const char *username)
{
  for (guint i = 0; username && i < self->accounts->len; i++)
    {
      FakeAccount *account = self->accounts->pdata[i];
      if (g_ascii_strcasecmp (account->username, username) == 0)
        return account;
    }
  return NULL;
}

FakeApp *
fake_find_app (BmnFakeMastodon *self, const char *client_id)
{
  for (guint i = 0; i < self->apps->len; i++)
    {
      FakeApp *app = self->apps->pdata[i];
      if (g_strcmp0 (app->client_id, client_id) == 0)
        return app;
    }
  return NULL;
}

FakeToken *
fake_find_token (BmnFakeMastodon *self, const char *secret)
{
  for (guint i = 0; i < self->tokens->len; i++)
    {
      FakeToken *token = self->tokens->pdata[i];
      if (g_strcmp0 (token->token, secret) == 0)
        return token;
    }
  return NULL;
}

FakeStatus *
fake_find_status (BmnFakeMastodon *self, const char *id)
{
  for (guint i = self->statuses->len; i > 0; i--)
    {
      FakeStatus *status = self->statuses->pdata[i - 1];
      if (!status->deleted && g_strcmp0 (status->id, id) == 0)
        return status;
    }
  return NULL;
}

FakeSchedule *
fake_find_schedule (BmnFakeMastodon *self, const char *id)
{
  for (guint i = 0; i < self->schedules->len; i++)
    {
      FakeSchedule *schedule = self->schedules->pdata[i];
      if (!schedule->done && g_strcmp0 (schedule->id, id) == 0)
        return schedule;
    }
  return NULL;
}

FakeMedia *
fake_find_media (BmnFakeMastodon *self, const char *id)
{
  for (guint i = 0; i < self->media->len; i++)
    {
      FakeMedia *media = self->media->pdata[i];
      if (!media->deleted && g_strcmp0 (media->id, id) == 0)
        return media;
    }
  return NULL;
}

FakeToken *
fake_token_add (BmnFakeMastodon *self, FakeApp *app, FakeAccount *account, const char *scopes)
{
  FakeToken *token = g_new0 (FakeToken, 1);
  token->token = fake_secret_new ();
  token->app = app;
  token->account = account;
  token->scopes = g_strdup (scopes);
  token->created_at = fake_now (self);
  if (fake_config_has (&self->config, FAKE_SWITCH_REFRESH_TOKENS) && account)
    {
      token->refresh = fake_secret_new ();
      token->expires_at = token->created_at + self->config.token_seconds * G_TIME_SPAN_SECOND;
    }
  g_ptr_array_add (self->tokens, token);
  return token;
}

FakeNotification *
fake_notify (BmnFakeMastodon *self,
             const char *type,
             FakeAccount *to,
             FakeAccount *from,
             FakeStatus *status,
             gint64 when)
{
  FakeNotification *notification = g_new0 (FakeNotification, 1);
  notification->id = fake_id_new (self, when);
  notification->type = type;
  notification->to = to;
  notification->from = from;
  notification->status = status;
  notification->created_at = when;
  g_ptr_array_add (self->notifications, notification);
  return notification;
}

FakeStatus *
fake_status_add (
    BmnFakeMastodon *self, FakeAccount *account, FakeApp *app, FakeDraft *draft, gint64 when)
{
  FakeStatus *status = g_new0 (FakeStatus, 1);
  status->id = fake_id_new (self, when);
  status->account = account;
  status->app = app;
  status->draft = draft;
  status->created_at = when;
  status->history = g_ptr_array_new_with_free_func (object_unref);
  g_ptr_array_add (self->statuses, status);

  for (guint i = 0; i < draft->media->len; i++)
    {
      FakeMedia *media = draft->media->pdata[i];
      g_free (media->status_id);
      media->status_id = g_strdup (status->id);
    }
  for (guint i = 0; i < self->accounts->len; i++)
    {
      FakeAccount *other = self->accounts->pdata[i];
      if (other != account && fake_text_mentions (draft->text, other->username))
        fake_notify (self, "mention", other, account, status, when);
    }
  return status;
}

static FakeSchedule *
find_due (BmnFakeMastodon *self, gint64 now)
{
  FakeSchedule *first = NULL;
  for (guint i = 0; i < self->schedules->len; i++)
    {
      FakeSchedule *schedule = self->schedules->pdata[i];
      if (!schedule->done && schedule->scheduled_at <= now
          && (!first || schedule->scheduled_at < first->scheduled_at))
        first = schedule;
    }
  return first;
}

void
fake_fire_due (BmnFakeMastodon *self)
{
  FakeSchedule *schedule;
  while ((schedule = find_due (self, fake_now (self))))
    {
      g_autofree char *reason = NULL;
      schedule->done = TRUE;
      if (!fake_draft_is_valid (self, schedule->draft, &reason))
        {
          JsonObject *lost = json_object_new ();
          json_object_set_string_member (lost, "id", schedule->id);
          json_object_set_string_member (lost, "text", schedule->draft->text);
          json_object_set_string_member (lost, "reason", reason);
          g_ptr_array_add (self->lost, lost);
          continue;
        }
      FakeStatus *status
          = fake_status_add (self, schedule->account, schedule->app,
                             g_steal_pointer (&schedule->draft), schedule->scheduled_at);
      status->key = g_strdup (schedule->key);
      status->scheduled = TRUE;
    }
}
