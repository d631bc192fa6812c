#include "bmn-slots-editor.h"
#include "bmn-chip-flow.h"
#include "bmn-plan-time.h"
#include "bmn-slot-popover.h"

#include <glib/gi18n.h>

#define EVERY_DAY 0xfeu

/* The time that a popover for a new one begins with. */
#define FIRST_MINUTE (9 * 60)

struct _BmnSlotsEditor
{
  AdwBin parent_instance;

  GPtrArray *slots;      /* (owned) (nullable) (element-type BmnSlot): what is shown */
  BmnChipFlow *flows[8]; /* by ISO weekday; the first is not used */
};

G_DEFINE_FINAL_TYPE (BmnSlotsEditor, bmn_slots_editor, ADW_TYPE_BIN)

enum
{
  ADD,
  CHANGE,
  REMOVE,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

char *
bmn_weekday_get_name (int weekday)
{
  g_autoptr (GDateTime) day = g_date_time_new_utc (2024, 1, weekday, 0, 0, 0); /* 1st: a Monday */
  return g_date_time_format (day, "%A");
}

char *
bmn_minute_to_text (int minute)
{
  g_autoptr (GDateTime) time = g_date_time_new_utc (2024, 1, 1, minute / 60, minute % 60, 0);
  return bmn_plan_time_format_clock (time);
}

/*
 * One time.
 */

static void
on_change (BmnSlotPopover *popover, int minute, gboolean every_day, gpointer data)
{
  BmnSlotsEditor *self = data;
  BmnSlot *slot = g_object_get_data (G_OBJECT (popover), "slot");
  if (minute != slot->minute)
    g_signal_emit (self, signals[CHANGE], 0, slot, minute);
}

static void
on_remove (BmnSlotPopover *popover, gpointer data)
{
  g_signal_emit (data, signals[REMOVE], 0, g_object_get_data (G_OBJECT (popover), "slot"));
}

static GtkWidget *
make_pill (BmnSlotsEditor *self, const BmnSlot *slot)
{
  g_autofree char *time = bmn_minute_to_text (slot->minute);
  g_autofree char *day = bmn_weekday_get_name (slot->weekday);
  /* Translators: a place in the queue: a weekday and a time. */
  g_autofree char *name = g_strdup_printf (_ ("%s, %s"), day, time);
  GtkWidget *pill = gtk_menu_button_new ();
  GtkWidget *popover = bmn_slot_popover_new (slot->minute, FALSE);
  gtk_menu_button_set_label (GTK_MENU_BUTTON (pill), time);
  gtk_widget_add_css_class (pill, "timepill");
  /* The button inside is what has the keyboard. */
  gtk_accessible_update_property (GTK_ACCESSIBLE (gtk_widget_get_first_child (pill)),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  g_object_set_data_full (G_OBJECT (popover), "slot", g_memdup2 (slot, sizeof *slot), g_free);
  g_signal_connect (popover, "done", G_CALLBACK (on_change), self);
  g_signal_connect (popover, "remove", G_CALLBACK (on_remove), self);
  gtk_menu_button_set_popover (GTK_MENU_BUTTON (pill), popover);
  return pill;
}

static void
on_add (BmnSlotPopover *popover, int minute, gboolean every_day, gpointer data)
{
  guint weekday = GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (popover), "weekday"));
  g_signal_emit (data, signals[ADD], 0, every_day ? EVERY_DAY : 1u << weekday, minute);
}

static GtkWidget *
make_add_button (BmnSlotsEditor *self, int weekday, const char *day)
{
  /* Translators: %s is a weekday. */
  g_autofree char *name = g_strdup_printf (_ ("Add a time on %s"), day);
  GtkWidget *button = gtk_menu_button_new ();
  GtkWidget *popover = bmn_slot_popover_new (FIRST_MINUTE, TRUE);
  gtk_menu_button_set_icon_name (GTK_MENU_BUTTON (button), "list-add-symbolic");
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_set_tooltip_text (button, name);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  g_object_set_data (G_OBJECT (popover), "weekday", GINT_TO_POINTER (weekday));
  g_signal_connect (popover, "done", G_CALLBACK (on_add), self);
  gtk_menu_button_set_popover (GTK_MENU_BUTTON (button), popover);
  return button;
}

/*
 * The week.
 */

static gboolean
are_same (GPtrArray *a, GPtrArray *b)
{
  if (!a || a->len != b->len)
    return FALSE;
  for (guint i = 0; i < a->len; i++)
    if (memcmp (a->pdata[i], b->pdata[i], sizeof (BmnSlot)) != 0)
      return FALSE;
  return TRUE;
}

static void
say_none (BmnChipFlow *flow)
{
  GtkWidget *label = gtk_label_new (_ ("No times"));
  gtk_widget_add_css_class (label, "dim-label");
  bmn_chip_flow_append (flow, label);
}

void
bmn_slots_editor_set_slots (BmnSlotsEditor *self, GPtrArray *slots)
{
  gboolean filled[8] = { FALSE };
  if (are_same (self->slots, slots))
    return;
  g_clear_pointer (&self->slots, g_ptr_array_unref);
  self->slots = g_ptr_array_new_with_free_func (g_free);
  for (int day = 1; day <= 7; day++)
    bmn_chip_flow_clear (self->flows[day]);
  for (guint i = 0; i < slots->len; i++)
    {
      const BmnSlot *slot = slots->pdata[i];
      g_ptr_array_add (self->slots, g_memdup2 (slot, sizeof *slot));
      bmn_chip_flow_append (self->flows[slot->weekday], make_pill (self, slot));
      filled[slot->weekday] = TRUE;
    }
  for (int day = 1; day <= 7; day++)
    if (!filled[day])
      say_none (self->flows[day]);
}

static GtkWidget *
make_row (BmnSlotsEditor *self, int weekday)
{
  g_autofree char *day = bmn_weekday_get_name (weekday);
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *words = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3);
  GtkWidget *title = gtk_label_new (day);
  GtkWidget *flow = bmn_chip_flow_new (6);
  self->flows[weekday] = BMN_CHIP_FLOW (flow);
  gtk_label_set_xalign (GTK_LABEL (title), 0);
  gtk_widget_set_hexpand (words, TRUE);
  gtk_box_append (GTK_BOX (words), title);
  gtk_box_append (GTK_BOX (words), flow);
  gtk_box_append (GTK_BOX (box), words);
  gtk_box_append (GTK_BOX (box), make_add_button (self, weekday, day));
  gtk_widget_add_css_class (box, "slotrow");
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), FALSE);
  gtk_widget_set_focusable (row, FALSE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, day, -1);
  return row;
}

static void
bmn_slots_editor_finalize (GObject *object)
{
  g_clear_pointer (&BMN_SLOTS_EDITOR (object)->slots, g_ptr_array_unref);
  G_OBJECT_CLASS (bmn_slots_editor_parent_class)->finalize (object);
}

static void
bmn_slots_editor_class_init (BmnSlotsEditorClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = bmn_slots_editor_finalize;
  signals[ADD] = g_signal_new ("add", BMN_TYPE_SLOTS_EDITOR, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                               G_TYPE_NONE, 2, G_TYPE_UINT, G_TYPE_INT);
  signals[CHANGE] = g_signal_new ("change", BMN_TYPE_SLOTS_EDITOR, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                  NULL, G_TYPE_NONE, 2, G_TYPE_POINTER, G_TYPE_INT);
  signals[REMOVE] = g_signal_new ("remove", BMN_TYPE_SLOTS_EDITOR, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                  NULL, G_TYPE_NONE, 1, G_TYPE_POINTER);
}

/* The days in the order of the locale's week. */
static void
bmn_slots_editor_init (BmnSlotsEditor *self)
{
  GtkWidget *list = gtk_list_box_new ();
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  g_autoptr (GDateTime) first = bmn_plan_time_week (now);
  int weekday = g_date_time_get_day_of_week (first);
  for (int i = 0; i < 7; i++)
    gtk_list_box_append (GTK_LIST_BOX (list), make_row (self, (weekday - 1 + i) % 7 + 1));
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (list, "boxed-list");
  gtk_accessible_update_property (GTK_ACCESSIBLE (list), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Times of the queue"), -1);
  adw_bin_set_child (ADW_BIN (self), list);
}
