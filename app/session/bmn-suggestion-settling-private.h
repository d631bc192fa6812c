#pragma once

#include "bmn-store.h"

G_BEGIN_DECLS

/**
 * bmn_suggestion_settling_run:
 * @account_id: 0 for all
 * @now: µs
 *
 * Finds what became of the suggestions whose posts are out: a hashtag or topic that stands in
 * what was published was taken, and a time that it was planned for. Forgets those of drafts that
 * were deleted.
 */
gboolean
bmn_suggestion_settling_run (BmnTransaction *tx, gint64 account_id, gint64 now, GError **error);

G_END_DECLS
