#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * BmnProgressFunc:
 * @done: so much is done: posts, or bytes
 * @total: of so much, 0 where that is not known
 *
 * Hears how far a long operation is, in the thread that its caller says.
 */
typedef void (*BmnProgressFunc) (gint64 done, gint64 total, gpointer data);

G_END_DECLS
