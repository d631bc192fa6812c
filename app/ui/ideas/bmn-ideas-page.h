#pragma once

#include "bmn-session-thread.h"

#include <adwaita.h>

G_BEGIN_DECLS

/*
 * BmnIdeasPage: what could be written next, and why; what is worth repeating; good times that
 * are free. It reads the history when it is first seen, and again when something changed.
 */

#define BMN_TYPE_IDEAS_PAGE (bmn_ideas_page_get_type ())
G_DECLARE_FINAL_TYPE (BmnIdeasPage, bmn_ideas_page, BMN, IDEAS_PAGE, AdwBin)

/* To be called once, before it is shown; the session may not be open yet. */
void bmn_ideas_page_set_session (BmnIdeasPage *self, BmnSessionThread *session);

G_END_DECLS
