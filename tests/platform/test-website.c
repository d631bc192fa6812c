#include "bmn-error.h"
#include "bmn-failpoint.h"
#include "bmn-json.h"
#include "bmn-website-folder-private.h"
#include "site-fixture.h"

#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#define KEY "20261201-090000-0123456789ab"
#define PAGE "posts/" KEY ".md"

static BmnPublishRequest *
simple_request (void)
{
  return site_request (KEY, (const char *[]){ "Hello, world", NULL });
}

static void
assert_published (Site *site, BmnPublishRequest *request, guint n_parts)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) receipts = site_publish (site, request, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (receipts->len, ==, n_parts);
}

static void
assert_read_back (Site *site, BmnPublishRequest *request, guint n_parts)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) receipts = site_read_back (site, request, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (receipts->len, ==, n_parts);
}

static void
test_publish (void)
{
  g_autoptr (Site) site = site_new (NULL, NULL);
  g_autoptr (BmnPublishRequest) request = simple_request ();
  g_autoptr (GError) error = NULL;
  assert_read_back (site, request, 0);
  g_autoptr (GPtrArray) receipts = site_publish (site, request, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (receipts->len, ==, 1);
  const BmnReceipt *receipt = receipts->pdata[0];
  g_assert_cmpstr (receipt->remote_id, ==, KEY);
  g_assert_cmpint (receipt->published_at, ==, SITE_NOW);
  g_assert_true (g_str_has_prefix (receipt->url, "file:///"));
  g_assert_true (g_str_has_suffix (receipt->url, PAGE));

  g_autofree char *page = site_read (site, PAGE);
  g_assert_nonnull (strstr (page, "date: \"2026-12-01T09:00:00Z\"\n"));
  g_assert_nonnull (strstr (page, "---\n\nHello, world\n"));
  g_assert_cmpuint (site_count_entries (site, KEY), ==, 1);
  site_assert_feeds_valid (site);
  assert_read_back (site, request, 1);

  /* Nothing of this computer's folders is published. */
  g_autofree char *atom = site_read (site, "feed.xml");
  g_assert_null (strstr (atom, site->dir));
  g_assert_null (strstr (page, site->dir));
}

static void
test_thread (void)
{
  g_autoptr (Site) site = site_new (NULL, "https://example.org/blog");
  g_autoptr (BmnPublishRequest) request
      = site_request (KEY, (const char *[]){ "one", "two", "three", NULL });
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) receipts = site_publish (site, request, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (receipts->len, ==, 3);
  const char *ids[] = { KEY, KEY "#part-2", KEY "#part-3" };
  const char *urls[] = { "https://example.org/blog/posts/" KEY "/",
                         "https://example.org/blog/posts/" KEY "/#part-2",
                         "https://example.org/blog/posts/" KEY "/#part-3" };
  for (guint i = 0; i < receipts->len; i++)
    {
      const BmnReceipt *receipt = receipts->pdata[i];
      g_assert_cmpint (receipt->part, ==, i);
      g_assert_cmpstr (receipt->remote_id, ==, ids[i]);
      g_assert_cmpstr (receipt->url, ==, urls[i]);
    }
  g_autofree char *page = site_read (site, PAGE);
  g_assert_nonnull (strstr (page, "one\n\n---\n\n## Part 2\n\ntwo\n\n---\n\n## Part 3\n\nthree\n"));
  assert_read_back (site, request, 3);
  site_assert_feeds_valid (site);
}

static void
test_media (void)
{
  g_autoptr (Site) site = site_new (NULL, "https://example.org/");
  g_autoptr (BmnPublishRequest) request = simple_request ();
  site_attach (site, request, "not really a picture", "image/png", "a [cat] & \"dog\"");
  assert_published (site, request, 1);
  const BmnMedia *media = ((BmnPart *)request->parts->pdata[0])->media->pdata[0];
  g_autofree char *name = g_strdup_printf ("media/%s.png", media->sha256);
  g_autofree char *content = site_read (site, name);
  g_assert_cmpstr (content, ==, "not really a picture");
  g_autofree char *page = site_read (site, PAGE);
  g_autofree char *shown
      = g_strdup_printf ("![a \\[cat\\] &#38; \"dog\"](https://example.org/%s)", name);
  g_assert_nonnull (strstr (page, shown));
  g_autofree char *atom = site_read (site, "feed.xml");
  g_assert_nonnull (strstr (atom, "rel=\"enclosure\" type=\"image/png\""));
  site_assert_feeds_valid (site);
  assert_read_back (site, request, 1);

  /* A file that changed after it was attached is not what the user chose. */
  g_autoptr (BmnPublishRequest) changed = site_request ("other", (const char *[]){ "x", NULL });
  site_attach (site, changed, "before", "image/png", NULL);
  const BmnMedia *victim = ((BmnPart *)changed->parts->pdata[0])->media->pdata[0];
  g_assert_true (g_file_set_contents (victim->path, "after", -1, NULL));
  g_autoptr (GError) error = NULL;
  g_assert_null (site_publish (site, changed, &error));
  g_assert_error (error, BMN_PLATFORM_ERROR, BMN_PLATFORM_ERROR_REJECTED);
  g_assert_false (site_has (site, "posts/other.md"));
}

static void
test_again_is_once (void)
{
  g_autoptr (Site) site = site_new (NULL, NULL);
  g_autoptr (BmnPublishRequest) request = simple_request ();
  for (int i = 0; i < 3; i++)
    assert_published (site, request, 1);
  g_assert_cmpuint (site_count (site, "posts"), ==, 1);
  g_assert_cmpuint (site_count_entries (site, KEY), ==, 1);
}

static void
test_edit (void)
{
  g_autoptr (Site) site = site_new (NULL, NULL);
  g_autoptr (BmnPublishRequest) request = simple_request ();
  site_attach (site, request, "old picture", "image/png", "old");
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) receipts = site_publish (site, request, &error);
  g_assert_no_error (error);
  g_autofree char *feed_before = site_read (site, "feed.xml");

  /* A change has a key of its own; the receipts say which page is meant. */
  g_autoptr (BmnPublishRequest) change
      = site_request ("another-key", (const char *[]){ "Changed", NULL });
  g_ptr_array_add (change->receipts, bmn_receipt_copy (receipts->pdata[0]));
  fake_host_set_now (site->host, SITE_NOW + 60 * G_USEC_PER_SEC);
  g_autoptr (GPtrArray) edited = site_edit (site, change, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (((BmnReceipt *)edited->pdata[0])->remote_id, ==, KEY);
  g_autofree char *page = site_read (site, PAGE);
  g_assert_nonnull (strstr (page, "\n\nChanged\n"));
  g_assert_nonnull (
      strstr (page, "date: \"2026-12-01T09:00:00Z\"\nlastmod: \"2026-12-01T09:01:00Z\""));
  g_assert_cmpuint (site_count (site, "media"), ==, 0);
  g_assert_cmpuint (site_count_entries (site, KEY), ==, 1);
  assert_read_back (site, change, 1);
  site_assert_feeds_valid (site);

  g_assert_true (site_remove (site, change, &error));
  g_clear_pointer (&edited, g_ptr_array_unref);
  edited = site_edit (site, change, &error);
  g_assert_error (error, BMN_PLATFORM_ERROR, BMN_PLATFORM_ERROR_REJECTED);
}

static void
test_remove (void)
{
  g_autoptr (Site) site = site_new (NULL, NULL);
  g_autoptr (BmnPublishRequest) first = simple_request ();
  site_attach (site, first, "shared", "image/png", NULL);
  site_attach (site, first, "own", "image/png", NULL);
  g_autoptr (BmnPublishRequest) second = site_request ("second", (const char *[]){ "2", NULL });
  site_attach (site, second, "shared", "image/png", NULL);
  assert_published (site, first, 1);
  assert_published (site, second, 1);
  g_assert_cmpuint (site_count (site, "media"), ==, 2);

  g_autoptr (GError) error = NULL;
  for (int i = 0; i < 2; i++)
    {
      g_assert_true (site_remove (site, first, &error));
      g_assert_no_error (error);
      g_assert_false (site_has (site, PAGE));
      g_assert_cmpuint (site_count (site, "media"), ==, 1);
      g_assert_cmpuint (site_count_entries (site, KEY), ==, 0);
      g_assert_cmpuint (site_count_entries (site, "second"), ==, 1);
    }
  assert_read_back (site, first, 0);
  g_assert_true (site_remove (site, second, &error));
  g_assert_cmpuint (site_count (site, "media"), ==, 0);
  site_assert_feeds_valid (site);
}

static void
test_feed_id_stays (void)
{
  g_autoptr (Site) site = site_new (NULL, NULL);
  g_autoptr (BmnPublishRequest) first = simple_request ();
  g_autoptr (BmnPublishRequest) second = site_request ("second", (const char *[]){ "2", NULL });
  assert_published (site, first, 1);
  g_autofree char *before = site_read (site, "feed.xml");
  assert_published (site, second, 1);
  g_assert_true (site_remove (site, first, NULL));
  g_autofree char *after = site_read (site, "feed.xml");
  g_autofree char *id_before = NULL;
  g_autofree char *id_after = NULL;
  g_autoptr (GHashTable) ids_before = bmn_website_atom_read (before, strlen (before), &id_before);
  g_autoptr (GHashTable) ids_after = bmn_website_atom_read (after, strlen (after), &id_after);
  g_assert_nonnull (id_before);
  g_assert_cmpstr (id_before, ==, id_after);
}

/* What others wrote stays as it is, and the user is told. */
static void
test_foreign_files (void)
{
  const char *names[] = { "feed.xml", "feed.json", PAGE };
  const char *texts[] = { "<feed xmlns=\"http://www.w3.org/2005/Atom\"/>",
                          "{\"version\":\"https://jsonfeed.org/version/1.1\",\"items\":[]}",
                          "---\ntitle: mine\n---\n\nmine\n" };
  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autoptr (Site) site = site_new (NULL, NULL);
      g_autoptr (BmnPublishRequest) request = simple_request ();
      g_autoptr (GError) error = NULL;
      site_write (site, names[i], texts[i]);
      g_assert_null (site_publish (site, request, &error));
      g_assert_error (error, BMN_PLATFORM_ERROR, BMN_PLATFORM_ERROR_REJECTED);
      g_clear_error (&error);
      g_assert_false (site_remove (site, request, &error));
      g_assert_error (error, BMN_PLATFORM_ERROR, BMN_PLATFORM_ERROR_REJECTED);
      g_autofree char *after = site_read (site, names[i]);
      g_assert_cmpstr (after, ==, texts[i]);
      g_assert_cmpuint (site_count (site, "posts"), ==, i == 2 ? 1 : 0);
    }
}

/* Pages of others, and broken ones, are left out of the feeds and do no harm. */
static void
test_foreign_pages (void)
{
  g_autoptr (Site) site = site_new (NULL, NULL);
  site_write (site, "posts/mine.md", "---\ntitle: mine\n---\n\nmine\n");
  site_write (site, "posts/plain.md", "no front matter");
  site_write (site, "posts/broken.md", "---\nbellman: {\"key\":\"broken\",\n---\n");
  site_write (
      site, "posts/liar.md",
      "---\nbellman: {\"key\":\"" KEY "\",\"author\":\"x\",\"date\":\"2026-12-01T09:00:00Z\","
      "\"updated\":\"2026-12-01T09:00:00Z\",\"parts\":[{\"text\":\"x\",\"media\":[]}]}\n---\n");
  site_write (site, "posts/empty.md", "");
  g_autofree char *fifo = g_build_filename (site->dir, "posts", "fifo.md", NULL);
  g_assert_cmpint (mkfifo (fifo, 0600), ==, 0);
  g_autoptr (BmnPublishRequest) request = simple_request ();
  assert_published (site, request, 1);
  g_assert_cmpuint (site_count_entries (site, KEY), ==, 1);
  g_autofree char *atom = site_read (site, "feed.xml");
  g_assert_null (strstr (atom, "mine"));
  g_assert_cmpuint (site_count (site, "posts"), ==, 7);
}

static void
test_missing_folder (void)
{
  g_autoptr (Site) site = site_new (NULL, NULL);
  g_autoptr (BmnPublishRequest) request = simple_request ();
  g_autoptr (GError) error = NULL;
  g_rmdir (site->dir);
  g_assert_null (site_publish (site, request, &error));
  g_assert_error (error, BMN_ERROR, BMN_ERROR_STORAGE);
  g_clear_error (&error);
  g_assert_null (site_read_back (site, request, &error));
  g_assert_error (error, BMN_ERROR, BMN_ERROR_STORAGE);
  g_clear_error (&error);
  g_assert_false (g_file_test (site->dir, G_FILE_TEST_EXISTS));
  g_assert_true (g_file_set_contents (site->dir, "a file", -1, NULL));
  g_assert_null (site_publish (site, request, &error));
  g_assert_error (error, BMN_ERROR, BMN_ERROR_STORAGE);
}

static void
test_unsafe_keys (void)
{
  const char *keys[] = { "", "../up", ".hidden", "a/b", "a b", "-x", "ä", "a.b" };
  g_autoptr (Site) site = site_new (NULL, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (keys); i++)
    {
      g_autoptr (BmnPublishRequest) request = site_request (keys[i], (const char *[]){ "x", NULL });
      g_autoptr (GError) error = NULL;
      g_assert_null (site_publish (site, request, &error));
      g_assert_error (error, BMN_PLATFORM_ERROR, BMN_PLATFORM_ERROR_REJECTED);
    }
  g_autofree char *key = bmn_platform_make_key (site->platform);
  g_autofree char *other = bmn_platform_make_key (site->platform);
  g_assert_true (bmn_website_key_is_safe (key));
  g_assert_true (g_str_has_prefix (key, "20261201-090000-"));
  g_assert_cmpstr (key, !=, other);
}

/* The folder of the test that is killed is given to it by the environment. */
#define KILL_DIR "BELLMAN_TEST_DIR"

static BmnPublishRequest *
kill_request (Site *site)
{
  BmnPublishRequest *request = site_request (KEY, (const char *[]){ "one", "two", NULL });
  site_attach (site, request, "picture", "image/png", "alt");
  return request;
}

static void
test_killed_child (void)
{
  if (!g_test_subprocess ())
    return;
  Site *site = site_new (g_getenv (KILL_DIR), NULL);
  g_autoptr (BmnPublishRequest) request = kill_request (site);
  g_autoptr (GPtrArray) receipts = site_publish (site, request, NULL);
}

static void
test_killed_anywhere (void)
{
  guint n_kills = 0;
  for (const char *const *name = bmn_failpoint_names (); *name; name++)
    {
      if (!g_str_has_prefix (*name, "website-"))
        continue;
      g_autoptr (Site) site = site_new (NULL, NULL);
      g_autoptr (BmnPublishRequest) neighbour
          = site_request ("neighbour", (const char *[]){ "x", NULL });
      assert_published (site, neighbour, 1);
      g_setenv (KILL_DIR, site->dir, TRUE);
      g_setenv ("BELLMAN_FAILPOINT", *name, TRUE);
      g_test_trap_subprocess ("/platform/website/killed-child", 0, 0);
      g_unsetenv ("BELLMAN_FAILPOINT");
      g_test_trap_assert_failed ();
      n_kills++;

      g_autoptr (BmnPublishRequest) request = kill_request (site);
      site_assert_feeds_valid (site);
      const gboolean whole
          = g_str_equal (*name, "website-json") || g_str_equal (*name, "website-done");
      assert_read_back (site, request, whole ? 2 : 0);
      assert_published (site, request, 2);
      assert_read_back (site, request, 2);
      g_assert_cmpuint (site_count_entries (site, KEY), ==, 1);
      g_assert_cmpuint (site_count_entries (site, "neighbour"), ==, 1);
      g_assert_cmpuint (site_count (site, "posts"), ==, 2);
      g_assert_cmpuint (site_count (site, "media"), ==, 1);
      site_assert_feeds_valid (site);
    }
  g_assert_cmpuint (n_kills, ==, 5);
}

/* No file may grow: to a program, that is a full disk. */
static void
test_full_disk_child (void)
{
  if (!g_test_subprocess ())
    return;
  const struct rlimit none = { 0, 0 };
  Site *site = site_new (g_getenv (KILL_DIR), NULL);
  g_autoptr (BmnPublishRequest) request = simple_request ();
  g_autoptr (GError) error = NULL;
  signal (SIGXFSZ, SIG_IGN);
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &none), ==, 0);
  if (!site_publish (site, request, &error)
      && g_error_matches (error, BMN_ERROR, BMN_ERROR_STORAGE))
    _exit (0);
  _exit (1);
}

static void
test_full_disk (void)
{
  g_autoptr (Site) site = site_new (NULL, NULL);
  g_autoptr (BmnPublishRequest) request = simple_request ();
  g_setenv (KILL_DIR, site->dir, TRUE);
  g_test_trap_subprocess ("/platform/website/full-disk-child", 0, 0);
  g_test_trap_assert_passed ();
  g_assert_cmpuint (site_count (site, "posts"), ==, 0);
  assert_read_back (site, request, 0);
  assert_published (site, request, 1);
}

static void
count_done (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) receipts
      = bmn_platform_publish_finish (BMN_PLATFORM (source), result, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (receipts->len, ==, 1);
  --*(guint *)data;
}

/* Two accounts share the folder and publish at once; nothing is lost. */
static void
test_parallel (void)
{
  enum
  {
    N = 12
  };
  g_autoptr (Site) site = site_new (NULL, NULL);
  Site *other = site_new (site->dir, "https://example.org/");
  guint left = 2 * N;
  for (guint i = 0; i < 2 * N; i++)
    {
      g_autofree char *key = g_strdup_printf ("post-%02u", i);
      g_autoptr (BmnPublishRequest) request = site_request (key, (const char *[]){ key, NULL });
      bmn_platform_publish_async (i % 2 ? site->platform : other->platform, request, NULL,
                                  count_done, &left);
    }
  while (left > 0)
    g_main_context_iteration (NULL, TRUE);
  for (guint i = 0; i < 2 * N; i++)
    {
      g_autofree char *key = g_strdup_printf ("post-%02u", i);
      g_assert_cmpuint (site_count_entries (site, key), ==, 1);
    }
  site_assert_feeds_valid (site);
  site_free (other);
}

/* The feeds have the newest; what is older is still known to be out. */
static void
test_long_history (void)
{
  g_autoptr (Site) site = site_new (NULL, NULL);
  g_autoptr (BmnPublishRequest) oldest = NULL;
  for (guint i = 0; i < BMN_WEBSITE_FEED_MAX + 5; i++)
    {
      g_autofree char *key = g_strdup_printf ("post-%04u", i);
      g_autoptr (BmnPublishRequest) request = site_request (key, (const char *[]){ key, NULL });
      g_autoptr (BmnWebsitePage) page
          = bmn_website_page_new (request, key, "x", SITE_NOW - 1000000 + i);
      g_autofree char *text = bmn_website_page_to_markdown (page, NULL);
      g_autofree char *name = g_strdup_printf ("posts/%s.md", key);
      site_write (site, name, text);
      if (i == 0)
        oldest = bmn_publish_request_ref (request);
    }
  g_autoptr (BmnPublishRequest) request = simple_request ();
  assert_published (site, request, 1);
  g_assert_cmpuint (site_count_entries (site, KEY), ==, 1);
  g_assert_cmpuint (site_count_entries (site, "post-0000"), ==, 0);
  g_assert_cmpuint (site_count_entries (site, "post-0007"), ==, 1);
  assert_read_back (site, oldest, 1);
  assert_read_back (site, request, 1);
  site_assert_feeds_valid (site);
}

static void
keep_result (GObject *source, GAsyncResult *result, gpointer data)
{
  *(GAsyncResult **)data = g_object_ref (result);
}

static gboolean
sign_in (Site *site, const char *dir, const char *base_url, GError **error)
{
  g_autoptr (GHashTable) inputs = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GAsyncResult) result = NULL;
  if (dir)
    g_hash_table_insert (inputs, (gpointer) "dir", (gpointer)dir);
  if (base_url)
    g_hash_table_insert (inputs, (gpointer) "base-url", (gpointer)base_url);
  bmn_platform_sign_in_async (site->platform, inputs, NULL, keep_result, &result);
  while (!result)
    g_main_context_iteration (NULL, TRUE);
  return bmn_platform_sign_in_finish (site->platform, result, error);
}

static void
test_sign_in (void)
{
  const struct
  {
    const char *given;
    const char *kept;
  } good[] = {
    { "example.org", "https://example.org/" },
    { "http://example.org/a", "http://example.org/a/" },
    { "https://example.org:8443/a/", "https://example.org:8443/a/" },
    { NULL, NULL },
  };
  const char *bad[] = { "ftp://example.org",  "https://",       "https://a/?q", "https://a/#f",
                        "https://user:pw@a/", "javascript://x", "a b" };
  g_autoptr (Site) site = site_new (NULL, NULL);
  g_autofree char *deep = g_build_filename (site->dir, "new", "folder", NULL);
  const BmnAccount *account = bmn_platform_get_account (site->platform);
  g_autoptr (GError) error = NULL;
  for (gsize i = 0; i < G_N_ELEMENTS (good); i++)
    {
      g_assert_true (sign_in (site, deep, good[i].given, &error));
      g_assert_no_error (error);
      g_assert_cmpstr (bmn_account_get_setting (account, "base-url"), ==, good[i].kept);
      g_assert_cmpstr (bmn_account_get_setting (account, "dir"), ==, deep);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_assert_false (sign_in (site, deep, bad[i], &error));
      g_assert_error (error, BMN_PLATFORM_ERROR, BMN_PLATFORM_ERROR_REJECTED);
      g_clear_error (&error);
    }
  g_assert_false (sign_in (site, NULL, NULL, &error));
  g_assert_error (error, BMN_PLATFORM_ERROR, BMN_PLATFORM_ERROR_REJECTED);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/platform/website/publish", test_publish);
  g_test_add_func ("/platform/website/thread", test_thread);
  g_test_add_func ("/platform/website/media", test_media);
  g_test_add_func ("/platform/website/again-is-once", test_again_is_once);
  g_test_add_func ("/platform/website/edit", test_edit);
  g_test_add_func ("/platform/website/remove", test_remove);
  g_test_add_func ("/platform/website/feed-id-stays", test_feed_id_stays);
  g_test_add_func ("/platform/website/foreign-files", test_foreign_files);
  g_test_add_func ("/platform/website/foreign-pages", test_foreign_pages);
  g_test_add_func ("/platform/website/missing-folder", test_missing_folder);
  g_test_add_func ("/platform/website/unsafe-keys", test_unsafe_keys);
  g_test_add_func ("/platform/website/killed-child", test_killed_child);
  g_test_add_func ("/platform/website/killed-anywhere", test_killed_anywhere);
  g_test_add_func ("/platform/website/full-disk-child", test_full_disk_child);
  g_test_add_func ("/platform/website/full-disk", test_full_disk);
  g_test_add_func ("/platform/website/parallel", test_parallel);
  g_test_add_func ("/platform/website/long-history", test_long_history);
  g_test_add_func ("/platform/website/sign-in", test_sign_in);
  return g_test_run ();
}
