#pragma once

#include "bmn-application.h"

G_BEGIN_DECLS

/* Reads posts, counts and followers of all accounts from the platforms now, one after the other,
 * and shows how far it is. */
void bmn_sync_run_begin (BmnApplication *app, GtkWindow *parent);

G_END_DECLS
