#include "bmn-publish-request.h"

BmnPublishRequest *
bmn_publish_request_new (const BmnPost *post, GPtrArray *parts, const char *key)
{
  BmnPublishRequest *request = g_atomic_rc_box_new0 (BmnPublishRequest);
  request->post = bmn_post_copy (post);
  request->parts = bmn_parts_copy (parts);
  request->key = g_strdup (key);
  request->receipts = g_ptr_array_new_with_free_func ((GDestroyNotify)bmn_receipt_free);
  request->known_ids = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  return request;
}

BmnPublishRequest *
bmn_publish_request_ref (BmnPublishRequest *request)
{
  return g_atomic_rc_box_acquire (request);
}

static void
clear_request (BmnPublishRequest *request)
{
  bmn_post_free (request->post);
  g_ptr_array_unref (request->parts);
  g_free (request->key);
  g_ptr_array_unref (request->receipts);
  g_hash_table_unref (request->known_ids);
}

void
bmn_publish_request_unref (BmnPublishRequest *request)
{
  g_atomic_rc_box_release_full (request, (GDestroyNotify)clear_request);
}
