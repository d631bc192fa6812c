#pragma once

#include "bmn-session-thread.h"

#include <adwaita.h>

G_BEGIN_DECLS

/*
 * BmnLearntPage: what suggestions for an account rest on, in plain sentences, with the ways to
 * switch them off, to forget and to learn again.
 */

#define BMN_TYPE_LEARNT_PAGE (bmn_learnt_page_get_type ())
G_DECLARE_FINAL_TYPE (BmnLearntPage, bmn_learnt_page, BMN, LEARNT_PAGE, AdwBin)

void bmn_learnt_page_set_session (BmnLearntPage *self, BmnSessionThread *session);
/* Asks again which accounts there are; what is on screen is audited anew only when asked for. */
void bmn_learnt_page_refresh (BmnLearntPage *self);

G_END_DECLS
