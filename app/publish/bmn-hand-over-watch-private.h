#pragma once

#include "bmn-clock.h"
#include "bmn-publish-memory-private.h"
#include "bmn-publisher.h"
#include "bmn-store.h"

G_BEGIN_DECLS

/*
 * BmnHandOverWatch: keeps what servers hold until its time in step with what the user wants,
 * and finds what came out of it. Only beside the publisher's lease, once what a crash left
 * open is settled. One step at a time per account.
 */

#define BMN_TYPE_HAND_OVER_WATCH (bmn_hand_over_watch_get_type ())
G_DECLARE_FINAL_TYPE (BmnHandOverWatch, bmn_hand_over_watch, BMN, HAND_OVER_WATCH, GObject)

BmnHandOverWatch *bmn_hand_over_watch_new (BmnStore *store,
                                           BmnClock *clock,
                                           BmnPublishMemory *memory,
                                           BmnPlatformFunc platforms,
                                           gpointer data) G_GNUC_WARN_UNUSED_RESULT;

/* Begins, in the thread-default main context. */
void bmn_hand_over_watch_start (BmnHandOverWatch *self);

/* Begins nothing more. What was sent is still put on record; see #BmnHandOverWatch::rested. */
void bmn_hand_over_watch_stop (BmnHandOverWatch *self);

/* Returns: whether a step is under way */
gboolean bmn_hand_over_watch_is_busy (BmnHandOverWatch *self);

/* Returns: whether nothing is under way, and nothing is to be done before @until, µs */
gboolean bmn_hand_over_watch_is_quiet (BmnHandOverWatch *self, gint64 until);

/*
 * Signals:
 *
 * BmnHandOverWatch::settled (BmnTarget *target): a step ended; the target is as it is now.
 *
 * BmnHandOverWatch::rested (): nothing is under way any more.
 *
 * BmnHandOverWatch::trouble (GError *error): the store cannot be read or written; tried again.
 */

G_END_DECLS
