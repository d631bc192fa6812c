#pragma once

#include "bmn-clock.h"
#include "bmn-publisher.h"
#include "bmn-store.h"

G_BEGIN_DECLS

/*
 * BmnPreflightWatch: checks planned posts ahead of their time (bmn_preflight_next_at()), with
 * the network for the accounts, and writes what it finds into the target, so that the user
 * hears of a problem before the time and not after. Only beside the publisher's lease.
 */

#define BMN_TYPE_PREFLIGHT_WATCH (bmn_preflight_watch_get_type ())
G_DECLARE_FINAL_TYPE (BmnPreflightWatch, bmn_preflight_watch, BMN, PREFLIGHT_WATCH, GObject)

BmnPreflightWatch *bmn_preflight_watch_new (BmnStore *store,
                                            BmnClock *clock,
                                            BmnPlatformFunc platforms,
                                            gpointer data) G_GNUC_WARN_UNUSED_RESULT;

/* Begins, in the thread-default main context; ends with the last reference. */
void bmn_preflight_watch_start (BmnPreflightWatch *self);

G_END_DECLS
