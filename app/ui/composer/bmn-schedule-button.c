#include "bmn-schedule-button.h"
#include "bmn-time-chooser.h"

#include <glib/gi18n.h>

/* What was chosen. */
typedef enum
{
  CHOICE_AUTO, /* the best time, else the next slot */
  CHOICE_KEEP,
  CHOICE_BEST,
  CHOICE_SLOT,
  CHOICE_TIME,
  CHOICE_NOW,
} Choice;

struct _BmnScheduleButton
{
  AdwBin parent_instance;

  AdwSplitButton *button;
  GtkWidget *popover;
  GtkWidget *pages;
  GtkWidget *chooser;
  GtkWidget *best_words, *best_row;
  GtkWidget *slot_words, *slot_row;
  char *zone; /* (owned) */
  gint64 best, slot, time;
  Choice choice;
  gboolean is_short;
  BmnWhen when;
};

G_DEFINE_FINAL_TYPE (BmnScheduleButton, bmn_schedule_button, ADW_TYPE_BIN)

enum
{
  CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

char *
bmn_schedule_time_in_words (gint64 instant, const char *zone)
{
  g_autoptr (GTimeZone) tz = g_time_zone_new_identifier (zone);
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (instant / G_USEC_PER_SEC);
  g_autoptr (GDateTime) local = tz && utc ? g_date_time_to_timezone (utc, tz) : NULL;
  /* Translators: a day and time, as strftime() has them: “Thu 15 Oct, 17:30”. */
  char *words = local ? g_date_time_format (local, _ ("%a %-e %b, %H:%M")) : NULL;
  return words ? words : g_strdup ("");
}

/* What the choice comes to. */
static Choice
get_effective (BmnScheduleButton *self)
{
  if (self->choice != CHOICE_AUTO)
    return self->choice;
  return self->best > 0 ? CHOICE_BEST : self->slot > 0 ? CHOICE_SLOT : CHOICE_NOW;
}

gint64
bmn_schedule_button_get_instant (BmnScheduleButton *self)
{
  switch (get_effective (self))
    {
    case CHOICE_BEST:
      return self->best;
    case CHOICE_SLOT:
      return self->slot;
    case CHOICE_TIME:
    case CHOICE_KEEP:
      return self->time;
    case CHOICE_AUTO:
    case CHOICE_NOW:
    default:
      return 0;
    }
}

const BmnWhen *
bmn_schedule_button_get_when (BmnScheduleButton *self)
{
  Choice choice = get_effective (self);
  if (choice == CHOICE_KEEP)
    return NULL;
  self->when = (BmnWhen){ .kind = choice == CHOICE_NOW    ? BMN_WHEN_NOW
                                  : choice == CHOICE_SLOT ? BMN_WHEN_NEXT_SLOT
                                                          : BMN_WHEN_AT };
  if (self->when.kind == BMN_WHEN_AT)
    {
      self->when.zone = self->zone;
      bmn_when_to_wall (self->zone, bmn_schedule_button_get_instant (self), &self->when.wall, NULL);
    }
  return &self->when;
}

static void
update (BmnScheduleButton *self)
{
  Choice choice = get_effective (self);
  gint64 instant = bmn_schedule_button_get_instant (self);
  g_autofree char *time = bmn_schedule_time_in_words (instant, self->zone);
  g_autofree char *label = NULL;
  if (choice == CHOICE_NOW)
    label = g_strdup (_ ("Publish Now"));
  else if (choice == CHOICE_KEEP)
    label = g_strdup (_ ("Update"));
  else if (self->is_short)
    label = g_strdup (_ ("Schedule"));
  else
    /* Translators: %s is a day and time. */
    label = g_strdup_printf (_ ("Schedule for %s"), time);
  adw_split_button_set_label (self->button, label);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->button),
                               self->is_short && instant > 0 ? time : NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  label, -1);
  g_autofree char *best = bmn_schedule_time_in_words (self->best, self->zone);
  g_autofree char *slot = bmn_schedule_time_in_words (self->slot, self->zone);
  gtk_label_set_label (GTK_LABEL (self->best_words), self->best > 0 ? best : _ ("Not known yet"));
  gtk_label_set_label (GTK_LABEL (self->slot_words),
                       self->slot > 0 ? slot : _ ("The account has no free slot"));
  gtk_widget_set_sensitive (self->best_row, self->best > 0);
  gtk_widget_set_sensitive (self->slot_row, self->slot > 0);
}

static void
choose (BmnScheduleButton *self, Choice choice)
{
  self->choice = choice;
  gtk_popover_popdown (GTK_POPOVER (self->popover));
  update (self);
  g_signal_emit (self, signals[CHANGED], 0);
}

/* A guess that arrives is no choice; it is told only where it changes what is shown. */
static void
set_instant (BmnScheduleButton *self, gint64 *field, gint64 instant)
{
  gint64 before = bmn_schedule_button_get_instant (self);
  *field = instant;
  update (self);
  if (before != bmn_schedule_button_get_instant (self))
    g_signal_emit (self, signals[CHANGED], 0);
}

void
bmn_schedule_button_set_best (BmnScheduleButton *self, gint64 instant)
{
  set_instant (self, &self->best, instant);
}

void
bmn_schedule_button_set_next_slot (BmnScheduleButton *self, gint64 instant)
{
  set_instant (self, &self->slot, instant);
}

void
bmn_schedule_button_set_zone (BmnScheduleButton *self, const char *zone)
{
  g_free (self->zone);
  self->zone = g_strdup (zone);
  bmn_time_chooser_set_zone (BMN_TIME_CHOOSER (self->chooser), zone);
  update (self);
}

void
bmn_schedule_button_choose (BmnScheduleButton *self, gint64 instant)
{
  self->time = instant;
  choose (self, CHOICE_TIME);
}

void
bmn_schedule_button_keep (BmnScheduleButton *self, gint64 instant)
{
  self->time = instant;
  choose (self, CHOICE_KEEP);
}

void
bmn_schedule_button_popup (BmnScheduleButton *self)
{
  adw_split_button_popup (self->button);
}

void
bmn_schedule_button_set_short (BmnScheduleButton *self, gboolean is_short)
{
  self->is_short = is_short;
  update (self);
}

/*
 * The menu.
 */

static void
on_best (BmnScheduleButton *self)
{
  choose (self, CHOICE_BEST);
}

static void
on_slot (BmnScheduleButton *self)
{
  choose (self, CHOICE_SLOT);
}

static void
on_now (BmnScheduleButton *self)
{
  choose (self, CHOICE_NOW);
}

static void
on_draft (BmnScheduleButton *self)
{
  gtk_popover_popdown (GTK_POPOVER (self->popover));
  gtk_widget_activate_action (GTK_WIDGET (self), "composer.save", NULL);
}

static void
on_choose_time (BmnScheduleButton *self)
{
  gint64 start = bmn_schedule_button_get_instant (self);
  gint64 soon = g_get_real_time () + G_TIME_SPAN_HOUR;
  bmn_time_chooser_set_instant (BMN_TIME_CHOOSER (self->chooser), MAX (start, soon));
  gtk_stack_set_visible_child_name (GTK_STACK (self->pages), "time");
}

static void
on_time_done (BmnScheduleButton *self)
{
  bmn_schedule_button_choose (self,
                              bmn_time_chooser_get_instant (BMN_TIME_CHOOSER (self->chooser)));
}

static void
on_closed (BmnScheduleButton *self)
{
  gtk_stack_set_visible_child_name (GTK_STACK (self->pages), "menu");
}

static GtkWidget *
add_row (BmnScheduleButton *self,
         GtkWidget *box,
         const char *icon,
         const char *title,
         GCallback activated,
         GtkWidget **words)
{
  GtkWidget *row = gtk_button_new (), *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *lines = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0), *name = gtk_label_new (title);
  *words = gtk_label_new (NULL);
  gtk_label_set_xalign (GTK_LABEL (name), 0);
  gtk_label_set_xalign (GTK_LABEL (*words), 0);
  gtk_widget_add_css_class (*words, "reason");
  gtk_widget_add_css_class (*words, "numeric");
  gtk_widget_add_css_class (row, "flat");
  gtk_widget_add_css_class (row, "menu-row");
  gtk_box_append (GTK_BOX (lines), name);
  gtk_box_append (GTK_BOX (lines), *words);
  gtk_box_append (GTK_BOX (line), gtk_image_new_from_icon_name (icon));
  gtk_box_append (GTK_BOX (line), lines);
  gtk_button_set_child (GTK_BUTTON (row), line);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
  g_signal_connect_swapped (row, "clicked", activated, self);
  gtk_box_append (GTK_BOX (box), row);
  return row;
}

static GtkWidget *
make_menu (BmnScheduleButton *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0), *words;
  self->best_row = add_row (self, box, "bmn-best-time-symbolic", _ ("Best time"),
                            G_CALLBACK (on_best), &self->best_words);
  self->slot_row = add_row (self, box, "bmn-slot-free-symbolic", _ ("Next free slot"),
                            G_CALLBACK (on_slot), &self->slot_words);
  add_row (self, box, "bmn-scheduled-symbolic", _ ("Choose a time…"), G_CALLBACK (on_choose_time),
           &words);
  gtk_label_set_label (GTK_LABEL (words), _ ("Any minute, on the account's clock"));
  gtk_box_append (GTK_BOX (box), gtk_separator_new (GTK_ORIENTATION_HORIZONTAL));
  add_row (self, box, "bmn-publishing-symbolic", _ ("Publish now"), G_CALLBACK (on_now), &words);
  gtk_label_set_label (GTK_LABEL (words), _ ("On all chosen accounts"));
  add_row (self, box, "bmn-draft-symbolic", _ ("Save as a draft"), G_CALLBACK (on_draft), &words);
  gtk_label_set_label (GTK_LABEL (words), _ ("Goes out when you say so"));
  return box;
}

static void
bmn_schedule_button_finalize (GObject *object)
{
  g_free (BMN_SCHEDULE_BUTTON (object)->zone);
  G_OBJECT_CLASS (bmn_schedule_button_parent_class)->finalize (object);
}

static void
bmn_schedule_button_class_init (BmnScheduleButtonClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = bmn_schedule_button_finalize;
  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);
}

static void
bmn_schedule_button_init (BmnScheduleButton *self)
{
  self->zone = g_strdup ("UTC");
  self->chooser = bmn_time_chooser_new ();
  self->pages = gtk_stack_new ();
  gtk_stack_set_vhomogeneous (GTK_STACK (self->pages), FALSE);
  gtk_stack_set_hhomogeneous (GTK_STACK (self->pages), FALSE);
  gtk_stack_add_named (GTK_STACK (self->pages), make_menu (self), "menu");
  gtk_stack_add_named (GTK_STACK (self->pages), self->chooser, "time");
  self->popover = gtk_popover_new ();
  gtk_popover_set_child (GTK_POPOVER (self->popover), self->pages);
  gtk_widget_set_halign (self->popover, GTK_ALIGN_END);
  g_signal_connect_swapped (self->popover, "closed", G_CALLBACK (on_closed), self);
  g_signal_connect_swapped (self->chooser, "done", G_CALLBACK (on_time_done), self);
  self->button = ADW_SPLIT_BUTTON (adw_split_button_new ());
  adw_split_button_set_direction (self->button, GTK_ARROW_UP);
  adw_split_button_set_popover (self->button, GTK_POPOVER (self->popover));
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->button), "composer.schedule");
  gtk_widget_add_css_class (GTK_WIDGET (self->button), "suggested-action");
  adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (self->button));
  update (self);
}
