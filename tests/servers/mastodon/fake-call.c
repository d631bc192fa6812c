#include "fake-call.h"

#include "fake-params.h"

#include <string.h>

FakeCall *
fake_call_new (BmnFakeMastodon *fake, SoupServerMessage *message)
{
  FakeCall *call = g_new0 (FakeCall, 1);
  call->fake = g_object_ref (fake);
  call->message = g_object_ref (message);
  call->params = json_object_new ();
  call->headers = soup_message_headers_new (SOUP_MESSAGE_HEADERS_RESPONSE);
  call->body = g_bytes_new (NULL, 0);
  call->status = 0;
  return call;
}

void
fake_call_free (FakeCall *call)
{
  g_object_unref (call->fake);
  g_object_unref (call->message);
  g_free (call->id);
  json_object_unref (call->params);
  g_clear_pointer (&call->file, g_bytes_unref);
  g_free (call->file_type);
  soup_message_headers_unref (call->headers);
  g_bytes_unref (call->body);
  g_free (call);
}

const char *
fake_call_get_path (FakeCall *call)
{
  return g_uri_get_path (soup_server_message_get_uri (call->message));
}

const char *
fake_call_get_header (FakeCall *call, const char *name)
{
  return soup_message_headers_get_one (soup_server_message_get_request_headers (call->message),
                                       name);
}

static void
set_body (FakeCall *call, guint status, const char *type, char *text)
{
  call->status = status;
  soup_message_headers_replace (call->headers, "Content-Type", type);
  g_bytes_unref (call->body);
  call->body = g_bytes_new_take (text, strlen (text));
}

static void
set_json (FakeCall *call, guint status, JsonNode *node)
{
  set_body (call, status, "application/json; charset=utf-8", json_to_string (node, FALSE));
}

void
fake_call_reply (FakeCall *call, guint status, JsonObject *object)
{
  g_autoptr (JsonNode) node = json_node_init_object (json_node_alloc (), object);
  set_json (call, status, node);
  json_object_unref (object);
}

void
fake_call_reply_array (FakeCall *call, JsonArray *array)
{
  g_autoptr (JsonNode) node = json_node_init_array (json_node_alloc (), array);
  set_json (call, 200, node);
  json_array_unref (array);
}

void
fake_call_reply_text (FakeCall *call, guint status, const char *type, const char *text)
{
  set_body (call, status, type, g_strdup (text));
}

void
fake_call_fail (FakeCall *call, guint status, const char *message)
{
  if (status == 422 && fake_config_has (&call->fake->config, FAKE_SWITCH_BAD_REQUEST_400))
    status = 400;
  fake_call_reply (call, status, fake_object ("s:error", message, NULL));
}

void
fake_call_fail_oauth (FakeCall *call, guint status, const char *error, const char *text)
{
  fake_call_reply (call, status, fake_object ("s:error", error, "s:error_description", text, NULL));
}

void
fake_call_not_found (FakeCall *call)
{
  fake_call_fail (call, 404, "Record not found");
}

void
fake_call_complain (FakeCall *call, const char *format, ...)
{
  va_list args;
  va_start (args, format);
  g_autofree char *what = g_strdup_vprintf (format, args);
  va_end (args);
  char *complaint = g_strdup_printf ("%s %s: %s", soup_server_message_get_method (call->message),
                                     fake_call_get_path (call), what);
  g_ptr_array_add (call->fake->complaints, complaint);
}

char *
fake_link_base (BmnFakeMastodon *fake)
{
  if (fake_config_has (&fake->config, FAKE_SWITCH_HTTPS_LINKS)
      && g_str_has_prefix (fake->url, "http:"))
    return g_strconcat ("https:", fake->url + strlen ("http:"), NULL);
  return g_strdup (fake->url);
}

char *
fake_call_link_base (FakeCall *call)
{
  return fake_link_base (call->fake);
}

/* Where @id stands among @ids. An id that is gone or from elsewhere has its place where ids are
 * in order (longer is later, then by the bytes); words have no order, so it is before all. */
static gint64
position_of (FakeCall *call, GPtrArray *ids, const char *id, gboolean *exact)
{
  gint64 before = 0;
  *exact = FALSE;
  for (guint i = 0; i < ids->len; i++)
    {
      const char *other = ids->pdata[i];
      gsize length = strlen (id), other_length = strlen (other);
      if (g_str_equal (other, id))
        {
          *exact = TRUE;
          return i;
        }
      if (other_length < length || (other_length == length && strcmp (other, id) < 0))
        before = i + 1;
    }
  return fake_config_has (&call->fake->config, FAKE_SWITCH_IDS_WORDS) ? 0 : before;
}

static void
add_link (FakeCall *call, GString *link, const char *cursor, const char *id, const char *relation)
{
  g_autoptr (GString) query = g_string_new (NULL);
  g_autofree char *base = fake_call_link_base (call);
  const char *old = g_uri_get_query (soup_server_message_get_uri (call->message));
  g_auto (GStrv) pairs = g_strsplit (old ? old : "", "&", -1);
  for (char **pair = pairs; *pair; pair++)
    if (**pair && !g_str_has_prefix (*pair, "max_id=") && !g_str_has_prefix (*pair, "since_id=")
        && !g_str_has_prefix (*pair, "min_id="))
      g_string_append_printf (query, "%s&", *pair);
  g_string_append_printf (link, "%s<%s%s?%s%s=%s>; rel=\"%s\"", link->len ? ", " : "", base,
                          fake_call_get_path (call), query->str, cursor, id, relation);
}

static void
set_link_header (FakeCall *call, GPtrArray *ids, GArray *page, gboolean more)
{
  if (page->len == 0 || fake_config_has (&call->fake->config, FAKE_SWITCH_NO_LINK_HEADER))
    return;
  g_autoptr (GString) link = g_string_new (NULL);
  guint newest = g_array_index (page, guint, 0);
  guint oldest = g_array_index (page, guint, page->len - 1);
  if (more)
    add_link (call, link, "max_id", ids->pdata[oldest], "next");
  add_link (call, link, "min_id", ids->pdata[newest], "prev");
  soup_message_headers_replace (call->headers, "Link", link->str);
}

GArray *
fake_call_page (FakeCall *call, GPtrArray *ids, gint64 usual, gint64 most)
{
  g_autofree char *max_id = fake_call_get_string (call, "max_id");
  g_autofree char *since_id = fake_call_get_string (call, "since_id");
  g_autofree char *min_id = fake_call_get_string (call, "min_id");
  gint64 limit = CLAMP (fake_call_get_int (call, "limit", usual), 1, most);
  gint64 first = 0, end = ids->len; /* first <= index < end */
  gboolean exact;
  if (max_id)
    end = position_of (call, ids, max_id, &exact);
  const char *lower = min_id ? min_id : since_id;
  if (lower)
    {
      first = position_of (call, ids, lower, &exact);
      first += exact;
    }
  /* min_id pages forward from its cursor, all else backward from the newest. */
  if (min_id)
    end = MIN (end, first + limit);
  else
    first = MAX (first, end - limit);

  GArray *page = g_array_new (FALSE, FALSE, sizeof (guint));
  for (gint64 i = end - 1; i >= first; i--)
    {
      guint index = (guint)i;
      g_array_append_val (page, index);
    }
  set_link_header (call, ids, page, first > 0 && (gint64)page->len == limit);
  return page;
}
