#include "bmn-link-states-private.h"
#include "bmn-session-check.h"
#include "bmn-session-private.h"

#include "bmn-entity-finder.h"
#include "bmn-entity.h"
#include "bmn-http-client.h"
#include "bmn-platform-error.h"

#include <string.h>

/* Enough to see that a page is there. */
#define MAX_BODY (1024 * 1024)
#define TIMEOUT 15

/* All links of a post under way. */
typedef struct
{
  GTask *task;     /* (owned) */
  guint n_waiting; /* attempts that have no answer yet */
} Round;

/* One link of it. */
typedef struct
{
  Round *round;
  char *url; /* (owned) */
  gboolean is_thorough;
} Attempt;

static BmnSession *
attempt_get_session (const Attempt *attempt)
{
  return g_task_get_source_object (attempt->round->task);
}

static void
round_leave (Round *round)
{
  if (--round->n_waiting > 0)
    return;
  GTask *task = round->task;
  g_free (round);
  if (!g_task_return_error_if_cancelled (task))
    g_task_return_boolean (task, TRUE);
  g_object_unref (task);
}

static void
attempt_end (Attempt *attempt, BmnLinkState state, const char *target)
{
  BmnSession *session = attempt_get_session (attempt);
  bmn_link_states_put (bmn_session_get_link_states (session), attempt->url, state, target,
                       bmn_session_now (session));
  Round *round = attempt->round;
  g_free (attempt->url);
  g_free (attempt);
  round_leave (round);
}

/* Host without `www.`, path without a slash at its end, and query: what makes two addresses the
 * same page to a reader. */
static char *
essence_of (const char *url)
{
  g_autoptr (GUri) uri = g_uri_parse (url, G_URI_FLAGS_PARSE_RELAXED, NULL);
  if (!uri || !g_uri_get_host (uri))
    return g_strdup (url);
  g_autofree char *host = g_ascii_strdown (g_uri_get_host (uri), -1);
  g_autofree char *path = g_strdup (g_uri_get_path (uri));
  gsize length = strlen (path);
  if (length > 0 && path[length - 1] == '/')
    path[length - 1] = '\0';
  const char *query = g_uri_get_query (uri);
  return g_strconcat (g_str_has_prefix (host, "www.") ? host + 4 : host, path, query ? "?" : "",
                      query, NULL);
}

static void
judge (Attempt *attempt, const BmnHttpResponse *response)
{
  g_autofree char *asked = essence_of (attempt->url);
  g_autofree char *answered = essence_of (response->url);
  if (response->status == 404 || response->status == 410)
    attempt_end (attempt, BMN_LINK_DEAD, NULL);
  else if (response->status < 200 || response->status > 299)
    attempt_end (attempt, BMN_LINK_UNKNOWN, NULL);
  else if (g_str_equal (asked, answered))
    attempt_end (attempt, BMN_LINK_ALIVE, NULL);
  else
    attempt_end (attempt, BMN_LINK_REDIRECTED, response->url);
}

static void
on_resolved (GObject *source, GAsyncResult *result, gpointer data)
{
  Attempt *attempt = data;
  g_autoptr (GError) error = NULL;
  GList *addresses = g_resolver_lookup_by_name_finish (G_RESOLVER (source), result, &error);
  g_resolver_free_addresses (addresses);
  /* Without a network the answer is another error: nobody can be asked. */
  attempt_end (attempt,
               g_error_matches (error, G_RESOLVER_ERROR, G_RESOLVER_ERROR_NOT_FOUND)
                   ? BMN_LINK_DEAD
                   : BMN_LINK_UNKNOWN,
               NULL);
}

/* No connection: perhaps there is no such site at all. */
static void
look_for_host (Attempt *attempt)
{
  g_autoptr (GUri) uri = g_uri_parse (attempt->url, G_URI_FLAGS_PARSE_RELAXED, NULL);
  const char *host = uri ? g_uri_get_host (uri) : NULL;
  g_autoptr (GResolver) resolver = g_resolver_get_default ();
  if (!host || g_hostname_is_ip_address (host))
    attempt_end (attempt, BMN_LINK_UNKNOWN, NULL);
  else
    g_resolver_lookup_by_name_async (resolver, host, g_task_get_cancellable (attempt->round->task),
                                     on_resolved, attempt);
}

static void on_answer (GObject *source, GAsyncResult *result, gpointer data);

static void
try_link (Attempt *attempt)
{
  BmnSession *session = attempt_get_session (attempt);
  BmnHttpRequest *request
      = bmn_http_request_new (attempt->is_thorough ? "GET" : "HEAD", attempt->url, "try-link");
  request->follow_redirects = TRUE;
  request->public_only = !bmn_session_may_try_link_anywhere (session);
  request->max_body = MAX_BODY;
  request->timeout = TIMEOUT;
  request->priority = BMN_HTTP_PRIORITY_USER;
  bmn_http_client_send_async (bmn_session_get_http (session), request,
                              g_task_get_cancellable (attempt->round->task), on_answer, attempt);
}

/* Some servers know no HEAD, and some refuse it: only what GET gets too is bad news. */
static void
on_answer (GObject *source, GAsyncResult *result, gpointer data)
{
  Attempt *attempt = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (BmnHttpResponse) response
      = bmn_http_client_send_finish (BMN_HTTP_CLIENT (source), result, &error);
  if (response && response->status >= 400 && !attempt->is_thorough)
    {
      attempt->is_thorough = TRUE;
      try_link (attempt);
    }
  else if (response)
    judge (attempt, response);
  else if (g_error_matches (error, BMN_PLATFORM_ERROR, BMN_PLATFORM_ERROR_OFFLINE))
    look_for_host (attempt);
  else
    attempt_end (attempt, BMN_LINK_UNKNOWN, NULL);
}

/* Returns: (transfer full) (element-type utf8): the addresses, each once */
static GPtrArray *
list_links (const BmnPost *post)
{
  GPtrArray *links = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < post->parts->len; i++)
    {
      const BmnPart *part = post->parts->pdata[i];
      g_autoptr (GPtrArray) entities
          = bmn_text_find_entities (part->text, BMN_TEXT_DIALECT_MASTODON, NULL);
      for (guint j = 0; entities && j < entities->len; j++)
        {
          const BmnEntity *entity = entities->pdata[j];
          if (entity->kind == BMN_ENTITY_LINK && entity->url && links->len < BMN_SESSION_MAX_LINKS
              && !g_ptr_array_find_with_equal_func (links, entity->url, g_str_equal, NULL))
            g_ptr_array_add (links, g_strdup (entity->url));
        }
    }
  return links;
}

void
bmn_session_try_links_async (BmnSession *self,
                             const BmnPost *post,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data)
{
  g_return_if_fail (BMN_IS_SESSION (self) && post);
  Round *round = g_new0 (Round, 1);
  round->task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (round->task, bmn_session_try_links_async);
  /* Held until all are on their way, so that an answer at once does not end the round. */
  round->n_waiting = 1;
  g_autoptr (GPtrArray) links = list_links (post);
  for (guint i = 0; i < links->len; i++)
    {
      g_autofree char *target = NULL;
      if (bmn_link_states_get (bmn_session_get_link_states (self), links->pdata[i], &target,
                               bmn_session_now (self))
          != BMN_LINK_UNKNOWN)
        continue;
      Attempt *attempt = g_new0 (Attempt, 1);
      attempt->round = round;
      attempt->url = g_strdup (links->pdata[i]);
      round->n_waiting++;
      try_link (attempt);
    }
  round_leave (round);
}

gboolean
bmn_session_try_links_finish (BmnSession *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, bmn_session_try_links_async), FALSE);
  return g_task_propagate_boolean (G_TASK (result), error);
}
