#include "fake-entities.h"
#include "fake-handlers.h"
#include "fake-text.h"

/* https://docs.joinmastodon.org/methods/accounts/ */

void
fake_accounts_verify (FakeCall *call)
{
  JsonObject *json = fake_account_to_json (call->fake, call->account);
  json_object_set_object_member (json, "source",
                                 fake_object ("s:privacy", "public", "b:sensitive", FALSE,
                                              "s:language", "en", "s:note", "Writes tests.",
                                              "a:fields", json_array_new (),
                                              "i:follow_requests_count", (gint64)0, NULL));
  fake_call_reply (call, 200, json);
}

static void
reply_account (FakeCall *call, const FakeAccount *account)
{
  if (account)
    fake_call_reply (call, 200, fake_account_to_json (call->fake, account));
  else
    fake_call_not_found (call);
}

void
fake_accounts_get (FakeCall *call)
{
  reply_account (call, fake_find_account (call->fake, call->id));
}

/* https://docs.joinmastodon.org/methods/accounts/#lookup: only what the server knows. */
void
fake_accounts_lookup (FakeCall *call)
{
  g_autofree char *acct = fake_call_get_string (call, "acct");
  const char *name = acct && *acct == '@' ? acct + 1 : acct;
  reply_account (call, fake_find_username (call->fake, name));
}

static gboolean
is_reply_to_other (FakeCall *call, const FakeStatus *status)
{
  const FakeStatus *parent = fake_find_status (call->fake, status->draft->in_reply_to_id);
  return parent && parent->account != status->account;
}

static gboolean
has_tag (const FakeStatus *status, const char *tag)
{
  g_autofree char *low = g_utf8_strdown (tag, -1);
  g_auto (GStrv) tags = fake_text_hashtags (status->draft->text);
  return g_strv_contains ((const char *const *)tags, low);
}

void
fake_accounts_statuses (FakeCall *call)
{
  FakeAccount *account = fake_find_account (call->fake, call->id);
  g_autoptr (GPtrArray) chosen = g_ptr_array_new ();
  g_autofree char *tag = fake_call_get_string (call, "tagged");
  gboolean no_replies = fake_call_get_bool (call, "exclude_replies");
  gboolean no_boosts = fake_call_get_bool (call, "exclude_reblogs");
  gboolean only_media = fake_call_get_bool (call, "only_media");
  gboolean pinned = fake_call_get_bool (call, "pinned");
  if (!account)
    {
      fake_call_not_found (call);
      return;
    }
  for (guint i = 0; i < call->fake->statuses->len && !pinned; i++)
    {
      FakeStatus *status = call->fake->statuses->pdata[i];
      if (status->deleted || status->account != account
          || !fake_status_is_visible (status, call->account)
          || (no_replies && is_reply_to_other (call, status)) || (no_boosts && status->is_reblog)
          || (only_media && status->draft->media->len == 0) || (tag && !has_tag (status, tag)))
        continue;
      g_ptr_array_add (chosen, status);
    }
  fake_statuses_reply_page (call, chosen);
}

void
fake_accounts_relationships (FakeCall *call)
{
  static const char *const flags[]
      = { "following", "showing_reblogs", "notifying", "followed_by",     "blocking", "blocked_by",
          "muting",    "requested",       "endorsed",  "domain_blocking", NULL };
  g_auto (GStrv) ids = fake_call_get_strv (call, "id");
  JsonArray *array = json_array_new ();
  for (char **id = ids; *id; id++)
    {
      if (!fake_find_account (call->fake, *id))
        continue;
      JsonObject *json = fake_object ("s:id", *id, "s:note", "", NULL);
      for (gsize i = 0; flags[i]; i++)
        json_object_set_boolean_member (json, flags[i], FALSE);
      json_array_add_object_element (array, json);
    }
  fake_call_reply_array (call, array);
}
