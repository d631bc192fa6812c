#pragma once

#include "bmn-store.h"
#include "bmn-target.h"

G_BEGIN_DECLS

/**
 * bmn_publish_refuse_async:
 * @reason: (transfer full): why there can be no platform object for the target's account
 *
 * An account of a newer version of the program maybe: its posts stop with a message, once,
 * instead of being tried for ever in silence.
 */
void bmn_publish_refuse_async (BmnStore *store,
                               gint64 target_id,
                               GError *reason,
                               GAsyncReadyCallback callback,
                               gpointer user_data);
/* Returns: (transfer full): the target as it rests now */
BmnTarget *
bmn_publish_refuse_finish (GAsyncResult *result, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
