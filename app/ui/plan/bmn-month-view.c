#include "bmn-month-view.h"
#include "bmn-day-cell.h"
#include "bmn-plan-keys.h"
#include "bmn-plan-time.h"

#include <glib/gi18n.h>

#define MAX_WEEKS 6
#define N_CELLS (MAX_WEEKS * 7)

struct _BmnMonthView
{
  GtkWidget parent_instance;

  BmnPlanModel *model; /* (owned) */
  GDateTime *first;    /* (owned) (nullable): the day of the first cell */
  int n_weeks;
  GtkWidget *weekdays; /* (owned) */
  BmnDayCell *cells[N_CELLS];
};

G_DEFINE_FINAL_TYPE (BmnMonthView, bmn_month_view, GTK_TYPE_WIDGET)

/*
 * Content.
 */

/* The cell that @entry is in; −1 for none. */
static int
find_cell (BmnMonthView *self, BmnPlanEntry *entry)
{
  g_autoptr (GDateTime) time = bmn_plan_entry_get_time (entry);
  if (!time || !self->first)
    return -1;
  g_autoptr (GDateTime) day = bmn_plan_time_day (time);
  /* Half a day more, because days have 23 to 25 hours. */
  gint64 apart = g_date_time_difference (day, self->first) + G_TIME_SPAN_DAY / 2;
  int cell = apart < 0 ? -1 : (int)(apart / G_TIME_SPAN_DAY);
  return cell < self->n_weeks * 7 ? cell : -1;
}

static int
get_focused_cell (BmnMonthView *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root ? gtk_root_get_focus (root) : NULL;
  for (int i = 0; focus && i < self->n_weeks * 7; i++)
    if (focus == GTK_WIDGET (self->cells[i])
        || gtk_widget_is_ancestor (focus, GTK_WIDGET (self->cells[i])))
      return i;
  return -1;
}

static gboolean
focus_entry (BmnMonthView *self, BmnPlanEntry *entry, gboolean any_time)
{
  for (int i = 0; i < self->n_weeks * 7; i++)
    {
      int chip = bmn_day_cell_find (self->cells[i], entry, any_time);
      if (chip < 0)
        continue;
      bmn_day_cell_focus (self->cells[i], chip);
      return TRUE;
    }
  return FALSE;
}

/* The post that has the keyboard keeps it, on whatever day it comes to stand. */
static void
fill (BmnMonthView *self)
{
  int focused_cell = get_focused_cell (self);
  g_autoptr (BmnPlanEntry) focused
      = focused_cell >= 0 ? bmn_day_cell_dup_focused (self->cells[focused_cell]) : NULL;
  GListModel *list = G_LIST_MODEL (self->model);
  guint n = g_list_model_get_n_items (list), at = 0;
  g_autoptr (GPtrArray) entries = g_ptr_array_new_with_free_func (g_object_unref);
  for (int cell = 0; cell < self->n_weeks * 7; cell++)
    {
      g_ptr_array_set_size (entries, 0);
      for (; at < n; at++)
        {
          g_autoptr (BmnPlanEntry) entry = g_list_model_get_item (list, at);
          int place = find_cell (self, entry);
          if (place > cell)
            break;
          if (place == cell)
            g_ptr_array_add (entries, g_steal_pointer (&entry));
        }
      bmn_day_cell_set_entries (self->cells[cell], entries);
    }
  if (focused && !focus_entry (self, focused, FALSE))
    focus_entry (self, focused, TRUE);
}

static void
rate (BmnMonthView *self)
{
  for (int i = 0; i < self->n_weeks * 7; i++)
    {
      GDateTime *day = bmn_day_cell_get_day (self->cells[i]);
      if (day)
        bmn_day_cell_set_best (
            self->cells[i],
            bmn_plan_model_rate_day (self->model, g_date_time_get_day_of_week (day) - 1));
    }
}

static int
count_weeks (GDateTime *first, GDateTime *month)
{
  g_autoptr (GDateTime) next = g_date_time_add_months (month, 1);
  gint64 days = (g_date_time_difference (next, first) + G_TIME_SPAN_DAY / 2) / G_TIME_SPAN_DAY;
  return (int)(days + 6) / 7;
}

static void
on_items_changed (BmnMonthView *self)
{
  if (gtk_widget_get_child_visible (GTK_WIDGET (self)))
    fill (self);
}

/* Not before there is something to show in them, so that the window comes up first. */
static void
make_cells (BmnMonthView *self)
{
  for (int i = 0; i < N_CELLS && !self->cells[i]; i++)
    {
      self->cells[i] = BMN_DAY_CELL (bmn_day_cell_new (self->model));
      gtk_widget_set_parent (GTK_WIDGET (self->cells[i]), GTK_WIDGET (self));
    }
}

void
bmn_month_view_show (BmnMonthView *self, GDateTime *day)
{
  make_cells (self);
  g_autoptr (GDateTime) month = bmn_plan_time_month (day);
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  g_clear_pointer (&self->first, g_date_time_unref);
  self->first = bmn_plan_time_week (month);
  self->n_weeks = count_weeks (self->first, month);
  for (int i = 0; i < N_CELLS; i++)
    {
      g_autoptr (GDateTime) cell_day = g_date_time_add_days (self->first, i);
      gboolean outside = g_date_time_get_month (cell_day) != g_date_time_get_month (month);
      bmn_day_cell_set_day (self->cells[i], cell_day, outside,
                            bmn_plan_time_same_day (cell_day, now));
      gtk_widget_set_visible (GTK_WIDGET (self->cells[i]), i < self->n_weeks * 7);
    }
  rate (self);
  fill (self);
  g_autoptr (GDateTime) end = g_date_time_add_days (self->first, self->n_weeks * 7);
  bmn_plan_model_set_span (self->model, bmn_plan_time_to_instant (self->first),
                           bmn_plan_time_to_instant (end));
}

static int
find_day (BmnMonthView *self, GDateTime *day)
{
  for (int i = 0; i < self->n_weeks * 7; i++)
    if (bmn_plan_time_same_day (bmn_day_cell_get_day (self->cells[i]), day))
      return i;
  return -1;
}

void
bmn_month_view_focus (BmnMonthView *self, GDateTime *day)
{
  int cell = find_day (self, day);
  if (cell >= 0)
    bmn_day_cell_focus (self->cells[cell], -1);
}

/*
 * Keys.
 */

/* Goes to the day @step days on; out of the month, to the month that has it. */
static void
go_to (BmnMonthView *self, int cell, int step, gboolean last_chip)
{
  int next = cell + step;
  if (next >= 0 && next < self->n_weeks * 7)
    {
      bmn_day_cell_focus (self->cells[next],
                          last_chip ? (int)bmn_day_cell_get_n_chips (self->cells[next]) - 1 : -1);
      return;
    }
  g_autoptr (GDateTime) day = g_date_time_add_days (self->first, next);
  gtk_widget_activate_action (GTK_WIDGET (self), "plan.show-day", "x",
                              bmn_plan_time_to_instant (day));
}

static void
step_vertically (BmnMonthView *self, int cell, int step)
{
  BmnDayCell *day = self->cells[cell];
  int chip = bmn_day_cell_get_focus (day) + step;
  if (chip >= -1 && chip < (int)bmn_day_cell_get_n_chips (day))
    bmn_day_cell_focus (day, chip);
  else
    go_to (self, cell, step * 7, step < 0);
}

static gboolean
move_by_key (BmnMonthView *self, BmnPlanEntry *entry, int days, int hours)
{
  if (!entry || !bmn_plan_entry_get_item (entry))
    return FALSE;
  bmn_plan_keys_move (GTK_WIDGET (self), entry, days, hours);
  return TRUE;
}

static gboolean
on_key (
    GtkEventControllerKey *controller, guint key, guint code, GdkModifierType state, gpointer data)
{
  BmnMonthView *self = data;
  int cell = get_focused_cell (self);
  if (cell < 0)
    return FALSE;
  gboolean rtl = gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL;
  BmnPlanEntry *entry
      = bmn_day_cell_get_entry (self->cells[cell], bmn_day_cell_get_focus (self->cells[cell]));
  int forward = rtl ? -1 : 1;
  if (state & GDK_CONTROL_MASK)
    switch (key)
      {
      case GDK_KEY_Left:
        return move_by_key (self, entry, -forward, 0);
      case GDK_KEY_Right:
        return move_by_key (self, entry, forward, 0);
      case GDK_KEY_Up:
        return move_by_key (self, entry, -7, 0);
      case GDK_KEY_Down:
        return move_by_key (self, entry, 7, 0);
      default:
        return FALSE;
      }
  switch (key)
    {
    case GDK_KEY_Left:
      go_to (self, cell, -forward, FALSE);
      return TRUE;
    case GDK_KEY_Right:
      go_to (self, cell, forward, FALSE);
      return TRUE;
    case GDK_KEY_Up:
      step_vertically (self, cell, -1);
      return TRUE;
    case GDK_KEY_Down:
      step_vertically (self, cell, 1);
      return TRUE;
    case GDK_KEY_Home:
      bmn_day_cell_focus (self->cells[cell - cell % 7], -1);
      return TRUE;
    case GDK_KEY_End:
      bmn_day_cell_focus (self->cells[cell - cell % 7 + 6], -1);
      return TRUE;
    default:
      return bmn_plan_keys_handle (GTK_WIDGET (self), key, entry,
                                   bmn_day_cell_get_day (self->cells[cell]));
    }
}

/*
 * The object.
 */

void
bmn_month_view_set_model (BmnMonthView *self, BmnPlanModel *model)
{
  self->model = g_object_ref (model);
  g_signal_connect_object (model, "items-changed", G_CALLBACK (on_items_changed), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (model, "hours-changed", G_CALLBACK (rate), self, G_CONNECT_SWAPPED);
}

static void
bmn_month_view_measure (GtkWidget *widget,
                        GtkOrientation orientation,
                        int for_size,
                        int *minimum,
                        int *natural,
                        int *minimum_baseline,
                        int *natural_baseline)
{
  *minimum = orientation == GTK_ORIENTATION_HORIZONTAL ? 7 * 24 : 300;
  *natural = orientation == GTK_ORIENTATION_HORIZONTAL ? 7 * 160 : 640;
}

static void
bmn_month_view_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  BmnMonthView *self = BMN_MONTH_VIEW (widget);
  gboolean rtl = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
  int head;
  gtk_widget_measure (self->weekdays, GTK_ORIENTATION_VERTICAL, -1, &head, NULL, NULL, NULL);
  gtk_widget_size_allocate (self->weekdays, &(GtkAllocation){ 0, 0, width, head }, -1);
  /* All rows alike, to the pixel, so that all days decide alike how their chips look. */
  int row_height = self->n_weeks > 0 ? (height - head) / self->n_weeks : 0;
  for (int i = 0; i < self->n_weeks * 7; i++)
    {
      int column = rtl ? 6 - i % 7 : i % 7, x = column * width / 7;
      const GtkAllocation place
          = { x, head + i / 7 * row_height, (column + 1) * width / 7 - x, row_height };
      gtk_widget_size_allocate (GTK_WIDGET (self->cells[i]), &place, -1);
    }
}

static void
bmn_month_view_dispose (GObject *object)
{
  BmnMonthView *self = BMN_MONTH_VIEW (object);
  g_clear_pointer (&self->weekdays, gtk_widget_unparent);
  for (int i = 0; i < N_CELLS; i++)
    if (self->cells[i])
      {
        gtk_widget_unparent (GTK_WIDGET (self->cells[i]));
        self->cells[i] = NULL;
      }
  self->n_weeks = 0;
  g_clear_object (&self->model);
  g_clear_pointer (&self->first, g_date_time_unref);
  G_OBJECT_CLASS (bmn_month_view_parent_class)->dispose (object);
}

static void
bmn_month_view_class_init (BmnMonthViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  G_OBJECT_CLASS (klass)->dispose = bmn_month_view_dispose;
  widget_class->measure = bmn_month_view_measure;
  widget_class->size_allocate = bmn_month_view_size_allocate;
  gtk_widget_class_set_css_name (widget_class, "monthview");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GRID);
}

static void
bmn_month_view_init (BmnMonthView *self)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  g_autoptr (GDateTime) first = bmn_plan_time_week (now);
  self->weekdays = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  gtk_box_set_homogeneous (GTK_BOX (self->weekdays), TRUE);
  gtk_widget_add_css_class (self->weekdays, "weekdays");
  for (int i = 0; i < 7; i++)
    {
      g_autoptr (GDateTime) day = g_date_time_add_days (first, i);
      g_autofree char *name = g_date_time_format (day, "%A");
      GtkWidget *label = gtk_label_new (name);
      gtk_label_set_xalign (GTK_LABEL (label), 0);
      gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
      gtk_box_append (GTK_BOX (self->weekdays), label);
    }
  gtk_widget_set_parent (self->weekdays, GTK_WIDGET (self));
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
  gtk_widget_add_css_class (GTK_WIDGET (self), "plan-surface");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Month"),
                                  -1);
  GtkEventController *keys = gtk_event_controller_key_new ();
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect (keys, "key-pressed", G_CALLBACK (on_key), self);
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
}
