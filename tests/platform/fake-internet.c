#include "fake-internet.h"
#include "bmn-http-client-private.h"
#include "certificates.h"
#include "raw-server.h"

#include <string.h>

typedef struct
{
  char *head;   /* (owned) status line and headers, without the empty line */
  GBytes *body; /* (owned) */
  guint n_requests;
} Page;

struct _FakeInternet
{
  GTlsCertificate *certificate; /* (owned) of all hosts */
  RawServer *proxy;             /* (owned) */
  GMutex lock;                  /* of @pages, which the proxy's threads read */
  GHashTable *pages;            /* (owned) (element-type utf8 Page): URL → page */
  GHashTable *addresses;        /* (owned) (element-type utf8 utf8): name → address */
  GHashTable *records;          /* (owned) (element-type utf8 GPtrArray): name → texts */
  GResolver *system_resolver;   /* (owned) */
};

/* GIO asks for its proxy resolver once, so that there is one for all tests of a program. */
static FakeInternet *current;

/* (owned) of all tests of a program, as making them takes a moment */
static char *certificates;

static void
page_free (Page *page)
{
  g_free (page->head);
  g_bytes_unref (page->body);
  g_free (page);
}

/*
 * Names.
 */

#define FAKE_TYPE_RESOLVER (fake_resolver_get_type ())
G_DECLARE_FINAL_TYPE (FakeResolver, fake_resolver, FAKE, RESOLVER, GResolver)

struct _FakeResolver
{
  GResolver parent_instance;
};

G_DEFINE_FINAL_TYPE (FakeResolver, fake_resolver, G_TYPE_RESOLVER)

static void
free_addresses (gpointer addresses)
{
  g_resolver_free_addresses (addresses);
}

static void
lookup_name (GResolver *resolver,
             const char *name,
             GResolverNameLookupFlags flags,
             GCancellable *cancellable,
             GAsyncReadyCallback callback,
             gpointer data)
{
  g_autoptr (GTask) task = g_task_new (resolver, cancellable, callback, data);
  const char *address = g_hash_table_lookup (current->addresses, name);
  if (address)
    g_task_return_pointer (task, g_list_prepend (NULL, g_inet_address_new_from_string (address)),
                           free_addresses);
  else
    g_task_return_new_error (task, G_RESOLVER_ERROR, G_RESOLVER_ERROR_NOT_FOUND, "no %s", name);
}

static void
lookup_name_without_flags (GResolver *resolver,
                           const char *name,
                           GCancellable *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer data)
{
  lookup_name (resolver, name, G_RESOLVER_NAME_LOOKUP_FLAGS_DEFAULT, cancellable, callback, data);
}

static void
free_records (gpointer records)
{
  g_list_free_full (records, (GDestroyNotify)g_variant_unref);
}

static void
lookup_records (GResolver *resolver,
                const char *name,
                GResolverRecordType type,
                GCancellable *cancellable,
                GAsyncReadyCallback callback,
                gpointer data)
{
  g_autoptr (GTask) task = g_task_new (resolver, cancellable, callback, data);
  GPtrArray *texts = g_hash_table_lookup (current->records, name);
  GList *records = NULL;
  for (guint i = 0; texts && i < texts->len; i++)
    {
      g_auto (GStrv) pieces = g_strsplit (texts->pdata[i], "|", -1);
      records = g_list_append (records, g_variant_ref_sink (g_variant_new ("(^as)", pieces)));
    }
  if (records)
    g_task_return_pointer (task, records, free_records);
  else
    g_task_return_new_error (task, G_RESOLVER_ERROR, G_RESOLVER_ERROR_NOT_FOUND, "no %s", name);
}

static GList *
lookup_finish (GResolver *resolver, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
fake_resolver_class_init (FakeResolverClass *klass)
{
  GResolverClass *resolver_class = G_RESOLVER_CLASS (klass);
  resolver_class->lookup_by_name_async = lookup_name_without_flags;
  resolver_class->lookup_by_name_finish = lookup_finish;
  resolver_class->lookup_by_name_with_flags_async = lookup_name;
  resolver_class->lookup_by_name_with_flags_finish = lookup_finish;
  resolver_class->lookup_records_async = lookup_records;
  resolver_class->lookup_records_finish = lookup_finish;
}

static void
fake_resolver_init (FakeResolver *self)
{
}

/*
 * The way to hosts.
 */

#define FAKE_TYPE_PROXY_RESOLVER (fake_proxy_resolver_get_type ())
G_DECLARE_FINAL_TYPE (FakeProxyResolver, fake_proxy_resolver, FAKE, PROXY_RESOLVER, GObject)

struct _FakeProxyResolver
{
  GObject parent_instance;
};

static void fake_proxy_resolver_iface_init (GProxyResolverInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (FakeProxyResolver,
                               fake_proxy_resolver,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_PROXY_RESOLVER,
                                                      fake_proxy_resolver_iface_init))

static gboolean
is_supported (GProxyResolver *resolver)
{
  return TRUE;
}

/* Returns: whether any page is on the host of @uri */
static gboolean
has_pages (FakeInternet *self, const char *uri)
{
  g_autoptr (GUri) parsed = g_uri_parse (uri, G_URI_FLAGS_NONE, NULL);
  g_autofree char *http = g_strdup_printf ("http://%s/", g_uri_get_host (parsed));
  g_autofree char *https = g_strdup_printf ("https://%s/", g_uri_get_host (parsed));
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);
  GHashTableIter iter;
  gpointer url;
  g_hash_table_iter_init (&iter, self->pages);
  while (g_hash_table_iter_next (&iter, &url, NULL))
    if (g_str_has_prefix (url, http) || g_str_has_prefix (url, https))
      return TRUE;
  return FALSE;
}

static char **
look_up_proxy (GProxyResolver *resolver, const char *uri, GCancellable *cancellable, GError **error)
{
  char **proxies = g_new0 (char *, 2);
  proxies[0] = current && has_pages (current, uri) ? raw_server_url (current->proxy, "")
                                                   : g_strdup ("direct://");
  return proxies;
}

static void
look_up_proxy_async (GProxyResolver *resolver,
                     const char *uri,
                     GCancellable *cancellable,
                     GAsyncReadyCallback callback,
                     gpointer data)
{
  g_autoptr (GTask) task = g_task_new (resolver, cancellable, callback, data);
  g_task_return_pointer (task, look_up_proxy (resolver, uri, cancellable, NULL),
                         (GDestroyNotify)g_strfreev);
}

static char **
look_up_proxy_finish (GProxyResolver *resolver, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
fake_proxy_resolver_iface_init (GProxyResolverInterface *iface)
{
  iface->is_supported = is_supported;
  iface->lookup = look_up_proxy;
  iface->lookup_async = look_up_proxy_async;
  iface->lookup_finish = look_up_proxy_finish;
}

static void
fake_proxy_resolver_class_init (FakeProxyResolverClass *klass)
{
}

static void
fake_proxy_resolver_init (FakeProxyResolver *self)
{
}

/*
 * The hosts.
 */

static void
answer (FakeInternet *self, GIOStream *connection, const char *url)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);
  Page *page = g_hash_table_lookup (self->pages, url);
  if (!page)
    {
      raw_write (connection, "HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n");
      return;
    }
  page->n_requests++;
  gsize length;
  const char *body = g_bytes_get_data (page->body, &length);
  g_autofree char *head
      = g_strdup_printf ("%sContent-Length: %" G_GSIZE_FORMAT "\r\n\r\n", page->head, length);
  raw_write (connection, head);
  g_output_stream_write_all (g_io_stream_get_output_stream (connection), body, length, NULL, NULL,
                             NULL);
}

/* The second word of a request's first line. */
static char *
target_of (const char *request)
{
  g_auto (GStrv) words = g_strsplit (request, " ", 3);
  return g_strdup (g_strv_length (words) == 3 ? words[1] : "");
}

static void
serve_tunnel (RawServer *proxy, FakeInternet *self, GIOStream *connection, const char *host)
{
  raw_write (connection, "HTTP/1.1 200 OK\r\n\r\n");
  g_autoptr (GIOStream) tunnel = g_tls_server_connection_new (connection, self->certificate, NULL);
  g_autofree char *request = raw_read_request (proxy, tunnel);
  if (request)
    {
      g_autofree char *path = target_of (request);
      g_autofree char *url = g_strdup_printf ("https://%s%s", host, path);
      answer (self, tunnel, url);
    }
  g_io_stream_close (tunnel, NULL, NULL);
}

static void
serve_proxy (RawServer *proxy, GIOStream *connection, guint n)
{
  FakeInternet *self = raw_server_data (proxy);
  g_autofree char *request = raw_read_request (proxy, connection);
  if (!request)
    return;
  g_autofree char *target = target_of (request);
  if (!g_str_has_prefix (request, "CONNECT "))
    {
      answer (self, connection, target);
      return;
    }
  target[strcspn (target, ":")] = '\0';
  serve_tunnel (proxy, self, connection, target);
}

static void
remove_certificates (void)
{
  certificates_free (certificates);
}

FakeInternet *
fake_internet_new (void)
{
  g_autoptr (GError) error = NULL;
  FakeInternet *self = g_new0 (FakeInternet, 1);
  g_mutex_init (&self->lock);
  if (!certificates)
    {
      certificates = certificates_new ();
      atexit (remove_certificates);
    }
  g_autofree char *path = g_build_filename (certificates, "internet.pem", NULL);
  self->certificate = g_tls_certificate_new_from_file (path, &error);
  g_assert_no_error (error);
  self->pages = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify)page_free);
  self->addresses = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->records
      = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify)g_ptr_array_unref);
  self->proxy = raw_server_new (serve_proxy, self);
  self->system_resolver = g_resolver_get_default ();
  g_autoptr (GResolver) resolver = g_object_new (FAKE_TYPE_RESOLVER, NULL);
  g_resolver_set_default (resolver);
  g_assert_null (current);
  current = self;
  g_io_extension_point_register (G_PROXY_RESOLVER_EXTENSION_POINT_NAME);
  g_io_extension_point_implement (G_PROXY_RESOLVER_EXTENSION_POINT_NAME, FAKE_TYPE_PROXY_RESOLVER,
                                  "fake", 1000);
  g_assert_true (FAKE_IS_PROXY_RESOLVER (g_proxy_resolver_get_default ()));
  return self;
}

void
fake_internet_free (FakeInternet *self)
{
  current = NULL;
  g_resolver_set_default (self->system_resolver);
  g_object_unref (self->system_resolver);
  raw_server_free (self->proxy);
  g_object_unref (self->certificate);
  g_hash_table_unref (self->pages);
  g_hash_table_unref (self->addresses);
  g_hash_table_unref (self->records);
  g_mutex_clear (&self->lock);
  g_free (self);
}

void
fake_internet_trust (FakeInternet *self, BmnHttpClient *http)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *path = g_build_filename (certificates, "authority.pem", NULL);
  g_autoptr (GTlsDatabase) database = g_tls_file_database_new (path, &error);
  g_assert_no_error (error);
  bmn_http_client_set_tls_database (http, database);
}

void
fake_internet_serve_bytes (
    FakeInternet *self, const char *url, const char *status, const char *headers, GBytes *body)
{
  Page *page = g_new0 (Page, 1);
  page->head
      = g_strdup_printf ("HTTP/1.1 %s\r\nConnection: close\r\n%s", status, headers ? headers : "");
  page->body = g_bytes_ref (body);
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);
  g_hash_table_replace (self->pages, g_strdup (url), page);
}

void
fake_internet_serve (
    FakeInternet *self, const char *url, const char *status, const char *headers, const char *body)
{
  g_autoptr (GBytes) bytes = g_bytes_new (body, strlen (body));
  fake_internet_serve_bytes (self, url, status, headers, bytes);
}

void
fake_internet_redirect (FakeInternet *self, const char *url, const char *target)
{
  g_autofree char *location = g_strdup_printf ("Location: %s\r\n", target);
  fake_internet_serve (self, url, "302 Found", location, "");
}

void
fake_internet_add_txt (FakeInternet *self, const char *name, const char *text)
{
  GPtrArray *texts = g_hash_table_lookup (self->records, name);
  if (!texts)
    {
      texts = g_ptr_array_new_with_free_func (g_free);
      g_hash_table_insert (self->records, g_strdup (name), texts);
    }
  g_ptr_array_add (texts, g_strdup (text));
}

void
fake_internet_add_address (FakeInternet *self, const char *name, const char *address)
{
  g_hash_table_replace (self->addresses, g_strdup (name), g_strdup (address));
}

guint
fake_internet_n_requests (FakeInternet *self, const char *url)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);
  const Page *page = g_hash_table_lookup (self->pages, url);
  return page ? page->n_requests : 0;
}
