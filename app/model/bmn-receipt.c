#include "bmn-receipt.h"

BmnReceipt *
bmn_receipt_new (int part, const char *remote_id, const char *url, gint64 published_at)
{
  BmnReceipt *receipt = g_new0 (BmnReceipt, 1);
  receipt->part = part;
  receipt->remote_id = g_strdup (remote_id);
  receipt->url = g_strdup (url);
  receipt->published_at = published_at;
  return receipt;
}

BmnReceipt *
bmn_receipt_copy (const BmnReceipt *receipt)
{
  BmnReceipt *copy
      = bmn_receipt_new (receipt->part, receipt->remote_id, receipt->url, receipt->published_at);
  copy->remote_cid = g_strdup (receipt->remote_cid);
  copy->held = receipt->held;
  copy->note = g_strdup (receipt->note);
  return copy;
}

void
bmn_receipt_free (BmnReceipt *receipt)
{
  g_free (receipt->remote_id);
  g_free (receipt->remote_cid);
  g_free (receipt->url);
  g_free (receipt->note);
  g_free (receipt);
}
