#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * BmnLedgerEntry:
 * @host: name and port contacted
 * @purpose: stable word for why: `publish`, `read-back`, `sign-in`, `check`, `sync`, …
 * @account_id: for which account, 0 for none
 * @at: when the request began, µs since the epoch
 * @bytes_sent: headers and body
 * @bytes_received: headers and body
 * @status: HTTP status, 0 where no answer came
 *
 * One line of the network ledger: whom the program contacted, when, why and how much.
 */
typedef struct
{
  char *host;    /* (owned) */
  char *purpose; /* (owned) */
  gint64 account_id;
  gint64 at;
  gint64 bytes_sent;
  gint64 bytes_received;
  int status;
} BmnLedgerEntry;

BmnLedgerEntry *
bmn_ledger_entry_new (const char *host, const char *purpose) G_GNUC_WARN_UNUSED_RESULT;
BmnLedgerEntry *bmn_ledger_entry_copy (const BmnLedgerEntry *entry) G_GNUC_WARN_UNUSED_RESULT;
void bmn_ledger_entry_free (BmnLedgerEntry *entry);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BmnLedgerEntry, bmn_ledger_entry_free)

G_END_DECLS
