#include "bmn-bluesky-identity-private.h"
#include "bmn-bluesky-handle-private.h"
#include "bmn-json.h"
#include "bmn-platform-error.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define PLC_DIRECTORY "https://plc.directory"

#define MAX_DOCUMENT (256 * 1024)
#define WEB "did:web:"

typedef struct
{
  BmnXrpcSender *sender; /* (owned) */
  BmnHttpClient *http;   /* (owned) */
  char *service;         /* (owned) */
  char *handle;          /* (owned) (nullable) where only a DID was given */
  char *did;             /* (owned) (nullable) until found */
  /* (owned) (nullable) found, while its own word for its handle is looked into */
  BmnBlueskyIdentity *identity;
} Search;

static void
search_free (Search *search)
{
  g_clear_object (&search->sender);
  g_clear_object (&search->http);
  g_free (search->service);
  g_free (search->handle);
  g_free (search->did);
  g_clear_pointer (&search->identity, bmn_bluesky_identity_free);
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
 * Addresses.
 */

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

/*
 * The document.
 */

/* Returns: (transfer full) (nullable): the first handle that a document names, which is the one
 *   that counts */
static char *
first_handle (JsonArray *names)
{
  for (guint i = 0; names && i < json_array_get_length (names); i++)
    {
      JsonNode *name = json_array_get_element (names, i);
      if (!JSON_NODE_HOLDS_VALUE (name) || json_node_get_value_type (name) != G_TYPE_STRING
          || !g_str_has_prefix (json_node_get_string (name), "at://"))
        continue;
      char *handle = bmn_bluesky_handle_normalize (json_node_get_string (name) + strlen ("at://"));
      if (handle)
        return handle;
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
  g_autofree char *name = first_handle (bmn_json_get_array (document, "alsoKnownAs"));
  const char *pds = find_pds (bmn_json_get_array (document, "service"));
  if (g_strcmp0 (bmn_json_get_string (document, "id"), did) != 0 || !pds)
    {
      g_set_error_literal (error, BMN_PLATFORM_ERROR, BMN_PLATFORM_ERROR_REJECTED,
                           _ ("The directory does not say which server holds this account. Check "
                              "the handle."));
      return NULL;
    }
  if (handle && g_strcmp0 (name, handle) != 0)
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
  identity->handle = g_steal_pointer (&name);
  identity->pds = g_steal_pointer (&address);
  return identity;
}

/* Returns: (transfer full): where the document of @did is */
static char *
document_url (const char *did)
{
  if (g_str_has_prefix (did, WEB))
    return g_strdup_printf ("https://%s/.well-known/did.json", did + strlen (WEB));
  const char *directory = g_getenv ("BELLMAN_PLC_DIRECTORY");
  return g_strdup_printf ("%s/%s", directory && *directory ? directory : PLC_DIRECTORY, did);
}

/*
 * The search.
 */

static void
return_identity (GTask *task)
{
  Search *search = g_task_get_task_data (task);
  g_task_return_pointer (task, g_steal_pointer (&search->identity),
                         (GDestroyNotify)bmn_bluesky_identity_free);
}

/* Anybody can write any name into a document; it counts only where the name leads back. */
static void
on_handle_confirmed (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  Search *search = g_task_get_task_data (task);
  g_autofree char *did = bmn_bluesky_handle_resolve_finish (result, NULL);
  if (g_strcmp0 (did, search->did) != 0)
    g_clear_pointer (&search->identity->handle, g_free);
  return_identity (task);
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
  if (document)
    search->identity = bmn_bluesky_identity_parse (document, search->did, search->handle, &error);
  if (!search->identity)
    g_task_return_error (task, error);
  else if (!search->handle && search->identity->handle)
    bmn_bluesky_handle_resolve_async (search->sender, search->http, search->identity->handle,
                                      search->service, g_task_get_cancellable (task),
                                      on_handle_confirmed, g_object_ref (task));
  else
    return_identity (task);
}

static void
find_document (GTask *task)
{
  Search *search = g_task_get_task_data (task);
  g_autofree char *url = document_url (search->did);
  BmnHttpRequest *request = bmn_http_request_new ("GET", url, "sign-in");
  request->max_body = MAX_DOCUMENT;
  request->public_only = g_str_has_prefix (search->did, WEB);
  bmn_xrpc_sender_send_async (search->sender, request, NULL, NULL, g_task_get_cancellable (task),
                              on_document, g_object_ref (task));
}

static void
on_handle_resolved (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  Search *search = g_task_get_task_data (task);
  GError *error = NULL;
  search->did = bmn_bluesky_handle_resolve_finish (result, &error);
  if (search->did)
    find_document (task);
  else
    g_task_return_error (task, error);
}

void
bmn_bluesky_identity_find_async (BmnXrpcSender *sender,
                                 BmnHttpClient *http,
                                 const char *name,
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
  if (bmn_bluesky_did_is_valid (name))
    {
      search->did = g_strdup (name);
      find_document (task);
      return;
    }
  search->handle = bmn_bluesky_handle_normalize (name);
  if (search->handle)
    bmn_bluesky_handle_resolve_async (sender, http, search->handle, service, cancellable,
                                      on_handle_resolved, g_object_ref (task));
  else
    g_task_return_new_error (task, BMN_PLATFORM_ERROR, BMN_PLATFORM_ERROR_REJECTED,
                             /* Translators: %s is what was given. */
                             _ ("“%s” is not a Bluesky handle. Write it like shop.bsky.social."),
                             name);
}

BmnBlueskyIdentity *
bmn_bluesky_identity_find_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}
