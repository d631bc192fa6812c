#include "http-fixture.h"

static void
keep_line (const BmnLedgerEntry *entry, gpointer data)
{
  g_ptr_array_add (data, bmn_ledger_entry_copy (entry));
}

Http *
http_new (void)
{
  Http *http = g_new0 (Http, 1);
  http->ledger = g_ptr_array_new_with_free_func ((GDestroyNotify)bmn_ledger_entry_free);
  http->client = bmn_http_client_new (keep_line, http->ledger, NULL);
  return http;
}

void
http_free (Http *http)
{
  g_object_unref (http->client);
  g_ptr_array_unref (http->ledger);
  g_free (http);
}

static void
keep_result (GObject *source, GAsyncResult *result, gpointer data)
{
  *(GAsyncResult **)data = g_object_ref (result);
}

BmnHttpResponse *
http_send (Http *http, BmnHttpRequest *request, GCancellable *cancellable, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;
  bmn_http_client_send_async (http->client, request, cancellable, keep_result, &result);
  while (!result)
    g_main_context_iteration (NULL, TRUE);
  return bmn_http_client_send_finish (http->client, result, error);
}

void
http_assert_fails (Http *http, BmnHttpRequest *request, BmnPlatformError code)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BmnHttpResponse) response = http_send (http, request, NULL, &error);
  g_assert_error (error, BMN_PLATFORM_ERROR, (int)code);
  g_assert_null (response);
}

BmnHttpRequest *
http_create_request (const char *url)
{
  BmnHttpRequest *request = bmn_http_request_new ("POST", url, "publish");
  bmn_http_request_take_body (request, "application/json", g_bytes_new_static ("{\"a\":1}", 7));
  request->creates = TRUE;
  request->account_id = 7;
  return request;
}

const BmnLedgerEntry *
http_last (Http *http)
{
  g_assert_cmpuint (http->ledger->len, >, 0);
  return http->ledger->pdata[http->ledger->len - 1];
}
