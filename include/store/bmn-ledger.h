#pragma once

#include "bmn-ledger-entry.h"
#include "bmn-store.h"

G_BEGIN_DECLS

/* All of these run inside a transaction. */

gboolean bmn_ledger_add (BmnTransaction *tx, const BmnLedgerEntry *entry, GError **error);
/* Returns: (transfer full) (element-type BmnLedgerEntry): newest first */
GPtrArray *bmn_ledger_list (BmnTransaction *tx, gint64 since, guint limit, GError **error)
    G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
