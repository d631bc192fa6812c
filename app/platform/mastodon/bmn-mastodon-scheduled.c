#include "bmn-mastodon-scheduled-private.h"
#include "bmn-instant.h"
#include "bmn-json.h"
#include "bmn-mastodon-status-private.h"

#include <glib/gi18n-lib.h>

/* Servers round the time that they are given. */
#define SKEW (60 * G_USEC_PER_SEC)

#define FIRST_PAGE "/api/v1/scheduled_statuses?limit=40"
/* Mastodon holds 300 at most; others may hold more. */
#define MAX_PAGES 50

typedef struct
{
  BmnPublishRequest *request; /* (owned) */
  guint n_pages;
} Search;

static void
search_free (Search *search)
{
  bmn_publish_request_unref (search->request);
  g_free (search);
}

BmnReceipt *
bmn_mastodon_scheduled_to_receipt (JsonObject *object, int part)
{
  const char *id = bmn_json_get_string (object, "id");
  const char *time = bmn_json_get_string (object, "scheduled_at");
  gint64 at;
  if (!id || !*id || !time || !bmn_instant_parse (time, &at, NULL))
    return NULL;
  BmnReceipt *receipt = bmn_receipt_new (part, id, NULL, at);
  receipt->held = TRUE;
  return receipt;
}

static gboolean
is_ours (const Search *search, JsonObject *object, const BmnReceipt *receipt)
{
  const BmnPublishRequest *request = search->request;
  const BmnPart *part = request->parts->pdata[request->part];
  JsonObject *params = bmn_json_get_object (object, "params");
  const char *text = bmn_json_get_string (params, "text");
  const char *warning = bmn_json_get_string (params, "spoiler_text");
  const char *wanted = request->post->content_warning;
  return !g_hash_table_contains (request->known_ids, receipt->remote_id)
         && ABS (receipt->published_at - request->schedule_at) < SKEW
         && bmn_mastodon_texts_are_equal (text ? text : "", part->text)
         && bmn_mastodon_texts_are_equal (warning ? warning : "", wanted ? wanted : "");
}

/* Returns: %FALSE where one cannot be read: it might be ours, so that nothing is certain */
static gboolean
search_page (const Search *search, JsonNode *json, BmnReceipt **found)
{
  if (!JSON_NODE_HOLDS_ARRAY (json))
    return FALSE;
  JsonArray *page = json_node_get_array (json);
  for (guint i = 0; i < json_array_get_length (page) && !*found; i++)
    {
      JsonObject *object = bmn_json_get_element_object (page, i);
      g_autoptr (BmnReceipt) receipt
          = bmn_mastodon_scheduled_to_receipt (object, search->request->part);
      if (!receipt)
        return FALSE;
      if (is_ours (search, object, receipt))
        *found = g_steal_pointer (&receipt);
    }
  return TRUE;
}

static void read_page (GTask *task, const char *path);

static void
on_page (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  Search *search = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  int status;
  g_autoptr (BmnMastodonAnswer) answer
      = bmn_mastodon_call_finish (BMN_MASTODON (source), result, &status, &error);
  BmnReceipt *found = NULL;
  if (!answer && bmn_mastodon_is_missing (status))
    /* A server without schedules holds nothing. */
    g_task_return_pointer (task, NULL, NULL);
  else if (!answer)
    g_task_return_error (task, g_steal_pointer (&error));
  else if (search->n_pages++ >= MAX_PAGES || !search_page (search, answer->json, &found))
    g_task_return_new_error (task, BMN_PLATFORM_ERROR, BMN_PLATFORM_ERROR_BAD_REPLY,
                             _ ("The server does not list the scheduled posts as expected."));
  else if (!found && answer->next)
    read_page (task, answer->next);
  else
    g_task_return_pointer (task, found, (GDestroyNotify)bmn_receipt_free);
}

static void
read_page (GTask *task, const char *path)
{
  BmnMastodon *self = g_task_get_source_object (task);
  BmnHttpRequest *request
      = bmn_mastodon_request_new (self, "GET", path, "read-back", BMN_HTTP_PRIORITY_PUBLISH);
  bmn_mastodon_call_async (self, request, g_task_get_cancellable (task), on_page,
                           g_object_ref (task));
}

void
bmn_mastodon_find_scheduled_async (BmnMastodon *self,
                                   BmnPublishRequest *request,
                                   GCancellable *cancellable,
                                   GAsyncReadyCallback callback,
                                   gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, bmn_mastodon_find_scheduled_async);
  Search *search = g_new0 (Search, 1);
  search->request = bmn_publish_request_ref (request);
  g_task_set_task_data (task, search, (GDestroyNotify)search_free);
  read_page (task, FIRST_PAGE);
}

gboolean
bmn_mastodon_find_scheduled_finish (BmnMastodon *self,
                                    GAsyncResult *result,
                                    BmnReceipt **receipt,
                                    GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  g_autoptr (GError) failure = NULL;
  *receipt = g_task_propagate_pointer (G_TASK (result), &failure);
  if (!failure)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&failure));
  return FALSE;
}
