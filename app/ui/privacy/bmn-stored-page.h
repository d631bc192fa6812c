#pragma once

#include "bmn-application.h"

G_BEGIN_DECLS

/*
 * BmnStoredPage: what is kept on this computer and where, with the ways to take it along and to
 * get rid of it.
 */

#define BMN_TYPE_STORED_PAGE (bmn_stored_page_get_type ())
G_DECLARE_FINAL_TYPE (BmnStoredPage, bmn_stored_page, BMN, STORED_PAGE, AdwBin)

void bmn_stored_page_set_application (BmnStoredPage *self, BmnApplication *app);
/* Counts again. */
void bmn_stored_page_refresh (BmnStoredPage *self);

G_END_DECLS
