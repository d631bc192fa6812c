#pragma once

#include "bmn-application.h"

G_BEGIN_DECLS

/* Lets the user choose a backup, warns, and puts it in the place of the data; what was there is
 * kept beside it. */
void bmn_restore_begin (BmnApplication *app);

G_END_DECLS
