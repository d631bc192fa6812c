#include "bmn-bluesky-draft-private.h"
#include "bmn-bluesky-private.h"
#include "bmn-bluesky-record-private.h"
#include "bmn-failpoint.h"
#include "bmn-json.h"
#include "bmn-platform-error.h"

#include <glib/gi18n-lib.h>

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
  BmnBlueskyClient *client = bmn_bluesky_get_client (self, NULL);
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
  BmnHttpRequest *request = bmn_xrpc_procedure (bmn_bluesky_client_get_service (client),
                                                "com.atproto.repo.applyWrites", "publish", writes);
  request->creates = TRUE;
  request->priority = BMN_HTTP_PRIORITY_PUBLISH;
  bmn_bluesky_client_call_async (client, request, g_task_get_cancellable (task), on_written,
                                 g_object_ref (task));
}

void
bmn_bluesky_publish (BmnPlatform *platform, BmnPublishRequest *request, GTask *task)
{
  BmnBlueskyClient *client = bmn_bluesky_take_client (platform, task);
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

/* Returns: (transfer full) (nullable): account, collection and key of a record; %NULL after @task
 *   has its error */
static GStrv
take_words (GTask *task, const char *uri)
{
  GStrv words = bmn_at_uri_parse (uri);
  if (!words)
    g_task_return_new_error (task, BMN_PLATFORM_ERROR, BMN_PLATFORM_ERROR_REJECTED,
                             _ ("This is not a post on Bluesky."));
  return words;
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
  BmnBlueskyClient *client = bmn_bluesky_get_client (self, NULL);
  Walk *walk = g_task_get_task_data (task);
  if (walk->index == walk->uris->len)
    {
      g_task_return_pointer (task, g_steal_pointer (&walk->receipts),
                             (GDestroyNotify)g_ptr_array_unref);
      return;
    }
  g_auto (GStrv) words = take_words (task, walk->uris->pdata[walk->index]);
  if (!words)
    return;
  /* Records are public: an expired sign-in does not keep us from finding out what is there. */
  BmnHttpRequest *request = bmn_xrpc_query (
      bmn_bluesky_client_get_service (client), "com.atproto.repo.getRecord", "read-back", "repo",
      words[0], "collection", words[1], "rkey", words[2], NULL);
  request->priority = BMN_HTTP_PRIORITY_PUBLISH;
  bmn_xrpc_sender_send_async (bmn_bluesky_client_get_sender (client), request, NULL, NULL,
                              g_task_get_cancellable (task), on_record, g_object_ref (task));
}

void
bmn_bluesky_read_back (BmnPlatform *platform, BmnPublishRequest *request, GTask *task)
{
  if (!bmn_bluesky_take_client (platform, task))
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
  BmnBlueskyClient *client = bmn_bluesky_get_client (self, NULL);
  Walk *walk = g_task_get_task_data (task);
  if (walk->uris->len == 0)
    {
      g_task_return_boolean (task, TRUE);
      return;
    }
  g_auto (GStrv) words = take_words (task, walk->uris->pdata[walk->uris->len - 1]);
  if (!words)
    return;
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  json_builder_begin_object (builder);
  bmn_json_add_string (builder, "repo", words[0]);
  bmn_json_add_string (builder, "collection", words[1]);
  bmn_json_add_string (builder, "rkey", words[2]);
  json_builder_end_object (builder);
  g_autoptr (JsonNode) input = json_builder_get_root (builder);
  bmn_bluesky_client_call_async (client,
                                 bmn_xrpc_procedure (bmn_bluesky_client_get_service (client),
                                                     "com.atproto.repo.deleteRecord", "remove",
                                                     input),
                                 g_task_get_cancellable (task), on_removed, g_object_ref (task));
}

void
bmn_bluesky_remove (BmnPlatform *platform, BmnPublishRequest *request, GTask *task)
{
  if (!bmn_bluesky_take_client (platform, task))
    return;
  g_task_set_task_data (task, walk_new (BMN_BLUESKY (platform), request),
                        (GDestroyNotify)walk_free);
  remove_last (task);
}
