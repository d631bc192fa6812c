#pragma once

#include "bmn-session-thread.h"

#include <adwaita.h>

G_BEGIN_DECLS

/* BmnLedgerPage: whom the program contacted, when, why and how much was sent. */

#define BMN_TYPE_LEDGER_PAGE (bmn_ledger_page_get_type ())
G_DECLARE_FINAL_TYPE (BmnLedgerPage, bmn_ledger_page, BMN, LEDGER_PAGE, AdwBin)

void bmn_ledger_page_set_session (BmnLedgerPage *self, BmnSessionThread *session);
/* Reads it again. */
void bmn_ledger_page_refresh (BmnLedgerPage *self);

G_END_DECLS
