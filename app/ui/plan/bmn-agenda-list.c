#include "bmn-agenda-list.h"
#include "bmn-agenda-row.h"
#include "bmn-plan-keys.h"
#include "bmn-plan-time.h"

#include <glib/gi18n.h>

struct _BmnAgendaList
{
  AdwBin parent_instance;

  BmnPlanModel *model; /* (owned) */
  GtkSingleSelection *selection;
  GtkListView *list;
  gint64 scroll_to; /* µs; 0 for nowhere */
};

G_DEFINE_FINAL_TYPE (BmnAgendaList, bmn_agenda_list, ADW_TYPE_BIN)

static gboolean
scroll (gpointer data)
{
  g_autoptr (BmnAgendaList) self = data;
  GListModel *list = G_LIST_MODEL (self->model);
  if (!gtk_widget_get_mapped (GTK_WIDGET (self)))
    return G_SOURCE_REMOVE;
  guint n = self->scroll_to && self->model ? g_list_model_get_n_items (list) : 0;
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (BmnPlanEntry) entry = g_list_model_get_item (list, i);
      if (bmn_plan_entry_get_at (entry) < self->scroll_to && i + 1 < n)
        continue;
      /* Down to the end first, so that the day comes to the top of what is seen. */
      gtk_widget_activate_action (GTK_WIDGET (self->list), "list.scroll-to-item", "u", n - 1);
      gtk_widget_activate_action (GTK_WIDGET (self->list), "list.scroll-to-item", "u", i);
      self->scroll_to = 0;
      break;
    }
  return G_SOURCE_REMOVE;
}

static void
scroll_later (BmnAgendaList *self)
{
  if (self->scroll_to)
    g_idle_add (scroll, g_object_ref (self));
}

void
bmn_agenda_list_scroll_to (BmnAgendaList *self, GDateTime *day)
{
  self->scroll_to = bmn_plan_time_to_instant (day);
  scroll_later (self);
}

static void
on_activate (GtkListView *view, guint position, gpointer data)
{
  BmnAgendaList *self = data;
  g_autoptr (BmnPlanEntry) entry = g_list_model_get_item (G_LIST_MODEL (self->model), position);
  const BmnAgendaItem *item = entry ? bmn_plan_entry_get_item (entry) : NULL;
  if (item)
    gtk_widget_activate_action (GTK_WIDGET (self), "plan.open", "x", item->post_id);
  else if (entry)
    gtk_widget_activate_action (GTK_WIDGET (self), "app.new-post-at", "x",
                                bmn_plan_entry_get_at (entry));
}

static void
on_setup (GtkSignalListItemFactory *factory, GtkListItem *item, gpointer data)
{
  gtk_list_item_set_child (item, bmn_agenda_row_new ());
}

static gboolean
is_same_day (BmnPlanEntry *a, BmnPlanEntry *b)
{
  g_autoptr (GDateTime) left = bmn_plan_entry_get_time (a);
  g_autoptr (GDateTime) right = bmn_plan_entry_get_time (b);
  if (!left || !right)
    return !left && !right;
  return bmn_plan_time_same_day (left, right);
}

static void
on_bind (GtkSignalListItemFactory *factory, GtkListItem *item, gpointer data)
{
  BmnAgendaList *self = data;
  guint position = gtk_list_item_get_position (item);
  BmnPlanEntry *entry = gtk_list_item_get_item (item);
  g_autoptr (BmnPlanEntry) before
      = position > 0 ? g_list_model_get_item (G_LIST_MODEL (self->model), position - 1) : NULL;
  g_autoptr (BmnPlanEntry) after = g_list_model_get_item (G_LIST_MODEL (self->model), position + 1);
  g_autofree char *sentence = bmn_plan_entry_to_sentence (entry);
  /* What assistive technologies see is the list's own row, which is around ours. */
  gtk_accessible_update_property (
      GTK_ACCESSIBLE (gtk_widget_get_parent (gtk_list_item_get_child (item))),
      GTK_ACCESSIBLE_PROPERTY_LABEL, sentence, -1);
  bmn_agenda_row_set_entry (BMN_AGENDA_ROW (gtk_list_item_get_child (item)), self->model, entry,
                            !before || !is_same_day (before, entry),
                            !after || !is_same_day (after, entry));
}

static gboolean
on_key (
    GtkEventControllerKey *controller, guint key, guint code, GdkModifierType state, gpointer data)
{
  BmnAgendaList *self = data;
  BmnPlanEntry *entry = gtk_single_selection_get_selected_item (self->selection);
  if (!entry)
    return FALSE;
  g_autoptr (GDateTime) time = bmn_plan_entry_get_time (entry);
  g_autoptr (GDateTime) day = time ? bmn_plan_time_day (time) : NULL;
  if (!(state & GDK_CONTROL_MASK))
    return bmn_plan_keys_handle (GTK_WIDGET (self), key, entry, day);
  int forward = gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL ? -1 : 1;
  if (key == GDK_KEY_Left || key == GDK_KEY_Right)
    bmn_plan_keys_move (GTK_WIDGET (self), entry, key == GDK_KEY_Right ? forward : -forward, 0);
  else if (key == GDK_KEY_Up || key == GDK_KEY_Down)
    bmn_plan_keys_move (GTK_WIDGET (self), entry, 0, key == GDK_KEY_Down ? 1 : -1);
  else
    return FALSE;
  return TRUE;
}

void
bmn_agenda_list_set_model (BmnAgendaList *self, BmnPlanModel *model)
{
  self->model = g_object_ref (model);
  g_signal_connect_object (model, "items-changed", G_CALLBACK (scroll_later), self,
                           G_CONNECT_SWAPPED);
}

/* Rows are made only while they can be seen. */
static void
bmn_agenda_list_map (GtkWidget *widget)
{
  BmnAgendaList *self = BMN_AGENDA_LIST (widget);
  gtk_single_selection_set_model (self->selection, G_LIST_MODEL (self->model));
  GTK_WIDGET_CLASS (bmn_agenda_list_parent_class)->map (widget);
  scroll_later (self);
}

static void
bmn_agenda_list_unmap (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (bmn_agenda_list_parent_class)->unmap (widget);
  gtk_single_selection_set_model (BMN_AGENDA_LIST (widget)->selection, NULL);
}

static void
bmn_agenda_list_dispose (GObject *object)
{
  BmnAgendaList *self = BMN_AGENDA_LIST (object);
  g_clear_object (&self->model);
  G_OBJECT_CLASS (bmn_agenda_list_parent_class)->dispose (object);
}

static void
bmn_agenda_list_class_init (BmnAgendaListClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = bmn_agenda_list_dispose;
  GTK_WIDGET_CLASS (klass)->map = bmn_agenda_list_map;
  GTK_WIDGET_CLASS (klass)->unmap = bmn_agenda_list_unmap;
}

static void
bmn_agenda_list_init (BmnAgendaList *self)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  g_signal_connect (factory, "setup", G_CALLBACK (on_setup), self);
  g_signal_connect (factory, "bind", G_CALLBACK (on_bind), self);
  self->selection = gtk_single_selection_new (NULL);
  gtk_single_selection_set_autoselect (self->selection, FALSE);
  gtk_single_selection_set_can_unselect (self->selection, TRUE);
  self->list = GTK_LIST_VIEW (gtk_list_view_new (GTK_SELECTION_MODEL (self->selection), factory));
  gtk_widget_add_css_class (GTK_WIDGET (self->list), "agenda");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->list), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Posts"), -1);
  g_signal_connect (self->list, "activate", G_CALLBACK (on_activate), self);
  gtk_list_view_set_single_click_activate (self->list, TRUE);
  GtkEventController *keys = gtk_event_controller_key_new ();
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect (keys, "key-pressed", G_CALLBACK (on_key), self);
  gtk_widget_add_controller (GTK_WIDGET (self->list), keys);
  GtkWidget *clamp = adw_clamp_scrollable_new ();
  adw_clamp_scrollable_set_maximum_size (ADW_CLAMP_SCROLLABLE (clamp), 880);
  adw_clamp_scrollable_set_child (ADW_CLAMP_SCROLLABLE (clamp), GTK_WIDGET (self->list));
  GtkWidget *scrolled = gtk_scrolled_window_new ();
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), clamp);
  gtk_widget_set_vexpand (scrolled, TRUE);
  adw_bin_set_child (ADW_BIN (self), scrolled);
}
