#include "bmn-slot-popover.h"

#include <glib/gi18n.h>

struct _BmnSlotPopover
{
  GtkPopover parent_instance;

  GtkWidget *hour;
  GtkWidget *minute;
  GtkWidget *every_day;
};

G_DEFINE_FINAL_TYPE (BmnSlotPopover, bmn_slot_popover, GTK_TYPE_POPOVER)

enum
{
  DONE,
  REMOVE,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static void
on_done (BmnSlotPopover *self)
{
  int minute = gtk_spin_button_get_value_as_int (GTK_SPIN_BUTTON (self->hour)) * 60
               + gtk_spin_button_get_value_as_int (GTK_SPIN_BUTTON (self->minute));
  gboolean every_day = gtk_check_button_get_active (GTK_CHECK_BUTTON (self->every_day));
  gtk_popover_popdown (GTK_POPOVER (self));
  g_signal_emit (self, signals[DONE], 0, minute, every_day);
}

static void
on_remove (BmnSlotPopover *self)
{
  gtk_popover_popdown (GTK_POPOVER (self));
  g_signal_emit (self, signals[REMOVE], 0);
}

/* 7 is shown as 07. */
static gboolean
show_two_digits (GtkSpinButton *spin)
{
  g_autofree char *text = g_strdup_printf ("%02d", gtk_spin_button_get_value_as_int (spin));
  gtk_editable_set_text (GTK_EDITABLE (spin), text);
  return TRUE;
}

static GtkWidget *
make_spin (int max, int step, const char *name)
{
  GtkWidget *spin = gtk_spin_button_new_with_range (0, max, step);
  gtk_orientable_set_orientation (GTK_ORIENTABLE (spin), GTK_ORIENTATION_VERTICAL);
  gtk_spin_button_set_wrap (GTK_SPIN_BUTTON (spin), TRUE);
  gtk_spin_button_set_numeric (GTK_SPIN_BUTTON (spin), TRUE);
  gtk_editable_set_width_chars (GTK_EDITABLE (spin), 2);
  gtk_accessible_update_property (GTK_ACCESSIBLE (spin), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  g_signal_connect (spin, "output", G_CALLBACK (show_two_digits), NULL);
  return spin;
}

static GtkWidget *
make_button (BmnSlotPopover *self, const char *label, const char *css_class, GCallback callback)
{
  GtkWidget *button = gtk_button_new_with_mnemonic (label);
  gtk_widget_add_css_class (button, css_class);
  gtk_widget_set_hexpand (button, TRUE);
  g_signal_connect_swapped (button, "clicked", callback, self);
  return button;
}

static void
bmn_slot_popover_class_init (BmnSlotPopoverClass *klass)
{
  signals[DONE] = g_signal_new ("done", BMN_TYPE_SLOT_POPOVER, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                NULL, G_TYPE_NONE, 2, G_TYPE_INT, G_TYPE_BOOLEAN);
  signals[REMOVE] = g_signal_new ("remove", BMN_TYPE_SLOT_POPOVER, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                  NULL, G_TYPE_NONE, 0);
}

static void
bmn_slot_popover_init (BmnSlotPopover *self)
{
  self->hour = make_spin (23, 1, _ ("Hour"));
  self->minute = make_spin (59, 5, _ ("Minute"));
  self->every_day = gtk_check_button_new_with_mnemonic (_ ("On _every day"));
}

GtkWidget *
bmn_slot_popover_new (int minute, gboolean is_new)
{
  BmnSlotPopover *self = g_object_new (BMN_TYPE_SLOT_POPOVER, NULL);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  GtkWidget *clock = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *buttons = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  /* The clock reads from the left in every language. */
  gtk_widget_set_direction (clock, GTK_TEXT_DIR_LTR);
  gtk_widget_set_halign (clock, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (clock), self->hour);
  gtk_box_append (GTK_BOX (clock), gtk_label_new (":"));
  gtk_box_append (GTK_BOX (clock), self->minute);
  if (!is_new)
    gtk_box_append (GTK_BOX (buttons), make_button (self, _ ("_Remove"), "destructive-action",
                                                    G_CALLBACK (on_remove)));
  gtk_box_append (GTK_BOX (buttons), make_button (self, is_new ? _ ("_Add") : _ ("_Change"),
                                                  "suggested-action", G_CALLBACK (on_done)));
  gtk_box_append (GTK_BOX (box), clock);
  gtk_box_append (GTK_BOX (box), self->every_day);
  gtk_widget_set_visible (self->every_day, is_new);
  gtk_box_append (GTK_BOX (box), buttons);
  gtk_widget_add_css_class (box, "pad6");
  gtk_popover_set_child (GTK_POPOVER (self), box);
  gtk_spin_button_set_value (GTK_SPIN_BUTTON (self->hour), minute / 60);
  gtk_spin_button_set_value (GTK_SPIN_BUTTON (self->minute), minute % 60);
  return GTK_WIDGET (self);
}
