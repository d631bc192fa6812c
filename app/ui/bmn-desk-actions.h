#pragma once

#include "bmn-application.h"

G_BEGIN_DECLS

/* Adds the actions that open the windows beside the main one, each of which there is once:
 * `app.accounts`, `app.preferences` (Ctrl+comma) and `app.privacy`. */
void bmn_desk_actions_add (BmnApplication *app);

G_END_DECLS
