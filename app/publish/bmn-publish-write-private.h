#pragma once

#include "bmn-store.h"

G_BEGIN_DECLS

/**
 * bmn_publish_write_async:
 * @func: may run several times, each in a transaction of its own
 * @data: for @func; kept by the caller until this is through
 * @cancellable: (nullable): gives up before the next try, never while one is under way
 *
 * Writes down what is known here alone, again and again while the disk is full or fails. Only
 * where somebody else changed or removed what it is about is it given up at once: no
 * repetition would write that.
 */
void bmn_publish_write_async (BmnStore *store,
                              BmnStoreFunc func,
                              gpointer data,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data);
/* Returns: %FALSE with %BMN_ERROR_CONFLICT or _NOT_FOUND, or once cancelled the store's error */
gboolean bmn_publish_write_finish (GAsyncResult *result, GError **error);

G_END_DECLS
