#pragma once

#include "bmn-ledger-entry.h"

#include <glib-object.h>

G_BEGIN_DECLS

/* BmnLedgerItem: one line of the network ledger, for lists. */

#define BMN_TYPE_LEDGER_ITEM (bmn_ledger_item_get_type ())
G_DECLARE_FINAL_TYPE (BmnLedgerItem, bmn_ledger_item, BMN, LEDGER_ITEM, GObject)

/* @entry: (transfer full): @account: (nullable): what the user calls the account it was for */
BmnLedgerItem *
bmn_ledger_item_new (BmnLedgerEntry *entry, const char *account) G_GNUC_WARN_UNUSED_RESULT;

/* Returns: (transfer none) */
const BmnLedgerEntry *bmn_ledger_item_get_entry (BmnLedgerItem *self);
/* Returns: (transfer full): why the host was contacted and for whom, translated */
char *bmn_ledger_item_say_why (BmnLedgerItem *self) G_GNUC_WARN_UNUSED_RESULT;
/* Returns: (transfer full): how much went there and came back, translated */
char *bmn_ledger_item_say_how_much (BmnLedgerItem *self) G_GNUC_WARN_UNUSED_RESULT;
/* Returns: whether host, reason or account hold @words; @words: casefolded */
gboolean bmn_ledger_item_matches (BmnLedgerItem *self, const char *words);

G_END_DECLS
