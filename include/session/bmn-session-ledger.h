#pragma once

#include "bmn-ledger-entry.h"
#include "bmn-session.h"

G_BEGIN_DECLS

/**
 * bmn_session_list_ledger:
 * @since: µs; 0 for all
 * @limit: most entries; 0 for all
 *
 * Returns: (transfer full) (element-type BmnLedgerEntry): whom the program contacted, newest
 *   first
 */
GPtrArray *bmn_session_list_ledger (BmnSession *self, gint64 since, guint limit, GError **error)
    G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
