#pragma once

#include "bmn-store.h"

G_BEGIN_DECLS

/*
 * Who may publish: at most one process per data folder. A lease is an advisory file lock, so
 * it ends with its process however that dies, and never by the clock.
 */

#define BMN_TYPE_PUBLISHER_LEASE (bmn_publisher_lease_get_type ())
G_DECLARE_FINAL_TYPE (BmnPublisherLease, bmn_publisher_lease, BMN, PUBLISHER_LEASE, GObject)

/**
 * bmn_publisher_lease_try:
 *
 * Returns: (transfer full) (nullable): the lease, given up with its last reference; %NULL
 *   without @error where another process (or another lease of this one) holds it, %NULL with
 *   %BMN_ERROR_STORAGE where the lock file cannot be used
 */
BmnPublisherLease *
bmn_publisher_lease_try (BmnStore *store, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * bmn_publisher_lease_wait_async:
 *
 * Waits, without polling, until the lease can be had. Cancelling ends the wait for the
 * caller; a lease that comes after that is given up at once.
 */
void bmn_publisher_lease_wait_async (BmnStore *store,
                                     GCancellable *cancellable,
                                     GAsyncReadyCallback callback,
                                     gpointer user_data);
BmnPublisherLease *
bmn_publisher_lease_wait_finish (GAsyncResult *result, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
