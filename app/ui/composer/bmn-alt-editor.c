#include "bmn-alt-editor.h"
#include "bmn-thumbnail.h"

#include <glib/gi18n.h>

#define PICTURE_WIDTH 300
#define STEP 0.1

struct _BmnAltEditor
{
  GtkPopover parent_instance;

  BmnMedia *media; /* (owned) */
  gsize max_length;
  GtkTextBuffer *text; /* the view's */
  GtkWidget *count;
  GtkWidget *point;
};

G_DEFINE_FINAL_TYPE (BmnAltEditor, bmn_alt_editor, GTK_TYPE_POPOVER)

BmnMedia *
bmn_alt_editor_make_media (BmnAltEditor *self)
{
  BmnMedia *media = bmn_media_copy (self->media);
  GtkTextIter start, end;
  gtk_text_buffer_get_bounds (self->text, &start, &end);
  g_autofree char *text = g_strstrip (gtk_text_buffer_get_text (self->text, &start, &end, FALSE));
  g_free (media->alt);
  media->alt = *text ? g_steal_pointer (&text) : NULL;
  return media;
}

static void
on_text_changed (BmnAltEditor *self)
{
  int used = gtk_text_buffer_get_char_count (self->text);
  g_autofree char *words
      = self->max_length > 0
            /* Translators: how many characters are written, and how many there may be. */
            ? g_strdup_printf (_ ("%d of %d"), used, (int)self->max_length)
            : g_strdup_printf (ngettext ("%d character", "%d characters", (gulong)used), used);
  gtk_label_set_label (GTK_LABEL (self->count), words);
  if (self->max_length > 0 && (gsize)used > self->max_length)
    gtk_widget_add_css_class (self->count, "over");
  else
    gtk_widget_remove_css_class (self->count, "over");
}

/*
 * The point that stays visible.
 */

static void
draw_point (GtkDrawingArea *area, cairo_t *cr, int width, int height, gpointer data)
{
  BmnAltEditor *self = data;
  double x = (self->media->focus_x + 1) / 2 * width;
  double y = (1 - self->media->focus_y) / 2 * height;
  const double widths[] = { 4, 2 };
  for (guint i = 0; i < G_N_ELEMENTS (widths); i++)
    {
      cairo_set_line_width (cr, widths[i]);
      cairo_set_source_rgba (cr, i, i, i, i == 0 ? 0.6 : 1);
      cairo_arc (cr, x, y, 10, 0, 2 * G_PI);
      cairo_stroke (cr);
    }
}

static void
set_point (BmnAltEditor *self, double x, double y)
{
  self->media->focus_x = CLAMP (x, -1, 1);
  self->media->focus_y = CLAMP (y, -1, 1);
  gtk_widget_queue_draw (self->point);
}

static void
on_point_pressed (BmnAltEditor *self, int n_press, double x, double y)
{
  set_point (self, 2 * x / gtk_widget_get_width (self->point) - 1,
             1 - 2 * y / gtk_widget_get_height (self->point));
}

static gboolean
on_point_key (BmnAltEditor *self, guint key, guint code, GdkModifierType state)
{
  double x = key == GDK_KEY_Left ? -STEP : key == GDK_KEY_Right ? STEP : 0;
  double y = key == GDK_KEY_Down ? -STEP : key == GDK_KEY_Up ? STEP : 0;
  if (x == 0 && y == 0)
    return GDK_EVENT_PROPAGATE;
  set_point (self, self->media->focus_x + x, self->media->focus_y + y);
  return GDK_EVENT_STOP;
}

static GtkWidget *
make_picture (BmnAltEditor *self)
{
  GtkWidget *overlay = gtk_overlay_new (), *picture = gtk_picture_new ();
  int height = self->media->width > 0
                   ? (int)((double)PICTURE_WIDTH * self->media->height / self->media->width)
                   : 200;
  gtk_widget_set_size_request (overlay, PICTURE_WIDTH, CLAMP (height, 60, 220));
  gtk_widget_add_css_class (picture, "thumb");
  gtk_picture_set_content_fit (GTK_PICTURE (picture), GTK_CONTENT_FIT_FILL);
  bmn_thumbnail_load (GTK_PICTURE (picture), self->media->path, 2 * PICTURE_WIDTH);
  /* An overlay is as large as its child, whatever the picture would like. */
  gtk_overlay_set_child (GTK_OVERLAY (overlay), gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0));
  gtk_overlay_add_overlay (GTK_OVERLAY (overlay), picture);
  self->point = gtk_drawing_area_new ();
  gtk_drawing_area_set_draw_func (GTK_DRAWING_AREA (self->point), draw_point, self, NULL);
  gtk_widget_set_focusable (self->point, TRUE);
  gtk_accessible_update_property (
      GTK_ACCESSIBLE (self->point), GTK_ACCESSIBLE_PROPERTY_LABEL,
      _ ("Point that stays visible when the picture is cropped; arrow keys move it"), -1);
  GtkGesture *press = gtk_gesture_click_new ();
  g_signal_connect_swapped (press, "pressed", G_CALLBACK (on_point_pressed), self);
  gtk_widget_add_controller (self->point, GTK_EVENT_CONTROLLER (press));
  GtkEventController *keys = gtk_event_controller_key_new ();
  g_signal_connect_swapped (keys, "key-pressed", G_CALLBACK (on_point_key), self);
  gtk_widget_add_controller (self->point, keys);
  gtk_overlay_add_overlay (GTK_OVERLAY (overlay), self->point);
  return overlay;
}

static GtkWidget *
make_label (const char *words, const char *style)
{
  GtkWidget *label = gtk_label_new (words);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_max_width_chars (GTK_LABEL (label), 36);
  gtk_widget_add_css_class (label, style);
  return label;
}

static GtkWidget *
make_text (BmnAltEditor *self)
{
  GtkWidget *scroller = gtk_scrolled_window_new (), *view = gtk_text_view_new ();
  gtk_scrolled_window_set_min_content_height (GTK_SCROLLED_WINDOW (scroller), 84);
  gtk_widget_add_css_class (scroller, "entry-like");
  gtk_text_view_set_wrap_mode (GTK_TEXT_VIEW (view), GTK_WRAP_WORD_CHAR);
  gtk_text_view_set_accepts_tab (GTK_TEXT_VIEW (view), FALSE);
  gtk_text_view_set_left_margin (GTK_TEXT_VIEW (view), 9);
  gtk_text_view_set_right_margin (GTK_TEXT_VIEW (view), 9);
  gtk_text_view_set_top_margin (GTK_TEXT_VIEW (view), 6);
  gtk_text_view_set_bottom_margin (GTK_TEXT_VIEW (view), 6);
  self->text = gtk_text_view_get_buffer (GTK_TEXT_VIEW (view));
  gtk_text_buffer_set_text (self->text, self->media->alt ? self->media->alt : "", -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (view), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Description of the picture"), -1);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), view);
  g_signal_connect_swapped (self->text, "changed", G_CALLBACK (on_text_changed), self);
  g_signal_connect_swapped (self, "show", G_CALLBACK (gtk_widget_grab_focus), view);
  return scroller;
}

static void
bmn_alt_editor_dispose (GObject *object)
{
  BmnAltEditor *self = BMN_ALT_EDITOR (object);
  if (self->text)
    g_signal_handlers_disconnect_by_data (self->text, self);
  g_clear_pointer (&self->media, bmn_media_free);
  G_OBJECT_CLASS (bmn_alt_editor_parent_class)->dispose (object);
}

static void
bmn_alt_editor_class_init (BmnAltEditorClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = bmn_alt_editor_dispose;
}

static void
bmn_alt_editor_init (BmnAltEditor *self)
{
}

GtkWidget *
bmn_alt_editor_new (const BmnMedia *media, gsize max_length)
{
  BmnAltEditor *self = g_object_new (BMN_TYPE_ALT_EDITOR, NULL);
  self->media = bmn_media_copy (media);
  self->max_length = max_length;
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 9);
  gtk_widget_add_css_class (box, "pad12");
  gtk_box_append (GTK_BOX (box), make_label (_ ("Describe this picture"), "heading"));
  gtk_box_append (GTK_BOX (box), make_picture (self));
  gtk_box_append (GTK_BOX (box),
                  make_label (_ ("Click what must stay visible when it is cropped."), "reason"));
  gtk_box_append (GTK_BOX (box), make_text (self));
  GtkWidget *foot = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 9);
  self->count = make_label ("", "reason");
  gtk_widget_set_hexpand (self->count, TRUE);
  gtk_widget_add_css_class (self->count, "numeric");
  GtkWidget *done = gtk_button_new_with_mnemonic (_ ("_Done"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (done), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Done"),
                                  -1);
  gtk_widget_add_css_class (done, "suggested-action");
  g_signal_connect_swapped (done, "clicked", G_CALLBACK (gtk_popover_popdown), self);
  gtk_box_append (GTK_BOX (foot), self->count);
  gtk_box_append (GTK_BOX (foot), done);
  gtk_box_append (GTK_BOX (box), foot);
  gtk_popover_set_child (GTK_POPOVER (self), box);
  on_text_changed (self);
  return GTK_WIDGET (self);
}
