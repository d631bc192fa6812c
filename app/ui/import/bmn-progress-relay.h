#pragma once

#include <glib.h>

G_BEGIN_DECLS

/*
 * BmnProgressRelay: carries how far a long operation is from the thread that hears of it to the
 * main context, where only the latest matters.
 */
typedef struct _BmnProgressRelay BmnProgressRelay;

/**
 * BmnRelayFunc:
 * @done: so much is done: bytes, or posts
 * @total: of so much; 0 where that is not known
 * @count: what was found so far, such as posts
 */
typedef void (*BmnRelayFunc) (gint64 done, gint64 total, gint64 count, gpointer data);

/* Returns: (transfer full): calls @func in the main context, until it is cut */
BmnProgressRelay *
bmn_progress_relay_new (BmnRelayFunc func, gpointer data) G_GNUC_WARN_UNUSED_RESULT;
BmnProgressRelay *bmn_progress_relay_ref (BmnProgressRelay *self) G_GNUC_WARN_UNUSED_RESULT;
void bmn_progress_relay_unref (BmnProgressRelay *self);

/* Nothing is told any more. Main context. */
void bmn_progress_relay_cut (BmnProgressRelay *self);

/* Any thread. */
void bmn_progress_relay_tell (BmnProgressRelay *self, gint64 done, gint64 total, gint64 count);

/* A #BmnProgressFunc, with a relay as its data. */
void bmn_progress_relay_report (gint64 done, gint64 total, gpointer relay);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BmnProgressRelay, bmn_progress_relay_unref)

G_END_DECLS
