#include "bmn-bluesky-handle-private.h"
#include "bmn-json.h"
#include "bmn-platform-error.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* A DID has 2 KiB at most; what stands around it in a web server's answer is blanks. */
#define MAX_DID 2048

/* A handle is a domain name. */
#define MAX_HANDLE 253
#define MAX_LABEL 63

#define PLC "did:plc:"
#define PLC_LENGTH 24
#define WEB "did:web:"

typedef struct
{
  BmnHttpClient *http; /* (owned) */
  char *handle;        /* (owned) */
} Search;

static void
search_free (Search *search)
{
  g_clear_object (&search->http);
  g_free (search->handle);
  g_free (search);
}

/*
 * Names.
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

gboolean
bmn_bluesky_handle_is_reserved (const char *handle)
{
  static const char *const reserved[]
      = { ".alt", ".arpa", ".example", ".internal", ".invalid", ".local", ".localhost", ".onion" };
  for (guint i = 0; i < G_N_ELEMENTS (reserved); i++)
    if (g_str_has_suffix (handle, reserved[i]))
      return TRUE;
  return FALSE;
}

gboolean
bmn_bluesky_did_is_valid (const char *did)
{
  if (strlen (did) > MAX_DID)
    return FALSE;
  if (g_str_has_prefix (did, PLC))
    return strlen (did) == strlen (PLC) + PLC_LENGTH
           && strspn (did + strlen (PLC), "abcdefghijklmnopqrstuvwxyz234567") == PLC_LENGTH;
  if (!g_str_has_prefix (did, WEB))
    return FALSE;
  /* Ports and paths, which others have in a did:web, are not for the AT Protocol. */
  g_autofree char *host = bmn_bluesky_handle_normalize (did + strlen (WEB));
  return host && g_str_equal (host, did + strlen (WEB)) && !bmn_bluesky_handle_is_reserved (host);
}

/*
 * Handle → DID.
 */

static void
fail (GTask *task)
{
  const Search *search = g_task_get_task_data (task);
  g_task_return_new_error (task, BMN_PLATFORM_ERROR, BMN_PLATFORM_ERROR_REJECTED,
                           /* Translators: %s is a handle such as shop.bsky.social. */
                           _ ("There is no Bluesky account “%s”. Check how it is written."),
                           search->handle);
}

/* Returns: whether @did is one, and @task has it */
static gboolean
take_did (GTask *task, const char *did)
{
  if (!did || !bmn_bluesky_did_is_valid (did))
    return FALSE;
  g_task_return_pointer (task, g_strdup (did), g_free);
  return TRUE;
}

static void
on_well_known (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  g_autoptr (BmnHttpResponse) response
      = bmn_http_client_send_finish (BMN_HTTP_CLIENT (source), result, NULL);
  g_autofree char *did = NULL;
  if (response && response->status >= 200 && response->status < 300)
    did = g_strndup (g_bytes_get_data (response->body, NULL), g_bytes_get_size (response->body));
  if (!g_task_return_error_if_cancelled (task) && !take_did (task, did ? g_strstrip (did) : NULL))
    fail (task);
}

static void
ask_web (GTask *task)
{
  const Search *search = g_task_get_task_data (task);
  g_autofree char *url = g_strdup_printf ("https://%s/.well-known/atproto-did", search->handle);
  BmnHttpRequest *request = bmn_http_request_new ("GET", url, "sign-in");
  request->follow_redirects = TRUE;
  request->public_only = TRUE;
  request->max_body = MAX_DID;
  request->timeout = 10;
  bmn_http_client_send_async (search->http, request, g_task_get_cancellable (task), on_well_known,
                              g_object_ref (task));
}

/* @record: of one TXT record, its strings; longer ones are sent in pieces.
 * Returns: (transfer full) (nullable): the DID that it names */
static char *
read_record (GVariant *record)
{
  g_autoptr (GVariant) strings = g_variant_get_child_value (record, 0);
  g_autofree const char **pieces = g_variant_get_strv (strings, NULL);
  g_autofree char *text = g_strjoinv ("", (char **)pieces);
  const gboolean names_did
      = g_str_has_prefix (text, "did=") && bmn_bluesky_did_is_valid (text + strlen ("did="));
  return names_did ? g_strdup (text + strlen ("did=")) : NULL;
}

/* Where records name different accounts, nobody can know which one is right. */
static void
on_dns (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  GList *records = g_resolver_lookup_records_finish (G_RESOLVER (source), result, NULL);
  g_autofree char *found = NULL;
  gboolean contradict = FALSE;
  for (GList *record = records; record; record = record->next)
    {
      g_autofree char *did = read_record (record->data);
      contradict = contradict || (found && did && !g_str_equal (found, did));
      if (!found)
        found = g_steal_pointer (&did);
    }
  g_list_free_full (records, (GDestroyNotify)g_variant_unref);
  if (contradict)
    fail (task);
  else if (!g_task_return_error_if_cancelled (task) && !take_did (task, found))
    ask_web (task);
}

static void
ask_dns (GTask *task)
{
  const Search *search = g_task_get_task_data (task);
  g_autoptr (GResolver) resolver = g_resolver_get_default ();
  g_autofree char *name = g_strconcat ("_atproto.", search->handle, NULL);
  g_resolver_lookup_records_async (resolver, name, G_RESOLVER_RECORD_TXT,
                                   g_task_get_cancellable (task), on_dns, g_object_ref (task));
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
    ask_dns (task);
}

void
bmn_bluesky_handle_resolve_async (BmnXrpcSender *sender,
                                  BmnHttpClient *http,
                                  const char *handle,
                                  const char *service,
                                  GCancellable *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  g_task_set_source_tag (task, bmn_bluesky_handle_resolve_async);
  Search *search = g_new0 (Search, 1);
  g_task_set_task_data (task, search, (GDestroyNotify)search_free);
  search->http = g_object_ref (http);
  search->handle = g_strdup (handle);
  if (bmn_bluesky_handle_is_reserved (handle))
    {
      fail (task);
      return;
    }
  BmnHttpRequest *request = bmn_xrpc_query (service, "com.atproto.identity.resolveHandle",
                                            "sign-in", "handle", handle, NULL);
  bmn_xrpc_sender_send_async (sender, request, NULL, NULL, cancellable, on_service_answered,
                              g_object_ref (task));
}

char *
bmn_bluesky_handle_resolve_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}
