#include "bmn-variant-editor.h"

struct _BmnVariantEditor
{
  GtkBox parent_instance;

  BmnSessionThread *session; /* (owned) */
  BmnDraft *draft;           /* (owned) */
  BmnSpeller *speller;       /* (owned) */
  gint64 variant;
  BmnDestination *destination; /* (owned) (nullable) */
  gboolean is_shared;
  guint n_parts;
  guint current;
};

G_DEFINE_FINAL_TYPE (BmnVariantEditor, bmn_variant_editor, GTK_TYPE_BOX)

BmnPartEditor *
bmn_variant_editor_get_part (BmnVariantEditor *self, guint part)
{
  GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (self));
  while (part-- > 0 && gtk_widget_get_next_sibling (child))
    child = gtk_widget_get_next_sibling (child);
  return BMN_PART_EDITOR (child);
}

BmnPartEditor *
bmn_variant_editor_get_current (BmnVariantEditor *self)
{
  return bmn_variant_editor_get_part (self, self->current);
}

void
bmn_variant_editor_set_destination (BmnVariantEditor *self,
                                    const BmnDestination *destination,
                                    gboolean is_shared)
{
  g_clear_pointer (&self->destination, bmn_destination_free);
  self->destination = destination ? bmn_destination_copy (destination) : NULL;
  self->is_shared = is_shared;
  for (guint i = 0; i < self->n_parts; i++)
    bmn_part_editor_set_destination (bmn_variant_editor_get_part (self, i), destination, is_shared);
}

static void
on_enter (GtkEventControllerFocus *focus, BmnVariantEditor *self)
{
  GtkWidget *part = gtk_event_controller_get_widget (GTK_EVENT_CONTROLLER (focus));
  self->current = 0;
  for (GtkWidget *at = gtk_widget_get_prev_sibling (part); at;
       at = gtk_widget_get_prev_sibling (at))
    self->current++;
}

static void
add_part (BmnVariantEditor *self)
{
  GtkWidget *part = bmn_part_editor_new (self->session, self->draft, self->speller, self->variant,
                                         self->n_parts++);
  GtkEventController *focus = gtk_event_controller_focus_new ();
  g_signal_connect (focus, "enter", G_CALLBACK (on_enter), self);
  gtk_widget_add_controller (part, focus);
  gtk_box_append (GTK_BOX (self), part);
  bmn_part_editor_set_destination (BMN_PART_EDITOR (part), self->destination, self->is_shared);
}

/* Editors stay with their number and take over what that part says now, so that what was
 * written can still be undone. */
static void
follow (BmnVariantEditor *self, guint what)
{
  GPtrArray *parts = bmn_draft_get_parts (self->draft, self->variant);
  if (!(what & BMN_DRAFT_CHANGE_PARTS))
    return;
  while (self->n_parts > parts->len)
    {
      gtk_box_remove (GTK_BOX (self), gtk_widget_get_last_child (GTK_WIDGET (self)));
      self->n_parts--;
    }
  for (guint i = 0; i < self->n_parts; i++)
    {
      BmnDraftText *text = bmn_part_editor_get_text (bmn_variant_editor_get_part (self, i));
      bmn_draft_text_set_text (text, bmn_draft_get_text (self->draft, self->variant, i));
    }
  while (self->n_parts < parts->len)
    add_part (self);
  self->current = MIN (self->current, self->n_parts - 1);
}

static void
bmn_variant_editor_dispose (GObject *object)
{
  BmnVariantEditor *self = BMN_VARIANT_EDITOR (object);
  g_clear_object (&self->session);
  g_clear_object (&self->draft);
  g_clear_object (&self->speller);
  g_clear_pointer (&self->destination, bmn_destination_free);
  G_OBJECT_CLASS (bmn_variant_editor_parent_class)->dispose (object);
}

static void
bmn_variant_editor_class_init (BmnVariantEditorClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = bmn_variant_editor_dispose;
}

static void
bmn_variant_editor_init (BmnVariantEditor *self)
{
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self), GTK_ORIENTATION_VERTICAL);
}

GtkWidget *
bmn_variant_editor_new (BmnSessionThread *session,
                        BmnDraft *draft,
                        BmnSpeller *speller,
                        gint64 variant)
{
  BmnVariantEditor *self = g_object_new (BMN_TYPE_VARIANT_EDITOR, NULL);
  self->session = g_object_ref (session);
  self->draft = g_object_ref (draft);
  self->speller = g_object_ref (speller);
  self->variant = variant;
  g_signal_connect_object (draft, "changed", G_CALLBACK (follow), self, G_CONNECT_SWAPPED);
  follow (self, BMN_DRAFT_CHANGE_PARTS);
  return GTK_WIDGET (self);
}
