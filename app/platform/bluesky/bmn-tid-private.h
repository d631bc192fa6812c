#pragma once

#include <glib.h>

G_BEGIN_DECLS

/*
 * TID: the record keys of the AT Protocol (specification "Timestamp Identifiers"): 13 letters
 * that sort like the 64 bits they stand for: a zero, 53 bits of µs since the epoch, 10 bits
 * that tell clocks apart.
 */

#define BMN_TID_LENGTH 13
#define BMN_TID_MAX_CLOCK 1023

/* @time: µs since the epoch, from 0 to 2^53 − 1; @clock: 0 to %BMN_TID_MAX_CLOCK */
char *bmn_tid_new (gint64 time, guint clock) G_GNUC_WARN_UNUSED_RESULT;

/* @time: (out): µs; @clock: (out). Returns: whether @tid is one */
gboolean bmn_tid_parse (const char *tid, gint64 *time, guint *clock);

G_END_DECLS
