#include "bmn-week-grid.h"
#include "bmn-chip.h"
#include "bmn-plan-keys.h"
#include "bmn-plan-time.h"

#include <glib/gi18n.h>

#define HOUR BMN_WEEK_GRID_HOUR
#define GUTTER BMN_WEEK_GRID_GUTTER
/* What is dropped comes to rest on a quarter of an hour. */
#define STEP_MINUTES 15

typedef struct
{
  BmnChip *chip;
  int day;
  int minute;
  int lane;
  int n_lanes;
} Place;

struct _BmnWeekGrid
{
  GtkWidget parent_instance;

  BmnPlanModel *model; /* (owned) */
  GDateTime *first;    /* (owned) (nullable) */
  GPtrArray *chips;    /* (element-type BmnChip): as many as were ever needed */
  GArray *places;      /* (owned) (element-type Place): by time */
  GtkWidget *hours[24];
  guint tick;
};

G_DEFINE_FINAL_TYPE (BmnWeekGrid, bmn_week_grid, GTK_TYPE_WIDGET)

/*
 * Content.
 */

/* Chips that touch share the width of the day. */
static void
share_lanes (BmnWeekGrid *self)
{
  Place *places = (Place *)self->places->data;
  guint n = self->places->len;
  const int span = 60;
  for (guint i = 0; i < n;)
    {
      guint end = i + 1;
      while (end < n && places[end].day == places[i].day
             && places[end].minute < places[end - 1].minute + span)
        end++;
      int n_lanes = 1;
      for (guint j = i; j < end; j++)
        {
          gboolean taken[8] = { FALSE };
          for (guint k = i; k < j; k++)
            if (places[j].minute < places[k].minute + span && places[k].lane < 8)
              taken[places[k].lane] = TRUE;
          while (places[j].lane < 7 && taken[places[j].lane])
            places[j].lane++;
          n_lanes = MAX (n_lanes, places[j].lane + 1);
        }
      for (; i < end; i++)
        places[i].n_lanes = n_lanes;
    }
}

static BmnChip *
get_chip (BmnWeekGrid *self, guint i)
{
  while (self->chips->len <= i)
    {
      GtkWidget *chip = bmn_chip_new ();
      gtk_widget_set_parent (chip, GTK_WIDGET (self));
      g_ptr_array_add (self->chips, chip);
    }
  return self->chips->pdata[i];
}

static int
get_focused (BmnWeekGrid *self)
{
  for (guint i = 0; i < self->places->len; i++)
    if (gtk_widget_is_focus (GTK_WIDGET (g_array_index (self->places, Place, i).chip)))
      return i;
  return -1;
}

static BmnChip *
find_chip (BmnWeekGrid *self, BmnPlanEntry *entry, gboolean any_time)
{
  for (guint i = 0; i < self->places->len; i++)
    {
      BmnChip *chip = g_array_index (self->places, Place, i).chip;
      if (bmn_plan_entry_is_same (bmn_chip_get_entry (chip), entry, any_time))
        return chip;
    }
  return NULL;
}

/* What is shown may stand in another chip now; the keyboard is meant for the post. */
static void
keep_focus (BmnWeekGrid *self, BmnPlanEntry *focused)
{
  BmnChip *chip = find_chip (self, focused, FALSE);
  if (!chip)
    chip = find_chip (self, focused, TRUE);
  if (chip)
    gtk_widget_grab_focus (GTK_WIDGET (chip));
}

static void
fill (BmnWeekGrid *self)
{
  int at = get_focused (self);
  g_autoptr (BmnPlanEntry) focused
      = at >= 0 ? g_object_ref (bmn_chip_get_entry (g_array_index (self->places, Place, at).chip))
                : NULL;
  GListModel *list = G_LIST_MODEL (self->model);
  guint n = self->first ? g_list_model_get_n_items (list) : 0, used = 0;
  g_array_set_size (self->places, 0);
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (BmnPlanEntry) entry = g_list_model_get_item (list, i);
      g_autoptr (GDateTime) time = bmn_plan_entry_get_time (entry);
      if (!time)
        continue;
      g_autoptr (GDateTime) midnight = bmn_plan_time_day (time);
      gint64 apart = g_date_time_difference (midnight, self->first) + G_TIME_SPAN_DAY / 2;
      if (apart < 0 || apart / G_TIME_SPAN_DAY >= 7)
        continue;
      Place place = { .chip = get_chip (self, used++),
                      .day = apart / G_TIME_SPAN_DAY,
                      .minute = g_date_time_get_hour (time) * 60 + g_date_time_get_minute (time) };
      bmn_chip_set_entry (place.chip, self->model, entry, FALSE);
      gtk_widget_set_visible (GTK_WIDGET (place.chip), TRUE);
      g_array_append_val (self->places, place);
    }
  for (guint i = used; i < self->chips->len; i++)
    gtk_widget_set_visible (self->chips->pdata[i], FALSE);
  share_lanes (self);
  for (guint i = 0; i < self->places->len; i++)
    {
      const Place *place = &g_array_index (self->places, Place, i);
      if (place->n_lanes > 1)
        bmn_chip_set_entry (place->chip, self->model, bmn_chip_get_entry (place->chip), TRUE);
    }
  if (focused)
    keep_focus (self, focused);
  gtk_widget_queue_allocate (GTK_WIDGET (self));
}

void
bmn_week_grid_show (BmnWeekGrid *self, GDateTime *first)
{
  g_clear_pointer (&self->first, g_date_time_unref);
  self->first = g_date_time_ref (first);
  fill (self);
}

static void
on_items_changed (BmnWeekGrid *self)
{
  if (gtk_widget_get_mapped (GTK_WIDGET (self)))
    fill (self);
}

void
bmn_week_grid_set_model (BmnWeekGrid *self, BmnPlanModel *model)
{
  self->model = g_object_ref (model);
  g_signal_connect_object (model, "items-changed", G_CALLBACK (on_items_changed), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (model, "hours-changed", G_CALLBACK (gtk_widget_queue_draw), self,
                           G_CONNECT_SWAPPED);
}

/*
 * Geometry.
 */

static gboolean
is_rtl (BmnWeekGrid *self)
{
  return gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL;
}

/* The left edge of a day's column. */
static int
day_x (BmnWeekGrid *self, int day, int width)
{
  return is_rtl (self) ? (6 - day) * (width - GUTTER) / 7 : GUTTER + day * (width - GUTTER) / 7;
}

static void
bmn_week_grid_measure (GtkWidget *widget,
                       GtkOrientation orientation,
                       int for_size,
                       int *minimum,
                       int *natural,
                       int *minimum_baseline,
                       int *natural_baseline)
{
  *minimum = orientation == GTK_ORIENTATION_HORIZONTAL ? GUTTER + 7 * 24 : 24 * HOUR;
  *natural = orientation == GTK_ORIENTATION_HORIZONTAL ? GUTTER + 7 * 160 : 24 * HOUR;
}

static void
bmn_week_grid_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  BmnWeekGrid *self = BMN_WEEK_GRID (widget);
  int day_width = (width - GUTTER) / 7;
  for (int hour = 1; hour < 24; hour++)
    {
      int label;
      gtk_widget_measure (self->hours[hour], GTK_ORIENTATION_VERTICAL, -1, &label, NULL, NULL,
                          NULL);
      gtk_widget_size_allocate (self->hours[hour],
                                &(GtkAllocation){ is_rtl (self) ? width - GUTTER + 4 : 0,
                                                  hour * HOUR - label / 2, GUTTER - 8, label },
                                -1);
    }
  for (guint i = 0; i < self->places->len; i++)
    {
      const Place *place = &g_array_index (self->places, Place, i);
      int min_width, min_height;
      GtkWidget *chip = GTK_WIDGET (place->chip);
      int lane_width = (day_width - 6) / place->n_lanes;
      gtk_widget_measure (chip, GTK_ORIENTATION_HORIZONTAL, -1, &min_width, NULL, NULL, NULL);
      gtk_widget_measure (chip, GTK_ORIENTATION_VERTICAL, -1, &min_height, NULL, NULL, NULL);
      gtk_widget_size_allocate (
          chip,
          &(GtkAllocation){ day_x (self, place->day, width) + 3 + place->lane * lane_width,
                            MIN (place->minute * HOUR / 60 + 1, height - min_height),
                            MAX (lane_width - 2, min_width), min_height },
          -1);
    }
}

/*
 * Drawing.
 */

static void
draw_rect (GtkSnapshot *snapshot, const GdkRGBA *color, double alpha, int x, int y, int w, int h)
{
  GdkRGBA paint = *color;
  paint.alpha *= alpha;
  gtk_snapshot_append_color (snapshot, &paint, &GRAPHENE_RECT_INIT (x, y, w, h));
}

static void
look_up (GtkWidget *widget, const char *name, GdkRGBA *color)
{
  if (!gtk_style_context_lookup_color (gtk_widget_get_style_context (widget), name, color))
    gdk_rgba_parse (color, "#3584e4");
}

static void
draw_hours (BmnWeekGrid *self, GtkSnapshot *snapshot, int width)
{
  static const double tints[] = { 0, .045, .085, .14 };
  GdkRGBA tint, line;
  look_up (GTK_WIDGET (self), "best_tint", &tint);
  look_up (GTK_WIDGET (self), "view_fg_color", &line);
  int day_width = (width - GUTTER) / 7;
  for (int day = 0; day < 7 && self->first; day++)
    {
      int weekday = (g_date_time_get_day_of_week (self->first) - 1 + day) % 7;
      int x = day_x (self, day, width);
      for (int hour = 0; hour < 24; hour++)
        {
          int rating = bmn_plan_model_rate_hour (self->model, weekday * 24 + hour);
          if (rating > 0)
            draw_rect (snapshot, &tint, tints[rating], x, hour * HOUR, day_width + 1, HOUR);
        }
      draw_rect (snapshot, &line, .12, is_rtl (self) ? x + day_width : x, 0, 1, 24 * HOUR);
    }
  for (int hour = 1; hour < 24; hour++)
    draw_rect (snapshot, &line, .09, is_rtl (self) ? 0 : GUTTER, hour * HOUR, width - GUTTER, 1);
}

static void
draw_now (BmnWeekGrid *self, GtkSnapshot *snapshot, int width)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  g_autoptr (GDateTime) midnight = bmn_plan_time_day (now);
  gint64 apart
      = self->first ? g_date_time_difference (midnight, self->first) + G_TIME_SPAN_DAY / 2 : -1;
  if (apart < 0 || apart / G_TIME_SPAN_DAY >= 7)
    return;
  GdkRGBA accent;
  look_up (GTK_WIDGET (self), "accent_bg_color", &accent);
  int x = day_x (self, apart / G_TIME_SPAN_DAY, width), day_width = (width - GUTTER) / 7;
  int y = (g_date_time_get_hour (now) * 60 + g_date_time_get_minute (now)) * HOUR / 60;
  draw_rect (snapshot, &accent, 1, x, y, day_width, 2);
  GskRoundedRect dot;
  gsk_rounded_rect_init_from_rect (
      &dot, &GRAPHENE_RECT_INIT (is_rtl (self) ? x + day_width - 4 : x - 4, y - 3, 8, 8), 4);
  gtk_snapshot_push_rounded_clip (snapshot, &dot);
  gtk_snapshot_append_color (snapshot, &accent, &dot.bounds);
  gtk_snapshot_pop (snapshot);
}

static void
bmn_week_grid_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  BmnWeekGrid *self = BMN_WEEK_GRID (widget);
  int width = gtk_widget_get_width (widget);
  draw_hours (self, snapshot, width);
  for (int i = 1; i < 24; i++)
    gtk_widget_snapshot_child (widget, self->hours[i], snapshot);
  for (guint i = 0; i < self->places->len; i++)
    gtk_widget_snapshot_child (widget, GTK_WIDGET (g_array_index (self->places, Place, i).chip),
                               snapshot);
  draw_now (self, snapshot, width);
}

static gboolean
on_minute (gpointer data)
{
  gtk_widget_queue_draw (data);
  return G_SOURCE_CONTINUE;
}

/*
 * Pointer and keys.
 */

static gint64
instant_at (BmnWeekGrid *self, double x, double y)
{
  int width = gtk_widget_get_width (GTK_WIDGET (self));
  int day_width = MAX (1, (width - GUTTER) / 7);
  int day = CLAMP ((is_rtl (self) ? (int)x : (int)x - GUTTER) / day_width, 0, 6);
  int minute = CLAMP ((int)(y * 60 / HOUR) / STEP_MINUTES * STEP_MINUTES, 0, 24 * 60 - 1);
  g_autoptr (GDateTime) date = g_date_time_add_days (self->first, is_rtl (self) ? 6 - day : day);
  g_autoptr (GDateTime) clock = g_date_time_new_local (2000, 1, 1, minute / 60, minute % 60, 0);
  return bmn_plan_time_combine (date, clock);
}

static gboolean
on_drop (GtkDropTarget *target, const GValue *value, double x, double y, gpointer data)
{
  BmnWeekGrid *self = data;
  bmn_plan_keys_move_to (GTK_WIDGET (self), g_value_get_object (value), instant_at (self, x, y));
  return TRUE;
}

static void
on_pressed (GtkGestureClick *gesture, int n, double x, double y, gpointer data)
{
  BmnWeekGrid *self = data;
  if (n == 2 && self->first)
    gtk_widget_activate_action (GTK_WIDGET (self), "app.new-post-at", "x", instant_at (self, x, y));
}

/* The next place in @days days' direction that is nearest in time of day. */
static void
go_sideways (BmnWeekGrid *self, int from, int days)
{
  const Place *places = (const Place *)self->places->data;
  int best = -1;
  for (guint i = 0; i < self->places->len; i++)
    {
      int apart = (places[i].day - places[from].day) * days;
      if (apart <= 0)
        continue;
      int best_apart = best < 0 ? 8 : (places[best].day - places[from].day) * days;
      if (apart < best_apart
          || (apart == best_apart
              && ABS (places[i].minute - places[from].minute)
                     < ABS (places[best].minute - places[from].minute)))
        best = i;
    }
  if (best >= 0)
    gtk_widget_grab_focus (GTK_WIDGET (places[best].chip));
}

static gboolean
on_key (
    GtkEventControllerKey *controller, guint key, guint code, GdkModifierType state, gpointer data)
{
  BmnWeekGrid *self = data;
  int at = get_focused (self);
  if (at < 0)
    return FALSE;
  const Place *place = &g_array_index (self->places, Place, at);
  BmnPlanEntry *entry = bmn_chip_get_entry (place->chip);
  const BmnAgendaItem *item = bmn_plan_entry_get_item (entry);
  int forward = is_rtl (self) ? -1 : 1;
  int sideways = key == GDK_KEY_Right ? forward : key == GDK_KEY_Left ? -forward : 0;
  int down = key == GDK_KEY_Down ? 1 : key == GDK_KEY_Up ? -1 : 0;
  if (state & GDK_CONTROL_MASK)
    {
      if (!item || (!sideways && !down))
        return FALSE;
      bmn_plan_keys_move (GTK_WIDGET (self), entry, sideways, down);
      return TRUE;
    }
  if (sideways)
    go_sideways (self, at, sideways);
  else if (down && at + down >= 0 && at + down < (int)self->places->len)
    gtk_widget_grab_focus (GTK_WIDGET (g_array_index (self->places, Place, at + down).chip));
  else if (!down)
    {
      g_autoptr (GDateTime) day = g_date_time_add_days (self->first, place->day);
      return bmn_plan_keys_handle (GTK_WIDGET (self), key, entry, day);
    }
  return TRUE;
}

/*
 * The object.
 */

static void
bmn_week_grid_map (GtkWidget *widget)
{
  BmnWeekGrid *self = BMN_WEEK_GRID (widget);
  GTK_WIDGET_CLASS (bmn_week_grid_parent_class)->map (widget);
  if (self->first)
    fill (self);
  self->tick = g_timeout_add_seconds (60, on_minute, self);
}

static void
bmn_week_grid_unmap (GtkWidget *widget)
{
  g_clear_handle_id (&BMN_WEEK_GRID (widget)->tick, g_source_remove);
  GTK_WIDGET_CLASS (bmn_week_grid_parent_class)->unmap (widget);
}

static void
bmn_week_grid_dispose (GObject *object)
{
  BmnWeekGrid *self = BMN_WEEK_GRID (object);
  GtkWidget *child;
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))))
    gtk_widget_unparent (child);
  g_array_set_size (self->places, 0);
  g_clear_object (&self->model);
  g_clear_pointer (&self->first, g_date_time_unref);
  G_OBJECT_CLASS (bmn_week_grid_parent_class)->dispose (object);
}

static void
bmn_week_grid_finalize (GObject *object)
{
  BmnWeekGrid *self = BMN_WEEK_GRID (object);
  g_array_unref (self->places);
  g_ptr_array_unref (self->chips);
  G_OBJECT_CLASS (bmn_week_grid_parent_class)->finalize (object);
}

static void
bmn_week_grid_class_init (BmnWeekGridClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  G_OBJECT_CLASS (klass)->dispose = bmn_week_grid_dispose;
  G_OBJECT_CLASS (klass)->finalize = bmn_week_grid_finalize;
  widget_class->measure = bmn_week_grid_measure;
  widget_class->size_allocate = bmn_week_grid_size_allocate;
  widget_class->snapshot = bmn_week_grid_snapshot;
  widget_class->map = bmn_week_grid_map;
  widget_class->unmap = bmn_week_grid_unmap;
  gtk_widget_class_set_css_name (widget_class, "weekgrid");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GRID);
}

static void
bmn_week_grid_init (BmnWeekGrid *self)
{
  self->chips = g_ptr_array_new ();
  self->places = g_array_new (FALSE, TRUE, sizeof (Place));
  for (int hour = 0; hour < 24; hour++)
    {
      g_autoptr (GDateTime) time = g_date_time_new_local (2000, 1, 1, hour, 0, 0);
      g_autofree char *name = bmn_plan_time_format_clock (time);
      self->hours[hour] = gtk_label_new (hour > 0 ? name : "");
      gtk_label_set_xalign (GTK_LABEL (self->hours[hour]), 1);
      gtk_widget_add_css_class (self->hours[hour], "tiny");
      gtk_widget_add_css_class (self->hours[hour], "dim-label");
      gtk_widget_add_css_class (self->hours[hour], "numeric");
      gtk_widget_set_parent (self->hours[hour], GTK_WIDGET (self));
    }
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Week"),
                                  -1);
  GtkDropTarget *drop = gtk_drop_target_new (BMN_TYPE_PLAN_ENTRY, GDK_ACTION_MOVE);
  g_signal_connect (drop, "drop", G_CALLBACK (on_drop), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (drop));
  GtkGesture *click = gtk_gesture_click_new ();
  g_signal_connect (click, "pressed", G_CALLBACK (on_pressed), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (click));
  GtkEventController *keys = gtk_event_controller_key_new ();
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect (keys, "key-pressed", G_CALLBACK (on_key), self);
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
}
