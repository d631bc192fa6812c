#include "bmn-never-hours.h"
#include "bmn-chip-flow.h"
#include "bmn-slots-editor.h"

#include <glib/gi18n.h>

#define N_HOURS 24

struct _BmnNeverHours
{
  AdwBin parent_instance;

  GtkWidget *buttons[N_HOURS];
  gboolean is_filling;
};

G_DEFINE_FINAL_TYPE (BmnNeverHours, bmn_never_hours, ADW_TYPE_BIN)

enum
{
  CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

void
bmn_never_hours_set (BmnNeverHours *self, guint32 hours)
{
  self->is_filling = TRUE;
  for (guint i = 0; i < N_HOURS; i++)
    gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (self->buttons[i]), hours >> i & 1);
  self->is_filling = FALSE;
}

guint32
bmn_never_hours_get (BmnNeverHours *self)
{
  guint32 hours = 0;
  for (guint i = 0; i < N_HOURS; i++)
    if (gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (self->buttons[i])))
      hours |= 1u << i;
  return hours;
}

static void
on_toggled (BmnNeverHours *self)
{
  if (!self->is_filling)
    g_signal_emit (self, signals[CHANGED], 0);
}

static void
bmn_never_hours_class_init (BmnNeverHoursClass *klass)
{
  signals[CHANGED] = g_signal_new ("changed", BMN_TYPE_NEVER_HOURS, G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);
}

static void
bmn_never_hours_init (BmnNeverHours *self)
{
  GtkWidget *flow = bmn_chip_flow_new (6);
  for (int i = 0; i < N_HOURS; i++)
    {
      g_autofree char *time = bmn_minute_to_text (i * 60);
      /* Translators: %s is a full hour, such as 09:00. */
      g_autofree char *name = g_strdup_printf (_ ("Never from %s on for an hour"), time);
      GtkWidget *button = gtk_toggle_button_new_with_label (time);
      gtk_widget_add_css_class (button, "timepill");
      gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, name,
                                      -1);
      g_signal_connect_swapped (button, "toggled", G_CALLBACK (on_toggled), self);
      self->buttons[i] = button;
      bmn_chip_flow_append (BMN_CHIP_FLOW (flow), button);
    }
  adw_bin_set_child (ADW_BIN (self), flow);
}
