#include "bmn-http-client.h"

BmnHttpRequest *
bmn_http_request_new (const char *method, const char *url, const char *purpose)
{
  BmnHttpRequest *request = g_new0 (BmnHttpRequest, 1);
  request->method = g_strdup (method);
  request->url = g_strdup (url);
  request->purpose = g_strdup (purpose);
  request->headers = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  request->priority = BMN_HTTP_PRIORITY_USER;
  return request;
}

BmnHttpRequest *
bmn_http_request_copy (const BmnHttpRequest *request)
{
  BmnHttpRequest *copy = bmn_http_request_new (request->method, request->url, request->purpose);
  GHashTableIter iter;
  gpointer name, value;
  g_hash_table_iter_init (&iter, request->headers);
  while (g_hash_table_iter_next (&iter, &name, &value))
    bmn_http_request_set_header (copy, name, value);
  if (request->body)
    bmn_http_request_take_body (copy, request->content_type, g_bytes_ref (request->body));
  copy->account_id = request->account_id;
  copy->creates = request->creates;
  copy->follow_redirects = request->follow_redirects;
  copy->public_only = request->public_only;
  copy->max_body = request->max_body;
  copy->timeout = request->timeout;
  copy->priority = request->priority;
  return copy;
}

void
bmn_http_request_free (BmnHttpRequest *request)
{
  g_free (request->method);
  g_free (request->url);
  g_free (request->purpose);
  g_hash_table_unref (request->headers);
  g_free (request->content_type);
  g_clear_pointer (&request->body, g_bytes_unref);
  g_free (request);
}

void
bmn_http_request_set_header (BmnHttpRequest *request, const char *name, const char *value)
{
  g_hash_table_replace (request->headers, g_strdup (name), g_strdup (value));
}

void
bmn_http_request_take_body (BmnHttpRequest *request, const char *content_type, GBytes *body)
{
  g_free (request->content_type);
  request->content_type = g_strdup (content_type);
  g_clear_pointer (&request->body, g_bytes_unref);
  request->body = body;
}

void
bmn_http_response_free (BmnHttpResponse *response)
{
  g_clear_pointer (&response->headers, g_hash_table_unref);
  g_free (response->content_type);
  g_clear_pointer (&response->body, g_bytes_unref);
  g_free (response->url);
  g_free (response);
}

const char *
bmn_http_response_get_header (const BmnHttpResponse *response, const char *name)
{
  return g_hash_table_lookup (response->headers, name);
}
