#include "bmn-mastodon-private.h"
#include "bmn-json.h"

#include <glib/gi18n-lib.h>
#include <libsoup/soup.h>
#include <string.h>

void
bmn_mastodon_answer_free (BmnMastodonAnswer *answer)
{
  g_clear_pointer (&answer->json, json_node_unref);
  g_free (answer->next);
  g_free (answer);
}

BmnHttpRequest *
bmn_mastodon_request_new (BmnMastodon *self,
                          const char *method,
                          const char *path,
                          const char *purpose,
                          BmnHttpPriority priority)
{
  const BmnAccount *account = bmn_platform_get_account (BMN_PLATFORM (self));
  const char *server = bmn_account_get_setting (account, "server");
  g_autofree char *url = g_strconcat (server ? server : "", path, NULL);
  BmnHttpRequest *request = bmn_http_request_new (method, url, purpose);
  bmn_http_request_set_header (request, "Accept", "application/json");
  request->account_id = account->id;
  request->priority = priority;
  return request;
}

BmnHttpRequest *
bmn_mastodon_request_new_for_id (BmnMastodon *self,
                                 const char *method,
                                 const char *before,
                                 const char *id,
                                 const char *after,
                                 const char *purpose,
                                 BmnHttpPriority priority)
{
  g_autofree char *escaped = g_uri_escape_string (id, NULL, FALSE);
  g_autofree char *path = g_strconcat (before, escaped, after, NULL);
  return bmn_mastodon_request_new (self, method, path, purpose, priority);
}

void
bmn_mastodon_request_take_json (BmnHttpRequest *request, JsonBuilder *builder)
{
  json_builder_end_object (builder);
  g_autoptr (JsonNode) node = json_builder_get_root (builder);
  char *text = bmn_json_to_string (node);
  bmn_http_request_take_body (request, "application/json", g_bytes_new_take (text, strlen (text)));
}

gboolean
bmn_mastodon_is_missing (int status)
{
  return status == SOUP_STATUS_NOT_FOUND || status == SOUP_STATUS_GONE
         || status == SOUP_STATUS_METHOD_NOT_ALLOWED || status == SOUP_STATUS_NOT_IMPLEMENTED;
}

/*
 * The next page of a `Link` header (RFC 8288). Only its path is taken: servers behind a proxy
 * name themselves with another scheme, and a token goes nowhere but to the account's server.
 */
static char *
find_linked_page (const BmnHttpResponse *response, const char *header)
{
  g_autoptr (GRegex) regex
      = g_regex_new ("<([^>]+)>[^,<]*;\\s*rel=\"?next\"?", G_REGEX_CASELESS, 0, NULL);
  g_autoptr (GMatchInfo) match = NULL;
  if (!g_regex_match (regex, header, 0, &match))
    return NULL;
  g_autofree char *target = g_match_info_fetch (match, 1);
  g_autofree char *absolute
      = g_uri_resolve_relative (response->url, target, G_URI_FLAGS_ENCODED, NULL);
  g_autoptr (GUri) uri = absolute ? g_uri_parse (absolute, G_URI_FLAGS_ENCODED, NULL) : NULL;
  if (!uri || !g_str_has_prefix (g_uri_get_path (uri), "/api/"))
    return NULL;
  const char *query = g_uri_get_query (uri);
  return g_strconcat (g_uri_get_path (uri), query ? "?" : "", query ? query : "", NULL);
}

/* The page of what is older than the last of @list, asked for by its id. */
static char *
make_older_page (const BmnHttpResponse *response, JsonArray *list)
{
  const guint n = json_array_get_length (list);
  const char *id
      = n > 0 ? bmn_json_get_string (bmn_json_get_element_object (list, n - 1), "id") : NULL;
  g_autoptr (GUri) uri = g_uri_parse (response->url, G_URI_FLAGS_ENCODED, NULL);
  if (!id || !uri)
    return NULL;
  const char *query = g_uri_get_query (uri);
  g_autoptr (GHashTable) params = soup_form_decode (query ? query : "");
  /* A server that gives the same page again does not know the parameter. */
  if (g_strcmp0 (g_hash_table_lookup (params, "max_id"), id) == 0)
    return NULL;
  /* The table owns its names alone; the id outlives it. */
  g_hash_table_replace (params, g_strdup ("max_id"), (char *)id);
  g_autofree char *older = soup_form_encode_hash (params);
  return g_strconcat (g_uri_get_path (uri), "?", older, NULL);
}

/* Not every server has the header: without it only an empty page is the last one. */
static char *
find_next_page (const BmnHttpResponse *response, JsonNode *json)
{
  const char *header = bmn_http_response_get_header (response, "link");
  if (header)
    return find_linked_page (response, header);
  return JSON_NODE_HOLDS_ARRAY (json) ? make_older_page (response, json_node_get_array (json))
                                      : NULL;
}

static gint64
find_clock_offset (const BmnHttpResponse *response, gint64 now)
{
  const char *header = bmn_http_response_get_header (response, "date");
  g_autoptr (GDateTime) time = header ? soup_date_time_new_from_http_string (header) : NULL;
  return time ? g_date_time_to_unix (time) * G_USEC_PER_SEC - now : 0;
}

typedef struct
{
  BmnHttpRequest *asked; /* (owned) what its answer means depends on */
  int status;
} BmnMastodonCall;

static void
call_free (BmnMastodonCall *call)
{
  bmn_http_request_free (call->asked);
  g_free (call);
}

static void
on_answered (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  BmnMastodon *self = BMN_MASTODON (source);
  BmnMastodonCall *call = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (BmnHttpResponse) response
      = bmn_oauth2_platform_send_finish (BMN_OAUTH2_PLATFORM (self), result, &error);
  if (!response)
    {
      g_task_return_error (task, error);
      return;
    }
  call->status = response->status;
  g_autoptr (JsonNode) json = bmn_oauth2_parse_answer (call->asked, response, &error);
  if (!json && response->status < 300 && g_str_equal (call->asked->method, "DELETE"))
    {
      g_clear_error (&error);
      json = json_node_new (JSON_NODE_NULL);
    }
  if (!json)
    {
      if (call->asked->creates && response->status < 300)
        error->code = BMN_PLATFORM_ERROR_UNKNOWN_OUTCOME;
      g_task_return_error (task, error);
      return;
    }
  BmnMastodonAnswer *answer = g_new0 (BmnMastodonAnswer, 1);
  answer->json = g_steal_pointer (&json);
  answer->next = find_next_page (response, answer->json);
  answer->status = response->status;
  answer->clock_offset = find_clock_offset (response, bmn_mastodon_now (self));
  g_task_return_pointer (task, answer, (GDestroyNotify)bmn_mastodon_answer_free);
}

void
bmn_mastodon_call_async (BmnMastodon *self,
                         BmnHttpRequest *request,
                         GCancellable *cancellable,
                         GAsyncReadyCallback callback,
                         gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, bmn_mastodon_call_async);
  g_task_set_check_cancellable (task, FALSE);
  BmnMastodonCall *call = g_new0 (BmnMastodonCall, 1);
  call->asked = bmn_http_request_new (request->method, request->url, request->purpose);
  call->asked->creates = request->creates;
  g_task_set_task_data (task, call, (GDestroyNotify)call_free);
  bmn_oauth2_platform_send_async (BMN_OAUTH2_PLATFORM (self), request, cancellable, on_answered,
                                  g_object_ref (task));
}

BmnMastodonAnswer *
bmn_mastodon_call_finish (BmnMastodon *self, GAsyncResult *result, int *status, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  const BmnMastodonCall *call = g_task_get_task_data (G_TASK (result));
  if (status)
    *status = call->status;
  return g_task_propagate_pointer (G_TASK (result), error);
}
