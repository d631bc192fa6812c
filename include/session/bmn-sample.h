#pragma once

#include "bmn-session.h"

G_BEGIN_DECLS

/**
 * bmn_sample_fill:
 * @folder: where the sample website goes
 *
 * Fills an empty data folder with the sample workspace: a website account of an invented
 * bakery with queue slots and a year of posts with their counts, always the same for the same
 * day. %BMN_ERROR_CONFLICT where the data folder has an account already, so that it can never
 * mix with somebody's own data.
 *
 * Returns: the account's id; 0 with an error
 */
gint64 bmn_sample_fill (BmnSession *self, const char *folder, GError **error);

/**
 * bmn_sample_fill_plan:
 * @account_id: from bmn_sample_fill()
 * @folder: where the second sample website goes
 *
 * Adds what a calendar shows: a second account, weeks that are out and weeks that are planned
 * around today with pictures, drafts, and posts that failed, wait and got no answer.
 */
gboolean
bmn_sample_fill_plan (BmnSession *self, gint64 account_id, const char *folder, GError **error);

G_END_DECLS
