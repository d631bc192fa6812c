#include "bench.h"
#include "loopback-resolver.h"

#include "bmn-history.h"
#include "bmn-ledger.h"
#include "bmn-session-check.h"
#include "bmn-session-ledger.h"

#include <libsoup/soup.h>
#include <string.h>

/* libsoup 3.2 keeps a reference to each socket that a SoupServer accepted and to the address it
 * listens at; leaks of libraries are told from ours by whole stacks. */
const char *__lsan_default_suppressions (void);
const char *__asan_default_options (void);

const char *
__lsan_default_suppressions (void)
{
  return "leak:g_socket_accept\nleak:g_socket_get_local_address\n";
}

const char *
__asan_default_options (void)
{
  return "fast_unwind_on_malloc=0";
}

static const BmnWhen now = { .kind = BMN_WHEN_NOW };
static const BmnWhen later = { .kind = BMN_WHEN_IN, .delay = 3600 };

static BmnPost *
post_of (const char *text)
{
  BmnPost *post = bmn_post_new ();
  g_ptr_array_add (post->parts, bmn_part_new (text));
  return post;
}

/* Returns: (transfer full): the findings of one kind */
static GPtrArray *
check (Bench *bench, const BmnPost *post, gint64 account_id, BmnCheckKind kind)
{
  g_autoptr (GError) error = NULL;
  GPtrArray *findings = bmn_session_check_post (bench->session, post, account_id, &error);
  g_assert_no_error (error);
  for (guint i = findings->len; i-- > 0;)
    if (((BmnFinding *)findings->pdata[i])->kind != kind)
      g_ptr_array_remove_index (findings, i);
  return findings;
}

static guint
count (Bench *bench, const char *text, gint64 account_id, BmnCheckKind kind)
{
  g_autoptr (BmnPost) post = post_of (text);
  g_autoptr (GPtrArray) findings = check (bench, post, account_id, kind);
  return findings->len;
}

static void
test_distrusted (void)
{
  g_autoptr (Bench) bench = bench_new ();
  BmnSession *session = bench->session;
  g_autoptr (GError) error = NULL;
  const char *text = "See https://shop.example.com/a and https://bücher.de/";
  g_assert_cmpuint (count (bench, text, 0, BMN_CHECK_DISTRUSTED_LINK), ==, 0);
  g_assert_true (bmn_session_distrust (session, "https://EXAMPLE.com/page", TRUE, &error));
  g_assert_true (bmn_session_distrust (session, "example.com.", TRUE, &error));
  g_assert_true (bmn_session_distrust (session, "Bücher.de", TRUE, &error));
  g_auto (GStrv) list = bmn_session_list_distrusted (session, &error);
  g_assert_cmpstrv (list, ((const char *[]){ "example.com", "xn--bcher-kva.de", NULL }));
  g_assert_cmpuint (count (bench, text, 0, BMN_CHECK_DISTRUSTED_LINK), ==, 2);
  g_assert_true (bmn_session_distrust (session, "example.com", FALSE, &error));
  g_assert_cmpuint (count (bench, text, 0, BMN_CHECK_DISTRUSTED_LINK), ==, 1);
  g_assert_no_error (error);
  g_assert_false (bmn_session_distrust (session, "example.com", FALSE, &error));
  g_assert_error (error, BMN_ERROR, BMN_ERROR_NOT_FOUND);
  const char *const wrong[] = { "", ".", "com", "a b.com", "http://", "me@example.com", "a/b.c" };
  for (gsize i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_clear_error (&error);
      g_assert_false (bmn_session_distrust (session, wrong[i], TRUE, &error));
      g_assert_error (error, BMN_ERROR, BMN_ERROR_INVALID);
    }
}

static gboolean
put_mentions (BmnTransaction *tx, gpointer data, GError **error)
{
  for (guint i = 0; i < 3; i++)
    {
      g_autofree char *id = g_strdup_printf ("m-%u", i);
      g_autoptr (BmnHistoryPost) post
          = bmn_history_post_new (*(gint64 *)data, id, "Thanks to @cityhall.example.com", 1 + i);
      if (!bmn_history_put (tx, post, NULL, error))
        return FALSE;
    }
  return TRUE;
}

/* Whom one mentions often one knows; so one knows whom one put on the list. */
static void
test_known (void)
{
  g_autoptr (Bench) bench = bench_new ();
  BmnSession *session = bench->session;
  g_autoptr (GError) error = NULL;
  gint64 account = bench_add_account (bench, "@one");
  const char *imitation = "Ask @c1tyhall.example.com";
  g_assert_cmpuint (count (bench, imitation, account, BMN_CHECK_LOOKALIKE), ==, 0);
  g_assert_true (bmn_store_write (bmn_session_get_store (session), put_mentions, &account, &error));
  g_assert_cmpuint (count (bench, imitation, account, BMN_CHECK_LOOKALIKE), ==, 1);
  g_assert_cmpuint (count (bench, "Ask @libarry@books.example", 0, BMN_CHECK_LOOKALIKE), ==, 0);
  g_assert_true (bmn_session_know_handle (session, "@Library@books.example", TRUE, &error));
  g_assert_cmpuint (count (bench, "Ask @libarry@books.example", 0, BMN_CHECK_LOOKALIKE), ==, 1);
  g_auto (GStrv) list = bmn_session_list_known_handles (session, &error);
  g_assert_cmpstrv (list, ((const char *[]){ "library@books.example", NULL }));
  g_assert_true (bmn_session_know_handle (session, "library@books.example", FALSE, &error));
  g_assert_no_error (error);
  g_assert_false (bmn_session_know_handle (session, "@", TRUE, &error));
  g_assert_error (error, BMN_ERROR, BMN_ERROR_INVALID);
}

/* A copy of what is out or queued is found; the next date of a series is none. */
static void
test_duplicates (void)
{
  g_autoptr (Bench) bench = bench_new ();
  g_autoptr (GError) error = NULL;
  gint64 account = bench_add_account (bench, "@one");
  const char *text = "The library reads to children at ten, all are welcome";
  gint64 series = bench_add (bench, account, &now, text, "FREQ=WEEKLY");
  g_assert_cmpuint (count (bench, text, account, BMN_CHECK_DUPLICATE), ==, 1);
  bench_publish (bench);
  bench_add (bench, account, &later, "Tomorrow we read of pirates and of whales", NULL);
  g_assert_cmpuint (count (bench, text, account, BMN_CHECK_DUPLICATE), ==, 1);
  g_assert_cmpuint (
      count (bench, "Tomorrow we read of PIRATES and of whales", account, BMN_CHECK_DUPLICATE), ==,
      1);
  g_autoptr (BmnPost) repetition = post_of (text);
  repetition->series_id = series;
  g_autoptr (GPtrArray) own = check (bench, repetition, account, BMN_CHECK_DUPLICATE);
  g_assert_cmpuint (own->len, ==, 0);
  g_autoptr (BmnPostView) view = bmn_session_get_post (bench->session, series, &error);
  g_autoptr (GPtrArray) itself = check (bench, view->post, account, BMN_CHECK_DUPLICATE);
  g_assert_cmpuint (itself->len, ==, 0);
}

/*
 * Links.
 */

static void
answer (SoupServer *server,
        SoupServerMessage *message,
        const char *path,
        GHashTable *query,
        gpointer n_requests)
{
  ++*(guint *)n_requests;
  gboolean is_head = g_str_equal (soup_server_message_get_method (message), "HEAD");
  if (g_str_equal (path, "/moved"))
    soup_server_message_set_redirect (message, 301, "/here");
  else if (g_str_equal (path, "/slash"))
    soup_server_message_set_redirect (message, 301, "/slash/");
  else if (g_str_equal (path, "/no-head"))
    soup_server_message_set_status (message, is_head ? 405 : 200, NULL);
  else if (g_str_equal (path, "/gone"))
    soup_server_message_set_status (message, 410, NULL);
  else if (g_str_equal (path, "/broken"))
    soup_server_message_set_status (message, 500, NULL);
  else if (g_str_equal (path, "/here") || g_str_equal (path, "/slash/"))
    soup_server_message_set_status (message, 200, NULL);
  else
    soup_server_message_set_status (message, 404, NULL);
}

static void
take_result (GObject *source, GAsyncResult *result, gpointer data)
{
  *(GAsyncResult **)data = g_object_ref (result);
}

static void
try_links (Bench *bench, const char *text)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BmnPost) post = post_of (text);
  g_autoptr (GAsyncResult) result = NULL;
  bmn_session_try_links_async (bench->session, post, NULL, take_result, &result);
  while (!result)
    g_main_context_iteration (NULL, TRUE);
  g_assert_true (bmn_session_try_links_finish (bench->session, result, &error));
  g_assert_no_error (error);
  bench_settle (bench);
}

/* The bench's session again, which may reach this computer. */
static void
open_anywhere (Bench *bench)
{
  g_autoptr (GError) error = NULL;
  bench_settle (bench);
  g_assert_finalize_object (bench->session);
  const BmnSessionSurroundings around
      = { .clock = BMN_CLOCK (bench->clock), .secrets = bench->secrets, .links_anywhere = TRUE };
  bench->session = bmn_session_open_in (bench->folder, &around, &error);
  g_assert_no_error (error);
}

static SoupServer *
start_server (guint *n_requests, char **base)
{
  g_autoptr (GError) error = NULL;
  SoupServer *server = soup_server_new (NULL, NULL);
  soup_server_add_handler (server, NULL, answer, n_requests, NULL);
  soup_server_listen_local (server, 0, SOUP_SERVER_LISTEN_IPV4_ONLY, &error);
  g_assert_no_error (error);
  GSList *uris = soup_server_get_uris (server);
  *base = g_strdup_printf ("http://site.example.com:%d", g_uri_get_port (uris->data));
  g_slist_free_full (uris, (GDestroyNotify)g_uri_unref);
  return server;
}

static void
test_links (void)
{
  g_autoptr (Bench) bench = bench_new ();
  open_anywhere (bench);
  guint n_requests = 0;
  g_autofree char *base = NULL;
  g_autoptr (SoupServer) server = start_server (&n_requests, &base);
  const struct
  {
    const char *path;
    gboolean found;
    const char *fix;
  } cases[] = {
    { "/here", FALSE, NULL },    { "/nowhere", TRUE, NULL }, { "/gone", TRUE, NULL },
    { "/moved", TRUE, "/here" }, { "/slash", FALSE, NULL },  { "/no-head", FALSE, NULL },
    { "/broken", FALSE, NULL },
  };
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = g_strdup_printf ("Read %s%s today", base, cases[i].path);
      g_autoptr (BmnPost) post = post_of (text);
      /* Nobody asked yet. */
      g_autoptr (GPtrArray) before = check (bench, post, 0, BMN_CHECK_LINK);
      g_assert_cmpuint (before->len, ==, 0);
      try_links (bench, text);
      g_autoptr (GPtrArray) findings = check (bench, post, 0, BMN_CHECK_LINK);
      g_test_message ("%s", cases[i].path);
      g_assert_cmpuint (findings->len, ==, cases[i].found);
      g_autofree char *fix = cases[i].fix ? g_strconcat (base, cases[i].fix, NULL) : NULL;
      if (cases[i].found)
        g_assert_cmpstr (((BmnFinding *)findings->pdata[0])->replacement, ==, fix);
    }
  /* No such site is bad news; no answer is none. */
  try_links (bench, "http://nobody.example.com/x http://unreachable.example.com/x");
  g_assert_cmpuint (count (bench, "http://nobody.example.com/x", 0, BMN_CHECK_LINK), ==, 1);
  g_assert_cmpuint (count (bench, "http://unreachable.example.com/x", 0, BMN_CHECK_LINK), ==, 0);
  /* What is known is not asked again, within the hour. */
  guint asked = n_requests;
  g_autofree char *again = g_strdup_printf ("Read %s/here today", base);
  try_links (bench, again);
  g_assert_cmpuint (n_requests, ==, asked);
  bench_pass (bench, 3601);
  try_links (bench, again);
  g_assert_cmpuint (n_requests, >, asked);
  /* Each request is on record. */
  g_autoptr (GPtrArray) ledger = bmn_session_list_ledger (bench->session, 0, 0, NULL);
  guint n_tries = 0;
  for (guint i = 0; i < ledger->len; i++)
    n_tries += g_str_equal (((BmnLedgerEntry *)ledger->pdata[i])->purpose, "try-link");
  g_assert_cmpuint (n_tries, >, 0);
}

/* A draft cannot make the program talk to this computer, and a thousand links are not tried. */
static void
test_links_are_guarded (void)
{
  g_autoptr (Bench) bench = bench_new ();
  guint n_requests = 0;
  g_autofree char *base = NULL;
  g_autoptr (SoupServer) server = start_server (&n_requests, &base);
  g_autofree char *text = g_strdup_printf ("%s/nowhere http://localhost:1/x", base);
  try_links (bench, text);
  g_assert_cmpuint (n_requests, ==, 0);
  g_assert_cmpuint (count (bench, text, 0, BMN_CHECK_LINK), ==, 0);
  try_links (bench, "no link at all");
  open_anywhere (bench);
  g_autoptr (GString) many = g_string_new (NULL);
  for (int i = 0; i < 100; i++)
    g_string_append_printf (many, "%s/here?%d ", base, i);
  try_links (bench, many->str);
  g_assert_cmpuint (n_requests, ==, BMN_SESSION_MAX_LINKS);
}

/*
 * Pictures.
 */

/* The smallest JPEG with a place in its XMP packet. */
static void
write_picture (const char *path, gboolean place)
{
  g_autoptr (GByteArray) data = g_byte_array_new ();
  const char *packet = place ? "http://ns.adobe.com/xap/1.0/\0<x exif:GPSLatitude=\"48,12.3N\"/>"
                             : "http://ns.adobe.com/xap/1.0/\0<x exif:ISOSpeed=\"100....\"/>";
  gsize length = 29 + strlen (packet + 29);
  g_byte_array_append (data, (const guint8[]){ 0xff, 0xd8, 0xff, 0xe1, 0, (guint8)(length + 2) },
                       6);
  g_byte_array_append (data, (const guint8 *)packet, (guint)length);
  g_byte_array_append (data, (const guint8[]){ 0xff, 0xd9 }, 2);
  g_assert_true (g_file_set_contents (path, (const char *)data->data, data->len, NULL));
}

static void
test_remove_location (void)
{
  g_autoptr (Bench) bench = bench_new ();
  g_autoptr (GError) error = NULL;
  g_autofree char *path = g_build_filename (bench->root, "picture.jpg", NULL);
  write_picture (path, TRUE);
  g_autoptr (BmnMedia) media
      = bmn_session_add_media (bench->session, path, "A red bus", NULL, &error);
  g_assert_no_error (error);
  media->focus_x = 0.25;
  g_autoptr (BmnPost) post = post_of ("x");
  g_ptr_array_add (((BmnPart *)post->parts->pdata[0])->media, bmn_media_copy (media));
  g_autoptr (GPtrArray) before = check (bench, post, 0, BMN_CHECK_PICTURE_LOCATION);
  g_assert_cmpuint (before->len, ==, 1);
  g_autoptr (BmnMedia) clean = bmn_session_remove_location (bench->session, media, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (clean->sha256, !=, media->sha256);
  g_assert_cmpstr (clean->mime_type, ==, media->mime_type);
  g_assert_cmpstr (clean->alt, ==, "A red bus");
  g_assert_cmpfloat (clean->focus_x, ==, 0.25);
  g_assert_cmpint (clean->size, ==, media->size);
  g_ptr_array_set_size (((BmnPart *)post->parts->pdata[0])->media, 0);
  g_ptr_array_add (((BmnPart *)post->parts->pdata[0])->media, bmn_media_copy (clean));
  g_autoptr (GPtrArray) after = check (bench, post, 0, BMN_CHECK_PICTURE_LOCATION);
  g_assert_cmpuint (after->len, ==, 0);
  /* Nothing is left behind in the folder. */
  g_autoptr (GDir) dir = g_dir_open (bench->folder, 0, NULL);
  const char *name;
  while ((name = g_dir_read_name (dir)))
    g_assert_false (g_str_has_prefix (name, "location-"));
  g_assert_null (bmn_session_remove_location (bench->session, clean, &error));
  g_assert_error (error, BMN_ERROR, BMN_ERROR_INVALID);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_autoptr (GResolver) resolver = loopback_resolver_new ();
  g_resolver_set_default (resolver);
  g_test_add_func ("/session/check/distrusted", test_distrusted);
  g_test_add_func ("/session/check/known", test_known);
  g_test_add_func ("/session/check/duplicates", test_duplicates);
  g_test_add_func ("/session/check/links", test_links);
  g_test_add_func ("/session/check/links-are-guarded", test_links_are_guarded);
  g_test_add_func ("/session/check/remove-location", test_remove_location);
  return g_test_run ();
}
