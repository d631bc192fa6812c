#include "fake-fault.h"
#include "fake-handlers.h"
#include "fake-report.h"

#include <string.h>

#define MAX_SECONDS 1e9

/* The side door for tests: no token, no rate limit, no faults. */

static void
reply_done (FakeCall *call)
{
  fake_call_reply (call, 200, json_object_new ());
}

static void
reply_error (FakeCall *call, const GError *error)
{
  fake_call_fail (call, 400, error->message);
}

static FakeAccount *
account_of (FakeCall *call, const char *name)
{
  g_autofree char *username = fake_call_get_string (call, name);
  return fake_find_username (call->fake, username ? username : "alice");
}

void
fake_control_state (FakeCall *call)
{
  fake_fire_due (call->fake);
  fake_call_reply (call, 200, fake_report_state (call->fake));
}

void
fake_control_requests (FakeCall *call)
{
  JsonArray *array = json_array_new ();
  for (guint i = 0; i < call->fake->requests->len; i++)
    json_array_add_object_element (array, json_object_ref (call->fake->requests->pdata[i]));
  fake_call_reply_array (call, array);
}

void
fake_control_advance (FakeCall *call)
{
  g_autofree char *text = fake_call_get_string (call, "seconds");
  double seconds = text ? g_ascii_strtod (text, NULL) : -1;
  if (!(seconds >= 0 && seconds <= MAX_SECONDS))
    {
      fake_call_fail (call, 400, "“seconds” is missing, negative or too much");
      return;
    }
  bmn_fake_mastodon_advance (call->fake, seconds);
  fake_call_reply (call, 200, fake_object ("t:now", fake_now (call->fake), NULL));
}

void
fake_control_reset (FakeCall *call)
{
  bmn_fake_mastodon_reset (call->fake);
  reply_done (call);
}

void
fake_control_token (FakeCall *call)
{
  g_autofree char *scopes = fake_call_get_string (call, "scopes");
  FakeAccount *account = account_of (call, "account");
  if (!account)
    {
      fake_call_fail (call, 400, "There is no such account");
      return;
    }
  FakeToken *token
      = fake_token_add (call->fake, NULL, account, scopes ? scopes : "read write follow");
  fake_call_reply (call, 200,
                   fake_object ("s:access_token", token->token, "s:scope", token->scopes,
                                "s:account_id", account->id, "s:username", account->username,
                                NULL));
}

void
fake_control_expire_tokens (FakeCall *call)
{
  for (guint i = 0; i < call->fake->tokens->len; i++)
    ((FakeToken *)call->fake->tokens->pdata[i])->expires_at = fake_now (call->fake);
  reply_done (call);
}

/* A number sets a limit, true and false a switch, "time_scale" the clock. */
void
fake_control_config (FakeCall *call)
{
  FakeConfig changed = call->fake->config;
  g_autoptr (GError) error = NULL;
  double scale = -1;
  JsonObjectIter iter;
  const char *name;
  JsonNode *node;
  json_object_iter_init (&iter, call->params);
  while (!error && json_object_iter_next (&iter, &name, &node))
    {
      GType type = JSON_NODE_HOLDS_VALUE (node) ? json_node_get_value_type (node) : G_TYPE_NONE;
      if (g_str_equal (name, "time_scale") && (type == G_TYPE_DOUBLE || type == G_TYPE_INT64))
        scale = json_node_get_double (node);
      else if (type == G_TYPE_BOOLEAN)
        fake_config_set_switch (&changed, name, json_node_get_boolean (node), &error);
      else if (type == G_TYPE_INT64)
        fake_config_set_limit (&changed, name, json_node_get_int (node), &error);
      else
        g_set_error (&error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT,
                     "“%s” is neither a number nor true or false", name);
    }
  if (error)
    {
      reply_error (call, error);
      return;
    }
  call->fake->config = changed;
  if (scale >= 0)
    bmn_fake_mastodon_set_time_scale (call->fake, scale);
  reply_done (call);
}

void
fake_control_faults (FakeCall *call)
{
  g_autoptr (GError) error = NULL;
  FakeFault *fault = fake_fault_new_from_json (call->params, &error);
  if (!fault)
    {
      reply_error (call, error);
      return;
    }
  g_ptr_array_add (call->fake->faults, fault);
  fake_call_reply (call, 200, fake_fault_to_json (fault));
}

void
fake_control_clear_faults (FakeCall *call)
{
  g_ptr_array_set_size (call->fake->faults, 0);
  reply_done (call);
}

static FakeDraft *
draft_from_control (FakeCall *call, gint64 number)
{
  g_autofree char *text = fake_call_get_string (call, "text");
  g_autofree char *visibility = fake_call_get_string (call, "visibility");
  FakeDraft *draft = g_new0 (FakeDraft, 1);
  draft->text = number ? g_strdup_printf ("%s %" G_GINT64_FORMAT, text ? text : "Status", number)
                       : g_strdup (text ? text : "Status");
  draft->spoiler_text = g_strdup ("");
  draft->visibility = g_strdup (visibility ? visibility : "public");
  draft->language = g_strdup ("en");
  draft->in_reply_to_id = fake_call_get_string (call, "in_reply_to_id");
  draft->media = g_ptr_array_new ();
  return draft;
}

/* Somebody posts: {account, text, visibility, in_reply_to_id, reblog, created_at, count}. With a
 * count the texts are numbered. */
void
fake_control_status (FakeCall *call)
{
  FakeAccount *account = account_of (call, "account");
  gint64 count = fake_call_get_int (call, "count", 1);
  g_autofree char *created = fake_call_get_string (call, "created_at");
  gint64 when = fake_now (call->fake);
  if (!account || count < 1 || count > 10000
      || (created && !fake_instant_from_text (created, &when)))
    {
      fake_call_fail (call, 400, "The account, the count or the time is not usable");
      return;
    }
  JsonArray *ids = json_array_new ();
  for (gint64 i = 0; i < count; i++)
    {
      FakeDraft *draft = draft_from_control (call, count > 1 ? i + 1 : 0);
      FakeStatus *status = fake_status_add (call->fake, account, NULL, draft, when);
      status->is_reblog = fake_call_get_bool (call, "reblog");
      json_array_add_string_element (ids, status->id);
    }
  g_autofree char *first = g_strdup (json_array_get_string_element (ids, 0));
  fake_call_reply (call, 200, fake_object ("s:id", first, "a:ids", ids, NULL));
}

/* {id, favourites, reblogs, by}: sets the counts; each that grew is notified as done by @by. */
void
fake_control_engage (FakeCall *call)
{
  g_autofree char *id = fake_call_get_string (call, "id");
  FakeStatus *status = fake_find_status (call->fake, id);
  if (!status)
    {
      fake_call_not_found (call);
      return;
    }
  FakeAccount *by = fake_call_has (call, "by") ? account_of (call, "by") : NULL;
  gint64 favourites = fake_call_get_int (call, "favourites", status->favourites);
  gint64 reblogs = fake_call_get_int (call, "reblogs", status->reblogs);
  gint64 now = fake_now (call->fake);
  if (by && favourites > status->favourites)
    fake_notify (call->fake, "favourite", status->account, by, status, now);
  if (by && reblogs > status->reblogs)
    fake_notify (call->fake, "reblog", status->account, by, status, now);
  status->favourites = favourites;
  status->reblogs = reblogs;
  reply_done (call);
}

/* {account, by}: @by begins to follow the account. */
void
fake_control_follow (FakeCall *call)
{
  FakeAccount *to = account_of (call, "account");
  FakeAccount *by = account_of (call, "by");
  if (to && by)
    fake_notify (call->fake, "follow", to, by, NULL, fake_now (call->fake));
  reply_done (call);
}

void
fake_control_follow_tag (FakeCall *call)
{
  g_autofree char *name = fake_call_get_string (call, "name");
  if (name)
    g_ptr_array_add (call->fake->followed_tags, g_utf8_strdown (name, -1));
  reply_done (call);
}

/* {account, avatar, days}: whether it has a picture of its own, and how old it is. */
void
fake_control_account (FakeCall *call)
{
  FakeAccount *account = account_of (call, "account");
  gint64 days = fake_call_get_int (call, "days", 400);
  if (account)
    {
      account->has_no_avatar = !fake_call_get_bool (call, "avatar");
      account->created_at = fake_now (call->fake) - days * G_TIME_SPAN_DAY;
    }
  reply_done (call);
}
