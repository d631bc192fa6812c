#include "bmn-week-view.h"
#include "bmn-plan-time.h"
#include "bmn-week-grid.h"

struct _BmnWeekView
{
  AdwBin parent_instance;

  GtkWidget *heads[7];
  GtkLabel *names[7];
  GtkLabel *numbers[7];
  GtkScrolledWindow *scrolled;
  BmnWeekGrid *grid;
  BmnPlanModel *model; /* (owned) */
  gboolean was_scrolled;
};

G_DEFINE_FINAL_TYPE (BmnWeekView, bmn_week_view, ADW_TYPE_BIN)

void
bmn_week_view_set_model (BmnWeekView *self, BmnPlanModel *model)
{
  self->model = g_object_ref (model);
  bmn_week_grid_set_model (self->grid, model);
}

/* The day begins where people do, not at midnight; possible once the grid has its height. */
static gboolean
scroll_to_morning (GtkWidget *widget, GdkFrameClock *clock, gpointer data)
{
  BmnWeekView *self = BMN_WEEK_VIEW (widget);
  GtkAdjustment *adjustment = gtk_scrolled_window_get_vadjustment (self->scrolled);
  if (gtk_adjustment_get_upper (adjustment) < 24 * BMN_WEEK_GRID_HOUR)
    return G_SOURCE_CONTINUE;
  gtk_adjustment_set_value (adjustment, 6.7 * BMN_WEEK_GRID_HOUR);
  return G_SOURCE_REMOVE;
}

void
bmn_week_view_show (BmnWeekView *self, GDateTime *day)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  g_autoptr (GDateTime) first = bmn_plan_time_week (day);
  g_autoptr (GDateTime) end = g_date_time_add_days (first, 7);
  for (int i = 0; i < 7; i++)
    {
      g_autoptr (GDateTime) at = g_date_time_add_days (first, i);
      g_autofree char *name = g_date_time_format (at, "%a");
      g_autofree char *number = g_date_time_format (at, "%-d");
      gtk_label_set_label (self->names[i], name);
      gtk_label_set_label (self->numbers[i], number);
      if (bmn_plan_time_same_day (at, now))
        gtk_widget_add_css_class (self->heads[i], "today");
      else
        gtk_widget_remove_css_class (self->heads[i], "today");
    }
  bmn_week_grid_show (self->grid, first);
  bmn_plan_model_set_span (self->model, bmn_plan_time_to_instant (first),
                           bmn_plan_time_to_instant (end));
  if (!self->was_scrolled)
    gtk_widget_add_tick_callback (GTK_WIDGET (self), scroll_to_morning, NULL, NULL);
  self->was_scrolled = TRUE;
}

static void
bmn_week_view_dispose (GObject *object)
{
  g_clear_object (&BMN_WEEK_VIEW (object)->model);
  G_OBJECT_CLASS (bmn_week_view_parent_class)->dispose (object);
}

static void
bmn_week_view_class_init (BmnWeekViewClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = bmn_week_view_dispose;
}

static void
bmn_week_view_init (BmnWeekView *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *head = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  gtk_box_set_homogeneous (GTK_BOX (head), TRUE);
  gtk_widget_set_margin_start (head, BMN_WEEK_GRID_GUTTER);
  gtk_widget_add_css_class (head, "weekhead");
  for (int i = 0; i < 7; i++)
    {
      self->heads[i] = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
      self->names[i] = GTK_LABEL (gtk_label_new (NULL));
      self->numbers[i] = GTK_LABEL (gtk_label_new (NULL));
      gtk_widget_add_css_class (GTK_WIDGET (self->names[i]), "d");
      gtk_widget_add_css_class (GTK_WIDGET (self->numbers[i]), "n");
      gtk_widget_set_halign (self->heads[i], GTK_ALIGN_CENTER);
      gtk_box_append (GTK_BOX (self->heads[i]), GTK_WIDGET (self->names[i]));
      gtk_box_append (GTK_BOX (self->heads[i]), GTK_WIDGET (self->numbers[i]));
      gtk_box_append (GTK_BOX (head), self->heads[i]);
    }
  self->grid = BMN_WEEK_GRID (g_object_new (BMN_TYPE_WEEK_GRID, NULL));
  self->scrolled = GTK_SCROLLED_WINDOW (gtk_scrolled_window_new ());
  gtk_scrolled_window_set_policy (self->scrolled, GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (self->scrolled, GTK_WIDGET (self->grid));
  gtk_widget_set_vexpand (GTK_WIDGET (self->scrolled), TRUE);
  gtk_box_append (GTK_BOX (box), head);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->scrolled));
  gtk_widget_add_css_class (box, "plan-surface");
  adw_bin_set_child (ADW_BIN (self), box);
}
