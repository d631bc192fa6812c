#include "bmn-two-weeks.h"
#include "bmn-plan-time.h"

#include <glib/gi18n.h>

#define N_DAYS 14
#define MAX_DOTS 3

struct _BmnTwoWeeks
{
  GtkGrid parent_instance;

  BmnPlanModel *model; /* (owned) */
  GDateTime *first;    /* (owned) (nullable) */
  GtkWidget *days[N_DAYS];
  GtkLabel *numbers[N_DAYS];
  GtkLabel *dots[N_DAYS];
};

G_DEFINE_FINAL_TYPE (BmnTwoWeeks, bmn_two_weeks, GTK_TYPE_GRID)

static void
fill (BmnTwoWeeks *self)
{
  guint counts[N_DAYS] = { 0 };
  GListModel *list = G_LIST_MODEL (self->model);
  guint n = self->first ? g_list_model_get_n_items (list) : 0;
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (BmnPlanEntry) entry = g_list_model_get_item (list, i);
      g_autoptr (GDateTime) time = bmn_plan_entry_get_time (entry);
      if (!time || !bmn_plan_entry_get_item (entry))
        continue;
      gint64 apart = g_date_time_difference (time, self->first);
      if (apart >= 0 && apart / G_TIME_SPAN_DAY < N_DAYS)
        counts[apart / G_TIME_SPAN_DAY]++;
    }
  for (int i = 0; i < N_DAYS && self->first; i++)
    {
      g_autoptr (GDateTime) day = g_date_time_add_days (self->first, i);
      g_autofree char *name = bmn_plan_time_format_day (day);
      g_autofree char *label
          = g_strdup_printf (ngettext ("%s, %u post", "%s, %u posts", counts[i]), name, counts[i]);
      static const char *const dots[] = { "", "●", "●●", "●●●" };
      gtk_label_set_label (self->dots[i], dots[MIN (counts[i], MAX_DOTS)]);
      gtk_accessible_update_property (GTK_ACCESSIBLE (self->days[i]), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                      label, -1);
    }
}

void
bmn_two_weeks_show (BmnTwoWeeks *self, GDateTime *day)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  g_clear_pointer (&self->first, g_date_time_unref);
  self->first = bmn_plan_time_week (day);
  for (int i = 0; i < N_DAYS; i++)
    {
      g_autoptr (GDateTime) at = g_date_time_add_days (self->first, i);
      g_autofree char *number = g_date_time_format (at, "%-d");
      gtk_label_set_label (self->numbers[i], number);
      if (bmn_plan_time_same_day (at, now))
        gtk_widget_add_css_class (GTK_WIDGET (self->numbers[i]), "today");
      else
        gtk_widget_remove_css_class (GTK_WIDGET (self->numbers[i]), "today");
      gtk_actionable_set_action_target (GTK_ACTIONABLE (self->days[i]), "x",
                                        bmn_plan_time_to_instant (at));
      gtk_actionable_set_action_name (GTK_ACTIONABLE (self->days[i]), "plan.show-day");
    }
  fill (self);
}

void
bmn_two_weeks_set_model (BmnTwoWeeks *self, BmnPlanModel *model)
{
  self->model = g_object_ref (model);
  g_signal_connect_object (model, "items-changed", G_CALLBACK (fill), self, G_CONNECT_SWAPPED);
}

static void
bmn_two_weeks_dispose (GObject *object)
{
  BmnTwoWeeks *self = BMN_TWO_WEEKS (object);
  g_clear_object (&self->model);
  g_clear_pointer (&self->first, g_date_time_unref);
  G_OBJECT_CLASS (bmn_two_weeks_parent_class)->dispose (object);
}

static void
bmn_two_weeks_class_init (BmnTwoWeeksClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = bmn_two_weeks_dispose;
}

static GtkWidget *
make_day (BmnTwoWeeks *self, int i)
{
  GtkWidget *button = gtk_button_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  self->numbers[i] = GTK_LABEL (gtk_label_new (NULL));
  self->dots[i] = GTK_LABEL (gtk_label_new (NULL));
  gtk_widget_add_css_class (GTK_WIDGET (self->numbers[i]), "numeric");
  gtk_widget_add_css_class (GTK_WIDGET (self->dots[i]), "dots");
  gtk_widget_set_halign (GTK_WIDGET (self->numbers[i]), GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->numbers[i]));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->dots[i]));
  gtk_button_set_child (GTK_BUTTON (button), box);
  gtk_button_set_has_frame (GTK_BUTTON (button), FALSE);
  gtk_widget_set_hexpand (button, TRUE);
  return button;
}

static void
bmn_two_weeks_init (BmnTwoWeeks *self)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  g_autoptr (GDateTime) first = bmn_plan_time_week (now);
  gtk_widget_add_css_class (GTK_WIDGET (self), "minimonth");
  gtk_grid_set_column_homogeneous (GTK_GRID (self), TRUE);
  for (int i = 0; i < 7; i++)
    {
      g_autoptr (GDateTime) day = g_date_time_add_days (first, i);
      g_autofree char *name = g_date_time_format (day, "%a");
      GtkWidget *label = gtk_label_new (name);
      gtk_widget_add_css_class (label, "dim-label");
      gtk_grid_attach (GTK_GRID (self), label, i, 0, 1, 1);
    }
  for (int i = 0; i < N_DAYS; i++)
    {
      self->days[i] = make_day (self, i);
      gtk_grid_attach (GTK_GRID (self), self->days[i], i % 7, 1 + i / 7, 1, 1);
    }
}
