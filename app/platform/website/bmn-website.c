#include "bmn-website-private.h"
#include "bmn-durable-file-private.h"
#include "bmn-error.h"
#include "bmn-failpoint.h"
#include "bmn-website-folder-private.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>

/* The website sets no limit; this one keeps a page readable. */
#define MAX_MEDIA 100

struct _BmnWebsite
{
  BmnPlatform parent_instance;
  BmnLimits *limits; /* (owned) */
};

G_DEFINE_FINAL_TYPE (BmnWebsite, bmn_website, BMN_TYPE_PLATFORM)

const BmnInput bmn_website_inputs[] = {
  { "dir", BMN_INPUT_FOLDER, TRUE, N_ ("Folder of the site") },
  { "base-url", BMN_INPUT_URL, FALSE, N_ ("Address where the folder is served") },
  { NULL },
};

/*
 * What a worker thread needs of the account: a copy, so that nothing is shared with the main
 * context.
 */
typedef struct
{
  BmnPublishRequest *request; /* (owned) (nullable) */
  char *key;                  /* (owned) (nullable) */
  char *dir;                  /* (owned) */
  char *base_url;             /* (owned) (nullable) */
  char *name;                 /* (owned) */
  gint64 now;
} BmnWebsiteJob;

static void
job_free (BmnWebsiteJob *job)
{
  g_clear_pointer (&job->request, bmn_publish_request_unref);
  g_free (job->key);
  g_free (job->dir);
  g_free (job->base_url);
  g_free (job->name);
  g_free (job);
}

/* A receipt's id is KEY, or KEY#part-N for further parts. */
static char *
key_of_request (const BmnPublishRequest *request)
{
  if (request->receipts->len == 0)
    return g_strdup (request->key);
  const BmnReceipt *receipt = request->receipts->pdata[0];
  return g_strndup (receipt->remote_id, strcspn (receipt->remote_id, "#"));
}

static void
run_job (BmnWebsite *self, BmnPublishRequest *request, GTask *task, GTaskThreadFunc func)
{
  const BmnAccount *account = bmn_platform_get_account (BMN_PLATFORM (self));
  BmnPlatformHost *host = bmn_platform_get_host (BMN_PLATFORM (self));
  const char *dir = bmn_account_get_setting (account, "dir");
  const char *base_url = bmn_account_get_setting (account, "base-url");
  if (!dir || !g_path_is_absolute (dir))
    {
      g_task_return_new_error (task, BMN_ERROR, BMN_ERROR_STORAGE,
                               _ ("This account has no folder. Remove it and add it again."));
      return;
    }
  BmnWebsiteJob *job = g_new0 (BmnWebsiteJob, 1);
  g_task_set_task_data (task, job, (GDestroyNotify)job_free);
  job->dir = g_strdup (dir);
  if (base_url && *base_url)
    job->base_url = g_str_has_suffix (base_url, "/") ? g_strdup (base_url)
                                                     : g_strconcat (base_url, "/", NULL);
  job->name = g_strdup (account->name);
  job->now = host ? bmn_platform_host_now (host) : g_get_real_time ();
  if (request)
    {
      job->request = bmn_publish_request_ref (request);
      job->key = key_of_request (request);
      if (!bmn_website_key_is_safe (job->key))
        {
          g_task_return_new_error (task, BMN_PLATFORM_ERROR, BMN_PLATFORM_ERROR_REJECTED,
                                   _ ("The post's key cannot be the name of a file."));
          return;
        }
    }
  g_task_run_in_thread (task, func);
}

/* Without an address, the page's own file: a path is for this computer alone, never published. */
static char *
part_url (const BmnWebsiteJob *job, const BmnWebsitePage *page, guint part)
{
  g_autofree char *name = g_strconcat (page->key, ".md", NULL);
  g_autofree char *path = g_build_filename (job->dir, "posts", name, NULL);
  g_autofree char *url = job->base_url ? bmn_website_page_url (page, job->base_url)
                                       : g_filename_to_uri (path, NULL, NULL);
  if (part == 0)
    return g_steal_pointer (&url);
  return g_strdup_printf ("%s#part-%u", url, part + 1);
}

static GPtrArray *
receipts_for (const BmnWebsiteJob *job, const BmnWebsitePage *page)
{
  GPtrArray *receipts = g_ptr_array_new_with_free_func ((GDestroyNotify)bmn_receipt_free);
  for (guint i = 0; i < page->parts->len; i++)
    {
      g_autofree char *id
          = i == 0 ? g_strdup (page->key) : g_strdup_printf ("%s#part-%u", page->key, i + 1);
      g_autofree char *url = part_url (job, page, i);
      g_ptr_array_add (receipts, bmn_receipt_new (i, id, url, page->date));
    }
  return receipts;
}

/* Stores @page and all that follows from it. @old: (nullable): the page in its place */
static gboolean
store (const BmnWebsiteJob *job,
       BmnWebsiteFolder *folder,
       const BmnWebsitePage *page,
       const BmnWebsitePage *old,
       GError **error)
{
  g_autofree char *id = bmn_website_urn (page->key);
  const BmnWebsiteFeedInfo info = { id, job->name, job->base_url, job->now };
  if (!bmn_website_dir_check (job->dir, error)
      || !bmn_website_folder_add_media (folder, page, error)
      || !bmn_website_folder_write_page (folder, page, job->base_url, error))
    return FALSE;
  bmn_failpoint ("website-page");
  if (!bmn_website_folder_write_feeds (folder, &info, old, error))
    return FALSE;
  bmn_failpoint ("website-done");
  return TRUE;
}

static void
publish_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  const BmnWebsiteJob *job = data;
  GError *error = NULL;
  g_autoptr (BmnWebsitePage) old = NULL;
  g_autoptr (BmnWebsiteFolder) folder = bmn_website_folder_open (job->dir, cancellable, &error);
  if (!folder || !bmn_website_dir_load_page (job->dir, job->key, &old, &error))
    {
      g_task_return_error (task, error);
      return;
    }
  const gint64 planned_at = job->request->planned_at;
  g_autoptr (BmnWebsitePage) page = bmn_website_page_new (job->request, job->key, job->name,
                                                          planned_at ? planned_at
                                                          : old      ? old->date
                                                                     : job->now);
  if (store (job, folder, page, old, &error))
    g_task_return_pointer (task, receipts_for (job, page), (GDestroyNotify)g_ptr_array_unref);
  else
    g_task_return_error (task, error);
}

static void
edit_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  const BmnWebsiteJob *job = data;
  GError *error = NULL;
  g_autoptr (BmnWebsitePage) old = NULL;
  g_autoptr (BmnWebsiteFolder) folder = bmn_website_folder_open (job->dir, cancellable, &error);
  if (!folder || !bmn_website_dir_load_page (job->dir, job->key, &old, &error))
    {
      g_task_return_error (task, error);
      return;
    }
  if (!old)
    {
      g_task_return_new_error (task, BMN_PLATFORM_ERROR, BMN_PLATFORM_ERROR_REJECTED,
                               _ ("The page is no longer there. Publish the post again."));
      return;
    }
  g_autoptr (BmnWebsitePage) page
      = bmn_website_page_new (job->request, job->key, old->author, old->date);
  page->updated = MAX (job->now, old->date);
  if (store (job, folder, page, old, &error))
    g_task_return_pointer (task, receipts_for (job, page), (GDestroyNotify)g_ptr_array_unref);
  else
    g_task_return_error (task, error);
}

static void
read_back_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  const BmnWebsiteJob *job = data;
  GError *error = NULL;
  g_autoptr (BmnWebsitePage) page = NULL;
  g_autoptr (BmnWebsitePage) wanted = bmn_website_page_new (job->request, job->key, job->name, 0);
  gboolean have = FALSE;
  if (!bmn_website_dir_load_page (job->dir, job->key, &page, &error)
      || (page && !bmn_website_dir_feeds_have (job->dir, page, &have, &error)))
    {
      g_task_return_error (task, error);
      return;
    }
  /* A page that is not in a feed yet is not out: publishing again completes it. */
  GPtrArray *receipts = page && have && bmn_website_page_same_content (page, wanted)
                            ? receipts_for (job, page)
                            : g_ptr_array_new_with_free_func ((GDestroyNotify)bmn_receipt_free);
  g_task_return_pointer (task, receipts, (GDestroyNotify)g_ptr_array_unref);
}

static void
remove_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  const BmnWebsiteJob *job = data;
  GError *error = NULL;
  g_autoptr (BmnWebsitePage) old = NULL;
  g_autofree char *id = bmn_website_urn (job->key);
  const BmnWebsiteFeedInfo info = { id, job->name, job->base_url, job->now };
  g_autoptr (BmnWebsiteFolder) folder = bmn_website_folder_open (job->dir, cancellable, &error);
  if (!folder || !bmn_website_dir_check (job->dir, &error)
      || !bmn_website_dir_load_page (job->dir, job->key, &old, &error))
    {
      g_task_return_error (task, error);
      return;
    }
  /* A removal that was cut short left media whose page is gone: the request still knows them. */
  if (!old)
    old = bmn_website_page_new (job->request, job->key, job->name, 0);
  if (bmn_website_folder_remove_page (folder, job->key, &error)
      && bmn_website_folder_write_feeds (folder, &info, old, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
check_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  const BmnWebsiteJob *job = data;
  GError *error = NULL;
  g_autoptr (BmnWebsiteFolder) folder = bmn_website_folder_open (job->dir, cancellable, &error);
  if (!folder || !bmn_website_dir_check (job->dir, &error))
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, bmn_account_health_new (job->base_url, 0),
                           (GDestroyNotify)bmn_account_health_free);
}

static void
sign_in_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  const BmnWebsiteJob *job = data;
  GError *error = NULL;
  /* Only here may the folder be made: later, that it is missing means something else. */
  if (g_mkdir_with_parents (job->dir, 0777) != 0)
    {
      g_task_return_new_error (task, BMN_ERROR, BMN_ERROR_STORAGE,
                               /* Translators: a folder, then the system's reason. */
                               _ ("The folder “%s” cannot be made: %s. Choose another."), job->dir,
                               g_strerror (errno));
      return;
    }
  g_autoptr (BmnWebsiteFolder) folder = bmn_website_folder_open (job->dir, cancellable, &error);
  if (folder && bmn_website_dir_check (job->dir, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

/*
 * Returns: (transfer full): @text as an address that paths can be added to; %NULL with
 *   %BMN_PLATFORM_ERROR_REJECTED for what is none
 */
static char *
normalize_base_url (const char *text, GError **error)
{
  g_autofree char *full
      = strstr (text, "://") ? g_strdup (text) : g_strconcat ("https://", text, NULL);
  g_autoptr (GUri) uri = g_uri_parse (full, G_URI_FLAGS_ENCODED, NULL);
  const char *scheme = uri ? g_uri_get_scheme (uri) : NULL;
  /* GLib's parser lets blanks and the like pass in a host. */
  if (strpbrk (text, " \t\r\n<>\"\\^`{|}")
      || (g_strcmp0 (scheme, "https") != 0 && g_strcmp0 (scheme, "http") != 0)
      || !g_uri_get_host (uri) || !*g_uri_get_host (uri) || g_uri_get_userinfo (uri)
      || g_uri_get_query (uri) || g_uri_get_fragment (uri))
    {
      g_set_error (error, BMN_PLATFORM_ERROR, BMN_PLATFORM_ERROR_REJECTED,
                   /* Translators: %s is what was given. */
                   _ ("“%s” is not the address of a folder on the web. Write it like "
                      "https://example.org/blog/."),
                   text);
      return NULL;
    }
  g_autofree char *plain = g_uri_to_string (uri);
  return g_str_has_suffix (plain, "/") ? g_steal_pointer (&plain) : g_strconcat (plain, "/", NULL);
}

static void
bmn_website_sign_in (BmnPlatform *platform, GHashTable *inputs, GTask *task)
{
  BmnAccount *account = bmn_platform_get_account (platform);
  const char *dir = g_hash_table_lookup (inputs, "dir");
  const char *given_url = g_hash_table_lookup (inputs, "base-url");
  g_autofree char *base_url = NULL;
  GError *error = NULL;
  if (!dir || !*dir)
    {
      g_task_return_new_error (task, BMN_PLATFORM_ERROR, BMN_PLATFORM_ERROR_REJECTED,
                               _ ("A website needs a folder. Choose one."));
      return;
    }
  if (given_url && *given_url && !(base_url = normalize_base_url (given_url, &error)))
    {
      g_task_return_error (task, error);
      return;
    }
  g_autofree char *absolute = g_canonicalize_filename (dir, NULL);
  bmn_account_set_setting (account, "dir", absolute);
  bmn_account_set_setting (account, "base-url", base_url);
  g_free (account->handle);
  account->handle = g_strdup (base_url);
  run_job (BMN_WEBSITE (platform), NULL, task, sign_in_in_thread);
}

/* There are no credentials, and what is published stays where it is. */
static void
bmn_website_sign_out (BmnPlatform *platform, GTask *task)
{
  g_task_return_boolean (task, TRUE);
}

static void
bmn_website_check (BmnPlatform *platform, GTask *task)
{
  run_job (BMN_WEBSITE (platform), NULL, task, check_in_thread);
}

static void
bmn_website_publish (BmnPlatform *platform, BmnPublishRequest *request, GTask *task)
{
  run_job (BMN_WEBSITE (platform), request, task, publish_in_thread);
}

static void
bmn_website_read_back (BmnPlatform *platform, BmnPublishRequest *request, GTask *task)
{
  run_job (BMN_WEBSITE (platform), request, task, read_back_in_thread);
}

static void
bmn_website_edit (BmnPlatform *platform, BmnPublishRequest *request, GTask *task)
{
  run_job (BMN_WEBSITE (platform), request, task, edit_in_thread);
}

static void
bmn_website_remove (BmnPlatform *platform, BmnPublishRequest *request, GTask *task)
{
  run_job (BMN_WEBSITE (platform), request, task, remove_in_thread);
}

static const BmnCapabilities *
bmn_website_get_capabilities (BmnPlatform *platform)
{
  static const BmnCapabilities capabilities = {
    .idempotency = BMN_IDEMPOTENCY_RECORD_KEY,
    .whole_thread = TRUE,
    .can_read_back = TRUE,
    .can_edit = TRUE,
    .can_remove = TRUE,
    .has_titles = TRUE,
    .has_content_warning = TRUE,
    .has_language = TRUE,
  };
  return &capabilities;
}

static const BmnLimits *
bmn_website_get_limits (BmnPlatform *platform)
{
  return BMN_WEBSITE (platform)->limits;
}

/* A name that sorts by time and tells people something; 48 random bits keep it the only one. */
static char *
bmn_website_make_key (BmnPlatform *platform)
{
  BmnPlatformHost *host = bmn_platform_get_host (platform);
  gint64 now = host ? bmn_platform_host_now (host) : g_get_real_time ();
  g_autoptr (GDateTime) time = g_date_time_new_from_unix_utc (now / G_USEC_PER_SEC);
  g_autofree char *stamp
      = time ? g_date_time_format (time, "%Y%m%d-%H%M%S") : g_strdup ("00000000-000000");
  g_autofree char *uuid = g_uuid_string_random ();
  return g_strdup_printf ("%s-%s", stamp, uuid + strlen (uuid) - 12);
}

static void
bmn_website_finalize (GObject *object)
{
  bmn_limits_free (BMN_WEBSITE (object)->limits);
  G_OBJECT_CLASS (bmn_website_parent_class)->finalize (object);
}

static void
bmn_website_class_init (BmnWebsiteClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = bmn_website_finalize;
  BmnPlatformClass *platform_class = BMN_PLATFORM_CLASS (klass);
  platform_class->get_capabilities = bmn_website_get_capabilities;
  platform_class->get_limits = bmn_website_get_limits;
  platform_class->make_key = bmn_website_make_key;
  platform_class->sign_in = bmn_website_sign_in;
  platform_class->sign_out = bmn_website_sign_out;
  platform_class->check = bmn_website_check;
  platform_class->publish = bmn_website_publish;
  platform_class->read_back = bmn_website_read_back;
  platform_class->edit = bmn_website_edit;
  platform_class->remove = bmn_website_remove;
}

static void
bmn_website_init (BmnWebsite *self)
{
  self->limits = bmn_limits_new ();
  self->limits->rule = BMN_COUNT_GRAPHEMES;
  self->limits->max_media = MAX_MEDIA;
}
