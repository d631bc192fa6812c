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

G_END_DECLS
