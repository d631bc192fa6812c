#include "bmn-time-chooser.h"

#include "bmn-when.h"

#include <glib/gi18n.h>

struct _BmnTimeChooser
{
  GtkBox parent_instance;

  GtkWidget *calendar;
  GtkWidget *hour;
  GtkWidget *minute;
  GtkWidget *zone_words;
  GtkWidget *note;
  GtkWidget *done;
  char *zone; /* (owned) */
  gint64 instant;
};

G_DEFINE_FINAL_TYPE (BmnTimeChooser, bmn_time_chooser, GTK_TYPE_BOX)

enum
{
  DONE,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

gint64
bmn_time_chooser_get_instant (BmnTimeChooser *self)
{
  return self->instant;
}

/* Names the zone, how far it is from UTC then, and what the clock of this computer will show
 * where that is another. */
static void
show_zone (BmnTimeChooser *self)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_identifier (self->zone);
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (self->instant / G_USEC_PER_SEC);
  g_autoptr (GDateTime) there = zone && utc ? g_date_time_to_timezone (utc, zone) : NULL;
  g_autoptr (GDateTime) here = utc ? g_date_time_to_local (utc) : NULL;
  if (!there || !here)
    {
      gtk_label_set_label (GTK_LABEL (self->zone_words), self->zone);
      return;
    }
  g_autofree char *offset = g_date_time_format (there, "%:z");
  /* Translators: the name of a time zone, then how far it is from UTC, such as “+02:00”. */
  g_autofree char *name = g_strdup_printf (_ ("%s, UTC %s"), self->zone, offset);
  if (g_date_time_get_utc_offset (there) == g_date_time_get_utc_offset (here))
    {
      gtk_label_set_label (GTK_LABEL (self->zone_words), name);
      return;
    }
  /* Translators: a day and time as strftime() has them: “Thu 17:30”. */
  g_autofree char *local = g_date_time_format (here, _ ("%a %H:%M"));
  /* Translators: a time zone, then a day and time. */
  g_autofree char *both = g_strdup_printf (_ ("%s\nHere it will be %s"), name, local);
  gtk_label_set_label (GTK_LABEL (self->zone_words), both);
}

static void
update (BmnTimeChooser *self)
{
  g_autoptr (GDateTime) day = gtk_calendar_get_date (GTK_CALENDAR (self->calendar));
  BmnWallTime wall
      = { .hour = gtk_spin_button_get_value_as_int (GTK_SPIN_BUTTON (self->hour)),
          .minute = gtk_spin_button_get_value_as_int (GTK_SPIN_BUTTON (self->minute)) };
  g_date_time_get_ymd (day, &wall.year, &wall.month, &wall.day);
  g_autofree char *note = NULL;
  g_autoptr (GError) error = NULL;
  gboolean is_fine = bmn_when_resolve (self->zone, &wall, &self->instant, &note, &error);
  gboolean has_passed = is_fine && self->instant < g_get_real_time ();
  const char *words = !is_fine     ? error->message
                      : has_passed ? _ ("This time has passed already.")
                                   : note;
  gtk_label_set_label (GTK_LABEL (self->note), words ? words : "");
  gtk_widget_set_visible (self->note, words != NULL);
  gtk_widget_set_sensitive (self->done, is_fine && !has_passed);
  show_zone (self);
}

void
bmn_time_chooser_set_zone (BmnTimeChooser *self, const char *zone)
{
  g_free (self->zone);
  self->zone = g_strdup (zone);
  update (self);
}

void
bmn_time_chooser_set_instant (BmnTimeChooser *self, gint64 instant)
{
  BmnWallTime wall;
  if (!bmn_when_to_wall (self->zone, instant, &wall, NULL))
    return;
  g_autoptr (GDateTime) day = g_date_time_new_utc (wall.year, wall.month, wall.day, 12, 0, 0);
  gtk_calendar_select_day (GTK_CALENDAR (self->calendar), day);
  gtk_spin_button_set_value (GTK_SPIN_BUTTON (self->hour), wall.hour);
  gtk_spin_button_set_value (GTK_SPIN_BUTTON (self->minute), wall.minute);
  update (self);
}

static gboolean
show_two_digits (GtkSpinButton *spin)
{
  g_autofree char *text = g_strdup_printf ("%02d", gtk_spin_button_get_value_as_int (spin));
  gtk_editable_set_text (GTK_EDITABLE (spin), text);
  return TRUE;
}

static GtkWidget *
make_spin (BmnTimeChooser *self, double most, double step, const char *name)
{
  GtkWidget *spin = gtk_spin_button_new_with_range (0, most, step);
  gtk_spin_button_set_wrap (GTK_SPIN_BUTTON (spin), TRUE);
  gtk_spin_button_set_numeric (GTK_SPIN_BUTTON (spin), TRUE);
  gtk_orientable_set_orientation (GTK_ORIENTABLE (spin), GTK_ORIENTATION_HORIZONTAL);
  gtk_editable_set_width_chars (GTK_EDITABLE (spin), 2);
  gtk_accessible_update_property (GTK_ACCESSIBLE (spin), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  g_signal_connect (spin, "output", G_CALLBACK (show_two_digits), NULL);
  g_signal_connect_swapped (spin, "value-changed", G_CALLBACK (update), self);
  return spin;
}

static void
on_done (BmnTimeChooser *self)
{
  g_signal_emit (self, signals[DONE], 0);
}

static void
bmn_time_chooser_finalize (GObject *object)
{
  g_free (BMN_TIME_CHOOSER (object)->zone);
  G_OBJECT_CLASS (bmn_time_chooser_parent_class)->finalize (object);
}

static void
bmn_time_chooser_class_init (BmnTimeChooserClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = bmn_time_chooser_finalize;
  signals[DONE] = g_signal_new ("done", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                NULL, G_TYPE_NONE, 0);
}

static void
bmn_time_chooser_init (BmnTimeChooser *self)
{
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self), GTK_ORIENTATION_VERTICAL);
  gtk_box_set_spacing (GTK_BOX (self), 9);
  gtk_widget_add_css_class (GTK_WIDGET (self), "pad6");
  self->zone = g_strdup ("UTC");
  self->done = gtk_button_new_with_label (_ ("Choose This Time"));
  gtk_widget_add_css_class (self->done, "suggested-action");
  g_signal_connect_swapped (self->done, "clicked", G_CALLBACK (on_done), self);
  self->zone_words = gtk_label_new (NULL);
  gtk_label_set_justify (GTK_LABEL (self->zone_words), GTK_JUSTIFY_CENTER);
  gtk_widget_add_css_class (self->zone_words, "reason");
  self->note = gtk_label_new (NULL);
  gtk_label_set_wrap (GTK_LABEL (self->note), TRUE);
  gtk_label_set_xalign (GTK_LABEL (self->note), 0);
  gtk_label_set_max_width_chars (GTK_LABEL (self->note), 34);
  gtk_widget_add_css_class (self->note, "warn");
  gtk_widget_add_css_class (self->note, "small");
  self->calendar = gtk_calendar_new ();
  self->hour = make_spin (self, 23, 1, _ ("Hour"));
  self->minute = make_spin (self, 59, 5, _ ("Minute"));
  g_signal_connect_swapped (self->calendar, "day-selected", G_CALLBACK (update), self);
  gtk_widget_set_direction (line, GTK_TEXT_DIR_LTR);
  gtk_widget_set_halign (line, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (line), self->hour);
  gtk_box_append (GTK_BOX (line), gtk_label_new (":"));
  gtk_box_append (GTK_BOX (line), self->minute);
  gtk_box_append (GTK_BOX (self), self->calendar);
  gtk_box_append (GTK_BOX (self), line);
  gtk_box_append (GTK_BOX (self), self->zone_words);
  gtk_box_append (GTK_BOX (self), self->note);
  gtk_box_append (GTK_BOX (self), self->done);
  update (self);
}

GtkWidget *
bmn_time_chooser_new (void)
{
  return g_object_new (BMN_TYPE_TIME_CHOOSER, NULL);
}
