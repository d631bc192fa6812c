#include "bmn-cli-progress-private.h"

#include <glib-unix.h>
#include <glib/gi18n.h>
#include <signal.h>
#include <unistd.h>

static gboolean
on_interrupt (gpointer cancellable)
{
  g_cancellable_cancel (cancellable);
  return G_SOURCE_CONTINUE;
}

void
bmn_cli_progress_begin (BmnCliProgress *self)
{
  self->cancellable = g_cancellable_new ();
  self->on_int = g_unix_signal_add (SIGINT, on_interrupt, self->cancellable);
  self->on_term = g_unix_signal_add (SIGTERM, on_interrupt, self->cancellable);
  self->shown = FALSE;
}

void
bmn_cli_progress_end (BmnCliProgress *self)
{
  if (self->shown)
    g_printerr ("\n");
  self->shown = FALSE;
  g_clear_handle_id (&self->on_int, g_source_remove);
  g_clear_handle_id (&self->on_term, g_source_remove);
  g_clear_object (&self->cancellable);
}

void
bmn_cli_progress_show (BmnCliProgress *self, const char *text)
{
  if (!isatty (STDERR_FILENO))
    return;
  /* To the line's beginning, and what is left of it away (ECMA-48, EL). */
  g_printerr ("\r\033[K%s", text);
  self->shown = TRUE;
}

void
bmn_cli_progress_show_share (gint64 done, gint64 total, gpointer data)
{
  if (total <= 0)
    return;
  /* Translators: how much of a file is done. */
  g_autofree char *text
      = g_strdup_printf (_ ("%d %% done"), (int)(100 * ((double)MIN (done, total) / total)));
  bmn_cli_progress_show (data, text);
}
