#pragma once

#include "bmn-application.h"

G_BEGIN_DECLS

/**
 * bmn_transfers_add_actions:
 *
 * Gives the application what brings data in and out:
 *
 * - `app.import`, `app.import-to` (x: an account's id): the import assistant
 * - `app.export` (s: `csv`, `json` or `ics`): the history of all accounts as a file
 * - `app.backup`, `app.restore`: all data as one file, and back
 * - `app.sync`: reads posts, counts and followers from the platforms now
 */
void bmn_transfers_add_actions (BmnApplication *app);

G_END_DECLS
