#pragma once

#include "bmn-store.h"

G_BEGIN_DECLS

/**
 * BmnTrustList:
 * @BMN_TRUST_DISTRUSTED_DOMAINS: sites the user distrusts
 * @BMN_TRUST_KNOWN_HANDLES: accounts the user knows
 */
typedef enum
{
  BMN_TRUST_DISTRUSTED_DOMAINS,
  BMN_TRUST_KNOWN_HANDLES,
} BmnTrustList;

/* All of these run inside a transaction. */

/* What is on the list already stays there; %BMN_ERROR_NOT_FOUND for removing what is not. */
gboolean bmn_trust_lists_set (
    BmnTransaction *tx, BmnTrustList list, const char *item, gboolean present, GError **error);
/* Returns: (transfer full): sorted */
GStrv bmn_trust_lists_get (BmnTransaction *tx,
                           BmnTrustList list,
                           GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
