#include "bmn-plan-keys.h"
#include "bmn-plan-time.h"

/* A new post on a free day: mid-morning is as good as anything. */
#define USUAL_HOUR 10

void
bmn_plan_keys_move_to (GtkWidget *widget, BmnPlanEntry *entry, gint64 at)
{
  const BmnAgendaItem *item = bmn_plan_entry_get_item (entry);
  if (item)
    gtk_widget_activate_action (widget, "plan.move", "(xxx)", item->post_id, item->at, at);
}

void
bmn_plan_keys_move (GtkWidget *widget, BmnPlanEntry *entry, int days, int hours)
{
  g_autoptr (GDateTime) time = bmn_plan_entry_get_time (entry);
  if (!time)
    return;
  g_autoptr (GDateTime) day = g_date_time_add_days (time, days);
  g_autoptr (GDateTime) moved = g_date_time_add_hours (day, hours);
  bmn_plan_keys_move_to (widget, entry, bmn_plan_time_to_instant (moved));
}

void
bmn_plan_keys_plan_on (GtkWidget *widget, GDateTime *day)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  g_autoptr (GDateTime) usual = g_date_time_add_hours (day, USUAL_HOUR);
  g_autoptr (GDateTime) soon = g_date_time_add_hours (now, 1);
  gint64 at = bmn_plan_time_to_instant (usual);
  gtk_widget_activate_action (widget, "app.new-post-at", "x",
                              MAX (at, bmn_plan_time_to_instant (soon)));
}

gboolean
bmn_plan_keys_handle (GtkWidget *widget, guint key, BmnPlanEntry *entry, GDateTime *day)
{
  const BmnAgendaItem *item = entry ? bmn_plan_entry_get_item (entry) : NULL;
  switch (key)
    {
    case GDK_KEY_n:
    case GDK_KEY_N:
      if (day)
        bmn_plan_keys_plan_on (widget, day);
      return day != NULL;
    case GDK_KEY_Delete:
    case GDK_KEY_KP_Delete:
      if (item)
        gtk_widget_activate_action (widget, "plan.delete", "x", item->post_id);
      return item != NULL;
    case GDK_KEY_t:
    case GDK_KEY_T:
      gtk_widget_activate_action (widget, "plan.today", NULL);
      return TRUE;
    case GDK_KEY_Page_Up:
      gtk_widget_activate_action (widget, "plan.earlier", NULL);
      return TRUE;
    case GDK_KEY_Page_Down:
      gtk_widget_activate_action (widget, "plan.later", NULL);
      return TRUE;
    default:
      return FALSE;
    }
}
