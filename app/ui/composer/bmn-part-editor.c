#include "bmn-part-editor.h"

#include "bmn-text-count.h"

#include <glib/gi18n.h>

struct _BmnPartEditor
{
  GtkBox parent_instance;

  BmnDraft *draft; /* (owned) */
  gint64 variant;
  guint part;
  BmnDestination *destination; /* (owned) (nullable) */
  gboolean is_shared;
  GtkWidget *head;
  GtkWidget *number;
  GtkWidget *text;
  GtkWidget *over;
  GtkWidget *over_words;
  GtkWidget *customise;
  GtkWidget *split;
  GtkWidget *strip;
};

G_DEFINE_FINAL_TYPE (BmnPartEditor, bmn_part_editor, GTK_TYPE_BOX)

BmnDraftText *
bmn_part_editor_get_text (BmnPartEditor *self)
{
  return BMN_DRAFT_TEXT (self->text);
}

BmnMediaStrip *
bmn_part_editor_get_strip (BmnPartEditor *self)
{
  return BMN_MEDIA_STRIP (self->strip);
}

/*
 * Too long.
 */

static void
say_how_much (BmnPartEditor *self, const BmnTextCount *count)
{
  const BmnLimits *limits = self->destination->limits;
  gsize over = limits->max_length > 0 && count->length > limits->max_length
                   ? count->length - limits->max_length
                   : 0;
  g_autofree char *words
      = over > 0 ? g_strdup_printf (
            ngettext ("%d character too long for %s", "%d characters too long for %s", over),
            (int)over, self->destination->account->name)
                 : g_strdup_printf (_ ("Too many bytes for %s"), self->destination->account->name);
  gtk_label_set_label (GTK_LABEL (self->over_words), words);
}

static void
update_over (BmnPartEditor *self)
{
  const char *text = bmn_draft_get_text (self->draft, self->variant, self->part);
  BmnTextCount count = { .fits = TRUE };
  if (self->destination)
    bmn_text_count (text, self->destination->limits, &count, NULL);
  if (!count.fits)
    say_how_much (self, &count);
  gtk_widget_set_visible (self->over, !count.fits);
  gtk_widget_set_visible (self->customise, self->is_shared);
  gtk_widget_set_visible (self->split,
                          self->destination && self->destination->limits->max_parts != 1);
}

void
bmn_part_editor_set_destination (BmnPartEditor *self,
                                 const BmnDestination *destination,
                                 gboolean is_shared)
{
  g_clear_pointer (&self->destination, bmn_destination_free);
  self->destination = destination ? bmn_destination_copy (destination) : NULL;
  self->is_shared = is_shared;
  bmn_draft_text_set_destination (BMN_DRAFT_TEXT (self->text), destination);
  bmn_media_strip_set_max_alt (BMN_MEDIA_STRIP (self->strip),
                               destination ? destination->limits->max_alt_length : 0);
  update_over (self);
}

static void
on_customise (BmnPartEditor *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "composer.customise", "x",
                              self->destination->account->id);
}

static void
on_split (BmnPartEditor *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "composer.split", "(xu)", self->variant,
                              self->part);
}

static void
on_remove (BmnPartEditor *self)
{
  bmn_draft_remove_part (self->draft, self->variant, self->part);
}

/*
 * What is dropped and pasted.
 */

static gboolean
on_drop (BmnPartEditor *self, const GValue *value)
{
  if (G_VALUE_HOLDS (value, GDK_TYPE_TEXTURE))
    {
      bmn_media_strip_add_texture (BMN_MEDIA_STRIP (self->strip), g_value_get_object (value));
      return TRUE;
    }
  for (GSList *at = gdk_file_list_get_files (g_value_get_boxed (value)); at; at = at->next)
    bmn_media_strip_add_file (BMN_MEDIA_STRIP (self->strip), at->data);
  return TRUE;
}

static void
on_texture (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (BmnPartEditor) self = data;
  g_autoptr (GdkTexture) texture
      = gdk_clipboard_read_texture_finish (GDK_CLIPBOARD (source), result, NULL);
  if (texture)
    bmn_media_strip_add_texture (BMN_MEDIA_STRIP (self->strip), texture);
}

static void
on_files (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (BmnPartEditor) self = data;
  const GValue *value = gdk_clipboard_read_value_finish (GDK_CLIPBOARD (source), result, NULL);
  if (value)
    on_drop (self, value);
}

static void
on_paste (GtkTextView *view, BmnPartEditor *self)
{
  GdkClipboard *clipboard = gtk_widget_get_clipboard (GTK_WIDGET (view));
  GdkContentFormats *formats = gdk_clipboard_get_formats (clipboard);
  if (gdk_content_formats_contain_gtype (formats, G_TYPE_STRING)
      && !gdk_content_formats_contain_gtype (formats, GDK_TYPE_FILE_LIST))
    return;
  if (gdk_content_formats_contain_gtype (formats, GDK_TYPE_FILE_LIST))
    gdk_clipboard_read_value_async (clipboard, GDK_TYPE_FILE_LIST, G_PRIORITY_DEFAULT, NULL,
                                    on_files, g_object_ref (self));
  else if (gdk_content_formats_contain_gtype (formats, GDK_TYPE_TEXTURE))
    gdk_clipboard_read_texture_async (clipboard, NULL, on_texture, g_object_ref (self));
  else
    return;
  g_signal_stop_emission_by_name (view, "paste-clipboard");
}

/*
 * Building.
 */

static void
on_text_changed (BmnPartEditor *self)
{
  g_autofree char *text = bmn_draft_text_dup_text (BMN_DRAFT_TEXT (self->text));
  bmn_draft_set_text (self->draft, self->variant, self->part, text);
  update_over (self);
}

static void
on_draft_changed (BmnPartEditor *self, guint what)
{
  GPtrArray *parts = bmn_draft_get_parts (self->draft, self->variant);
  gtk_widget_set_visible (self->head, parts->len > 1);
  g_autofree char *number = g_strdup_printf ("%u/%u", self->part + 1, parts->len);
  gtk_label_set_label (GTK_LABEL (self->number), number);
}

static GtkWidget *
make_head (BmnPartEditor *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  self->number = gtk_label_new (NULL);
  gtk_widget_add_css_class (self->number, "pillbadge");
  gtk_widget_add_css_class (self->number, "numeric");
  gtk_widget_set_valign (self->number, GTK_ALIGN_CENTER);
  GtkWidget *remove = gtk_button_new_from_icon_name ("user-trash-symbolic");
  gtk_widget_add_css_class (remove, "flat");
  gtk_widget_set_hexpand (remove, TRUE);
  gtk_widget_set_halign (remove, GTK_ALIGN_END);
  gtk_widget_set_tooltip_text (remove, _ ("Remove This Part"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (remove), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Remove this part"), -1);
  g_signal_connect_swapped (remove, "clicked", G_CALLBACK (on_remove), self);
  gtk_box_append (GTK_BOX (box), self->number);
  gtk_box_append (GTK_BOX (box), remove);
  return box;
}

static GtkWidget *
make_small_button (const char *label)
{
  GtkWidget *button = gtk_button_new_with_label (label);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_add_css_class (button, "small");
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  return button;
}

static GtkWidget *
make_over (BmnPartEditor *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *icon = gtk_image_new_from_icon_name ("bmn-failed-symbolic");
  gtk_image_set_pixel_size (GTK_IMAGE (icon), 14);
  gtk_widget_add_css_class (icon, "over");
  self->over_words = gtk_label_new (NULL);
  gtk_label_set_xalign (GTK_LABEL (self->over_words), 0);
  gtk_label_set_wrap (GTK_LABEL (self->over_words), TRUE);
  gtk_widget_set_hexpand (self->over_words, TRUE);
  gtk_widget_add_css_class (self->over_words, "over");
  gtk_widget_add_css_class (self->over_words, "small");
  self->split = make_small_button (_ ("Split"));
  gtk_widget_set_tooltip_text (self->split, _ ("Make a thread, cut where a sentence ends"));
  self->customise = make_small_button (_ ("Customise"));
  gtk_widget_set_tooltip_text (self->customise, _ ("Give this account a text of its own"));
  g_signal_connect_swapped (self->split, "clicked", G_CALLBACK (on_split), self);
  g_signal_connect_swapped (self->customise, "clicked", G_CALLBACK (on_customise), self);
  gtk_box_append (GTK_BOX (box), icon);
  gtk_box_append (GTK_BOX (box), self->over_words);
  gtk_box_append (GTK_BOX (box), self->split);
  gtk_box_append (GTK_BOX (box), self->customise);
  gtk_widget_set_visible (box, FALSE);
  return box;
}

static void
bmn_part_editor_dispose (GObject *object)
{
  BmnPartEditor *self = BMN_PART_EDITOR (object);
  g_clear_object (&self->draft);
  g_clear_pointer (&self->destination, bmn_destination_free);
  G_OBJECT_CLASS (bmn_part_editor_parent_class)->dispose (object);
}

static void
bmn_part_editor_class_init (BmnPartEditorClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = bmn_part_editor_dispose;
}

static void
bmn_part_editor_init (BmnPartEditor *self)
{
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self), GTK_ORIENTATION_VERTICAL);
  gtk_box_set_spacing (GTK_BOX (self), 6);
  gtk_widget_add_css_class (GTK_WIDGET (self), "part-editor");
}

GtkWidget *
bmn_part_editor_new (
    BmnSessionThread *session, BmnDraft *draft, BmnSpeller *speller, gint64 variant, guint part)
{
  BmnPartEditor *self = g_object_new (BMN_TYPE_PART_EDITOR, NULL);
  self->draft = g_object_ref (draft);
  self->variant = variant;
  self->part = part;
  self->head = make_head (self);
  self->text = bmn_draft_text_new (speller);
  gtk_widget_set_vexpand (self->text, TRUE);
  self->strip = bmn_media_strip_new (session, draft, variant, part);
  gtk_box_append (GTK_BOX (self), self->head);
  gtk_box_append (GTK_BOX (self), self->text);
  gtk_box_append (GTK_BOX (self), make_over (self));
  self->over = gtk_widget_get_last_child (GTK_WIDGET (self));
  gtk_box_append (GTK_BOX (self), self->strip);
  bmn_draft_text_load (BMN_DRAFT_TEXT (self->text), bmn_draft_get_text (draft, variant, part));
  g_signal_connect_object (gtk_text_view_get_buffer (GTK_TEXT_VIEW (self->text)), "changed",
                           G_CALLBACK (on_text_changed), self, G_CONNECT_SWAPPED);
  g_signal_connect (self->text, "paste-clipboard", G_CALLBACK (on_paste), self);
  g_signal_connect_object (draft, "changed", G_CALLBACK (on_draft_changed), self,
                           G_CONNECT_SWAPPED);
  GtkDropTarget *drop = gtk_drop_target_new (G_TYPE_INVALID, GDK_ACTION_COPY);
  GType types[] = { GDK_TYPE_FILE_LIST, GDK_TYPE_TEXTURE };
  gtk_drop_target_set_gtypes (drop, types, G_N_ELEMENTS (types));
  g_signal_connect_swapped (drop, "drop", G_CALLBACK (on_drop), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (drop));
  on_draft_changed (self, 0);
  return GTK_WIDGET (self);
}
