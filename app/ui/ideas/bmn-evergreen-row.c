#include "bmn-evergreen-row.h"

#include <glib/gi18n.h>

struct _BmnEvergreenRow
{
  AdwExpanderRow parent_instance;

  BmnEvergreen *evergreen; /* (owned) */
  gint64 now;

  GtkWidget *repeat_button;
  GtkAdjustment *rest_adjustment;
  GtkAdjustment *cap_adjustment;
  GtkMenuButton *end_button;
  GtkPopover *end_popover;
  GtkCalendar *calendar;
};

G_DEFINE_FINAL_TYPE (BmnEvergreenRow, bmn_evergreen_row, ADW_TYPE_EXPANDER_ROW)

enum
{
  REPEAT,
  REMOVE,
  CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static char *
format_date (gint64 instant)
{
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (instant / G_USEC_PER_SEC);
  g_autoptr (GDateTime) local = g_date_time_to_local (utc);
  return g_date_time_format (local, "%x");
}

static char *
describe_rest (const BmnEvergreen *evergreen, gint64 now)
{
  guint days = (guint)((bmn_evergreen_get_ready_at (evergreen) - now + G_TIME_SPAN_DAY - 1)
                       / G_TIME_SPAN_DAY);
  return g_strdup_printf (ngettext ("Rests %u more day", "Rests %u more days", days), days);
}

static char *
describe_ready (const BmnEvergreen *evergreen)
{
  if (evergreen->cap != 0)
    return g_strdup_printf (
        /* Translators: 1: how often it was repeated, 2: how often it may be. */
        ngettext ("Ready · repeated %1$u of %2$u time", "Ready · repeated %1$u of %2$u times",
                  evergreen->cap),
        evergreen->n_uses, evergreen->cap);
  if (evergreen->ends_at != 0)
    {
      g_autofree char *date = format_date (evergreen->ends_at - 1);
      /* Translators: %s is a date. */
      return g_strdup_printf (_ ("Ready · until %s"), date);
    }
  return g_strdup (_ ("Ready"));
}

static char *
describe_state (const BmnEvergreen *evergreen, gint64 now)
{
  switch (bmn_evergreen_get_state (evergreen, now))
    {
    case BMN_EVERGREEN_READY:
      return describe_ready (evergreen);
    case BMN_EVERGREEN_RESTS:
      return describe_rest (evergreen, now);
    case BMN_EVERGREEN_USED_UP:
      return g_strdup (_ ("Repeated as often as it may be"));
    case BMN_EVERGREEN_ENDED:
      break;
    }
  return g_strdup (_ ("Its last day is past"));
}

static void
show_state (BmnEvergreenRow *self)
{
  g_autofree char *state = describe_state (self->evergreen, self->now);
  g_autofree char *end = self->evergreen->ends_at == 0
                             /* Translators: there is no last day. */
                             ? g_strdup (C_ ("last day", "None"))
                             : format_date (self->evergreen->ends_at - 1);
  adw_expander_row_set_subtitle (ADW_EXPANDER_ROW (self), state);
  gtk_menu_button_set_label (self->end_button, end);
  gtk_widget_set_sensitive (self->repeat_button,
                            bmn_evergreen_get_state (self->evergreen, self->now)
                                == BMN_EVERGREEN_READY);
}

static void
tell_change (BmnEvergreenRow *self)
{
  show_state (self);
  g_signal_emit (self, signals[CHANGED], 0, self->evergreen);
}

static void
on_rest_changed (BmnEvergreenRow *self)
{
  self->evergreen->cooldown
      = (gint64)gtk_adjustment_get_value (self->rest_adjustment) * G_TIME_SPAN_DAY;
  tell_change (self);
}

static void
on_cap_changed (BmnEvergreenRow *self)
{
  self->evergreen->cap = (guint)gtk_adjustment_get_value (self->cap_adjustment);
  tell_change (self);
}

static void
on_end_chosen (BmnEvergreenRow *self)
{
  g_autoptr (GDateTime) day = gtk_calendar_get_date (self->calendar);
  g_autoptr (GDateTime) midnight
      = g_date_time_new_local (g_date_time_get_year (day), g_date_time_get_month (day),
                               g_date_time_get_day_of_month (day), 0, 0, 0);
  /* The day itself still counts. */
  g_autoptr (GDateTime) end = g_date_time_add_days (midnight, 1);
  self->evergreen->ends_at = g_date_time_to_unix (end) * G_USEC_PER_SEC;
  gtk_popover_popdown (self->end_popover);
  tell_change (self);
}

static void
on_no_end (BmnEvergreenRow *self)
{
  self->evergreen->ends_at = 0;
  gtk_popover_popdown (self->end_popover);
  tell_change (self);
}

static void
on_repeat (BmnEvergreenRow *self)
{
  g_signal_emit (self, signals[REPEAT], 0, self->evergreen->id);
}

static void
on_remove (BmnEvergreenRow *self)
{
  g_signal_emit (self, signals[REMOVE], 0, self->evergreen->id);
}

static void
bmn_evergreen_row_finalize (GObject *object)
{
  BmnEvergreenRow *self = BMN_EVERGREEN_ROW (object);
  g_clear_pointer (&self->evergreen, bmn_evergreen_free);
  G_OBJECT_CLASS (bmn_evergreen_row_parent_class)->finalize (object);
}

static void
bmn_evergreen_row_class_init (BmnEvergreenRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  G_OBJECT_CLASS (klass)->finalize = bmn_evergreen_row_finalize;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               BMN_RESOURCES "/ideas/bmn-evergreen-row.ui");
  gtk_widget_class_bind_template_child (widget_class, BmnEvergreenRow, repeat_button);
  gtk_widget_class_bind_template_child (widget_class, BmnEvergreenRow, rest_adjustment);
  gtk_widget_class_bind_template_child (widget_class, BmnEvergreenRow, cap_adjustment);
  gtk_widget_class_bind_template_child (widget_class, BmnEvergreenRow, end_button);
  gtk_widget_class_bind_template_child (widget_class, BmnEvergreenRow, end_popover);
  gtk_widget_class_bind_template_child (widget_class, BmnEvergreenRow, calendar);
  gtk_widget_class_bind_template_callback (widget_class, on_repeat);
  gtk_widget_class_bind_template_callback (widget_class, on_remove);
  gtk_widget_class_bind_template_callback (widget_class, on_end_chosen);
  gtk_widget_class_bind_template_callback (widget_class, on_no_end);
  signals[REPEAT] = g_signal_new ("repeat", BMN_TYPE_EVERGREEN_ROW, G_SIGNAL_RUN_LAST, 0, NULL,
                                  NULL, NULL, G_TYPE_NONE, 1, G_TYPE_INT64);
  signals[REMOVE] = g_signal_new ("remove", BMN_TYPE_EVERGREEN_ROW, G_SIGNAL_RUN_LAST, 0, NULL,
                                  NULL, NULL, G_TYPE_NONE, 1, G_TYPE_INT64);
  signals[CHANGED] = g_signal_new ("changed", BMN_TYPE_EVERGREEN_ROW, G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 1, G_TYPE_POINTER);
}

static void
bmn_evergreen_row_init (BmnEvergreenRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
bmn_evergreen_row_new (BmnEvergreen *evergreen, gint64 now)
{
  BmnEvergreenRow *self = g_object_new (BMN_TYPE_EVERGREEN_ROW, NULL);
  g_autofree char *line = g_strdelimit (g_strdup (evergreen->text), "\n\r\t", ' ');
  g_autofree char *title = g_markup_escape_text (line, -1);
  self->evergreen = evergreen;
  self->now = now;
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self), title);
  gtk_adjustment_set_value (self->rest_adjustment, evergreen->cooldown / (double)G_TIME_SPAN_DAY);
  gtk_adjustment_set_value (self->cap_adjustment, evergreen->cap);
  g_signal_connect_object (self->rest_adjustment, "value-changed", G_CALLBACK (on_rest_changed),
                           self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->cap_adjustment, "value-changed", G_CALLBACK (on_cap_changed), self,
                           G_CONNECT_SWAPPED);
  show_state (self);
  return GTK_WIDGET (self);
}
