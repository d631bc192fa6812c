#include "bmn-ledger-entry.h"

BmnLedgerEntry *
bmn_ledger_entry_new (const char *host, const char *purpose)
{
  BmnLedgerEntry *entry = g_new0 (BmnLedgerEntry, 1);
  entry->host = g_strdup (host);
  entry->purpose = g_strdup (purpose);
  return entry;
}

BmnLedgerEntry *
bmn_ledger_entry_copy (const BmnLedgerEntry *entry)
{
  BmnLedgerEntry *copy = g_memdup2 (entry, sizeof *entry);
  copy->host = g_strdup (entry->host);
  copy->purpose = g_strdup (entry->purpose);
  return copy;
}

void
bmn_ledger_entry_free (BmnLedgerEntry *entry)
{
  g_free (entry->host);
  g_free (entry->purpose);
  g_free (entry);
}
