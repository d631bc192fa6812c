#include "bmn-http-client-private.h"
#include "certificates.h"
#include "http-fixture.h"

#include <libsoup/soup.h>

static char *folder; /* (owned) */
static guint n_requests;

static void
on_request (SoupServer *server,
            SoupServerMessage *message,
            const char *path,
            GHashTable *query,
            gpointer data)
{
  n_requests++;
  soup_server_message_set_status (message, 200, NULL);
}

/* Returns: a server that shows the certificate @name */
static SoupServer *
tls_server (const char *name)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *file = g_strconcat (name, ".pem", NULL);
  g_autofree char *path = g_build_filename (folder, file, NULL);
  g_autoptr (GTlsCertificate) certificate = g_tls_certificate_new_from_file (path, &error);
  g_assert_no_error (error);
  SoupServer *server = soup_server_new ("tls-certificate", certificate, NULL);
  soup_server_add_handler (server, NULL, on_request, NULL, NULL);
  soup_server_listen_local (server, 0, SOUP_SERVER_LISTEN_HTTPS | SOUP_SERVER_LISTEN_IPV4_ONLY,
                            &error);
  g_assert_no_error (error);
  return server;
}

static char *
url_of (SoupServer *server)
{
  GSList *uris = soup_server_get_uris (server);
  char *url = g_strdup_printf ("https://127.0.0.1:%d/", g_uri_get_port (uris->data));
  g_slist_free_full (uris, (GDestroyNotify)g_uri_unref);
  return url;
}

static void
trust_authority (Http *http)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *path = g_build_filename (folder, "authority.pem", NULL);
  g_autoptr (GTlsDatabase) database = g_tls_file_database_new (path, &error);
  g_assert_no_error (error);
  bmn_http_client_set_tls_database (http->client, database);
}

static void
test_certificates (void)
{
  const struct
  {
    const char *name;
    gboolean trusted;
    gboolean good;
  } cases[] = {
    { "good", TRUE, TRUE },       { "good", FALSE, FALSE }, { "expired", TRUE, FALSE },
    { "elsewhere", TRUE, FALSE }, { "alone", TRUE, FALSE },
  };
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (SoupServer) server = tls_server (cases[i].name);
      g_autoptr (Http) http = http_new ();
      g_autofree char *url = url_of (server);
      n_requests = 0;
      if (cases[i].trusted)
        trust_authority (http);
      if (cases[i].good)
        {
          g_autoptr (GError) error = NULL;
          g_autoptr (BmnHttpResponse) response
              = http_send (http, http_create_request (url), NULL, &error);
          g_assert_no_error (error);
          g_assert_cmpint (response->status, ==, 200);
        }
      else
        http_assert_fails (http, http_create_request (url), BMN_PLATFORM_ERROR_OFFLINE);
      g_assert_cmpuint (n_requests, ==, cases[i].good ? 1 : 0);
      g_assert_cmpuint (http->ledger->len, ==, 1);
      g_assert_cmpint (http_last (http)->bytes_sent > 0, ==, cases[i].good);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  folder = certificates_new ();
  g_test_add_func ("/platform/http-tls/certificates", test_certificates);
  int status = g_test_run ();
  certificates_free (folder);
  return status;
}
