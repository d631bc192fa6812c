#include "bmn-bluesky-private.h"
#include "bmn-bluesky-draft-private.h"
#include "bmn-bluesky-record-private.h"
#include "bmn-bluesky-sign-in-private.h"
#include "bmn-failpoint.h"
#include "bmn-json.h"
#include "bmn-platform-validate-private.h"
#include "bmn-text-count.h"
#include "bmn-text-dialect.h"
#include "bmn-tid-private.h"

#include <glib/gi18n-lib.h>
#include <libsoup/soup.h>

/* The PDS takes at most so many writes at once. */
#define MAX_PARTS 200
#define MAX_IMAGES 4

/* What we can decode; what is sent is JPEG or PNG. */
static const char *const picture_types[] = { "image/jpeg", "image/png", "image/gif", NULL };

struct _BmnBluesky
{
  BmnPlatform parent_instance;
  BmnLimits *limits;        /* (owned) */
  BmnBlueskyClient *client; /* (owned) (nullable) until it is needed */
  gint64 last_key_time;
};

G_DEFINE_FINAL_TYPE_WITH_CODE (BmnBluesky,
                               bmn_bluesky,
                               BMN_TYPE_PLATFORM,
                               G_IMPLEMENT_INTERFACE (BMN_TYPE_PLATFORM_READER,
                                                      bmn_bluesky_reader_iface_init))

const BmnInput bmn_bluesky_inputs[] = {
  { "handle", BMN_INPUT_TEXT, TRUE, N_ ("Your handle, such as shop.bsky.social") },
  { "app-password", BMN_INPUT_SECRET, FALSE,
    N_ ("App password: lasts until you delete it, best for posting on schedule") },
  { "oauth", BMN_INPUT_FLAG, FALSE,
    N_ ("Sign in with the browser instead, again every two weeks") },
  { "service", BMN_INPUT_URL, FALSE, N_ ("Your server, where it is not bsky.social") },
  { "no-link-cards", BMN_INPUT_FLAG, FALSE,
    N_ ("Do not read the pages that posts link to, to show a preview of them") },
  { NULL },
};

/*
 * The account.
 */

const char *
bmn_bluesky_get_did (BmnBluesky *self)
{
  return bmn_account_get_setting (bmn_platform_get_account (BMN_PLATFORM (self)), "did");
}

BmnBlueskyClient *
bmn_bluesky_get_client (BmnBluesky *self, GError **error)
{
  BmnPlatform *platform = BMN_PLATFORM (self);
  const BmnAccount *account = bmn_platform_get_account (platform);
  const char *pds = bmn_account_get_setting (account, "pds");
  if (!self->client && pds && bmn_bluesky_get_did (self))
    self->client = bmn_bluesky_client_new (bmn_platform_get_http (platform),
                                           bmn_platform_get_host (platform), pds, account->id);
  if (!self->client)
    g_set_error_literal (error, BMN_PLATFORM_ERROR, BMN_PLATFORM_ERROR_AUTH_EXPIRED,
                         _ ("This account is not signed in. Remove it and add it again."));
  return self->client;
}

char *
bmn_bluesky_make_url (BmnBluesky *self, const char *uri)
{
  g_auto (GStrv) words = bmn_at_uri_parse (uri);
  const char *handle = bmn_platform_get_account (BMN_PLATFORM (self))->handle;
  if (!words)
    return NULL;
  /* An own post is best known by the handle; it leads there by the identifier as well. */
  const gboolean own = handle && g_strcmp0 (words[0], bmn_bluesky_get_did (self)) == 0;
  return g_strdup_printf ("https://bsky.app/profile/%s/post/%s",
                          own ? handle + (*handle == '@') : words[0], words[2]);
}

/* Returns: (nullable): the client, or %NULL after @task has its error */
static BmnBlueskyClient *
take_client (BmnPlatform *platform, GTask *task)
{
  GError *error = NULL;
  BmnBlueskyClient *client = bmn_bluesky_get_client (BMN_BLUESKY (platform), &error);
  if (!client)
    g_task_return_error (task, error);
  return client;
}

static void
on_signed_in (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  BmnBluesky *self = g_task_get_source_object (task);
  BmnAccount *account = bmn_platform_get_account (BMN_PLATFORM (self));
  GError *error = NULL;
  g_autoptr (BmnBlueskyIdentity) identity = bmn_bluesky_sign_in_finish (result, &error);
  if (!identity)
    {
      g_task_return_error (task, error);
      return;
    }
  bmn_account_set_setting (account, "did", identity->did);
  bmn_account_set_setting (account, "pds", identity->pds);
  g_free (account->handle);
  account->handle
      = identity->handle ? g_strconcat ("@", identity->handle, NULL) : g_strdup (identity->did);
  g_clear_object (&self->client);
  g_task_return_boolean (task, TRUE);
}

static void
bmn_bluesky_sign_in (BmnPlatform *platform, GHashTable *inputs, GTask *task)
{
  bmn_account_set_setting (bmn_platform_get_account (platform), "no-link-cards",
                           g_hash_table_lookup (inputs, "no-link-cards"));
  bmn_bluesky_sign_in_async (bmn_platform_get_http (platform), bmn_platform_get_host (platform),
                             inputs, g_task_get_cancellable (task), on_signed_in,
                             g_object_ref (task));
}

static void
on_credentials_removed (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  GError *error = NULL;
  if (bmn_platform_host_remove_credentials_finish (BMN_PLATFORM_HOST (source), result, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

/* A server that cannot be told now forgets the session by itself some day; the keyring must
 * not keep it until then. */
static void
on_session_ended (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  BmnPlatform *platform = g_task_get_source_object (task);
  g_autoptr (BmnXrpcReply) reply
      = bmn_xrpc_sender_send_finish (BMN_XRPC_SENDER (source), result, NULL);
  bmn_platform_host_remove_credentials_async (bmn_platform_get_host (platform), NULL,
                                              on_credentials_removed, g_object_ref (task));
}

static void
on_credentials_for_sign_out (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  BmnBluesky *self = g_task_get_source_object (task);
  BmnBlueskyClient *client = bmn_bluesky_get_client (self, NULL);
  char *text = bmn_platform_host_load_credentials_finish (BMN_PLATFORM_HOST (source), result, NULL);
  g_autoptr (BmnBlueskyCredentials) credentials
      = text ? bmn_bluesky_credentials_parse (text, NULL) : NULL;
  bmn_wipe (text);
  BmnHttpRequest *request = NULL;
  if (credentials && client && !credentials->dpop_key)
    request = bmn_xrpc_procedure (bmn_bluesky_client_get_service (client),
                                  "com.atproto.server.deleteSession", "sign-out", NULL);
  else if (credentials && client && credentials->revocation_endpoint)
    {
      char *form = soup_form_encode ("token", credentials->refresh, "client_id",
                                     credentials->client_id, NULL);
      request = bmn_http_request_new ("POST", credentials->revocation_endpoint, "sign-out");
      bmn_http_request_take_body (request, SOUP_FORM_MIME_TYPE_URLENCODED,
                                  g_bytes_new_take (form, strlen (form)));
    }
  if (request)
    bmn_xrpc_sender_send_async (bmn_bluesky_client_get_sender (client), request,
                                credentials->dpop_key ? NULL : credentials->refresh,
                                credentials->dpop_key, g_task_get_cancellable (task),
                                on_session_ended, g_object_ref (task));
  else
    bmn_platform_host_remove_credentials_async (BMN_PLATFORM_HOST (source), NULL,
                                                on_credentials_removed, g_object_ref (task));
}

static void
bmn_bluesky_sign_out (BmnPlatform *platform, GTask *task)
{
  bmn_platform_host_load_credentials_async (bmn_platform_get_host (platform),
                                            g_task_get_cancellable (task),
                                            on_credentials_for_sign_out, g_object_ref (task));
}

static void
on_session_checked (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  BmnBluesky *self = g_task_get_source_object (task);
  BmnBlueskyClient *client = BMN_BLUESKY_CLIENT (source);
  GError *error = NULL;
  g_autoptr (BmnXrpcReply) reply = bmn_bluesky_client_call_finish (client, result, &error);
  JsonObject *answer = reply ? bmn_xrpc_reply_get_object (reply, &error) : NULL;
  if (!answer)
    {
      g_task_return_error (task, error);
      return;
    }
  if (g_strcmp0 (bmn_json_get_string (answer, "did"), bmn_bluesky_get_did (self)) != 0)
    {
      g_task_return_new_error (task, BMN_PLATFORM_ERROR, BMN_PLATFORM_ERROR_AUTH_EXPIRED,
                               _ ("The server takes us for another account. Sign in again."));
      return;
    }
  const char *name = bmn_json_get_string (answer, "handle");
  g_autofree char *handle = name ? g_strconcat ("@", name, NULL) : NULL;
  const BmnBlueskyCredentials *credentials = bmn_bluesky_client_get_credentials (client);
  g_task_return_pointer (
      task, bmn_account_health_new (handle, bmn_bluesky_credentials_get_end (credentials)),
      (GDestroyNotify)bmn_account_health_free);
}

static void
bmn_bluesky_check (BmnPlatform *platform, GTask *task)
{
  BmnBlueskyClient *client = take_client (platform, task);
  if (client)
    bmn_bluesky_client_call_async (client,
                                   bmn_xrpc_query (bmn_bluesky_client_get_service (client),
                                                   "com.atproto.server.getSession", "check", NULL),
                                   g_task_get_cancellable (task), on_session_checked,
                                   g_object_ref (task));
}

/*
 * Publishing.
 */

static BmnReceipt *
new_receipt (BmnBluesky *self, guint part, const char *uri, const char *cid)
{
  g_autofree char *url = bmn_bluesky_make_url (self, uri);
  BmnReceipt *receipt
      = bmn_receipt_new ((int)part, uri, url, bmn_bluesky_part_time (strrchr (uri, '/') + 1));
  receipt->remote_cid = g_strdup (cid);
  return receipt;
}

/* Of a publication under way: what each part will be called. */
typedef struct
{
  BmnPublishRequest *request; /* (owned) */
  GPtrArray *refs;            /* (owned) (nullable) (element-type BmnBlueskyRef) */
} Publication;

static void
publication_free (Publication *publication)
{
  bmn_publish_request_unref (publication->request);
  g_clear_pointer (&publication->refs, g_ptr_array_unref);
  g_free (publication);
}

static void
on_written (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  BmnBluesky *self = g_task_get_source_object (task);
  Publication *publication = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (BmnXrpcReply) reply
      = bmn_bluesky_client_call_finish (BMN_BLUESKY_CLIENT (source), result, &error);
  if (reply && reply->failure)
    error = g_error_copy (reply->failure);
  if (error)
    {
      g_task_return_error (task, error);
      return;
    }
  GPtrArray *receipts = g_ptr_array_new_with_free_func ((GDestroyNotify)bmn_receipt_free);
  for (guint i = 0; i < publication->refs->len; i++)
    {
      const BmnBlueskyRef *ref = publication->refs->pdata[i];
      g_ptr_array_add (receipts, new_receipt (self, i, ref->uri, ref->cid));
    }
  g_task_return_pointer (task, receipts, (GDestroyNotify)g_ptr_array_unref);
}

static void
on_drafted (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  BmnBluesky *self = g_task_get_source_object (task);
  Publication *publication = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (GPtrArray) parts = bmn_bluesky_draft_finish (result, &error);
  g_autoptr (JsonNode) writes = NULL;
  if (parts)
    writes = bmn_bluesky_thread_new (publication->request->post, bmn_bluesky_get_did (self),
                                     publication->request->key, parts, &publication->refs, &error);
  if (!writes)
    {
      g_task_return_error (task, error);
      return;
    }
  bmn_failpoint ("bluesky-drafted");
  BmnHttpRequest *request = bmn_xrpc_procedure (bmn_bluesky_client_get_service (self->client),
                                                "com.atproto.repo.applyWrites", "publish", writes);
  request->creates = TRUE;
  request->priority = BMN_HTTP_PRIORITY_PUBLISH;
  bmn_bluesky_client_call_async (self->client, request, g_task_get_cancellable (task), on_written,
                                 g_object_ref (task));
}

static void
bmn_bluesky_publish (BmnPlatform *platform, BmnPublishRequest *request, GTask *task)
{
  BmnBlueskyClient *client = take_client (platform, task);
  if (!client)
    return;
  g_autofree char *key = bmn_bluesky_part_key (request->key, 0);
  if (!key)
    {
      g_task_return_new_error (task, BMN_PLATFORM_ERROR, BMN_PLATFORM_ERROR_REJECTED,
                               _ ("The post's key is not one that Bluesky takes."));
      return;
    }
  Publication *publication = g_new0 (Publication, 1);
  publication->request = bmn_publish_request_ref (request);
  g_task_set_task_data (task, publication, (GDestroyNotify)publication_free);
  const gboolean with_cards
      = !bmn_account_get_setting (bmn_platform_get_account (platform), "no-link-cards");
  bmn_bluesky_draft_async (client, bmn_platform_get_http (platform), request, with_cards,
                           g_task_get_cancellable (task), on_drafted, g_object_ref (task));
}

/*
 * Looking and removing, record by record.
 */

typedef struct
{
  GPtrArray *uris;     /* (owned) (element-type utf8) */
  guint index;         /* which of @uris is under way */
  GPtrArray *receipts; /* (owned) (element-type BmnReceipt) what was found */
} Walk;

static void
walk_free (Walk *walk)
{
  g_ptr_array_unref (walk->uris);
  g_clear_pointer (&walk->receipts, g_ptr_array_unref);
  g_free (walk);
}

/* By receipt where there is one, else by key. */
static char *
uri_of_part (BmnBluesky *self, const BmnPublishRequest *request, guint part)
{
  for (guint i = 0; i < request->receipts->len; i++)
    {
      const BmnReceipt *receipt = request->receipts->pdata[i];
      if (receipt->part == (int)part)
        return g_strdup (receipt->remote_id);
    }
  g_autofree char *part_key = bmn_bluesky_part_key (request->key, part);
  return g_strdup_printf ("at://%s/" BMN_BLUESKY_POSTS "/%s", bmn_bluesky_get_did (self),
                          part_key ? part_key : request->key);
}

static Walk *
walk_new (BmnBluesky *self, const BmnPublishRequest *request)
{
  Walk *walk = g_new0 (Walk, 1);
  walk->uris = g_ptr_array_new_with_free_func (g_free);
  walk->receipts = g_ptr_array_new_with_free_func ((GDestroyNotify)bmn_receipt_free);
  for (guint i = 0; i < request->parts->len; i++)
    g_ptr_array_add (walk->uris, uri_of_part (self, request, i));
  return walk;
}

static void look_at_next (GTask *task);

static void
on_record (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  BmnBluesky *self = g_task_get_source_object (task);
  Walk *walk = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (BmnXrpcReply) reply
      = bmn_xrpc_sender_send_finish (BMN_XRPC_SENDER (source), result, &error);
  const gboolean missing = reply && bmn_xrpc_reply_is (reply, "RecordNotFound");
  JsonObject *answer = reply && !missing ? bmn_xrpc_reply_get_object (reply, &error) : NULL;
  if (error)
    {
      g_task_return_error (task, error);
      return;
    }
  if (answer)
    g_ptr_array_add (walk->receipts, new_receipt (self, walk->index, walk->uris->pdata[walk->index],
                                                  bmn_json_get_string (answer, "cid")));
  walk->index++;
  look_at_next (task);
}

static void
look_at_next (GTask *task)
{
  BmnBluesky *self = g_task_get_source_object (task);
  Walk *walk = g_task_get_task_data (task);
  if (walk->index == walk->uris->len)
    {
      g_task_return_pointer (task, g_steal_pointer (&walk->receipts),
                             (GDestroyNotify)g_ptr_array_unref);
      return;
    }
  g_auto (GStrv) words = bmn_at_uri_parse (walk->uris->pdata[walk->index]);
  if (!words)
    {
      g_task_return_new_error (task, BMN_PLATFORM_ERROR, BMN_PLATFORM_ERROR_REJECTED,
                               _ ("This is not a post on Bluesky."));
      return;
    }
  /* Records are public: an expired sign-in does not keep us from finding out what is there. */
  BmnHttpRequest *request = bmn_xrpc_query (
      bmn_bluesky_client_get_service (self->client), "com.atproto.repo.getRecord", "read-back",
      "repo", words[0], "collection", words[1], "rkey", words[2], NULL);
  request->priority = BMN_HTTP_PRIORITY_PUBLISH;
  bmn_xrpc_sender_send_async (bmn_bluesky_client_get_sender (self->client), request, NULL, NULL,
                              g_task_get_cancellable (task), on_record, g_object_ref (task));
}

static void
bmn_bluesky_read_back (BmnPlatform *platform, BmnPublishRequest *request, GTask *task)
{
  if (!take_client (platform, task))
    return;
  g_task_set_task_data (task, walk_new (BMN_BLUESKY (platform), request),
                        (GDestroyNotify)walk_free);
  look_at_next (task);
}

static void remove_last (GTask *task);

static void
on_removed (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  Walk *walk = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (BmnXrpcReply) reply
      = bmn_bluesky_client_call_finish (BMN_BLUESKY_CLIENT (source), result, &error);
  if (reply && reply->failure)
    error = g_error_copy (reply->failure);
  if (error)
    {
      g_task_return_error (task, error);
      return;
    }
  g_ptr_array_set_size (walk->uris, (int)walk->uris->len - 1);
  remove_last (task);
}

/* Deleting what is gone already is no error to the server either. */
static void
remove_last (GTask *task)
{
  BmnBluesky *self = g_task_get_source_object (task);
  Walk *walk = g_task_get_task_data (task);
  if (walk->uris->len == 0)
    {
      g_task_return_boolean (task, TRUE);
      return;
    }
  g_auto (GStrv) words = bmn_at_uri_parse (walk->uris->pdata[walk->uris->len - 1]);
  if (!words)
    {
      g_task_return_new_error (task, BMN_PLATFORM_ERROR, BMN_PLATFORM_ERROR_REJECTED,
                               _ ("This is not a post on Bluesky."));
      return;
    }
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  json_builder_begin_object (builder);
  bmn_json_add_string (builder, "repo", words[0]);
  bmn_json_add_string (builder, "collection", words[1]);
  bmn_json_add_string (builder, "rkey", words[2]);
  json_builder_end_object (builder);
  g_autoptr (JsonNode) input = json_builder_get_root (builder);
  bmn_bluesky_client_call_async (self->client,
                                 bmn_xrpc_procedure (bmn_bluesky_client_get_service (self->client),
                                                     "com.atproto.repo.deleteRecord", "remove",
                                                     input),
                                 g_task_get_cancellable (task), on_removed, g_object_ref (task));
}

static void
bmn_bluesky_remove (BmnPlatform *platform, BmnPublishRequest *request, GTask *task)
{
  if (!take_client (platform, task))
    return;
  g_task_set_task_data (task, walk_new (BMN_BLUESKY (platform), request),
                        (GDestroyNotify)walk_free);
  remove_last (task);
}

/*
 * What it can do.
 */

/* The first 53 bits of a key are its time: later posts sort after earlier ones, also where the
 * clock stood still or went back. */
static char *
bmn_bluesky_make_key (BmnPlatform *platform)
{
  BmnBluesky *self = BMN_BLUESKY (platform);
  BmnPlatformHost *host = bmn_platform_get_host (platform);
  gint64 now = host ? bmn_platform_host_now (host) : g_get_real_time ();
  self->last_key_time = MAX (now, self->last_key_time + 1);
  return bmn_tid_new (self->last_key_time, (guint)g_random_int_range (0, BMN_TID_MAX_CLOCK + 1));
}

static gboolean
validate_text (BmnBluesky *self, const BmnPost *post, GPtrArray *parts, guint index, GError **error)
{
  g_autofree char *text = bmn_bluesky_text_of_part (post, parts, index);
  BmnTextCount count;
  if (!g_utf8_validate (text, -1, NULL) || !bmn_text_count (text, self->limits, &count, NULL)
      || count.fits)
    return TRUE;
  if (count.length > self->limits->max_length)
    g_set_error (error, BMN_PLATFORM_ERROR, BMN_PLATFORM_ERROR_REJECTED,
                 ngettext ("The text is %zu character too long for Bluesky, which takes 300. "
                           "Shorten it or split it into a thread.",
                           "The text is %zu characters too long for Bluesky, which takes 300. "
                           "Shorten it or split it into a thread.",
                           count.length - self->limits->max_length),
                 count.length - self->limits->max_length);
  else
    g_set_error_literal (error, BMN_PLATFORM_ERROR, BMN_PLATFORM_ERROR_REJECTED,
                         _ ("The text has few characters but too many bytes for Bluesky, which "
                            "takes 3000. Use fewer emoji or split it into a thread."));
  return FALSE;
}

static gboolean
bmn_bluesky_validate (BmnPlatform *platform, const BmnPost *post, GPtrArray *parts, GError **error)
{
  BmnBluesky *self = BMN_BLUESKY (platform);
  if (!BMN_PLATFORM_CLASS (bmn_bluesky_parent_class)->validate (platform, post, parts, error))
    return FALSE;
  for (guint i = 0; i < parts->len; i++)
    if (!validate_text (self, post, parts, i, error))
      return FALSE;
  return TRUE;
}

static const BmnCapabilities *
bmn_bluesky_get_capabilities (BmnPlatform *platform)
{
  static const BmnCapabilities capabilities = {
    .idempotency = BMN_IDEMPOTENCY_RECORD_KEY,
    .needs_network = TRUE,
    .request_life = 120,
    .whole_thread = TRUE,
    .can_read_back = TRUE,
    .can_remove = TRUE,
    .has_counts = TRUE,
    .has_content_warning = TRUE,
    .has_language = TRUE,
  };
  return &capabilities;
}

static const BmnLimits *
bmn_bluesky_get_limits (BmnPlatform *platform)
{
  return BMN_BLUESKY (platform)->limits;
}

static void
bmn_bluesky_finalize (GObject *object)
{
  BmnBluesky *self = BMN_BLUESKY (object);
  bmn_limits_free (self->limits);
  g_clear_object (&self->client);
  G_OBJECT_CLASS (bmn_bluesky_parent_class)->finalize (object);
}

static void
bmn_bluesky_class_init (BmnBlueskyClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = bmn_bluesky_finalize;
  BmnPlatformClass *platform_class = BMN_PLATFORM_CLASS (klass);
  platform_class->get_capabilities = bmn_bluesky_get_capabilities;
  platform_class->get_limits = bmn_bluesky_get_limits;
  platform_class->make_key = bmn_bluesky_make_key;
  platform_class->validate = bmn_bluesky_validate;
  platform_class->sign_in = bmn_bluesky_sign_in;
  platform_class->sign_out = bmn_bluesky_sign_out;
  platform_class->check = bmn_bluesky_check;
  platform_class->publish = bmn_bluesky_publish;
  platform_class->read_back = bmn_bluesky_read_back;
  platform_class->remove = bmn_bluesky_remove;
}

static void
bmn_bluesky_init (BmnBluesky *self)
{
  self->limits = bmn_text_default_limits (BMN_TEXT_DIALECT_BLUESKY);
  self->limits->max_media = MAX_IMAGES;
  self->limits->max_parts = MAX_PARTS;
  self->limits->mime_types = g_strdupv ((char **)picture_types);
}
