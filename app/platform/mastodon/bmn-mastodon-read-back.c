#include "bmn-json.h"
#include "bmn-mastodon-private.h"
#include "bmn-mastodon-scheduled-private.h"
#include "bmn-mastodon-status-private.h"

#include <glib/gi18n-lib.h>

/* A status may seem older than the request that made it by what two clocks differ within the
 * second that a Date header tells, and by what servers round. */
#define SKEW (60 * G_USEC_PER_SEC)

#define PAGE_SIZE 40
/* So many pages are more than an account publishes between an attempt and its read-back. */
#define MAX_PAGES 50

typedef struct
{
  BmnPublishRequest *request; /* (owned) */
  gint64 newer_than;          /* by our clock, µs */
  gboolean dated;             /* whether @newer_than is the server's time by now */
  guint n_pages;
  BmnReceipt *oldest; /* (owned) (nullable) of those that are ours */
  guint n_same;
  guint n_doubtful;
} BmnMastodonSearch;

static void
search_free (BmnMastodonSearch *search)
{
  bmn_publish_request_unref (search->request);
  g_clear_pointer (&search->oldest, bmn_receipt_free);
  g_free (search);
}

static void read_page (GTask *task, const char *path);

/* @receipt: (nullable) (transfer full): */
static void
return_receipt (GTask *task, BmnReceipt *receipt)
{
  GPtrArray *receipts = g_ptr_array_new_with_free_func ((GDestroyNotify)bmn_receipt_free);
  if (receipt)
    g_ptr_array_add (receipts, receipt);
  g_task_return_pointer (task, receipts, (GDestroyNotify)g_ptr_array_unref);
}

/* Says also what the server made of it otherwise than it was asked to. */
static BmnReceipt *
make_receipt (const BmnPublishRequest *request, const BmnMastodonStatus *status)
{
  BmnReceipt *receipt = bmn_mastodon_status_to_receipt (status, request->part);
  receipt->note = bmn_mastodon_status_describe_changes (status, request);
  return receipt;
}

/*
 * By likeness, among the account's own statuses.
 */

static void
finish_search (GTask *task)
{
  BmnMastodon *self = g_task_get_source_object (task);
  BmnMastodonSearch *search = g_task_get_task_data (task);
  if (search->n_same > 1)
    bmn_mastodon_learn_keys (self, FALSE);
  if (search->oldest || search->n_doubtful == 0)
    return_receipt (task, g_steal_pointer (&search->oldest));
  else
    g_task_return_new_error (task, BMN_PLATFORM_ERROR, BMN_PLATFORM_ERROR_UNKNOWN_OUTCOME,
                             _ ("A post much like this one is there, but not the same. It may be "
                                "this one, changed by the server."));
}

static void
weigh (BmnMastodonSearch *search, const BmnMastodonStatus *status)
{
  if (g_hash_table_contains (search->request->known_ids, status->id))
    return;
  switch (bmn_mastodon_status_compare (status, search->request))
    {
    case BMN_MASTODON_SAME:
      /* Statuses come newest first, so the last one stays. */
      g_clear_pointer (&search->oldest, bmn_receipt_free);
      search->oldest = make_receipt (search->request, status);
      search->n_same++;
      break;
    case BMN_MASTODON_DOUBTFUL:
      search->n_doubtful++;
      break;
    case BMN_MASTODON_OTHER:
      break;
    }
}

/*
 * @more: (out): whether older pages may have more
 *
 * Returns: %FALSE where a status cannot be read: it might be ours, so that nothing is certain
 */
static gboolean
weigh_page (BmnMastodonSearch *search, JsonArray *page, gboolean *more)
{
  *more = TRUE;
  for (guint i = 0; i < json_array_get_length (page); i++)
    {
      g_autoptr (BmnMastodonStatus) status
          = bmn_mastodon_status_parse (bmn_json_get_element_object (page, i));
      if (!status)
        return FALSE;
      if (status->created_at > 0 && status->created_at < search->newer_than)
        *more = FALSE;
      else
        weigh (search, status);
    }
  return TRUE;
}

static void
on_page (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  BmnMastodonSearch *search = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (BmnMastodonAnswer) answer
      = bmn_mastodon_call_finish (BMN_MASTODON (source), result, NULL, &error);
  if (!answer)
    {
      g_task_return_error (task, error);
      return;
    }
  if (!search->dated)
    {
      search->newer_than += answer->clock_offset;
      search->dated = TRUE;
    }
  gboolean more;
  if (!JSON_NODE_HOLDS_ARRAY (answer->json) || search->n_pages++ >= MAX_PAGES
      || !weigh_page (search, json_node_get_array (answer->json), &more))
    g_task_return_new_error (task, BMN_PLATFORM_ERROR, BMN_PLATFORM_ERROR_BAD_REPLY,
                             _ ("The server does not list the account's posts as expected."));
  else if (more && answer->next)
    read_page (task, answer->next);
  else
    finish_search (task);
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

static void
on_own (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  GError *error = NULL;
  g_autofree char *path = bmn_mastodon_find_own_finish (BMN_MASTODON (source), result, &error);
  if (path)
    read_page (task, path);
  else
    g_task_return_error (task, error);
}

static void
search_likeness (GTask *task)
{
  bmn_mastodon_find_own_async (g_task_get_source_object (task), PAGE_SIZE, "read-back",
                               BMN_HTTP_PRIORITY_PUBLISH, g_task_get_cancellable (task), on_own,
                               g_object_ref (task));
}

/*
 * By receipt.
 */

static void
on_looked_up (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  const BmnMastodonSearch *search = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  int code;
  g_autoptr (BmnMastodonAnswer) answer
      = bmn_mastodon_call_finish (BMN_MASTODON (source), result, &code, &error);
  g_autoptr (BmnMastodonStatus) status
      = answer ? bmn_mastodon_status_parse (bmn_json_node_object (answer->json)) : NULL;
  if (status)
    return_receipt (task, make_receipt (search->request, status));
  else if (answer)
    g_task_return_new_error (task, BMN_PLATFORM_ERROR, BMN_PLATFORM_ERROR_BAD_REPLY,
                             _ ("The server does not show the post as expected."));
  else if (code == 404 || code == 410)
    return_receipt (task, NULL);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

/* While the server holds it, that is said; afterwards what came out of it is looked for. */
static void
on_scheduled (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  BmnMastodonSearch *search = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  int code;
  g_autoptr (BmnMastodonAnswer) answer
      = bmn_mastodon_call_finish (BMN_MASTODON (source), result, &code, &error);
  BmnReceipt *held = answer ? bmn_mastodon_scheduled_to_receipt (
                         bmn_json_node_object (answer->json), search->request->part)
                            : NULL;
  if (held)
    return_receipt (task, held);
  else if (answer)
    g_task_return_new_error (task, BMN_PLATFORM_ERROR, BMN_PLATFORM_ERROR_BAD_REPLY,
                             _ ("The server does not show the scheduled post as expected."));
  else if (code != 404 && code != 410)
    g_task_return_error (task, g_steal_pointer (&error));
  else
    search_likeness (task);
}

/* Handed over without an answer: it is held, or a server that knows no schedules has it out. */
static void
on_scheduled_found (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  GError *error = NULL;
  BmnReceipt *held;
  if (!bmn_mastodon_find_scheduled_finish (BMN_MASTODON (source), result, &held, &error))
    g_task_return_error (task, error);
  else if (held)
    return_receipt (task, held);
  else
    search_likeness (task);
}

static const BmnReceipt *
find_receipt (const BmnPublishRequest *request)
{
  for (guint i = 0; i < request->receipts->len; i++)
    {
      const BmnReceipt *receipt = request->receipts->pdata[i];
      if (receipt->part == request->part)
        return receipt;
    }
  return NULL;
}

static void
look_up (GTask *task, const BmnReceipt *receipt)
{
  BmnMastodon *self = g_task_get_source_object (task);
  BmnHttpRequest *request = bmn_mastodon_request_new_for_id (
      self, "GET", receipt->held ? "/api/v1/scheduled_statuses/" : "/api/v1/statuses/",
      receipt->remote_id, "", "read-back", BMN_HTTP_PRIORITY_PUBLISH);
  bmn_mastodon_call_async (self, request, g_task_get_cancellable (task),
                           receipt->held ? on_scheduled : on_looked_up, g_object_ref (task));
}

void
bmn_mastodon_read_back (BmnPlatform *platform, BmnPublishRequest *request, GTask *task)
{
  BmnMastodonSearch *search = g_new0 (BmnMastodonSearch, 1);
  const BmnReceipt *receipt = find_receipt (request);
  const gint64 since = receipt && receipt->held ? receipt->published_at
                       : request->first_sent_at ? request->first_sent_at
                                                : request->planned_at;
  search->request = bmn_publish_request_ref (request);
  search->newer_than = since - SKEW;
  /* The time of a schedule is the server's already. */
  search->dated = receipt && receipt->held;
  g_task_set_task_data (task, search, (GDestroyNotify)search_free);
  if (receipt)
    look_up (task, receipt);
  else if (request->schedule_at > 0)
    bmn_mastodon_find_scheduled_async (BMN_MASTODON (platform), request,
                                       g_task_get_cancellable (task), on_scheduled_found,
                                       g_object_ref (task));
  else
    search_likeness (task);
}
