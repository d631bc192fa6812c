#pragma once

#include "bmn-session-thread.h"

#include <adwaita.h>

G_BEGIN_DECLS

/* BmnWelcomePage: what is shown before there is an account. */

#define BMN_TYPE_WELCOME_PAGE (bmn_welcome_page_get_type ())
G_DECLARE_FINAL_TYPE (BmnWelcomePage, bmn_welcome_page, BMN, WELCOME_PAGE, AdwBin)

/* To be called once, before it is shown; the session may not be open yet. */
void bmn_welcome_page_set_session (BmnWelcomePage *self, BmnSessionThread *session);

G_END_DECLS
