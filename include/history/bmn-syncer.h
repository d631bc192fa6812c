#pragma once

#include "bmn-sync.h"

G_BEGIN_DECLS

/*
 * The syncer reads every account at its time, one after the other, and sleeps in between until
 * the next count is due. It is for the one process that publishes, so that publishing and
 * reading share what is known of a server's limits, and publishing goes first.
 */

#define BMN_TYPE_SYNCER (bmn_syncer_get_type ())
G_DECLARE_FINAL_TYPE (BmnSyncer, bmn_syncer, BMN, SYNCER, GObject)

/**
 * BmnSyncPlatformFunc:
 *
 * Returns: (transfer full): the platform object for @account; %NULL with an error
 */
typedef BmnPlatform *(*BmnSyncPlatformFunc) (const BmnAccount *account,
                                             gpointer data,
                                             GError **error);

/* Returns: (transfer full): a syncer at rest */
BmnSyncer *bmn_syncer_new (BmnStore *store,
                           BmnClock *clock,
                           BmnSyncPlatformFunc platforms,
                           gpointer data) G_GNUC_WARN_UNUSED_RESULT;

/* Works from now on, in the thread-default main context. Does nothing where it works already. */
void bmn_syncer_start (BmnSyncer *self);

/* Begins nothing more and cancels what is under way; it goes on where it was another time. */
void bmn_syncer_stop (BmnSyncer *self);

/*
 * Signals:
 *
 * BmnSyncer::synced (gint64 account_id, const BmnSyncReport *report, const GError *error): an
 * account was read; one of @report and @error is %NULL. An error is also on record.
 */

G_END_DECLS
