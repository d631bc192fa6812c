#include "bmn-bluesky-draft-private.h"
#include "bmn-bluesky-handle-private.h"
#include "bmn-bluesky-identity-private.h"
#include "bmn-bluesky-record-private.h"
#include "bmn-entity.h"
#include "bmn-json.h"
#include "bmn-link-card-private.h"
#include "bmn-picture-private.h"
#include "bmn-platform-error.h"

#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>

#define MAX_PAGE (512 * 1024)
#define MAX_THUMB (8 * 1024 * 1024)
#define POST_URL "https://bsky.app/profile/"

static const char *const picture_types[] = { "image/jpeg", "image/png", NULL };
static const BmnPictureLimits picture_limits = { picture_types, BMN_BLUESKY_MAX_IMAGE, 0 };

typedef enum
{
  STEP_MENTION,
  STEP_PICTURE,
  STEP_QUOTE,
  STEP_CARD,
} StepKind;

/* One thing to be done for one part. */
typedef struct
{
  StepKind kind;
  BmnBlueskyPart *part;  /* not owned: the draft's */
  char *word;            /* (owned) (nullable) a handle or an address */
  const BmnMedia *media; /* (nullable) not owned: the request's */
} Step;

typedef struct
{
  BmnBlueskyClient *client;   /* (owned) */
  BmnHttpClient *http;        /* (owned) */
  BmnPublishRequest *request; /* (owned) */
  gboolean with_cards;
  GPtrArray *parts; /* (owned) (element-type BmnBlueskyPart) */
  GQueue steps;     /* (owned) of #Step: what is left, the one under way first */
  /* Of the step under way. */
  BmnPicture *picture; /* (owned) (nullable) */
  GFile *thumb;        /* (owned) (nullable) a temporary file */
} Draft;

static void
step_free (Step *step)
{
  g_free (step->word);
  g_free (step);
}

static void
drop_thumb (Draft *draft)
{
  if (draft->thumb)
    g_unlink (g_file_peek_path (draft->thumb));
  g_clear_object (&draft->thumb);
}

static void
draft_free (Draft *draft)
{
  g_clear_object (&draft->client);
  g_clear_object (&draft->http);
  g_clear_pointer (&draft->request, bmn_publish_request_unref);
  g_clear_pointer (&draft->parts, g_ptr_array_unref);
  g_queue_clear_full (&draft->steps, (GDestroyNotify)step_free);
  g_clear_pointer (&draft->picture, bmn_picture_free);
  drop_thumb (draft);
  g_free (draft);
}

gboolean
bmn_bluesky_parse_post_url (const char *url, char **actor, char **rkey)
{
  if (!g_str_has_prefix (url, POST_URL))
    return FALSE;
  g_autofree char *path = g_strdup (url + strlen (POST_URL));
  path[strcspn (path, "?#")] = '\0';
  g_auto (GStrv) words = g_strsplit (path, "/", -1);
  if (g_strv_length (words) != 3 || !*words[0] || !g_str_equal (words[1], "post") || !*words[2])
    return FALSE;
  *actor = g_strdup (words[0]);
  *rkey = g_strdup (words[2]);
  return TRUE;
}

/*
 * What is to be done.
 */

static Step *
step_new (StepKind kind, BmnBlueskyPart *part, const char *word, const BmnMedia *media)
{
  Step *step = g_new0 (Step, 1);
  step->kind = kind;
  step->part = part;
  step->word = g_strdup (word);
  step->media = media;
  return step;
}

static void
plan_links (Draft *draft, BmnBlueskyPart *part, gboolean has_media)
{
  const char *first = NULL;
  const char *last = NULL;
  for (guint i = 0; i < part->entities->len; i++)
    {
      const BmnEntity *entity = part->entities->pdata[i];
      if (entity->kind != BMN_ENTITY_LINK)
        continue;
      first = first ? first : entity->url;
      last = entity->url;
    }
  g_autofree char *actor = NULL;
  g_autofree char *rkey = NULL;
  if (last && bmn_bluesky_parse_post_url (last, &actor, &rkey))
    g_queue_push_tail (&draft->steps, step_new (STEP_QUOTE, part, last, NULL));
  else if (first && !has_media && draft->with_cards)
    g_queue_push_tail (&draft->steps, step_new (STEP_CARD, part, first, NULL));
}

static void
plan_part (Draft *draft, BmnBlueskyPart *part, const BmnPart *source)
{
  for (guint i = 0; i < part->entities->len; i++)
    {
      const BmnEntity *entity = part->entities->pdata[i];
      if (entity->kind == BMN_ENTITY_MENTION)
        g_queue_push_tail (&draft->steps, step_new (STEP_MENTION, part, entity->text, NULL));
    }
  for (guint i = 0; i < source->media->len; i++)
    g_queue_push_tail (&draft->steps, step_new (STEP_PICTURE, part, NULL, source->media->pdata[i]));
  plan_links (draft, part, source->media->len > 0);
}

/*
 * Going on.
 */

static void run_step (GTask *task);

static void
next_step (GTask *task)
{
  Draft *draft = g_task_get_task_data (task);
  g_clear_pointer (&draft->picture, bmn_picture_free);
  drop_thumb (draft);
  step_free (g_queue_pop_head (&draft->steps));
  run_step (task);
}

/* Whether an attempt that met @error should rather be made again than do without. */
static gboolean
is_worth_waiting (const GError *error)
{
  return g_error_matches (error, BMN_PLATFORM_ERROR, BMN_PLATFORM_ERROR_OFFLINE)
         || g_error_matches (error, BMN_PLATFORM_ERROR, BMN_PLATFORM_ERROR_TIMED_OUT)
         || g_error_matches (error, BMN_PLATFORM_ERROR, BMN_PLATFORM_ERROR_RATE_LIMITED)
         || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

static Step *
current_step (GTask *task)
{
  Draft *draft = g_task_get_task_data (task);
  return g_queue_peek_head (&draft->steps);
}

/*
 * Mentions.
 */

static void
on_mention (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  Step *step = current_step (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (BmnXrpcReply) reply
      = bmn_xrpc_sender_send_finish (BMN_XRPC_SENDER (source), result, &error);
  JsonObject *answer = reply ? bmn_xrpc_reply_get_object (reply, &error) : NULL;
  const char *did = bmn_json_get_string (answer, "did");
  if (error && is_worth_waiting (error))
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  if (did && g_str_has_prefix (did, "did:"))
    g_hash_table_replace (step->part->dids, g_strdup (step->word), g_strdup (did));
  next_step (task);
}

static void
find_mention (GTask *task, const Step *step)
{
  Draft *draft = g_task_get_task_data (task);
  g_autofree char *handle = bmn_bluesky_handle_normalize (step->word);
  if (!handle || g_hash_table_contains (step->part->dids, step->word))
    {
      next_step (task);
      return;
    }
  BmnHttpRequest *request
      = bmn_xrpc_query (bmn_bluesky_client_get_service (draft->client),
                        "com.atproto.identity.resolveHandle", "publish", "handle", handle, NULL);
  request->priority = BMN_HTTP_PRIORITY_PUBLISH;
  bmn_xrpc_sender_send_async (bmn_bluesky_client_get_sender (draft->client), request, NULL, NULL,
                              g_task_get_cancellable (task), on_mention, g_object_ref (task));
}

/*
 * Pictures.
 */

static void
upload (GTask *task, GAsyncReadyCallback callback)
{
  Draft *draft = g_task_get_task_data (task);
  BmnHttpRequest *request = bmn_xrpc_procedure (bmn_bluesky_client_get_service (draft->client),
                                                "com.atproto.repo.uploadBlob", "publish", NULL);
  bmn_http_request_take_body (request, draft->picture->mime_type,
                              g_bytes_ref (draft->picture->bytes));
  request->priority = BMN_HTTP_PRIORITY_PUBLISH;
  request->timeout = 120;
  bmn_bluesky_client_call_async (draft->client, request, g_task_get_cancellable (task), callback,
                                 g_object_ref (task));
}

/* Returns: (transfer none) (nullable): the blob in the answer to an upload */
static JsonNode *
find_blob (const BmnXrpcReply *reply, GError **error)
{
  JsonObject *answer = bmn_xrpc_reply_get_object (reply, error);
  if (!answer)
    return NULL;
  JsonObject *blob = bmn_json_get_object (answer, "blob");
  if (bmn_json_get_string (bmn_json_get_object (blob, "ref"), "$link"))
    return json_object_get_member (answer, "blob");
  g_set_error_literal (
      error, BMN_PLATFORM_ERROR, BMN_PLATFORM_ERROR_SERVER,
      _ ("The server took a picture and did not say where it is. Try again later."));
  return NULL;
}

static void
on_picture_uploaded (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  Draft *draft = g_task_get_task_data (task);
  Step *step = current_step (task);
  GError *error = NULL;
  g_autoptr (BmnXrpcReply) reply
      = bmn_bluesky_client_call_finish (BMN_BLUESKY_CLIENT (source), result, &error);
  JsonNode *blob = reply ? find_blob (reply, &error) : NULL;
  if (!blob)
    {
      g_task_return_error (task, error);
      return;
    }
  g_ptr_array_add (step->part->images,
                   bmn_bluesky_image_new (blob, step->media->alt, draft->picture->width,
                                          draft->picture->height));
  next_step (task);
}

static void
on_picture_prepared (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  Draft *draft = g_task_get_task_data (task);
  GError *error = NULL;
  draft->picture = bmn_picture_prepare_finish (result, &error);
  if (draft->picture)
    upload (task, on_picture_uploaded);
  else
    g_task_return_error (task, error);
}

/*
 * Quotes. A post that cannot be quoted is still linked to.
 */

static void
do_without_quote (GTask *task)
{
  Draft *draft = g_task_get_task_data (task);
  Step *step = current_step (task);
  if (draft->with_cards && step->part->images->len == 0)
    g_queue_push_nth (&draft->steps, step_new (STEP_CARD, step->part, step->word, NULL), 1);
  next_step (task);
}

static void
on_quoted_record (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  Step *step = current_step (task);
  g_autoptr (BmnXrpcReply) reply
      = bmn_xrpc_sender_send_finish (BMN_XRPC_SENDER (source), result, NULL);
  JsonObject *answer = reply ? bmn_xrpc_reply_get_object (reply, NULL) : NULL;
  const char *uri = bmn_json_get_string (answer, "uri");
  const char *cid = bmn_json_get_string (answer, "cid");
  if (!uri || !cid)
    {
      do_without_quote (task);
      return;
    }
  step->part->quote = bmn_bluesky_ref_new (uri, cid);
  next_step (task);
}

static void
on_quoted_author (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  Draft *draft = g_task_get_task_data (task);
  g_autofree char *actor = NULL;
  g_autofree char *rkey = NULL;
  g_autoptr (BmnBlueskyIdentity) author = bmn_bluesky_identity_find_finish (result, NULL);
  if (!author || !bmn_bluesky_parse_post_url (current_step (task)->word, &actor, &rkey))
    {
      do_without_quote (task);
      return;
    }
  BmnHttpRequest *request
      = bmn_xrpc_query (author->pds, "com.atproto.repo.getRecord", "publish", "repo", author->did,
                        "collection", BMN_BLUESKY_POSTS, "rkey", rkey, NULL);
  request->public_only = !bmn_bluesky_is_loopback (bmn_bluesky_client_get_service (draft->client));
  bmn_xrpc_sender_send_async (bmn_bluesky_client_get_sender (draft->client), request, NULL, NULL,
                              g_task_get_cancellable (task), on_quoted_record, g_object_ref (task));
}

static void
find_quote (GTask *task, const Step *step)
{
  Draft *draft = g_task_get_task_data (task);
  g_autofree char *actor = NULL;
  g_autofree char *rkey = NULL;
  if (!bmn_bluesky_parse_post_url (step->word, &actor, &rkey))
    {
      do_without_quote (task);
      return;
    }
  bmn_bluesky_identity_find_async (bmn_bluesky_client_get_sender (draft->client), draft->http,
                                   actor, bmn_bluesky_client_get_service (draft->client),
                                   g_task_get_cancellable (task), on_quoted_author,
                                   g_object_ref (task));
}

/*
 * Cards. Whatever fails here costs the card or its picture, never the post.
 */

static void
on_thumb_uploaded (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  Step *step = current_step (task);
  g_autoptr (BmnXrpcReply) reply
      = bmn_bluesky_client_call_finish (BMN_BLUESKY_CLIENT (source), result, NULL);
  JsonNode *blob = reply ? find_blob (reply, NULL) : NULL;
  if (blob)
    step->part->card->thumb = json_node_copy (blob);
  next_step (task);
}

static void
on_thumb_prepared (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  Draft *draft = g_task_get_task_data (task);
  draft->picture = bmn_picture_prepare_finish (result, NULL);
  if (draft->picture)
    upload (task, on_thumb_uploaded);
  else
    next_step (task);
}

static void
on_thumb_written (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  if (g_file_replace_contents_finish (G_FILE (source), result, NULL, NULL))
    bmn_picture_prepare_async (g_file_peek_path (G_FILE (source)), &picture_limits,
                               g_task_get_cancellable (task), on_thumb_prepared,
                               g_object_ref (task));
  else
    next_step (task);
}

static void
on_thumb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  Draft *draft = g_task_get_task_data (task);
  g_autoptr (BmnHttpResponse) response
      = bmn_http_client_send_finish (BMN_HTTP_CLIENT (source), result, NULL);
  g_autoptr (GFileIOStream) stream = NULL;
  if (response && response->status == 200)
    draft->thumb = g_file_new_tmp ("bellman-XXXXXX", &stream, NULL);
  if (draft->thumb)
    g_file_replace_contents_bytes_async (draft->thumb, response->body, NULL, FALSE,
                                         G_FILE_CREATE_PRIVATE, g_task_get_cancellable (task),
                                         on_thumb_written, g_object_ref (task));
  else
    next_step (task);
}

static void
fetch (GTask *task, const char *url, gsize max_body, GAsyncReadyCallback callback)
{
  Draft *draft = g_task_get_task_data (task);
  /* With a server on this computer, which only tests have, the web is on it as well. */
  gboolean public_only = !bmn_bluesky_is_loopback (bmn_bluesky_client_get_service (draft->client));
  bmn_http_client_send_async (draft->http, bmn_link_card_request (url, max_body, public_only),
                              g_task_get_cancellable (task), callback, g_object_ref (task));
}

static void
on_page (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  Step *step = current_step (task);
  g_autoptr (BmnHttpResponse) response
      = bmn_http_client_send_finish (BMN_HTTP_CLIENT (source), result, NULL);
  g_autoptr (BmnLinkCard) page = NULL;
  if (response && response->status == 200 && g_strcmp0 (response->content_type, "text/html") == 0)
    page = bmn_link_card_parse (response->body, response->url);
  if (!page)
    {
      next_step (task);
      return;
    }
  step->part->card = g_new0 (BmnBlueskyCard, 1);
  step->part->card->url = g_strdup (step->word);
  step->part->card->title = g_steal_pointer (&page->title);
  step->part->card->description = g_steal_pointer (&page->description);
  if (page->image_url)
    fetch (task, page->image_url, MAX_THUMB, on_thumb);
  else
    next_step (task);
}

/*
 * The whole.
 */

static void
run_step (GTask *task)
{
  Draft *draft = g_task_get_task_data (task);
  const Step *step = g_queue_peek_head (&draft->steps);
  if (!step)
    {
      g_task_return_pointer (task, g_steal_pointer (&draft->parts),
                             (GDestroyNotify)g_ptr_array_unref);
      return;
    }
  if (g_task_return_error_if_cancelled (task))
    return;
  switch (step->kind)
    {
    case STEP_MENTION:
      find_mention (task, step);
      break;
    case STEP_PICTURE:
      bmn_picture_prepare_async (step->media->path, &picture_limits, g_task_get_cancellable (task),
                                 on_picture_prepared, g_object_ref (task));
      break;
    case STEP_QUOTE:
      find_quote (task, step);
      break;
    case STEP_CARD:
      fetch (task, step->word, MAX_PAGE, on_page);
      break;
    }
}

void
bmn_bluesky_draft_async (BmnBlueskyClient *client,
                         BmnHttpClient *http,
                         BmnPublishRequest *request,
                         gboolean with_cards,
                         GCancellable *cancellable,
                         GAsyncReadyCallback callback,
                         gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  g_task_set_source_tag (task, bmn_bluesky_draft_async);
  Draft *draft = g_new0 (Draft, 1);
  g_task_set_task_data (task, draft, (GDestroyNotify)draft_free);
  draft->client = g_object_ref (client);
  draft->http = g_object_ref (http);
  draft->request = bmn_publish_request_ref (request);
  draft->with_cards = with_cards;
  draft->parts = g_ptr_array_new_with_free_func ((GDestroyNotify)bmn_bluesky_part_free);
  GError *error = NULL;
  for (guint i = 0; i < request->parts->len; i++)
    {
      g_autofree char *text = bmn_bluesky_text_of_part (request->post, request->parts, i);
      BmnBlueskyPart *part = bmn_bluesky_part_new (text, &error);
      if (!part)
        {
          g_task_return_error (task, error);
          return;
        }
      g_ptr_array_add (draft->parts, part);
      plan_part (draft, part, request->parts->pdata[i]);
    }
  run_step (task);
}

GPtrArray *
bmn_bluesky_draft_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}
