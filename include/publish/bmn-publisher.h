#pragma once

#include "bmn-clock.h"
#include "bmn-platform.h"
#include "bmn-store.h"

G_BEGIN_DECLS

/*
 * The publisher takes what is due from the store and brings it to its platform, once. It
 * sleeps until the next time that anything is due or the store changes; accounts go side by
 * side, the targets of one account one after the other.
 *
 * One process per data folder publishes (#BmnPublisherLease). A publisher that does not get
 * the lease stands by, follows what the other one does, and takes over when that one ends.
 */

#define BMN_TYPE_PUBLISHER (bmn_publisher_get_type ())
G_DECLARE_FINAL_TYPE (BmnPublisher, bmn_publisher, BMN, PUBLISHER, GObject)

/**
 * BmnPlatformFunc:
 *
 * Returns: (transfer full): the platform object for @account; %NULL with an error where there
 *   can be none
 */
typedef BmnPlatform *(*BmnPlatformFunc) (const BmnAccount *account, gpointer data, GError **error);

/**
 * bmn_publisher_new:
 * @platforms: makes platform objects; called in the main context of the publisher
 *
 * Returns: (transfer full): a publisher at rest
 */
BmnPublisher *bmn_publisher_new (BmnStore *store,
                                 BmnClock *clock,
                                 BmnPlatformFunc platforms,
                                 gpointer data) G_GNUC_WARN_UNUSED_RESULT;

/**
 * bmn_publisher_start:
 *
 * Takes the lease or begins to stand by, settles what a crash left open, and works from then
 * on in the thread-default main context.
 *
 * Returns: %FALSE with %BMN_ERROR_STORAGE where the data folder cannot be locked
 */
gboolean bmn_publisher_start (BmnPublisher *self, GError **error);

/* Returns: whether this process is the one that publishes */
gboolean bmn_publisher_has_lease (BmnPublisher *self);

/**
 * bmn_publisher_stop_async:
 *
 * Begins nothing more and waits until what was sent has its answer on record, at most the
 * platforms' own time-outs. Then gives up the lease.
 */
void
bmn_publisher_stop_async (BmnPublisher *self, GAsyncReadyCallback callback, gpointer user_data);
gboolean bmn_publisher_stop_finish (BmnPublisher *self, GAsyncResult *result, GError **error);

/**
 * bmn_publisher_set_idle_horizon:
 * @seconds: how far ahead a post may be due and still be waited for
 *
 * With a horizon set, #BmnPublisher::idle is emitted when nothing is being published and
 * nothing is due within it, by this process or another one.
 */
void bmn_publisher_set_idle_horizon (BmnPublisher *self, gint64 seconds);

/**
 * bmn_publisher_get_unsettled:
 *
 * Returns: how many of the targets that were due since the start ended in anything but
 *   published or cancelled; meant for after #BmnPublisher::idle
 */
guint bmn_publisher_get_unsettled (BmnPublisher *self);

/*
 * Signals, in the main context of bmn_publisher_start():
 *
 * BmnPublisher::elected (): this process became the one that publishes, and has settled what a
 * crash left open.
 *
 * BmnPublisher::settled (BmnTarget *target): a target reached a state of rest, or its next
 * try was put off; the target is valid during the call.
 *
 * BmnPublisher::idle (): see bmn_publisher_set_idle_horizon().
 *
 * BmnPublisher::trouble (GError *error): the store cannot be read or written; tried again.
 */

G_END_DECLS
