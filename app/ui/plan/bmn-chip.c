#include "bmn-chip.h"
#include "bmn-plan-time.h"
#include "bmn-state-look.h"

#include <glib/gi18n.h>

#define MAX_PLATFORMS 3

struct _BmnChip
{
  GtkButton parent_instance;

  BmnPlanEntry *entry; /* (owned) (nullable) */
  GtkImage *state;
  GtkLabel *time;
  GtkInscription *slim_text; /* beside the time, for one line */
  GtkInscription *text;
  GtkImage *platforms[MAX_PLATFORMS];
  GtkImage *repeats;
  GtkImage *picture;
  const char *state_class; /* (nullable) */
};

G_DEFINE_FINAL_TYPE (BmnChip, bmn_chip, GTK_TYPE_BUTTON)

BmnPlanEntry *
bmn_chip_get_entry (BmnChip *self)
{
  return self->entry;
}

static void
set_state_class (BmnChip *self, const char *name)
{
  if (self->state_class == name)
    return;
  if (self->state_class)
    gtk_widget_remove_css_class (GTK_WIDGET (self), self->state_class);
  self->state_class = name;
  gtk_widget_add_css_class (GTK_WIDGET (self), name);
}

static void
show_platforms (BmnChip *self, BmnPlanModel *model, const BmnAgendaItem *item)
{
  for (guint i = 0; i < MAX_PLATFORMS; i++)
    {
      const BmnAgendaTarget *target
          = item && i < item->targets->len ? item->targets->pdata[i] : NULL;
      const BmnAccount *account
          = target ? bmn_plan_model_find_account (model, target->account_id) : NULL;
      gtk_widget_set_visible (GTK_WIDGET (self->platforms[i]), account != NULL);
      if (!account)
        continue;
      g_autofree char *icon = bmn_platform_get_icon_name (account->platform);
      gtk_image_set_from_icon_name (self->platforms[i], icon);
    }
}

void
bmn_chip_set_entry (BmnChip *self, BmnPlanModel *model, BmnPlanEntry *entry, gboolean compact)
{
  const BmnAgendaItem *item = bmn_plan_entry_get_item (entry);
  BmnTargetState state = item ? bmn_agenda_item_get_state (item) : BMN_TARGET_DRAFT;
  g_autoptr (GDateTime) time = bmn_plan_entry_get_time (entry);
  g_autofree char *clock = time ? bmn_plan_time_format_clock (time) : NULL;
  gboolean slim = compact || !item;
  const char *words = item ? item->excerpt : _ ("Free");
  g_set_object (&self->entry, entry);
  set_state_class (self, item ? bmn_state_get_css_class (state) : "free");
  gtk_image_set_from_icon_name (self->state,
                                item ? bmn_state_get_icon_name (state) : "bmn-slot-free-symbolic");
  gtk_label_set_label (self->time, clock ? clock : "");
  gtk_widget_set_visible (GTK_WIDGET (self->time), clock != NULL);
  gtk_inscription_set_text (self->text, slim ? NULL : words);
  gtk_inscription_set_text (self->slim_text, slim ? words : NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->text), !slim);
  gtk_widget_set_visible (GTK_WIDGET (self->slim_text), slim);
  show_platforms (self, model, slim ? NULL : item);
  gtk_widget_set_visible (GTK_WIDGET (self->repeats), item && item->repeats && !slim);
  if (slim)
    gtk_widget_add_css_class (GTK_WIDGET (self), "compact");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self), "compact");
  bmn_thumbnails_show (bmn_plan_model_get_thumbnails (model), slim ? NULL : item->picture,
                       self->picture);
  g_autofree char *sentence = bmn_plan_entry_to_sentence (entry);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, sentence,
                                  -1);
}

static void
bmn_chip_clicked (GtkButton *button)
{
  BmnChip *self = BMN_CHIP (button);
  const BmnAgendaItem *item = self->entry ? bmn_plan_entry_get_item (self->entry) : NULL;
  if (item)
    gtk_widget_activate_action (GTK_WIDGET (self), "plan.open", "x", item->post_id);
  else if (self->entry)
    gtk_widget_activate_action (GTK_WIDGET (self), "app.new-post-at", "x",
                                bmn_plan_entry_get_at (self->entry));
}

static GdkContentProvider *
on_drag_prepare (GtkDragSource *source, double x, double y, gpointer data)
{
  BmnChip *self = data;
  const BmnAgendaItem *item = self->entry ? bmn_plan_entry_get_item (self->entry) : NULL;
  if (!item || !bmn_agenda_item_can_move (item))
    return NULL;
  g_autoptr (GdkPaintable) paintable = gtk_widget_paintable_new (GTK_WIDGET (self));
  g_autoptr (GdkPaintable) image = gdk_paintable_get_current_image (paintable);
  gtk_drag_source_set_icon (source, image, x, y);
  return gdk_content_provider_new_typed (BMN_TYPE_PLAN_ENTRY, self->entry);
}

static void
bmn_chip_dispose (GObject *object)
{
  g_clear_object (&BMN_CHIP (object)->entry);
  G_OBJECT_CLASS (bmn_chip_parent_class)->dispose (object);
}

static void
bmn_chip_class_init (BmnChipClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  G_OBJECT_CLASS (klass)->dispose = bmn_chip_dispose;
  GTK_BUTTON_CLASS (klass)->clicked = bmn_chip_clicked;
  gtk_widget_class_set_css_name (widget_class, "chip");
}

static GtkWidget *
make_icon (GtkBox *box, const char *css_class, int size)
{
  GtkWidget *icon = gtk_image_new ();
  gtk_image_set_pixel_size (GTK_IMAGE (icon), size);
  gtk_widget_add_css_class (icon, css_class);
  gtk_box_append (box, icon);
  return icon;
}

static GtkWidget *
make_label (GtkBox *box, const char *css_class)
{
  GtkWidget *label = gtk_label_new (NULL);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_add_css_class (label, css_class);
  gtk_box_append (box, label);
  return label;
}

/* The room does not depend on the words: measuring those of a whole month takes longer than a
 * frame. */
static GtkInscription *
make_text (GtkBox *box)
{
  GtkInscription *text = GTK_INSCRIPTION (gtk_inscription_new (NULL));
  gtk_inscription_set_text_overflow (text, GTK_INSCRIPTION_OVERFLOW_ELLIPSIZE_END);
  gtk_inscription_set_min_chars (text, 0);
  gtk_widget_set_hexpand (GTK_WIDGET (text), TRUE);
  gtk_widget_add_css_class (GTK_WIDGET (text), "text");
  gtk_box_append (box, GTK_WIDGET (text));
  return text;
}

static void
bmn_chip_init (BmnChip *self)
{
  GtkBox *row = GTK_BOX (gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6));
  GtkBox *column = GTK_BOX (gtk_box_new (GTK_ORIENTATION_VERTICAL, 0));
  GtkBox *head = GTK_BOX (gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 4));
  gtk_widget_set_hexpand (GTK_WIDGET (column), TRUE);
  gtk_widget_set_valign (GTK_WIDGET (column), GTK_ALIGN_CENTER);
  gtk_box_append (row, GTK_WIDGET (column));
  gtk_box_append (column, GTK_WIDGET (head));
  self->state = GTK_IMAGE (make_icon (head, "state", 12));
  self->time = GTK_LABEL (make_label (head, "time"));
  gtk_widget_add_css_class (GTK_WIDGET (self->time), "numeric");
  for (guint i = 0; i < MAX_PLATFORMS; i++)
    self->platforms[i] = GTK_IMAGE (make_icon (head, "plats", 11));
  self->repeats = GTK_IMAGE (make_icon (head, "plats", 11));
  gtk_image_set_from_icon_name (self->repeats, "bmn-repeat-symbolic");
  self->slim_text = make_text (head);
  self->text = make_text (column);
  self->picture = GTK_IMAGE (gtk_image_new ());
  gtk_image_set_pixel_size (self->picture, 32);
  gtk_widget_set_overflow (GTK_WIDGET (self->picture), GTK_OVERFLOW_HIDDEN);
  gtk_widget_set_valign (GTK_WIDGET (self->picture), GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (GTK_WIDGET (self->picture), "thumb");
  gtk_box_append (row, GTK_WIDGET (self->picture));
  gtk_button_set_child (GTK_BUTTON (self), GTK_WIDGET (row));
  GtkDragSource *drag = gtk_drag_source_new ();
  gtk_drag_source_set_actions (drag, GDK_ACTION_MOVE);
  g_signal_connect (drag, "prepare", G_CALLBACK (on_drag_prepare), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (drag));
}

GtkWidget *
bmn_chip_new (void)
{
  return g_object_new (BMN_TYPE_CHIP, NULL);
}
