#include "bmn-error.h"
#include "bmn-mastodon-send-private.h"
#include "bmn-mastodon-status-private.h"

#include <glib/gi18n-lib.h>

static GPtrArray *
receipts_new (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify)bmn_receipt_free);
}

/*
 * Publishing.
 */

static void
on_published (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  GError *error = NULL;
  BmnReceipt *receipt = bmn_mastodon_send_part_finish (BMN_MASTODON (source), result, NULL, &error);
  if (!receipt)
    {
      g_task_return_error (task, error);
      return;
    }
  GPtrArray *receipts = receipts_new ();
  g_ptr_array_add (receipts, receipt);
  g_task_return_pointer (task, receipts, (GDestroyNotify)g_ptr_array_unref);
}

void
bmn_mastodon_publish (BmnPlatform *platform, BmnPublishRequest *request, GTask *task)
{
  BmnMastodon *self = BMN_MASTODON (platform);
  const char *schedule = bmn_mastodon_get_fact (self, BMN_MASTODON_FACT_SCHEDULE);
  g_task_set_check_cancellable (task, FALSE);
  if (request->part > 0 && !bmn_mastodon_parent_of (request, request->part))
    g_task_return_new_error (task, BMN_PLATFORM_ERROR, BMN_PLATFORM_ERROR_REJECTED,
                             _ ("The part of the thread before this one is not out."));
  else if (request->schedule_at > 0 && g_strcmp0 (schedule, "offered") != 0)
    g_task_return_new_error (task, BMN_PLATFORM_ERROR, BMN_PLATFORM_ERROR_REJECTED,
                             _ ("This server cannot hold posts until their time. Let Bellman "
                                "publish them."));
  else
    bmn_mastodon_send_part_async (self, request, request->part, NULL, g_task_get_cancellable (task),
                                  on_published, g_object_ref (task));
}

/*
 * Changing what is out, part by part.
 */

typedef struct
{
  BmnPublishRequest *request; /* (owned) */
  GPtrArray *receipts;        /* (owned) of the parts that are done */
} BmnMastodonEdit;

static void
edit_free (BmnMastodonEdit *edit)
{
  bmn_publish_request_unref (edit->request);
  g_ptr_array_unref (edit->receipts);
  g_free (edit);
}

static void next_edit (GTask *task);

static void
on_looked_why (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  BmnMastodon *self = BMN_MASTODON (source);
  g_autoptr (GError) error = NULL;
  int status;
  g_autoptr (BmnMastodonAnswer) answer = bmn_mastodon_call_finish (self, result, &status, &error);
  if (answer)
    {
      bmn_mastodon_set_fact (self, BMN_MASTODON_FACT_EDIT, "none");
      g_task_return_new_error (task, BMN_PLATFORM_ERROR, BMN_PLATFORM_ERROR_REJECTED,
                               _ ("This server cannot change what is out. Delete the post and "
                                  "publish it again."));
    }
  else if (bmn_mastodon_is_missing (status))
    g_task_return_new_error (task, BMN_PLATFORM_ERROR, BMN_PLATFORM_ERROR_REJECTED,
                             _ ("The post is no longer there. Publish it again."));
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

/* A change that is not found: either the post is gone, or the server has no changes at all. */
static void
look_why (GTask *task)
{
  BmnMastodon *self = g_task_get_source_object (task);
  const BmnMastodonEdit *edit = g_task_get_task_data (task);
  const BmnReceipt *receipt = edit->request->receipts->pdata[edit->receipts->len];
  BmnHttpRequest *request = bmn_mastodon_request_new_for_id (
      self, "GET", "/api/v1/statuses/", receipt->remote_id, "", "publish", BMN_HTTP_PRIORITY_USER);
  bmn_mastodon_call_async (self, request, g_task_get_cancellable (task), on_looked_why,
                           g_object_ref (task));
}

static void
on_edited (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  BmnMastodonEdit *edit = g_task_get_task_data (task);
  GError *error = NULL;
  int status;
  BmnReceipt *receipt
      = bmn_mastodon_send_part_finish (BMN_MASTODON (source), result, &status, &error);
  if (receipt)
    {
      g_ptr_array_add (edit->receipts, receipt);
      next_edit (task);
    }
  else if (bmn_mastodon_is_missing (status))
    {
      g_clear_error (&error);
      look_why (task);
    }
  else
    g_task_return_error (task, error);
}

static void
next_edit (GTask *task)
{
  BmnMastodon *self = g_task_get_source_object (task);
  BmnMastodonEdit *edit = g_task_get_task_data (task);
  const guint i = edit->receipts->len;
  if (i == edit->request->receipts->len)
    {
      g_task_return_pointer (task, g_ptr_array_ref (edit->receipts),
                             (GDestroyNotify)g_ptr_array_unref);
      return;
    }
  const BmnReceipt *receipt = edit->request->receipts->pdata[i];
  bmn_mastodon_send_part_async (self, edit->request, i, receipt, g_task_get_cancellable (task),
                                on_edited, g_object_ref (task));
}

void
bmn_mastodon_edit (BmnPlatform *platform, BmnPublishRequest *request, GTask *task)
{
  if (request->receipts->len != request->parts->len)
    {
      g_task_return_new_error (task, BMN_PLATFORM_ERROR, BMN_PLATFORM_ERROR_REJECTED,
                               _ ("A thread that is out keeps its number of messages. Delete it "
                                  "and publish it again."));
      return;
    }
  BmnMastodonEdit *edit = g_new0 (BmnMastodonEdit, 1);
  edit->request = bmn_publish_request_ref (request);
  edit->receipts = receipts_new ();
  g_task_set_task_data (task, edit, (GDestroyNotify)edit_free);
  next_edit (task);
}

/*
 * Removing, last part first.
 */

typedef struct
{
  BmnPublishRequest *request; /* (owned) */
  guint left;
} BmnMastodonRemoval;

static void
removal_free (BmnMastodonRemoval *removal)
{
  bmn_publish_request_unref (removal->request);
  g_free (removal);
}

static void next_removal (GTask *task);

static void
on_removed (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  BmnMastodonRemoval *removal = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  int status;
  g_autoptr (BmnMastodonAnswer) answer
      = bmn_mastodon_call_finish (BMN_MASTODON (source), result, &status, &error);
  const BmnReceipt *receipt = removal->request->receipts->pdata[removal->left - 1];
  if (!answer && receipt->held && (status == 404 || status == 410))
    {
      g_task_return_new_error (task, BMN_ERROR, BMN_ERROR_NOT_FOUND,
                               _ ("The server holds this post no longer: it went out, or was "
                                  "removed there."));
      return;
    }
  if (!answer && status != 404 && status != 410)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  removal->left--;
  next_removal (task);
}

static void
next_removal (GTask *task)
{
  BmnMastodon *self = g_task_get_source_object (task);
  const BmnMastodonRemoval *removal = g_task_get_task_data (task);
  if (removal->left == 0)
    {
      g_task_return_boolean (task, TRUE);
      return;
    }
  const BmnReceipt *receipt = removal->request->receipts->pdata[removal->left - 1];
  BmnHttpRequest *request = bmn_mastodon_request_new_for_id (
      self, "DELETE", receipt->held ? "/api/v1/scheduled_statuses/" : "/api/v1/statuses/",
      receipt->remote_id, "", "publish", BMN_HTTP_PRIORITY_USER);
  bmn_mastodon_call_async (self, request, g_task_get_cancellable (task), on_removed,
                           g_object_ref (task));
}

void
bmn_mastodon_remove (BmnPlatform *platform, BmnPublishRequest *request, GTask *task)
{
  BmnMastodonRemoval *removal = g_new0 (BmnMastodonRemoval, 1);
  removal->request = bmn_publish_request_ref (request);
  removal->left = request->receipts->len;
  g_task_set_task_data (task, removal, (GDestroyNotify)removal_free);
  next_removal (task);
}
