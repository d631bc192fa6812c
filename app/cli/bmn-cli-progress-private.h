#pragma once

#include "bmn-progress.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/*
 * BmnCliProgress: a long command that Ctrl+C ends in order, and a line on stderr, where somebody
 * looks at it, that says how far it is.
 */
typedef struct
{
  GCancellable *cancellable; /* (owned): for the operation */
  guint on_int;
  guint on_term;
  gboolean shown;
} BmnCliProgress;

void bmn_cli_progress_begin (BmnCliProgress *self);
/* Ends the line. */
void bmn_cli_progress_end (BmnCliProgress *self);
/* Writes @text over what the line said before. */
void bmn_cli_progress_show (BmnCliProgress *self, const char *text);
/* A #BmnProgressFunc that shows a share in percent; @self: the #BmnCliProgress */
void bmn_cli_progress_show_share (gint64 done, gint64 total, gpointer self);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (BmnCliProgress, bmn_cli_progress_end)

G_END_DECLS
