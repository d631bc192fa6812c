#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * BmnReceipt:
 * @part: index of the thread part, from 0
 * @remote_id: the platform's identifier, opaque
 * @remote_cid: (nullable): content identifier, where the platform has one (AT Protocol)
 * @url: (nullable): where people see it
 * @published_at: as the platform says, µs since the epoch
 * @held: not out yet: the server holds it under @remote_id and means to publish it at
 *   @published_at; such a receipt is never stored
 * @note: (nullable): translated: what the server made of it otherwise than it was asked to; not
 *   stored with the receipt but with the attempt that saw it
 *
 * Proof that one part is out.
 */
typedef struct
{
  int part;
  char *remote_id;  /* (owned) */
  char *remote_cid; /* (owned) (nullable) */
  char *url;        /* (owned) (nullable) */
  gint64 published_at;
  gboolean held;
  char *note; /* (owned) (nullable) */
} BmnReceipt;

BmnReceipt *bmn_receipt_new (int part, const char *remote_id, const char *url, gint64 published_at)
    G_GNUC_WARN_UNUSED_RESULT;
BmnReceipt *bmn_receipt_copy (const BmnReceipt *receipt) G_GNUC_WARN_UNUSED_RESULT;
void bmn_receipt_free (BmnReceipt *receipt);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BmnReceipt, bmn_receipt_free)

G_END_DECLS
