#include "bmn-day-cell.h"
#include "bmn-chip.h"
#include "bmn-plan-keys.h"
#include "bmn-plan-time.h"

#include <glib/gi18n.h>

/* From here on chips have two lines. */
#define ROOMY_HEIGHT 116
#define HEAD_HEIGHT 28
#define CHIP_HEIGHT 43
#define SLIM_HEIGHT 25

struct _BmnDayCell
{
  GtkWidget parent_instance;

  BmnPlanModel *model; /* (owned) */
  GDateTime *day;      /* (owned) (nullable) */
  GPtrArray *entries;  /* (owned) (element-type BmnPlanEntry) */
  GPtrArray *chips;    /* (element-type BmnChip): as many as were ever needed */
  guint n_chips;
  gboolean compact;
  guint fitting; /* chips there is room for */
  int best;
  GtkWidget *column; /* (owned) */
  GtkLabel *number;
  GtkWidget *best_icon;
  GtkMenuButton *more;
  GtkLabel *more_label;
};

G_DEFINE_FINAL_TYPE (BmnDayCell, bmn_day_cell, GTK_TYPE_WIDGET)

static void
set_class (GtkWidget *widget, const char *name, gboolean on)
{
  if (on)
    gtk_widget_add_css_class (widget, name);
  else
    gtk_widget_remove_css_class (widget, name);
}

static void
update_label (BmnDayCell *self)
{
  g_autofree char *day = bmn_plan_time_format_day (self->day);
  guint n = 0;
  for (guint i = 0; i < self->entries->len; i++)
    n += bmn_plan_entry_get_item (self->entries->pdata[i]) != NULL;
  /* Translators: %s is a day. */
  g_autofree char *label = g_strdup_printf (ngettext ("%s, %u post", "%s, %u posts", n), day, n);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
}

void
bmn_day_cell_set_day (BmnDayCell *self, GDateTime *day, gboolean outside, gboolean today)
{
  g_autofree char *number = g_date_time_format (day, "%-d");
  g_clear_pointer (&self->day, g_date_time_unref);
  self->day = g_date_time_ref (day);
  gtk_label_set_label (self->number, number);
  set_class (GTK_WIDGET (self), "outside", outside);
  set_class (GTK_WIDGET (self), "today", today);
}

void
bmn_day_cell_set_best (BmnDayCell *self, int best)
{
  static const char *const classes[] = { "best-1", "best-2", "best-3" };
  for (int i = 0; i < 3; i++)
    set_class (GTK_WIDGET (self), classes[i], best == i + 1);
  self->best = best;
  gtk_widget_set_visible (self->best_icon, best == 3);
}

GDateTime *
bmn_day_cell_get_day (BmnDayCell *self)
{
  return self->day;
}

static BmnChip *
get_chip (BmnDayCell *self, guint i)
{
  while (self->chips->len <= i)
    {
      GtkWidget *chip = bmn_chip_new ();
      gtk_box_append (GTK_BOX (self->column), chip);
      g_ptr_array_add (self->chips, chip);
    }
  return self->chips->pdata[i];
}

static int
compare_by_time (gconstpointer a, gconstpointer b)
{
  return bmn_plan_entry_compare (*(BmnPlanEntry *const *)a, *(BmnPlanEntry *const *)b);
}

/* What needs the user comes before other posts, and these before free slots. */
static int
rank (BmnPlanEntry *entry)
{
  const BmnAgendaItem *item = bmn_plan_entry_get_item (entry);
  BmnTargetState state = item ? bmn_agenda_item_get_state (item) : BMN_TARGET_DRAFT;
  if (state == BMN_TARGET_FAILED || state == BMN_TARGET_UNKNOWN || state == BMN_TARGET_HELD)
    return 0;
  return item ? 1 : 2;
}

static int
compare_by_need (gconstpointer a, gconstpointer b)
{
  int left = rank (*(BmnPlanEntry *const *)a), right = rank (*(BmnPlanEntry *const *)b);
  return left != right ? left - right : compare_by_time (a, b);
}

static void
show_rest (BmnDayCell *self)
{
  guint n = self->entries->len - self->n_chips;
  gtk_widget_set_visible (GTK_WIDGET (self->more), n > 0);
  if (n == 0)
    return;
  /* The mark keeps the plus before the number where people read from right to left. */
  g_autofree char *label = g_strdup_printf ("\u200e+%u", n);
  gtk_label_set_label (self->more_label, label);
  g_autofree char *spoken = g_strdup_printf (ngettext ("%u more", "%u more", n), n);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->more), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  spoken, -1);
}

/* Where not all of a day fits, what is left out is what matters least; the rest is by time. */
static void
make_room_for_posts (BmnDayCell *self)
{
  g_ptr_array_sort (self->entries, compare_by_time);
  if (self->entries->len <= self->fitting)
    return;
  g_ptr_array_sort (self->entries, compare_by_need);
  qsort (self->entries->pdata, self->fitting, sizeof (gpointer), compare_by_time);
}

/* What does not change keeps its chip, so that a month is shown anew with few measurements. The
 * keyboard stays with its post where that comes into another chip: keys are meant for the post. */
static void
fill (BmnDayCell *self)
{
  g_autoptr (BmnPlanEntry) focused = bmn_day_cell_dup_focused (self);
  make_room_for_posts (self);
  self->n_chips = MIN (self->entries->len, self->fitting);
  for (guint i = 0; i < self->n_chips; i++)
    {
      BmnChip *chip = get_chip (self, i);
      bmn_chip_set_entry (chip, self->model, self->entries->pdata[i], self->compact);
      gtk_widget_set_visible (GTK_WIDGET (chip), TRUE);
    }
  for (guint i = self->n_chips; i < self->chips->len; i++)
    gtk_widget_set_visible (self->chips->pdata[i], FALSE);
  show_rest (self);
  if (focused)
    bmn_day_cell_focus (self, bmn_day_cell_find (self, focused, FALSE));
}

void
bmn_day_cell_set_entries (BmnDayCell *self, GPtrArray *entries)
{
  g_ptr_array_set_size (self->entries, 0);
  for (guint i = 0; i < entries->len; i++)
    g_ptr_array_add (self->entries, g_object_ref (entries->pdata[i]));
  fill (self);
  update_label (self);
}

/* All posts of the day, listed when somebody asks: forty-two popovers that nobody opens would
 * take longer than all the rest of the window. */
static void
create_rest (GtkMenuButton *button, gpointer data)
{
  BmnDayCell *self = data;
  GtkWidget *popover = gtk_popover_new ();
  GtkWidget *scrolled = gtk_scrolled_window_new ();
  GtkWidget *rest = gtk_box_new (GTK_ORIENTATION_VERTICAL, 4);
  for (guint i = 0; i < self->entries->len; i++)
    {
      GtkWidget *chip = bmn_chip_new ();
      bmn_chip_set_entry (BMN_CHIP (chip), self->model, self->entries->pdata[i], FALSE);
      gtk_box_append (GTK_BOX (rest), chip);
    }
  gtk_widget_set_size_request (scrolled, 260, -1);
  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (scrolled), TRUE);
  gtk_scrolled_window_set_max_content_height (GTK_SCROLLED_WINDOW (scrolled), 400);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), rest);
  gtk_popover_set_child (GTK_POPOVER (popover), scrolled);
  gtk_menu_button_set_popover (button, popover);
}

guint
bmn_day_cell_get_n_chips (BmnDayCell *self)
{
  return self->n_chips;
}

void
bmn_day_cell_focus (BmnDayCell *self, int chip)
{
  if (chip >= 0 && chip < (int)self->n_chips)
    gtk_widget_grab_focus (self->chips->pdata[chip]);
  else
    gtk_widget_grab_focus (GTK_WIDGET (self));
}

int
bmn_day_cell_get_focus (BmnDayCell *self)
{
  for (guint i = 0; i < self->n_chips; i++)
    if (gtk_widget_is_focus (self->chips->pdata[i]))
      return i;
  return -1;
}

BmnPlanEntry *
bmn_day_cell_dup_focused (BmnDayCell *self)
{
  int chip = bmn_day_cell_get_focus (self);
  BmnPlanEntry *entry = chip >= 0 ? bmn_chip_get_entry (self->chips->pdata[chip]) : NULL;
  return entry ? g_object_ref (entry) : NULL;
}

BmnPlanEntry *
bmn_day_cell_get_entry (BmnDayCell *self, int chip)
{
  return chip >= 0 && chip < (int)self->n_chips ? self->entries->pdata[chip] : NULL;
}

int
bmn_day_cell_find (BmnDayCell *self, BmnPlanEntry *entry, gboolean any_time)
{
  for (guint i = 0; i < self->n_chips; i++)
    if (bmn_plan_entry_is_same (self->entries->pdata[i], entry, any_time))
      return i;
  return -1;
}

static gboolean
on_drop (GtkDropTarget *target, const GValue *value, double x, double y, gpointer data)
{
  BmnDayCell *self = data;
  BmnPlanEntry *entry = g_value_get_object (value);
  g_autoptr (GDateTime) time = bmn_plan_entry_get_time (entry);
  g_autoptr (GDateTime) morning = g_date_time_add_hours (self->day, 9);
  bmn_plan_keys_move_to (GTK_WIDGET (self), entry,
                         bmn_plan_time_combine (self->day, time ? time : morning));
  return TRUE;
}

static void
on_pressed (GtkGestureClick *gesture, int n, double x, double y, gpointer data)
{
  BmnDayCell *self = data;
  GtkWidget *pressed = gtk_widget_pick (GTK_WIDGET (self), x, y, GTK_PICK_DEFAULT);
  /* Chips and the button are not the day. */
  if (!pressed || gtk_widget_get_ancestor (pressed, GTK_TYPE_BUTTON))
    return;
  gtk_widget_grab_focus (GTK_WIDGET (self));
  if (n == 2)
    bmn_plan_keys_plan_on (GTK_WIDGET (self), self->day);
}

static void
bmn_day_cell_measure (GtkWidget *widget,
                      GtkOrientation orientation,
                      int for_size,
                      int *minimum,
                      int *natural,
                      int *minimum_baseline,
                      int *natural_baseline)
{
  *minimum = orientation == GTK_ORIENTATION_HORIZONTAL ? 24 : HEAD_HEIGHT + SLIM_HEIGHT;
  *natural = orientation == GTK_ORIENTATION_HORIZONTAL ? 160 : ROOMY_HEIGHT;
}

static gboolean
fill_when_idle (gpointer data)
{
  g_autoptr (BmnDayCell) self = data;
  fill (self);
  return G_SOURCE_REMOVE;
}

static void
bmn_day_cell_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  BmnDayCell *self = BMN_DAY_CELL (widget);
  gboolean compact = height < ROOMY_HEIGHT - 6;
  int chip_height = compact ? SLIM_HEIGHT : CHIP_HEIGHT;
  int min = 0;
  if (self->n_chips > 0)
    gtk_widget_measure (self->chips->pdata[0], GTK_ORIENTATION_VERTICAL, -1, &min, NULL, NULL,
                        NULL);
  if (self->compact == compact)
    chip_height = MAX (chip_height, min + 3);
  guint fitting = MAX (1, (height - HEAD_HEIGHT) / chip_height);
  if (fitting != self->fitting || compact != self->compact)
    {
      self->fitting = fitting;
      self->compact = compact;
      g_idle_add_full (GTK_PRIORITY_RESIZE - 5, fill_when_idle, g_object_ref (self), NULL);
    }
  gtk_widget_measure (self->column, GTK_ORIENTATION_HORIZONTAL, -1, &min, NULL, NULL, NULL);
  width = MAX (width, min);
  gtk_widget_measure (self->column, GTK_ORIENTATION_VERTICAL, width, &min, NULL, NULL, NULL);
  gtk_widget_allocate (self->column, width, MAX (height, min), -1, NULL);
}

static void
bmn_day_cell_dispose (GObject *object)
{
  BmnDayCell *self = BMN_DAY_CELL (object);
  g_clear_pointer (&self->column, gtk_widget_unparent);
  g_clear_object (&self->model);
  G_OBJECT_CLASS (bmn_day_cell_parent_class)->dispose (object);
}

static void
bmn_day_cell_finalize (GObject *object)
{
  BmnDayCell *self = BMN_DAY_CELL (object);
  g_clear_pointer (&self->day, g_date_time_unref);
  g_ptr_array_unref (self->entries);
  g_ptr_array_unref (self->chips);
  G_OBJECT_CLASS (bmn_day_cell_parent_class)->finalize (object);
}

static void
bmn_day_cell_class_init (BmnDayCellClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  G_OBJECT_CLASS (klass)->dispose = bmn_day_cell_dispose;
  G_OBJECT_CLASS (klass)->finalize = bmn_day_cell_finalize;
  widget_class->measure = bmn_day_cell_measure;
  widget_class->size_allocate = bmn_day_cell_size_allocate;
  gtk_widget_class_set_css_name (widget_class, "day");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GRID_CELL);
}

static GtkWidget *
make_head (BmnDayCell *self)
{
  GtkWidget *head = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 4);
  GtkWidget *number = gtk_label_new (NULL);
  GtkWidget *space = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  gtk_widget_add_css_class (number, "daynum");
  gtk_widget_add_css_class (number, "numeric");
  gtk_widget_set_hexpand (space, TRUE);
  self->number = GTK_LABEL (number);
  self->best_icon = gtk_image_new_from_icon_name ("bmn-best-time-symbolic");
  gtk_image_set_pixel_size (GTK_IMAGE (self->best_icon), 12);
  gtk_widget_add_css_class (self->best_icon, "best");
  gtk_widget_set_tooltip_text (self->best_icon, _ ("One of your best days"));
  gtk_widget_set_visible (self->best_icon, FALSE);
  self->more = GTK_MENU_BUTTON (gtk_menu_button_new ());
  self->more_label = GTK_LABEL (gtk_label_new (NULL));
  gtk_menu_button_set_child (self->more, GTK_WIDGET (self->more_label));
  gtk_widget_add_css_class (GTK_WIDGET (self->more), "flat");
  gtk_widget_add_css_class (GTK_WIDGET (self->more), "more");
  gtk_widget_set_visible (GTK_WIDGET (self->more), FALSE);
  gtk_menu_button_set_create_popup_func (self->more, create_rest, self, NULL);
  gtk_box_append (GTK_BOX (head), number);
  gtk_box_append (GTK_BOX (head), space);
  gtk_box_append (GTK_BOX (head), self->best_icon);
  gtk_box_append (GTK_BOX (head), GTK_WIDGET (self->more));
  return head;
}

static void
bmn_day_cell_init (BmnDayCell *self)
{
  self->entries = g_ptr_array_new_with_free_func (g_object_unref);
  self->chips = g_ptr_array_new ();
  self->fitting = 2;
  self->column = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3);
  gtk_box_append (GTK_BOX (self->column), make_head (self));
  gtk_widget_set_parent (self->column, GTK_WIDGET (self));
  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
  GtkDropTarget *drop = gtk_drop_target_new (BMN_TYPE_PLAN_ENTRY, GDK_ACTION_MOVE);
  g_signal_connect (drop, "drop", G_CALLBACK (on_drop), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (drop));
  GtkGesture *click = gtk_gesture_click_new ();
  g_signal_connect (click, "pressed", G_CALLBACK (on_pressed), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (click));
}

GtkWidget *
bmn_day_cell_new (BmnPlanModel *model)
{
  BmnDayCell *self = g_object_new (BMN_TYPE_DAY_CELL, NULL);
  self->model = g_object_ref (model);
  return GTK_WIDGET (self);
}
