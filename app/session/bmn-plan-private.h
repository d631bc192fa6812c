#pragma once

#include "bmn-account.h"
#include "bmn-post.h"
#include "bmn-store.h"
#include "bmn-target.h"
#include "bmn-when.h"

G_BEGIN_DECLS

/**
 * bmn_plan_target:
 * @target: gets local time, zone, due time and next try; becomes a draft or scheduled
 * @now: µs
 * @warnings: (element-type utf8): gets what the user should know about the time
 *
 * Turns what the user wants into a time on one account.
 *
 * Returns: %FALSE with %BMN_ERROR_INVALID (a time that has passed, an unknown zone),
 *   %BMN_ERROR_NOT_FOUND (no free slot) or the store's error
 */
gboolean bmn_plan_target (BmnTransaction *tx,
                          BmnTarget *target,
                          const BmnAccount *account,
                          const BmnWhen *when,
                          gint64 now,
                          GPtrArray *warnings,
                          GError **error);

G_END_DECLS
