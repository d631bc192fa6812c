#include "bmn-crop-window.h"
#include "bmn-crop-view.h"
#include "bmn-thumbnail.h"

#include "bmn-session-crop.h"

#include <glib/gi18n.h>

/* The picture is shown no larger than this; px. */
#define SHOWN 1200

struct _BmnCropWindow
{
  AdwWindow parent_instance;

  BmnSessionThread *session; /* (owned) */
  BmnMedia *media;           /* (owned) */
  BmnCropView *view;
  GtkWidget *picture; /* never on screen: what loads the picture shows it there */
  GtkWidget *size, *crop, *ratios, *trouble;
};

G_DEFINE_FINAL_TYPE (BmnCropWindow, bmn_crop_window, ADW_TYPE_WINDOW)

enum
{
  CROPPED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

gboolean
bmn_crop_window_can_crop (const BmnMedia *media)
{
  return media->mime_type && g_str_has_prefix (media->mime_type, "image/")
         && strcmp (media->mime_type, "image/gif") != 0;
}

/*
 * Cropping.
 */

typedef struct
{
  BmnMedia *media; /* (owned) */
  BmnCropArea area;
} Order;

static void
order_free (Order *order)
{
  bmn_media_free (order->media);
  g_free (order);
}

static gpointer
crop (BmnSession *session, gpointer data, GError **error)
{
  const Order *order = data;
  return bmn_session_crop_media (session, order->media, &order->area, error);
}

static void
on_cropped (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (BmnCropWindow) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (BmnMedia) media
      = bmn_session_thread_call_finish (BMN_SESSION_THREAD (source), result, &error);
  if (media)
    {
      g_signal_emit (self, signals[CROPPED], 0, media);
      gtk_window_destroy (GTK_WINDOW (self));
      return;
    }
  gtk_label_set_label (GTK_LABEL (self->trouble), error->message);
  gtk_widget_show (self->trouble);
  gtk_widget_set_sensitive (self->crop, TRUE);
}

static void
on_crop (BmnCropWindow *self)
{
  const BmnCropFrame *frame = bmn_crop_view_get_frame (self->view);
  Order *order = g_new0 (Order, 1);
  order->media = bmn_media_copy (self->media);
  order->area.x = frame->x / frame->picture_width;
  order->area.y = frame->y / frame->picture_height;
  order->area.width = frame->width / frame->picture_width;
  order->area.height = frame->height / frame->picture_height;
  gtk_widget_set_sensitive (self->crop, FALSE);
  bmn_session_thread_work_async (self->session, crop, order, (GDestroyNotify)order_free,
                                 (GDestroyNotify)bmn_media_free, NULL, on_cropped,
                                 g_object_ref (self));
}

/*
 * What is shown.
 */

static void
on_frame_changed (BmnCropWindow *self)
{
  const BmnCropFrame *frame = bmn_crop_view_get_frame (self->view);
  gboolean is_whole
      = frame->width > frame->picture_width - 0.5 && frame->height > frame->picture_height - 0.5;
  /* Translators: width and height of a picture in pixels. */
  g_autofree char *words = g_strdup_printf (_ ("%d × %d pixels"), (int)(frame->width + 0.5),
                                            (int)(frame->height + 0.5));
  gtk_label_set_label (GTK_LABEL (self->size), words);
  gtk_widget_set_sensitive (self->crop, !is_whole);
}

/* A picture may be stored lying on its side; what is decoded is upright. */
static void
on_loaded (BmnCropWindow *self)
{
  GdkPaintable *picture = gtk_picture_get_paintable (GTK_PICTURE (self->picture));
  double ratio = gdk_paintable_get_intrinsic_aspect_ratio (picture);
  gboolean is_turned = (ratio > 1) != (self->media->width > self->media->height);
  bmn_crop_view_set_picture (self->view, picture,
                             is_turned ? self->media->height : self->media->width,
                             is_turned ? self->media->width : self->media->height);
  gtk_widget_set_sensitive (self->ratios, TRUE);
  gtk_widget_grab_focus (GTK_WIDGET (self->view));
}

static void
on_ratio (GtkToggleButton *button, BmnCropWindow *self)
{
  const double *ratio = g_object_get_data (G_OBJECT (button), "ratio");
  if (gtk_toggle_button_get_active (button))
    bmn_crop_view_set_ratio (self->view, *ratio);
}

/*
 * Building.
 */

static GtkWidget *
make_ratios (BmnCropWindow *self)
{
  static const struct
  {
    const char *label;
    double ratio;
  } choices[] = {
    /* Translators: any form. */
    { N_ ("Free"), 0 },
    { N_ ("Square"), 1 },
    { "4∶5", 4.0 / 5 },
    { "16∶9", 16.0 / 9 },
  };
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0), *first = NULL;
  gtk_widget_add_css_class (box, "linked");
  gtk_widget_set_halign (box, GTK_ALIGN_CENTER);
  for (gsize i = 0; i < G_N_ELEMENTS (choices); i++)
    {
      const char *label = i < 2 ? _ (choices[i].label) : choices[i].label;
      GtkWidget *button = gtk_toggle_button_new_with_label (label);
      if (first)
        gtk_toggle_button_set_group (GTK_TOGGLE_BUTTON (button), GTK_TOGGLE_BUTTON (first));
      else
        first = button;
      g_object_set_data (G_OBJECT (button), "ratio", (gpointer)&choices[i].ratio);
      gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (button), i == 0);
      gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, label,
                                      -1);
      g_signal_connect (button, "toggled", G_CALLBACK (on_ratio), self);
      gtk_box_append (GTK_BOX (box), button);
    }
  gtk_widget_set_sensitive (box, FALSE);
  return box;
}

static GtkWidget *
make_header (BmnCropWindow *self)
{
  GtkWidget *header = adw_header_bar_new ();
  GtkWidget *cancel = gtk_button_new_with_mnemonic (_ ("_Cancel"));
  self->crop = gtk_button_new_with_mnemonic (_ ("C_rop"));
  gtk_widget_add_css_class (self->crop, "suggested-action");
  gtk_widget_set_sensitive (self->crop, FALSE);
  adw_header_bar_set_show_start_title_buttons (ADW_HEADER_BAR (header), FALSE);
  adw_header_bar_set_show_end_title_buttons (ADW_HEADER_BAR (header), FALSE);
  adw_header_bar_pack_start (ADW_HEADER_BAR (header), cancel);
  adw_header_bar_pack_end (ADW_HEADER_BAR (header), self->crop);
  g_signal_connect_swapped (cancel, "clicked", G_CALLBACK (gtk_window_close), self);
  g_signal_connect_swapped (self->crop, "clicked", G_CALLBACK (on_crop), self);
  return header;
}

static GtkWidget *
make_foot (BmnCropWindow *self)
{
  GtkWidget *foot = gtk_box_new (GTK_ORIENTATION_VERTICAL, 9);
  gtk_widget_add_css_class (foot, "pad12");
  self->ratios = make_ratios (self);
  self->size = gtk_label_new (NULL);
  gtk_widget_add_css_class (self->size, "reason");
  gtk_widget_add_css_class (self->size, "numeric");
  self->trouble = gtk_label_new (NULL);
  gtk_label_set_wrap (GTK_LABEL (self->trouble), TRUE);
  gtk_widget_add_css_class (self->trouble, "over");
  gtk_widget_hide (self->trouble);
  gtk_box_append (GTK_BOX (foot), self->ratios);
  gtk_box_append (GTK_BOX (foot), self->size);
  gtk_box_append (GTK_BOX (foot), self->trouble);
  return foot;
}

static void
bmn_crop_window_dispose (GObject *object)
{
  BmnCropWindow *self = BMN_CROP_WINDOW (object);
  g_clear_object (&self->session);
  g_clear_object (&self->picture);
  g_clear_pointer (&self->media, bmn_media_free);
  G_OBJECT_CLASS (bmn_crop_window_parent_class)->dispose (object);
}

static void
bmn_crop_window_class_init (BmnCropWindowClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = bmn_crop_window_dispose;
  gtk_widget_class_add_binding_action (GTK_WIDGET_CLASS (klass), GDK_KEY_Escape, 0, "window.close",
                                       NULL);
  signals[CROPPED] = g_signal_new ("cropped", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 1, G_TYPE_POINTER);
}

static void
bmn_crop_window_init (BmnCropWindow *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWindow *window = GTK_WINDOW (self);
  self->view = BMN_CROP_VIEW (bmn_crop_view_new ());
  gtk_widget_set_vexpand (GTK_WIDGET (self->view), TRUE);
  gtk_widget_set_margin_start (GTK_WIDGET (self->view), 18);
  gtk_widget_set_margin_end (GTK_WIDGET (self->view), 18);
  gtk_widget_set_margin_top (GTK_WIDGET (self->view), 12);
  gtk_box_append (GTK_BOX (box), make_header (self));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->view));
  gtk_box_append (GTK_BOX (box), make_foot (self));
  adw_window_set_content (ADW_WINDOW (self), box);
  gtk_window_set_title (window, _ ("Crop Picture"));
  gtk_window_set_default_size (window, 640, 600);
  gtk_window_set_default_widget (window, self->crop);
  gtk_widget_set_size_request (GTK_WIDGET (self), 340, 420);
  gtk_window_set_destroy_with_parent (window, TRUE);
  g_signal_connect_object (self->view, "changed", G_CALLBACK (on_frame_changed), self,
                           G_CONNECT_SWAPPED);
  self->picture = g_object_ref_sink (gtk_picture_new ());
  g_signal_connect_object (self->picture, "notify::paintable", G_CALLBACK (on_loaded), self,
                           G_CONNECT_SWAPPED);
}

GtkWidget *
bmn_crop_window_new (BmnSessionThread *session, GtkWindow *parent, const BmnMedia *media)
{
  BmnCropWindow *self = g_object_new (BMN_TYPE_CROP_WINDOW, "transient-for", parent, NULL);
  self->session = g_object_ref (session);
  self->media = bmn_media_copy (media);
  bmn_thumbnail_load (GTK_PICTURE (self->picture), media->path, SHOWN);
  return GTK_WIDGET (self);
}
