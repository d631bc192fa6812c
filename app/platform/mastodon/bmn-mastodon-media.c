#include "bmn-mastodon-media-private.h"
#include "bmn-error.h"
#include "bmn-json.h"
#include "bmn-picture-private.h"

#include <glib/gi18n-lib.h>
#include <libsoup/soup.h>

/* How long to wait before asking whether a medium is ready, in ms: at first and at most. */
#define FIRST_WAIT 500
#define MAX_WAIT 10000

typedef struct
{
  GPtrArray *media; /* (owned) (element-type BmnMedia) */
  GPtrArray *ids;   /* (owned) (element-type utf8) one for each that was accepted */
  gint64 deadline;
  GBytes *bytes;   /* (owned) (nullable) of the one under way */
  char *mime_type; /* (owned) (nullable) */
  gboolean old;    /* the server has no version 2 of this */
  guint wait;
} BmnMastodonUpload;

static void
upload_free (BmnMastodonUpload *upload)
{
  g_ptr_array_unref (upload->media);
  g_ptr_array_unref (upload->ids);
  g_clear_pointer (&upload->bytes, g_bytes_unref);
  g_free (upload->mime_type);
  g_free (upload);
}

static void next_medium (GTask *task);
static void send_medium (GTask *task);
static void ask_again_later (GTask *task);

static const BmnMedia *
current (const BmnMastodonUpload *upload)
{
  return upload->media->pdata[upload->ids->len];
}

/* Whatever went wrong with a medium, no status was made. */
static void
return_certain (GTask *task, GError *error)
{
  bmn_oauth2_make_certain (error);
  g_task_return_error (task, error);
}

/* Returns: seconds that are left, at least one; 0 where the deadline passed and @task ended */
static guint
check_deadline (GTask *task)
{
  BmnMastodon *self = g_task_get_source_object (task);
  const BmnMastodonUpload *upload = g_task_get_task_data (task);
  gint64 left = upload->deadline - bmn_mastodon_now (self);
  if (left > 0)
    return MAX (1, left / G_USEC_PER_SEC);
  g_task_return_new_error (task, BMN_PLATFORM_ERROR, BMN_PLATFORM_ERROR_TIMED_OUT,
                           _ ("The server takes long to prepare the attached files. Bellman "
                              "tries again."));
  return 0;
}

static void
medium_ready (GTask *task)
{
  BmnMastodonUpload *upload = g_task_get_task_data (task);
  g_clear_pointer (&upload->bytes, g_bytes_unref);
  g_clear_pointer (&upload->mime_type, g_free);
  next_medium (task);
}

/*
 * Waiting until the server has processed it.
 */

static void
on_asked (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  BmnMastodon *self = BMN_MASTODON (source);
  GError *error = NULL;
  int status;
  g_autoptr (BmnMastodonAnswer) answer = bmn_mastodon_call_finish (self, result, &status, &error);
  if (!answer)
    return_certain (task, error);
  else if (status == SOUP_STATUS_OK)
    medium_ready (task);
  else
    ask_again_later (task);
}

static gboolean
on_ask (gpointer data)
{
  GTask *task = data;
  BmnMastodon *self = g_task_get_source_object (task);
  const BmnMastodonUpload *upload = g_task_get_task_data (task);
  const char *id = upload->ids->pdata[upload->ids->len - 1];
  guint left = check_deadline (task);
  if (left == 0)
    return G_SOURCE_REMOVE;
  BmnHttpRequest *request = bmn_mastodon_request_new_for_id (self, "GET", "/api/v1/media/", id, "",
                                                             "publish", BMN_HTTP_PRIORITY_PUBLISH);
  request->timeout = MIN (left, 30);
  bmn_mastodon_call_async (self, request, g_task_get_cancellable (task), on_asked,
                           g_object_ref (task));
  return G_SOURCE_REMOVE;
}

static void
ask_again_later (GTask *task)
{
  BmnMastodonUpload *upload = g_task_get_task_data (task);
  g_autoptr (GSource) source = g_timeout_source_new (upload->wait);
  g_source_set_callback (source, on_ask, g_object_ref (task), g_object_unref);
  g_source_attach (source, g_task_get_context (task));
  upload->wait = MIN (upload->wait * 3 / 2, MAX_WAIT);
}

/*
 * Sending it.
 */

static void
on_sent (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  BmnMastodon *self = BMN_MASTODON (source);
  BmnMastodonUpload *upload = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  int status;
  g_autoptr (BmnMastodonAnswer) answer = bmn_mastodon_call_finish (self, result, &status, &error);
  if (!answer && !upload->old && bmn_mastodon_is_missing (status))
    {
      upload->old = TRUE;
      send_medium (task);
      return;
    }
  if (!answer)
    {
      return_certain (task, g_steal_pointer (&error));
      return;
    }
  const char *id = bmn_json_get_string (bmn_json_node_object (answer->json), "id");
  if (!id || !*id)
    {
      g_task_return_new_error (task, BMN_PLATFORM_ERROR, BMN_PLATFORM_ERROR_SERVER,
                               _ ("The server did not understand an attached file. Bellman tries "
                                  "again."));
      return;
    }
  g_ptr_array_add (upload->ids, g_strdup (id));
  upload->wait = FIRST_WAIT;
  if (status == SOUP_STATUS_OK)
    medium_ready (task);
  else
    ask_again_later (task);
}

/* Returns: (transfer full): focus as the API wants it, with a point whatever the locale */
static char *
format_focus (const BmnMedia *medium)
{
  char x[G_ASCII_DTOSTR_BUF_SIZE], y[G_ASCII_DTOSTR_BUF_SIZE];
  g_ascii_formatd (x, sizeof x, "%.4f", CLAMP (medium->focus_x, -1, 1));
  g_ascii_formatd (y, sizeof y, "%.4f", CLAMP (medium->focus_y, -1, 1));
  return g_strdup_printf ("%s,%s", x, y);
}

static void
take_multipart (BmnHttpRequest *request, const BmnMedia *medium, GBytes *bytes, const char *type)
{
  g_autoptr (SoupMultipart) multipart = soup_multipart_new (SOUP_FORM_MIME_TYPE_MULTIPART);
  g_autoptr (SoupMessageHeaders) headers
      = soup_message_headers_new (SOUP_MESSAGE_HEADERS_MULTIPART);
  const char *slash = strchr (type, '/');
  /* The user's own name of the file is nobody's business. */
  g_autofree char *name = g_strconcat ("file.", slash ? slash + 1 : "bin", NULL);
  g_autofree char *focus = format_focus (medium);
  soup_multipart_append_form_file (multipart, "file", name, type, bytes);
  if (medium->alt && *medium->alt)
    soup_multipart_append_form_string (multipart, "description", medium->alt);
  if (medium->focus_x != 0 || medium->focus_y != 0)
    soup_multipart_append_form_string (multipart, "focus", focus);
  GBytes *body = NULL;
  soup_multipart_to_message (multipart, headers, &body);
  bmn_http_request_take_body (request, soup_message_headers_get_one (headers, "Content-Type"),
                              body);
}

static void
send_medium (GTask *task)
{
  BmnMastodon *self = g_task_get_source_object (task);
  const BmnMastodonUpload *upload = g_task_get_task_data (task);
  guint left = check_deadline (task);
  if (left == 0)
    return;
  BmnHttpRequest *request
      = bmn_mastodon_request_new (self, "POST", upload->old ? "/api/v1/media" : "/api/v2/media",
                                  "publish", BMN_HTTP_PRIORITY_PUBLISH);
  take_multipart (request, current (upload), upload->bytes, upload->mime_type);
  request->timeout = left;
  bmn_mastodon_call_async (self, request, g_task_get_cancellable (task), on_sent,
                           g_object_ref (task));
}

/*
 * Making it ready.
 */

static void
on_picture (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  BmnMastodonUpload *upload = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (BmnPicture) picture = bmn_picture_prepare_finish (result, &error);
  if (!picture)
    {
      g_task_return_error (task, error);
      return;
    }
  upload->bytes = g_bytes_ref (picture->bytes);
  upload->mime_type = g_strdup (picture->mime_type);
  send_medium (task);
}

static void
on_file (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  BmnMastodon *self = g_task_get_source_object (task);
  BmnMastodonUpload *upload = g_task_get_task_data (task);
  const gint64 max = bmn_mastodon_get_rules (self)->video_bytes;
  g_autoptr (GError) error = NULL;
  upload->bytes = g_file_load_bytes_finish (G_FILE (source), result, NULL, &error);
  if (!upload->bytes)
    g_task_return_new_error (task, BMN_ERROR, BMN_ERROR_STORAGE,
                             /* Translators: %s is the system's reason. */
                             _ ("An attached file cannot be read: %s. Add it again."),
                             error->message);
  else if (g_bytes_get_size (upload->bytes) > (gsize)max)
    g_task_return_new_error (task, BMN_PLATFORM_ERROR, BMN_PLATFORM_ERROR_REJECTED,
                             _ ("An attached file is too large for this account. Make it "
                                "smaller or remove it."));
  else
    send_medium (task);
}

static void
next_medium (GTask *task)
{
  BmnMastodon *self = g_task_get_source_object (task);
  BmnMastodonUpload *upload = g_task_get_task_data (task);
  if (upload->ids->len == upload->media->len)
    {
      g_task_return_pointer (task, g_ptr_array_ref (upload->ids),
                             (GDestroyNotify)g_ptr_array_unref);
      return;
    }
  const BmnMedia *medium = current (upload);
  const BmnMastodonRules *rules = bmn_mastodon_get_rules (self);
  if (medium->mime_type && g_str_has_prefix (medium->mime_type, "image/"))
    {
      const BmnPictureLimits limits
          = { (const char *const *)rules->mime_types, rules->image_bytes, rules->image_pixels };
      bmn_picture_prepare_async (medium->path, &limits, g_task_get_cancellable (task), on_picture,
                                 g_object_ref (task));
      return;
    }
  g_autoptr (GFile) file = g_file_new_for_path (medium->path);
  upload->mime_type = g_strdup (medium->mime_type ? medium->mime_type : "application/octet-stream");
  g_file_load_bytes_async (file, g_task_get_cancellable (task), on_file, g_object_ref (task));
}

void
bmn_mastodon_upload_async (BmnMastodon *self,
                           GPtrArray *media,
                           gint64 deadline,
                           GCancellable *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, bmn_mastodon_upload_async);
  BmnMastodonUpload *upload = g_new0 (BmnMastodonUpload, 1);
  upload->media = g_ptr_array_ref (media);
  upload->ids = g_ptr_array_new_with_free_func (g_free);
  upload->deadline = deadline;
  g_task_set_task_data (task, upload, (GDestroyNotify)upload_free);
  next_medium (task);
}

GPtrArray *
bmn_mastodon_upload_finish (BmnMastodon *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}
