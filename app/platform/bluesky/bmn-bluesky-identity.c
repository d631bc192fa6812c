#include "bmn-bluesky-identity-private.h"
#include "bmn-json.h"
#include "bmn-platform-error.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define PLC_DIRECTORY "https://plc.directory"

/* A DID has 2 KiB at most (specification "DID"), its document is small as well. */
#define MAX_DID 2048
#define MAX_DOCUMENT (256 * 1024)

/* A handle is a domain name (specification "Handle"). */
#define MAX_HANDLE 253
#define MAX_LABEL 63

typedef struct
{
  BmnXrpcSender *sender; /* (owned) */
  BmnHttpClient *http;   /* (owned) */
  char *service;         /* (owned) */
  char *handle;          /* (owned) (nullable) where only a DID was given */
  char *did;             /* (owned) (nullable) until found */
} Search;

static void
search_free (Search *search)
{
  g_clear_object (&search->sender);
  g_clear_object (&search->http);
  g_free (search->service);
  g_free (search->handle);
  g_free (search->did);
  g_free (search);
}

void
bmn_bluesky_identity_free (BmnBlueskyIdentity *identity)
{
  g_free (identity->did);
  g_free (identity->handle);
  g_free (identity->pds);
  g_free (identity);
}

/*
 * Names and addresses.
 */

static gboolean
is_label (const char *label)
{
  gsize length = strlen (label);
  if (length == 0 || length > MAX_LABEL || label[0] == '-' || label[length - 1] == '-')
    return FALSE;
  for (const char *c = label; *c; c++)
    if (!g_ascii_isalnum (*c) && *c != '-')
      return FALSE;
  return TRUE;
}

char *
bmn_bluesky_handle_normalize (const char *text)
{
  g_autofree char *handle = g_ascii_strdown (*text == '@' ? text + 1 : text, -1);
  g_strstrip (handle);
  g_auto (GStrv) labels = g_strsplit (handle, ".", -1);
  guint n = g_strv_length (labels);
  if (n < 2 || strlen (handle) > MAX_HANDLE || g_ascii_isdigit (labels[n - 1][0]))
    return NULL;
  for (guint i = 0; i < n; i++)
    if (!is_label (labels[i]))
      return NULL;
  return g_steal_pointer (&handle);
}

static gboolean
is_loopback_host (const char *host)
{
  return g_str_equal (host, "localhost") || g_str_equal (host, "127.0.0.1")
         || g_str_equal (host, "::1");
}

gboolean
bmn_bluesky_is_loopback (const char *url)
{
  g_autoptr (GUri) uri = g_uri_parse (url, G_URI_FLAGS_NONE, NULL);
  return uri && g_uri_get_host (uri) && is_loopback_host (g_uri_get_host (uri));
}

char *
bmn_bluesky_service_normalize (const char *text, GError **error)
{
  g_autofree char *full
      = strstr (text, "://") ? g_strdup (text) : g_strconcat ("https://", text, NULL);
  g_autoptr (GUri) uri = g_uri_parse (full, G_URI_FLAGS_NONE, NULL);
  const char *host = uri ? g_uri_get_host (uri) : NULL;
  const char *path = uri ? g_uri_get_path (uri) : "";
  if (!host || !*host || strpbrk (text, " \t\r\n\"<>\\") || g_uri_get_userinfo (uri)
      || g_uri_get_query (uri) || g_uri_get_fragment (uri) || (*path && !g_str_equal (path, "/"))
      || (!g_str_equal (g_uri_get_scheme (uri), "https")
          && !g_str_equal (g_uri_get_scheme (uri), "http")))
    {
      g_set_error (error, BMN_PLATFORM_ERROR, BMN_PLATFORM_ERROR_REJECTED,
                   /* Translators: %s is what was given. */
                   _ ("“%s” is not the address of a server. Write it like https://bsky.social."),
                   text);
      return NULL;
    }
  if (g_str_equal (g_uri_get_scheme (uri), "http") && !is_loopback_host (host))
    {
      g_set_error (error, BMN_PLATFORM_ERROR, BMN_PLATFORM_ERROR_REJECTED,
                   /* Translators: %s is a server's address. */
                   _ ("“%s” is not encrypted: anybody on the way could read your password. Use "
                      "its https address."),
                   text);
      return NULL;
    }
  return g_uri_join (G_URI_FLAGS_NONE, g_uri_get_scheme (uri), NULL, host, g_uri_get_port (uri), "",
                     NULL, NULL);
}

/* Characters that DIDs have (specification "DID"); they become part of addresses. */
static gboolean
is_did (const char *did)
{
  if (!g_str_has_prefix (did, "did:plc:") && !g_str_has_prefix (did, "did:web:"))
    return FALSE;
  gsize length = strlen (did);
  if (length <= strlen ("did:plc:") || length > MAX_DID)
    return FALSE;
  for (const char *c = did; *c; c++)
    if (!g_ascii_isalnum (*c) && !strchr (".:_%-", *c))
      return FALSE;
  return TRUE;
}

/*
 * The document.
 */

static gboolean
names_handle (JsonArray *names, const char *handle)
{
  g_autofree char *wanted = g_strconcat ("at://", handle, NULL);
  for (guint i = 0; names && i < json_array_get_length (names); i++)
    {
      JsonNode *name = json_array_get_element (names, i);
      if (JSON_NODE_HOLDS_VALUE (name) && json_node_get_value_type (name) == G_TYPE_STRING
          && g_ascii_strcasecmp (json_node_get_string (name), wanted) == 0)
        return TRUE;
    }
  return FALSE;
}

/* Returns: (transfer full) (nullable): the first handle that a document names */
static char *
first_handle (JsonArray *names)
{
  for (guint i = 0; names && i < json_array_get_length (names); i++)
    {
      JsonNode *name = json_array_get_element (names, i);
      if (JSON_NODE_HOLDS_VALUE (name) && json_node_get_value_type (name) == G_TYPE_STRING
          && g_str_has_prefix (json_node_get_string (name), "at://"))
        return bmn_bluesky_handle_normalize (json_node_get_string (name) + strlen ("at://"));
    }
  return NULL;
}

/* Returns: (nullable) (transfer none): */
static const char *
find_pds (JsonArray *services)
{
  for (guint i = 0; services && i < json_array_get_length (services); i++)
    {
      JsonObject *service = bmn_json_get_element_object (services, i);
      const char *id = bmn_json_get_string (service, "id");
      if (id && g_str_has_suffix (id, "#atproto_pds")
          && g_strcmp0 (bmn_json_get_string (service, "type"), "AtprotoPersonalDataServer") == 0)
        return bmn_json_get_string (service, "serviceEndpoint");
    }
  return NULL;
}

BmnBlueskyIdentity *
bmn_bluesky_identity_parse (JsonObject *document,
                            const char *did,
                            const char *handle,
                            GError **error)
{
  JsonArray *names = bmn_json_get_array (document, "alsoKnownAs");
  const char *pds = find_pds (bmn_json_get_array (document, "service"));
  if (g_strcmp0 (bmn_json_get_string (document, "id"), did) != 0 || !pds)
    {
      g_set_error_literal (error, BMN_PLATFORM_ERROR, BMN_PLATFORM_ERROR_REJECTED,
                           _ ("The directory does not say which server holds this account. Check "
                              "the handle."));
      return NULL;
    }
  if (handle && !names_handle (names, handle))
    {
      g_set_error (error, BMN_PLATFORM_ERROR, BMN_PLATFORM_ERROR_REJECTED,
                   /* Translators: %s is a handle. */
                   _ ("“%s” points to an account that does not call itself so. Check the handle "
                      "in the Bluesky app."),
                   handle);
      return NULL;
    }
  g_autofree char *address = bmn_bluesky_service_normalize (pds, error);
  if (!address)
    return NULL;
  BmnBlueskyIdentity *identity = g_new0 (BmnBlueskyIdentity, 1);
  identity->did = g_strdup (did);
  identity->handle = handle ? g_strdup (handle) : first_handle (names);
  identity->pds = g_steal_pointer (&address);
  return identity;
}

/* Returns: (transfer full) (nullable): where the document of @did is */
static char *
document_url (const char *did)
{
  if (g_str_has_prefix (did, "did:web:"))
    {
      g_autofree char *host = g_uri_unescape_string (did + strlen ("did:web:"), "/");
      /* The AT Protocol has no did:web with a path; a port is for servers on this computer. */
      if (!host || strpbrk (host, "/@?#"))
        return NULL;
      g_autofree char *service = bmn_bluesky_service_normalize (host, NULL);
      return service ? g_strconcat (service, "/.well-known/did.json", NULL) : NULL;
    }
  const char *directory = g_getenv ("BELLMAN_PLC_DIRECTORY");
  return g_strdup_printf ("%s/%s", directory && *directory ? directory : PLC_DIRECTORY, did);
}

static void
on_document (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  Search *search = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (BmnXrpcReply) reply
      = bmn_xrpc_sender_send_finish (BMN_XRPC_SENDER (source), result, &error);
  JsonObject *document = reply ? bmn_xrpc_reply_get_object (reply, &error) : NULL;
  BmnBlueskyIdentity *identity
      = document ? bmn_bluesky_identity_parse (document, search->did, search->handle, &error)
                 : NULL;
  if (identity)
    g_task_return_pointer (task, identity, (GDestroyNotify)bmn_bluesky_identity_free);
  else
    g_task_return_error (task, error);
}

static void
find_document (GTask *task)
{
  Search *search = g_task_get_task_data (task);
  g_autofree char *url = document_url (search->did);
  if (!url)
    {
      g_task_return_new_error (task, BMN_PLATFORM_ERROR, BMN_PLATFORM_ERROR_REJECTED,
                               /* Translators: %s is an identifier such as did:web:example.org. */
                               _ ("“%s” is an identifier of an unknown kind."), search->did);
      return;
    }
  BmnHttpRequest *request = bmn_http_request_new ("GET", url, "sign-in");
  request->max_body = MAX_DOCUMENT;
  request->public_only = g_str_has_prefix (search->did, "did:web:");
  bmn_xrpc_sender_send_async (search->sender, request, NULL, NULL, g_task_get_cancellable (task),
                              on_document, g_object_ref (task));
}

/*
 * Handle → DID.
 */

static gboolean
take_did (GTask *task, const char *did)
{
  Search *search = g_task_get_task_data (task);
  if (!did || !is_did (did))
    return FALSE;
  search->did = g_strdup (did);
  find_document (task);
  return TRUE;
}

static void
on_dns (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  Search *search = g_task_get_task_data (task);
  GList *records = g_resolver_lookup_records_finish (G_RESOLVER (source), result, NULL);
  g_autofree char *did = NULL;
  for (GList *record = records; record && !did; record = record->next)
    {
      g_autoptr (GVariant) strings = g_variant_get_child_value (record->data, 0);
      g_autofree const char **words = g_variant_get_strv (strings, NULL);
      g_autofree char *text = g_strjoinv ("", (char **)words);
      if (g_str_has_prefix (text, "did="))
        did = g_strdup (text + strlen ("did="));
    }
  g_list_free_full (records, (GDestroyNotify)g_variant_unref);
  if (!take_did (task, did))
    g_task_return_new_error (task, BMN_PLATFORM_ERROR, BMN_PLATFORM_ERROR_REJECTED,
                             /* Translators: %s is a handle such as shop.bsky.social. */
                             _ ("There is no Bluesky account “%s”. Check how it is written."),
                             search->handle);
}

static void
ask_dns (GTask *task)
{
  Search *search = g_task_get_task_data (task);
  g_autoptr (GResolver) resolver = g_resolver_get_default ();
  g_autofree char *name = g_strconcat ("_atproto.", search->handle, NULL);
  g_resolver_lookup_records_async (resolver, name, G_RESOLVER_RECORD_TXT,
                                   g_task_get_cancellable (task), on_dns, g_object_ref (task));
}

static void
on_well_known (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  g_autoptr (BmnHttpResponse) response
      = bmn_http_client_send_finish (BMN_HTTP_CLIENT (source), result, NULL);
  g_autofree char *did = NULL;
  if (response && response->status == 200)
    did = g_strndup (g_bytes_get_data (response->body, NULL), g_bytes_get_size (response->body));
  if (!take_did (task, did ? g_strstrip (did) : NULL))
    ask_dns (task);
}

static void
ask_handle_host (GTask *task)
{
  Search *search = g_task_get_task_data (task);
  g_autofree char *url = g_strdup_printf ("https://%s/.well-known/atproto-did", search->handle);
  BmnHttpRequest *request = bmn_http_request_new ("GET", url, "sign-in");
  request->public_only = TRUE;
  request->max_body = MAX_DID;
  request->timeout = 10;
  bmn_http_client_send_async (search->http, request, g_task_get_cancellable (task), on_well_known,
                              g_object_ref (task));
}

static void
on_service_answered (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  GError *error = NULL;
  g_autoptr (BmnXrpcReply) reply
      = bmn_xrpc_sender_send_finish (BMN_XRPC_SENDER (source), result, &error);
  if (!reply)
    {
      /* The user named this server: where it cannot be reached, that is what to tell. */
      g_task_return_error (task, error);
      return;
    }
  JsonObject *answer = bmn_xrpc_reply_get_object (reply, NULL);
  if (!take_did (task, bmn_json_get_string (answer, "did")))
    ask_handle_host (task);
}

void
bmn_bluesky_identity_find_async (BmnXrpcSender *sender,
                                 BmnHttpClient *http,
                                 const char *handle,
                                 const char *service,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  g_task_set_source_tag (task, bmn_bluesky_identity_find_async);
  Search *search = g_new0 (Search, 1);
  g_task_set_task_data (task, search, (GDestroyNotify)search_free);
  search->sender = g_object_ref (sender);
  search->http = g_object_ref (http);
  search->service = g_strdup (service);
  if (take_did (task, handle))
    return;
  search->handle = bmn_bluesky_handle_normalize (handle);
  if (!search->handle)
    {
      g_task_return_new_error (task, BMN_PLATFORM_ERROR, BMN_PLATFORM_ERROR_REJECTED,
                               /* Translators: %s is what was given. */
                               _ ("“%s” is not a Bluesky handle. Write it like shop.bsky.social."),
                               handle);
      return;
    }
  BmnHttpRequest *request = bmn_xrpc_query (service, "com.atproto.identity.resolveHandle",
                                            "sign-in", "handle", search->handle, NULL);
  bmn_xrpc_sender_send_async (sender, request, NULL, NULL, cancellable, on_service_answered,
                              g_object_ref (task));
}

BmnBlueskyIdentity *
bmn_bluesky_identity_find_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}
