#include "bmn-agenda-row.h"
#include "bmn-account-avatar.h"
#include "bmn-plan-time.h"
#include "bmn-state-look.h"

#include <glib/gi18n.h>

struct _BmnAgendaRow
{
  AdwBin parent_instance;

  GtkWidget *head;
  GtkLabel *day_name;
  GtkLabel *day_date;
  GtkWidget *body;
  GtkImage *state;
  GtkLabel *time;
  BmnAccountAvatar *avatar;
  GtkInscription *text; /* their room does not depend on the words: rows go by quickly */
  GtkInscription *detail;
  GtkLabel *badge;
  GtkImage *picture;
  const char *state_class; /* (nullable) */
};

G_DEFINE_FINAL_TYPE (BmnAgendaRow, bmn_agenda_row, ADW_TYPE_BIN)

static void
set_class (GtkWidget *widget, const char *name, gboolean on)
{
  if (on)
    gtk_widget_add_css_class (widget, name);
  else
    gtk_widget_remove_css_class (widget, name);
}

static void
show_day (BmnAgendaRow *self, GDateTime *time)
{
  if (!time)
    {
      gtk_label_set_label (self->day_name, _ ("Drafts"));
      gtk_label_set_label (self->day_date, _ ("without a time"));
      return;
    }
  g_autoptr (GDateTime) today = g_date_time_new_now_local ();
  g_autoptr (GDateTime) tomorrow = g_date_time_add_days (today, 1);
  g_autofree char *full = bmn_plan_time_format_day (time);
  gboolean is_today = bmn_plan_time_same_day (time, today);
  gboolean is_tomorrow = bmn_plan_time_same_day (time, tomorrow);
  gtk_label_set_label (self->day_name, is_today      ? _ ("Today")
                                       : is_tomorrow ? _ ("Tomorrow")
                                                     : full);
  gtk_label_set_label (self->day_date, is_today || is_tomorrow ? full : "");
}

/* Where it goes, and what is to be known of it. */
static char *
describe (BmnPlanModel *model, const BmnAgendaItem *item)
{
  g_autoptr (GPtrArray) words = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < item->targets->len; i++)
    {
      const BmnAgendaTarget *target = item->targets->pdata[i];
      const BmnAccount *account = bmn_plan_model_find_account (model, target->account_id);
      if (account)
        g_ptr_array_add (words, g_strdup (account->name));
    }
  if (item->n_parts > 1)
    g_ptr_array_add (
        words,
        g_strdup_printf (ngettext ("Thread of %u", "Thread of %u", item->n_parts), item->n_parts));
  if (item->repeats)
    g_ptr_array_add (words, g_strdup (_ ("Repeats")));
  if (item->lacks_alt)
    g_ptr_array_add (words, g_strdup (_ ("Picture without description")));
  g_ptr_array_add (words, NULL);
  return g_strjoinv (" · ", (GStrv)words->pdata);
}

static void
show_state (BmnAgendaRow *self, const BmnAgendaItem *item)
{
  BmnTargetState state = item ? bmn_agenda_item_get_state (item) : BMN_TARGET_DRAFT;
  const char *name = item ? bmn_state_get_css_class (state) : "draft";
  gboolean needs_user
      = item
        && (state == BMN_TARGET_FAILED || state == BMN_TARGET_UNKNOWN || state == BMN_TARGET_HELD);
  if (self->state_class)
    {
      gtk_widget_remove_css_class (GTK_WIDGET (self->state), self->state_class);
      gtk_widget_remove_css_class (GTK_WIDGET (self->badge), self->state_class);
    }
  self->state_class = name;
  gtk_widget_add_css_class (GTK_WIDGET (self->state), name);
  gtk_widget_add_css_class (GTK_WIDGET (self->badge), name);
  gtk_image_set_from_icon_name (self->state,
                                item ? bmn_state_get_icon_name (state) : "bmn-slot-free-symbolic");
  gtk_widget_set_visible (GTK_WIDGET (self->badge), needs_user);
  gtk_label_set_label (self->badge, bmn_target_state_get_label (state));
}

void
bmn_agenda_row_set_entry (
    BmnAgendaRow *self, BmnPlanModel *model, BmnPlanEntry *entry, gboolean first, gboolean last)
{
  const BmnAgendaItem *item = bmn_plan_entry_get_item (entry);
  g_autoptr (GDateTime) time = bmn_plan_entry_get_time (entry);
  g_autofree char *clock = time ? bmn_plan_time_format_clock (time) : NULL;
  const BmnAccount *account
      = bmn_plan_model_find_account (model, bmn_plan_entry_get_account_id (entry));
  gtk_widget_set_visible (self->head, first);
  if (first)
    show_day (self, time);
  set_class (self->body, "first", first);
  set_class (self->body, "last", last);
  set_class (self->body, "free-row", !item);
  show_state (self, item);
  gtk_label_set_label (self->time, clock ? clock : "");
  gtk_inscription_set_text (self->text, item ? item->excerpt : _ ("Free slot"));
  bmn_account_avatar_set_account (self->avatar, account);
  g_autofree char *detail = item ? describe (model, item) : g_strdup (account ? account->name : "");
  gtk_inscription_set_text (self->detail, detail);
  bmn_thumbnails_show (bmn_plan_model_get_thumbnails (model), item ? item->picture : NULL,
                       self->picture);
  g_autofree char *sentence = bmn_plan_entry_to_sentence (entry);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, sentence,
                                  -1);
}

static void
bmn_agenda_row_class_init (BmnAgendaRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  g_type_ensure (BMN_TYPE_ACCOUNT_AVATAR);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               BMN_RESOURCES "/plan/bmn-agenda-row.ui");
  gtk_widget_class_bind_template_child (widget_class, BmnAgendaRow, head);
  gtk_widget_class_bind_template_child (widget_class, BmnAgendaRow, day_name);
  gtk_widget_class_bind_template_child (widget_class, BmnAgendaRow, day_date);
  gtk_widget_class_bind_template_child (widget_class, BmnAgendaRow, body);
  gtk_widget_class_bind_template_child (widget_class, BmnAgendaRow, state);
  gtk_widget_class_bind_template_child (widget_class, BmnAgendaRow, time);
  gtk_widget_class_bind_template_child (widget_class, BmnAgendaRow, avatar);
  gtk_widget_class_bind_template_child (widget_class, BmnAgendaRow, text);
  gtk_widget_class_bind_template_child (widget_class, BmnAgendaRow, detail);
  gtk_widget_class_bind_template_child (widget_class, BmnAgendaRow, badge);
  gtk_widget_class_bind_template_child (widget_class, BmnAgendaRow, picture);
}

static void
bmn_agenda_row_init (BmnAgendaRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
bmn_agenda_row_new (void)
{
  return g_object_new (BMN_TYPE_AGENDA_ROW, NULL);
}
