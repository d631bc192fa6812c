/*
 * How long our code holds up the window's frames while the plan is looked through.
 *
 * usage, on a display: frames-bench FOLDER [EXPORT]
 *
 * Runs the program itself on a data folder: switches the month back and forth, then scrolls the
 * list, and for a reference scrolls a bare list of as many labels. With an export, switches the
 * month for as long as that is imported into the first account. A stretch is what the main
 * loop does from one poll to the next: handling events, binding rows, measuring, allocating and
 * taking the snapshot are ours; the renderer, which draws in software here, is the toolkit's,
 * and is told apart by the end of the window's snapshot and the end of the clock's painting.
 */
#include "bmn-application.h"
#include "bmn-import-calls.h"
#include "bmn-window.h"

#define N_MONTHS 24
#define N_SCROLLS 300
#define SCROLL_STEP 47 /* pixels a frame, so that rows change with most frames */
#define N_LABELS 10000
#define SETTLE 700 /* ms after a switch, until all of it has been shown */

typedef struct
{
  GArray *ours;          /* (owned) (element-type double): ms of each stretch that drew a frame */
  GArray *rendering;     /* (owned) (element-type double): ms of the same */
  gint64 began;          /* when the loop woke up */
  gint64 snapshot_ended; /* 0 where no snapshot was taken since */
  gint64 rendered;       /* µs of this stretch */
  gboolean measuring;
} Meter;

static Meter meter;
static void (*window_snapshot) (GtkWidget *widget, GtkSnapshot *snapshot);

static gint
timed_poll (GPollFD *fds, guint n_fds, gint timeout)
{
  gint64 now = g_get_monotonic_time ();
  if (meter.measuring && meter.rendered > 0)
    {
      double ours = (now - meter.began - meter.rendered) / 1000.0;
      double rendering = meter.rendered / 1000.0;
      g_array_append_val (meter.ours, ours);
      g_array_append_val (meter.rendering, rendering);
    }
  gint n = g_poll (fds, n_fds, timeout);
  meter.began = g_get_monotonic_time ();
  meter.rendered = 0;
  return n;
}

static void
timed_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  window_snapshot (widget, snapshot);
  meter.snapshot_ended = g_get_monotonic_time ();
}

static void
on_after_paint (void)
{
  if (meter.snapshot_ended)
    meter.rendered += g_get_monotonic_time () - meter.snapshot_ended;
  meter.snapshot_ended = 0;
}

/* The class is the type's own: windows of other types are not timed. */
static void
time_windows_of (GType type)
{
  GtkWidgetClass *widget_class = g_type_class_ref (type);
  window_snapshot = widget_class->snapshot;
  widget_class->snapshot = timed_snapshot;
}

static void
time_frames_of (GtkWidget *window)
{
  g_signal_connect (gtk_widget_get_frame_clock (window), "after-paint", G_CALLBACK (on_after_paint),
                    NULL);
}

static gboolean
set_true (gpointer data)
{
  *(gboolean *)data = TRUE;
  return G_SOURCE_REMOVE;
}

static void
wait_for (guint ms)
{
  gboolean done = FALSE;
  g_timeout_add (ms, set_true, &done);
  while (!done)
    g_main_context_iteration (NULL, TRUE);
}

static int
compare (gconstpointer a, gconstpointer b)
{
  double left = *(const double *)a, right = *(const double *)b;
  return left < right ? -1 : left > right;
}

static double
find_rank (GArray *sorted, double rank)
{
  return g_array_index (sorted, double, (guint)(rank * (sorted->len - 1)));
}

static void
print_meter (const char *what)
{
  g_array_sort (meter.ours, compare);
  g_array_sort (meter.rendering, compare);
  g_assert (meter.ours->len > 0);
  g_print ("%-24s %4u frames   ours: median %5.1f, p99 %5.1f, max %5.1f ms of 16   "
           "renderer: median %5.1f, max %5.1f ms\n",
           what, meter.ours->len, find_rank (meter.ours, 0.5), find_rank (meter.ours, 0.99),
           find_rank (meter.ours, 1), find_rank (meter.rendering, 0.5),
           find_rank (meter.rendering, 1));
  g_array_set_size (meter.ours, 0);
  g_array_set_size (meter.rendering, 0);
}

static gboolean
scroll_on (GtkWidget *widget, GdkFrameClock *clock, gpointer data)
{
  GtkAdjustment *adjustment = gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (widget));
  guint *n_left = data;
  gtk_adjustment_set_value (adjustment, gtk_adjustment_get_value (adjustment) + SCROLL_STEP);
  return --*n_left > 0 ? G_SOURCE_CONTINUE : G_SOURCE_REMOVE;
}

static void
scroll_through (GtkWidget *scrolled, const char *what)
{
  guint n_left = N_SCROLLS;
  gtk_adjustment_set_value (gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (scrolled)),
                            0);
  wait_for (SETTLE);
  meter.measuring = TRUE;
  gtk_widget_add_tick_callback (scrolled, scroll_on, &n_left, NULL);
  while (n_left > 0)
    g_main_context_iteration (NULL, TRUE);
  meter.measuring = FALSE;
  print_meter (what);
}

static void
switch_month (GtkWidget *window, int i)
{
  gtk_widget_activate_action (window, i % N_MONTHS < N_MONTHS / 2 ? "plan.later" : "plan.earlier",
                              NULL);
  wait_for (SETTLE);
}

static void
switch_months (GtkWidget *window)
{
  meter.measuring = TRUE;
  for (int i = 0; i < N_MONTHS; i++)
    switch_month (window, i);
  meter.measuring = FALSE;
  print_meter ("month switch");
}

typedef struct
{
  const char *path;
  BmnProgressRelay *relay; /* (owned) */
  gboolean done;
} Import;

static void
on_progress (gint64 done, gint64 total, gint64 count, gpointer data)
{
}

static void
on_imported (GObject *source, GAsyncResult *result, gpointer data)
{
  Import *import = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (BmnImportReport) report
      = bmn_import_calls_run_finish (BMN_SESSION_THREAD (source), result, &error);
  g_assert_no_error (error);
  g_assert_nonnull (report);
  import->done = TRUE;
}

static void
on_opened (GObject *source, GAsyncResult *result, gpointer data)
{
  Import *import = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (BmnImportPlan) plan
      = bmn_import_calls_open_finish (BMN_SESSION_THREAD (source), result, &error);
  g_assert_no_error (error);
  bmn_import_calls_run_async (BMN_SESSION_THREAD (source), import->path, 1, plan, FALSE,
                              import->relay, NULL, on_imported, import);
}

static void
import_meanwhile (BmnApplication *app, GtkWidget *window)
{
  Import import = { g_object_get_data (G_OBJECT (app), "export"),
                    bmn_progress_relay_new (on_progress, NULL), FALSE };
  g_autoptr (BmnImportPlan) wishes = bmn_import_plan_new ();
  meter.measuring = TRUE;
  bmn_import_calls_open_async (bmn_application_get_session (app), import.path, 1, wishes, NULL,
                               on_opened, &import);
  for (int i = 0; !import.done; i++)
    switch_month (window, i);
  meter.measuring = FALSE;
  print_meter ("months beside an import");
  bmn_progress_relay_unref (import.relay);
}

/* Returns: (transfer none) (nullable): the first mapped widget of that type inside */
static GtkWidget *
find_mapped (GtkWidget *widget, GType type)
{
  if (g_type_is_a (G_OBJECT_TYPE (widget), type) && gtk_widget_get_mapped (widget))
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_mapped (child, type);
      if (found)
        return found;
    }
  return NULL;
}

static void
measure_program (BmnApplication *app)
{
  GtkWidget *window = GTK_WIDGET (gtk_application_get_windows (GTK_APPLICATION (app))->data);
  time_frames_of (window);
  wait_for (4000);
  if (g_object_get_data (G_OBJECT (app), "export"))
    {
      import_meanwhile (app, window);
      return;
    }
  switch_months (window);
  gtk_widget_activate_action (window, "plan.view", "s", "list");
  wait_for (2000);
  GtkWidget *list = find_mapped (window, GTK_TYPE_LIST_VIEW);
  g_assert_nonnull (list);
  scroll_through (gtk_widget_get_ancestor (list, GTK_TYPE_SCROLLED_WINDOW), "scroll of the list");
}

static void
on_setup (GtkListItemFactory *factory, GtkListItem *item)
{
  gtk_list_item_set_child (item, gtk_label_new (NULL));
}

static void
on_bind (GtkListItemFactory *factory, GtkListItem *item)
{
  GtkStringObject *string = gtk_list_item_get_item (item);
  gtk_label_set_label (GTK_LABEL (gtk_list_item_get_child (item)),
                       gtk_string_object_get_string (string));
}

static void
measure_reference (void)
{
  GtkStringList *strings = gtk_string_list_new (NULL);
  for (int i = 0; i < N_LABELS; i++)
    {
      g_autofree char *text = g_strdup_printf ("Post number %d of the bakery", i);
      gtk_string_list_append (strings, text);
    }
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  g_signal_connect (factory, "setup", G_CALLBACK (on_setup), NULL);
  g_signal_connect (factory, "bind", G_CALLBACK (on_bind), NULL);
  GtkWidget *scrolled = gtk_scrolled_window_new ();
  GtkSelectionModel *model = GTK_SELECTION_MODEL (gtk_no_selection_new (G_LIST_MODEL (strings)));
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled),
                                 gtk_list_view_new (model, factory));
  GtkWidget *window = g_object_new (ADW_TYPE_WINDOW, "default-width", 1180, "default-height", 760,
                                    "content", scrolled, NULL);
  time_windows_of (ADW_TYPE_WINDOW);
  gtk_window_present (GTK_WINDOW (window));
  time_frames_of (window);
  scroll_through (scrolled, "reference: bare labels");
  gtk_window_destroy (GTK_WINDOW (window));
}

static void
on_activated (GApplication *app, gpointer data)
{
  measure_program (BMN_APPLICATION (app));
  GtkWindow *window = gtk_application_get_windows (GTK_APPLICATION (app))->data;
  gtk_widget_set_visible (GTK_WIDGET (window), FALSE);
  measure_reference ();
  gtk_window_destroy (window);
}

int
main (int argc, char **argv)
{
  g_autoptr (BmnApplication) app = bmn_application_new ();
  meter.ours = g_array_new (FALSE, FALSE, sizeof (double));
  meter.rendering = g_array_new (FALSE, FALSE, sizeof (double));
  g_main_context_set_poll_func (NULL, timed_poll);
  time_windows_of (BMN_TYPE_WINDOW);
  g_object_set_data (G_OBJECT (app), "export", argc > 2 ? argv[2] : NULL);
  g_signal_connect_after (app, "activate", G_CALLBACK (on_activated), NULL);
  char *arguments[] = { argv[0], (char *)"--data", argc > 1 ? argv[1] : NULL, NULL };
  int status = g_application_run (G_APPLICATION (app), argc > 1 ? 3 : 1, arguments);
  g_array_unref (meter.ours);
  g_array_unref (meter.rendering);
  return status;
}
