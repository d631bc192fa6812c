#include "test-support.h"

#include <glib/gstdio.h>
#include <string.h>

static void
fault (Fixture *fixture, const char *spec)
{
  g_autoptr (GError) error = NULL;
  bmn_fake_mastodon_add_fault (fixture->fake, spec, &error);
  g_assert_no_error (error);
}

/* What a client sees of each fault, and what was stored. */
static void
test_kinds (Fixture *fixture, gconstpointer data)
{
  const struct
  {
    const char *kind;
    guint status; /* 0 where no answer comes */
    gboolean whole;
    int stored;
  } cases[] = {
    { "reset-before", 0, FALSE, 0 },
    { "close-before", 0, FALSE, 0 },
    { "error-before", 500, TRUE, 0 },
    { "error-before,arg=502", 502, TRUE, 0 },
    { "busy", 503, TRUE, 0 },
    { "html", 200, TRUE, 0 },
    { "delay-before,arg=1", 200, TRUE, 1 },
    { "reset-after", 0, FALSE, 1 },
    { "close-after", 0, FALSE, 1 },
    { "error-after", 500, TRUE, 1 },
    { "cut", 200, FALSE, 1 },
    { "cut,arg=0", 200, FALSE, 1 },
    { "delay,arg=1", 200, TRUE, 1 },
    { "json-truncated", 200, TRUE, 1 },
    { "json-types", 200, TRUE, 1 },
    { "json-swapped", 200, TRUE, 1 },
    { "json-missing", 200, TRUE, 1 },
    { "json-null", 200, TRUE, 1 },
    { "json-nested", 200, TRUE, 1 },
    { "json-empty", 200, TRUE, 1 },
    { "json-binary", 200, TRUE, 1 },
  };
  fixture_start (fixture);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *spec
          = g_strdup_printf ("%s,route=POST /api/v1/statuses,count=1", cases[i].kind);
      int before = state_length (fixture, "statuses");
      g_test_message ("%s", spec);
      fault (fixture, spec);
      g_autoptr (Reply) reply = request (fixture, "POST", "/api/v1/statuses", "status=a");
      g_assert_cmpuint (reply->status, ==, cases[i].status);
      g_assert_cmpint (reply->error == NULL, ==, cases[i].whole);
      g_assert_cmpint (state_length (fixture, "statuses") - before, ==, cases[i].stored);
      g_free (expect (fixture, "GET", "/api/v1/notifications", NULL, 200));
    }
}

static void
test_wrong_json (Fixture *fixture, gconstpointer data)
{
  fault (fixture, "json-swapped,count=1");
  fault (fixture, "json-types,count=1");
  fault (fixture, "json-nested,count=1");
  g_autoptr (Reply) swapped = request (fixture, "GET", "/api/v1/instance", NULL);
  g_assert_cmpint (member_length (swapped->json, ""), ==, 1);
  g_autoptr (Reply) types = request (fixture, "GET", "/api/v1/instance", NULL);
  g_assert_cmpint (member_int (types->json, "configuration"), ==, 7);
  g_autoptr (Reply) nested = request (fixture, "GET", "/api/v1/instance", NULL);
  g_assert_cmpuint (g_bytes_get_size (nested->body), ==, 200000);
}

static void
test_slow_and_huge (Fixture *fixture, gconstpointer data)
{
  fault (fixture, "drip,arg=1,count=1");
  fault (fixture, "huge,arg=3,count=1");
  g_autoptr (Reply) slow = request (fixture, "GET", "/api/v1/trends/tags", NULL);
  g_assert_cmpint (member_length (slow->json, ""), ==, 0);
  g_autoptr (Reply) huge = request (fixture, "GET", "/api/v1/trends/tags", NULL);
  g_assert_cmpuint (g_bytes_get_size (huge->body), ==, 3 * 1024 * 1024);
}

static void
on_timed_out (GObject *source, GAsyncResult *result, gpointer done)
{
  g_autoptr (GBytes) body = soup_session_send_and_read_finish (SOUP_SESSION (source), result, NULL);
  g_assert_null (body);
  *(gboolean *)done = TRUE;
}

/* Nothing comes, until the client gives up or the server stops. */
static void
test_hang (Fixture *fixture, gconstpointer data)
{
  fault (fixture, "hang-after");
  fixture_start (fixture);
  gboolean done = FALSE;
  g_autofree char *url
      = g_strconcat (bmn_fake_mastodon_get_url (fixture->fake), "/api/v1/instance", NULL);
  g_autoptr (SoupMessage) message = soup_message_new ("GET", url);
  soup_session_send_and_read_async (fixture->session, message, G_PRIORITY_DEFAULT, NULL,
                                    on_timed_out, &done);
  while (state_int (fixture, "faults.0.hits") == 0)
    g_main_context_iteration (NULL, TRUE);
  g_assert_false (done);
  bmn_fake_mastodon_stop (fixture->fake);
  while (!done)
    g_main_context_iteration (NULL, TRUE);
}

static void
test_redirects (Fixture *fixture, gconstpointer data)
{
  fault (fixture, "redirect-loop,route=* /api/v1/instance");
  fault (fixture, "redirect-away,route=* /api/v2/instance");
  g_autoptr (Reply) loop = request (fixture, "GET", "/api/v1/instance", NULL);
  g_assert_cmpuint (loop->status, ==, 307);
  g_assert_true (g_str_has_suffix (reply_header (loop, "Location"), "/api/v1/instance"));
  g_autoptr (Reply) away = request (fixture, "GET", "/api/v2/instance", NULL);
  g_assert_true (g_str_has_prefix (reply_header (away, "Location"),
                                   bmn_fake_mastodon_get_decoy_url (fixture->fake)));
  g_free (expect (fixture, "GET", reply_header (away, "Location"), NULL, 200));
  g_autofree char *path = state_string (fixture, "decoy.0.path");
  g_autofree char *leaked = state_string (fixture, "decoy.0.leaked.0");
  g_assert_cmpstr (path, ==, "/api/v2/instance");
  g_assert_cmpstr (leaked, ==, "Authorization");
}

static guint
count_strikes (guint seed)
{
  Fixture fixture = { 0 };
  guint strikes = 0;
  fixture_set_up (&fixture, NULL);
  bmn_fake_mastodon_set_seed (fixture.fake, seed);
  fault (&fixture, "error-before,probability=0.5");
  for (int i = 0; i < 32; i++)
    {
      g_autoptr (Reply) reply = request (&fixture, "GET", "/api/v1/instance", NULL);
      strikes = strikes << 1 | (reply->status == 500);
    }
  fixture_tear_down (&fixture, NULL);
  return strikes;
}

static void
test_choice (Fixture *fixture, gconstpointer data)
{
  g_assert_cmpuint (count_strikes (7), ==, count_strikes (7));
  g_assert_cmpuint (count_strikes (7), !=, count_strikes (8));

  fault (fixture, "error-before,route=GET /api/v1/statuses/:id,skip=1,count=1");
  const guint wanted[] = { 404, 500, 404 };
  for (gsize i = 0; i < G_N_ELEMENTS (wanted); i++)
    g_free (expect (fixture, "GET", "/api/v1/statuses/1", NULL, wanted[i]));
  g_free (expect (fixture, "POST", "/_control/faults",
                  "{\"kind\":\"html\",\"arg\":\"418\",\"count\":2}", 200));
  g_free (expect (fixture, "GET", "/api/v1/statuses/1", NULL, 418));
  g_free (expect (fixture, "DELETE", "/_control/faults", NULL, 200));
  g_free (expect (fixture, "GET", "/api/v1/statuses/1", NULL, 404));

  const char *bad[] = { "{\"kind\":\"none\"}", "{\"kind\":\"cut\",\"probability\":2}",
                        "{\"count\":1}", "{\"kind\":\"cut\",\"colour\":\"red\"}" };
  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++)
    g_free (expect (fixture, "POST", "/_control/faults", bad[i], 400));
}

static gboolean
on_certificate (SoupMessage *message,
                GTlsCertificate *certificate,
                GTlsCertificateFlags problems,
                gpointer seen)
{
  *(GTlsCertificateFlags *)seen = problems;
  return TRUE;
}

static void
check_tls (BmnFakeTls tls, GTlsCertificateFlags wanted)
{
  Fixture fixture = { 0 };
  GTlsCertificateFlags seen = 0;
  fixture_set_up (&fixture, NULL);
  bmn_fake_mastodon_set_tls (fixture.fake, tls);
  fixture_start (&fixture);

  g_autofree char *file = g_build_filename (g_get_tmp_dir (), "fake-mastodon-XXXXXX", NULL);
  g_autoptr (GError) error = NULL;
  const char *authority = bmn_fake_mastodon_get_authority (fixture.fake);
  int fd = g_mkstemp (file);
  g_close (fd, NULL);
  g_file_set_contents (file, authority, -1, &error);
  g_assert_no_error (error);
  g_autoptr (GTlsDatabase) database = g_tls_file_database_new (file, &error);
  g_assert_no_error (error);
  soup_session_set_tls_database (fixture.session, database);

  g_autofree char *url
      = g_strconcat (bmn_fake_mastodon_get_url (fixture.fake), "/api/v1/instance", NULL);
  g_autoptr (SoupMessage) message = soup_message_new ("GET", url);
  g_signal_connect (message, "accept-certificate", G_CALLBACK (on_certificate), &seen);
  soup_session_send_async (fixture.session, message, G_PRIORITY_DEFAULT, NULL, NULL, NULL);
  while (soup_message_get_status (message) == 0)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpuint (soup_message_get_status (message), ==, 200);
  g_assert_cmpuint (seen, ==, wanted);
  fixture_tear_down (&fixture, NULL);
  g_remove (file);
}

static void
test_tls (void)
{
  check_tls (BMN_FAKE_TLS_GOOD, 0);
  check_tls (BMN_FAKE_TLS_SELF_SIGNED, G_TLS_CERTIFICATE_UNKNOWN_CA);
  check_tls (BMN_FAKE_TLS_EXPIRED, G_TLS_CERTIFICATE_EXPIRED);
  check_tls (BMN_FAKE_TLS_WRONG_HOST, G_TLS_CERTIFICATE_BAD_IDENTITY);
}

void
add_fault_tests (void)
{
  add ("faults/kinds", test_kinds);
  add ("faults/wrong-json", test_wrong_json);
  add ("faults/slow-and-huge", test_slow_and_huge);
  add ("faults/hang", test_hang);
  add ("faults/redirects", test_redirects);
  add ("faults/choice", test_choice);
  g_test_add_func ("/servers/fake-mastodon/faults/tls", test_tls);
}
