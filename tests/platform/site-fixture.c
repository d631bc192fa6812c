#include "site-fixture.h"
#include "bmn-json.h"
#include "bmn-website-page-private.h"

#include <glib/gstdio.h>
#include <libxml/relaxng.h>
#include <string.h>

Site *
site_new (const char *dir, const char *base_url)
{
  Site *site = g_new0 (Site, 1);
  site->dir = dir ? g_strdup (dir) : g_dir_make_tmp ("bellman-site-XXXXXX", NULL);
  site->account = bmn_account_new ("website", "Test & <site>");
  bmn_account_set_setting (site->account, "dir", site->dir);
  bmn_account_set_setting (site->account, "base-url", base_url);
  site->host = fake_host_new (SITE_NOW);
  GError *error = NULL;
  site->platform = bmn_platform_new (site->account, NULL, BMN_PLATFORM_HOST (site->host), &error);
  g_assert_no_error (error);
  return site;
}

static void
remove_tree (const char *path)
{
  g_autoptr (GDir) dir
      = g_file_test (path, G_FILE_TEST_IS_SYMLINK) ? NULL : g_dir_open (path, 0, NULL);
  const char *name;
  while (dir && (name = g_dir_read_name (dir)))
    {
      g_autofree char *child = g_build_filename (path, name, NULL);
      remove_tree (child);
    }
  g_remove (path);
}

void
site_free (Site *site)
{
  remove_tree (site->dir);
  g_object_unref (site->platform);
  g_object_unref (site->host);
  bmn_account_free (site->account);
  g_free (site->dir);
  g_free (site);
}

BmnPublishRequest *
site_request (const char *key, const char *const *texts)
{
  g_autoptr (BmnPost) post = bmn_post_new ();
  for (; *texts; texts++)
    g_ptr_array_add (post->parts, bmn_part_new (*texts));
  BmnPublishRequest *request = bmn_publish_request_new (post, post->parts, key);
  request->planned_at = SITE_NOW;
  return request;
}

void
site_attach (Site *site,
             BmnPublishRequest *request,
             const char *content,
             const char *mime_type,
             const char *alt)
{
  BmnMedia *media = bmn_media_new ();
  media->sha256 = g_compute_checksum_for_string (G_CHECKSUM_SHA256, content, -1);
  g_autofree char *name = g_strconcat ("source-", media->sha256, NULL);
  site_write (site, name, content);
  media->path = g_build_filename (site->dir, name, NULL);
  media->mime_type = g_strdup (mime_type);
  media->alt = g_strdup (alt);
  media->size = strlen (content);
  g_ptr_array_add (((BmnPart *)request->parts->pdata[0])->media, media);
}

static void
keep_result (GObject *source, GAsyncResult *result, gpointer data)
{
  *(GAsyncResult **)data = g_object_ref (result);
}

static GAsyncResult *
wait_for (GAsyncResult **result)
{
  while (!*result)
    g_main_context_iteration (NULL, TRUE);
  return *result;
}

GPtrArray *
site_publish (Site *site, BmnPublishRequest *request, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;
  bmn_platform_publish_async (site->platform, request, NULL, keep_result, &result);
  return bmn_platform_publish_finish (site->platform, wait_for (&result), error);
}

GPtrArray *
site_read_back (Site *site, BmnPublishRequest *request, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;
  bmn_platform_read_back_async (site->platform, request, NULL, keep_result, &result);
  return bmn_platform_read_back_finish (site->platform, wait_for (&result), error);
}

GPtrArray *
site_edit (Site *site, BmnPublishRequest *request, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;
  bmn_platform_edit_async (site->platform, request, NULL, keep_result, &result);
  return bmn_platform_edit_finish (site->platform, wait_for (&result), error);
}

gboolean
site_remove (Site *site, BmnPublishRequest *request, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;
  bmn_platform_remove_async (site->platform, request, NULL, keep_result, &result);
  return bmn_platform_remove_finish (site->platform, wait_for (&result), error);
}

char *
site_read (Site *site, const char *name)
{
  g_autofree char *path = g_build_filename (site->dir, name, NULL);
  GError *error = NULL;
  char *text = NULL;
  g_file_get_contents (path, &text, NULL, &error);
  g_assert_no_error (error);
  return text;
}

void
site_write (Site *site, const char *name, const char *text)
{
  g_autofree char *path = g_build_filename (site->dir, name, NULL);
  g_autofree char *folder = g_path_get_dirname (path);
  GError *error = NULL;
  g_mkdir_with_parents (folder, 0777);
  g_file_set_contents (path, text, -1, &error);
  g_assert_no_error (error);
}

gboolean
site_has (Site *site, const char *name)
{
  g_autofree char *path = g_build_filename (site->dir, name, NULL);
  return g_file_test (path, G_FILE_TEST_EXISTS);
}

guint
site_count (Site *site, const char *folder)
{
  g_autofree char *path = g_build_filename (site->dir, folder, NULL);
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  guint n = 0;
  while (dir && g_dir_read_name (dir))
    n++;
  return n;
}

static guint
count_strings (const char *text, const char *wanted)
{
  guint n = 0;
  for (const char *p = text; (p = strstr (p, wanted)); p++)
    n++;
  return n;
}

guint
site_count_entries (Site *site, const char *key)
{
  if (!site_has (site, "feed.xml"))
    return 0;
  g_autofree char *id = bmn_website_urn (key);
  g_autofree char *element = g_strdup_printf ("<entry>\n<id>%s</id>", id);
  g_autofree char *member = g_strdup_printf ("\"id\" : \"%s\"", id);
  g_autofree char *atom = site_read (site, "feed.xml");
  g_autofree char *json = site_read (site, "feed.json");
  guint n = count_strings (atom, element);
  g_assert_cmpuint (count_strings (json, member), ==, n);
  return n;
}

static void
assert_atom_valid (const char *path)
{
  g_autofree char *schema_path
      = g_test_build_filename (G_TEST_DIST, "platform", "data", "atom.rng", NULL);
  xmlRelaxNGParserCtxt *parser = xmlRelaxNGNewParserCtxt (schema_path);
  xmlRelaxNG *schema = xmlRelaxNGParse (parser);
  g_assert_nonnull (schema);
  xmlDoc *doc = xmlReadFile (path, NULL, XML_PARSE_NONET);
  g_assert_nonnull (doc);
  xmlRelaxNGValidCtxt *context = xmlRelaxNGNewValidCtxt (schema);
  g_assert_cmpint (xmlRelaxNGValidateDoc (context, doc), ==, 0);
  xmlRelaxNGFreeValidCtxt (context);
  xmlRelaxNGFree (schema);
  xmlRelaxNGFreeParserCtxt (parser);
  xmlFreeDoc (doc);
}

void
site_assert_feeds_valid (Site *site)
{
  g_autofree char *atom_path = g_build_filename (site->dir, "feed.xml", NULL);
  assert_atom_valid (atom_path);

  g_autofree char *text = site_read (site, "feed.json");
  g_autoptr (GBytes) bytes = g_bytes_new_static (text, strlen (text));
  g_autoptr (JsonNode) root = bmn_json_parse (bytes, NULL);
  JsonObject *feed = bmn_json_node_object (root);
  g_assert_cmpstr (bmn_json_get_string (feed, "version"), ==, "https://jsonfeed.org/version/1.1");
  g_assert_nonnull (bmn_json_get_string (feed, "title"));
  JsonArray *items = bmn_json_get_array (feed, "items");
  g_assert_nonnull (items);
  for (guint i = 0; i < json_array_get_length (items); i++)
    {
      JsonObject *item = bmn_json_get_element_object (items, i);
      g_assert_nonnull (bmn_json_get_string (item, "id"));
      g_assert_nonnull (bmn_json_get_string (item, "content_html"));
    }
}
