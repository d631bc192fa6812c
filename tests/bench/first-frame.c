#include <gtk/gtk.h>
#include <stdio.h>

/* Tells when a program with a window has painted: loaded into it by LD_PRELOAD, so that ours and
 * the empty one are looked at in the same way, and neither knows of it. To the file that
 * BELLMAN_FRAME_REPORT names it writes one line per event, flushed at once: what it was, the
 * microseconds of the monotonic clock, and those of processor time of the main thread. «frame» is
 * the first frame that was painted of a window; «content», the first after a widget of the type in
 * BELLMAN_FRAME_CONTENT was mapped. */

typedef struct
{
  FILE *report;        /* (owned) */
  const char *content; /* (nullable) */
  gboolean has_window;
  gboolean has_content;
} Watch;

static void
tell (const Watch *self, const char *what)
{
  struct timespec used = { 0 };
  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &used);
  fprintf (self->report, "%s %" G_GINT64_FORMAT " %" G_GINT64_FORMAT "\n", what,
           g_get_monotonic_time (),
           (gint64)used.tv_sec * G_USEC_PER_SEC + (gint64)used.tv_nsec / 1000);
  fflush (self->report);
}

static gboolean
on_map (GSignalInvocationHint *hint, guint n_values, const GValue *values, gpointer data)
{
  Watch *self = data;
  gpointer widget = g_value_get_object (values);
  if (GTK_IS_WINDOW (widget))
    self->has_window = TRUE;
  if (g_strcmp0 (G_OBJECT_TYPE_NAME (widget), self->content) == 0)
    self->has_content = TRUE;
  return !self->has_window || (self->content && !self->has_content);
}

static gboolean
on_after_paint (GSignalInvocationHint *hint, guint n_values, const GValue *values, gpointer data)
{
  Watch *self = data;
  static gboolean told_frame, told_content;
  if (self->has_window && !told_frame)
    tell (self, "frame");
  if (self->has_content && !told_content)
    tell (self, "content");
  told_frame = self->has_window;
  told_content = self->has_content;
  return !told_frame || (self->content && !told_content);
}

static void
watch_signal (GType type, const char *signal, GSignalEmissionHook hook, gpointer data)
{
  /* A hook needs the class, which nothing has asked for yet. */
  g_type_class_ref (type);
  g_signal_add_emission_hook (g_signal_lookup (signal, type), 0, hook, data, NULL);
}

__attribute__ ((constructor)) static void
begin (void)
{
  static Watch watch;
  const char *path = g_getenv ("BELLMAN_FRAME_REPORT");
  watch.report = path ? fopen (path, "we") : NULL;
  if (!watch.report)
    return;
  watch.content = g_getenv ("BELLMAN_FRAME_CONTENT");
  g_unsetenv ("LD_PRELOAD");
  watch_signal (GDK_TYPE_FRAME_CLOCK, "after-paint", on_after_paint, &watch);
  watch_signal (GTK_TYPE_WIDGET, "map", on_map, &watch);
}
