#include "bmn-media-strip.h"
#include "bmn-alt-editor.h"
#include "bmn-chip-flow.h"
#include "bmn-crop-window.h"
#include "bmn-thumbnail.h"
#include "bmn-undo-toast.h"

#include "bmn-session-posts.h"

#include <glib/gi18n.h>
#include <glib/gstdio.h>

#define TILE_WIDTH 104
#define TILE_HEIGHT 78

struct _BmnMediaStrip
{
  GtkWidget parent_instance;

  BmnSessionThread *session; /* (owned) */
  BmnDraft *draft;           /* (owned) */
  gint64 variant;
  guint part;
  gsize max_alt;
  guint dragged;                 /* which one is being dragged */
  GtkWidget *flow;               /* (owned) a child */
  GtkFileChooserNative *chooser; /* (owned) (nullable) while it is open */
};

G_DEFINE_FINAL_TYPE (BmnMediaStrip, bmn_media_strip, GTK_TYPE_WIDGET)

static GPtrArray *
get_media (BmnMediaStrip *self)
{
  GPtrArray *parts = bmn_draft_get_parts (self->draft, self->variant);
  return self->part < parts->len ? ((BmnPart *)parts->pdata[self->part])->media : NULL;
}

static void
say (BmnMediaStrip *self, const char *message)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "composer.say", "s", message);
}

/*
 * Taking back.
 */

/* What was there, and what is there instead; one of them is %NULL where something was removed. */
typedef struct
{
  BmnMediaStrip *strip; /* (owned) */
  BmnMedia *before;     /* (owned) */
  BmnMedia *after;      /* (owned) (nullable) */
} Change;

static void
change_free (Change *change)
{
  g_object_unref (change->strip);
  bmn_media_free (change->before);
  g_clear_pointer (&change->after, bmn_media_free);
  g_free (change);
}

static void
take_back (gpointer data)
{
  const Change *change = data;
  BmnMediaStrip *self = change->strip;
  GPtrArray *media = get_media (self);
  if (!change->after)
    {
      bmn_draft_add_media (self->draft, self->variant, self->part, bmn_media_copy (change->before));
      return;
    }
  for (guint i = 0; media && i < media->len; i++)
    if (g_strcmp0 (((BmnMedia *)media->pdata[i])->sha256, change->after->sha256) == 0)
      {
        bmn_draft_replace_media (self->draft, self->variant, self->part, i,
                                 bmn_media_copy (change->before));
        return;
      }
}

/* @after: (nullable): %NULL where it is removed */
static void
offer_undo (BmnMediaStrip *self, const BmnMedia *before, const BmnMedia *after)
{
  Change *change = g_new0 (Change, 1);
  change->strip = g_object_ref (self);
  change->before = bmn_media_copy (before);
  change->after = after ? bmn_media_copy (after) : NULL;
  bmn_undo_toast_show (GTK_WIDGET (self), after ? _ ("Picture cropped") : _ ("Picture removed"),
                       take_back, change, (GDestroyNotify)change_free);
}

/*
 * Adding.
 */

typedef struct
{
  char *path; /* (owned) */
  gboolean is_temporary;
  GdkTexture *texture; /* (owned) (nullable) what is to be stored there first */
} Job;

static void
job_free (Job *job)
{
  if (job->is_temporary)
    g_unlink (job->path);
  g_clear_object (&job->texture);
  g_free (job->path);
  g_free (job);
}

static gpointer
add_media (BmnSession *session, gpointer data, GError **error)
{
  const Job *job = data;
  if (!job->texture || gdk_texture_save_to_png (job->texture, job->path))
    return bmn_session_add_media (session, job->path, NULL, NULL, error);
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_FAILED,
                       _ ("The picture could not be stored. Look whether the disk is full."));
  return NULL;
}

static void
on_added (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (BmnMediaStrip) self = data;
  g_autoptr (GError) error = NULL;
  BmnMedia *media = bmn_session_thread_call_finish (BMN_SESSION_THREAD (source), result, &error);
  if (media)
    bmn_draft_add_media (self->draft, self->variant, self->part, media);
  else
    say (self, error->message);
}

/* @texture: (nullable): to be stored at @path, which is deleted again */
static void
add_path (BmnMediaStrip *self, const char *path, GdkTexture *texture)
{
  Job *job = g_new0 (Job, 1);
  job->path = g_strdup (path);
  job->is_temporary = texture != NULL;
  job->texture = texture ? g_object_ref (texture) : NULL;
  bmn_session_thread_work_async (self->session, add_media, job, (GDestroyNotify)job_free,
                                 (GDestroyNotify)bmn_media_free, NULL, on_added,
                                 g_object_ref (self));
}

void
bmn_media_strip_add_file (BmnMediaStrip *self, GFile *file)
{
  g_autofree char *path = g_file_get_path (file);
  if (path)
    add_path (self, path, NULL);
  else
    say (self, _ ("Only files on this computer can be added. Save it here first."));
}

void
bmn_media_strip_add_texture (BmnMediaStrip *self, GdkTexture *texture)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *path = NULL;
  int fd = g_file_open_tmp ("bellman-XXXXXX.png", &path, &error);
  if (fd < 0)
    {
      say (self, error->message);
      return;
    }
  g_close (fd, NULL);
  add_path (self, path, texture);
}

static void
on_chosen (BmnMediaStrip *self, int response)
{
  g_autoptr (GtkFileChooserNative) chooser = g_steal_pointer (&self->chooser);
  if (response != GTK_RESPONSE_ACCEPT)
    return;
  g_autoptr (GListModel) files = gtk_file_chooser_get_files (GTK_FILE_CHOOSER (chooser));
  for (guint i = 0; i < g_list_model_get_n_items (files); i++)
    {
      g_autoptr (GFile) file = g_list_model_get_item (files, i);
      bmn_media_strip_add_file (self, file);
    }
}

void
bmn_media_strip_choose (BmnMediaStrip *self)
{
  if (self->chooser)
    return;
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  self->chooser = gtk_file_chooser_native_new (_ ("Add Media"), GTK_WINDOW (root),
                                               GTK_FILE_CHOOSER_ACTION_OPEN, _ ("_Add"), NULL);
  g_autoptr (GtkFileFilter) filter = gtk_file_filter_new ();
  gtk_file_filter_set_name (filter, _ ("Pictures, videos and sounds"));
  gtk_file_filter_add_mime_type (filter, "image/*");
  gtk_file_filter_add_mime_type (filter, "video/*");
  gtk_file_filter_add_mime_type (filter, "audio/*");
  gtk_file_chooser_add_filter (GTK_FILE_CHOOSER (self->chooser), filter);
  gtk_file_chooser_set_select_multiple (GTK_FILE_CHOOSER (self->chooser), TRUE);
  g_signal_connect_swapped (self->chooser, "response", G_CALLBACK (on_chosen), self);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (self->chooser));
}

/*
 * Describing.
 */

static void
on_alt_closed (BmnAltEditor *editor, BmnMediaStrip *self)
{
  guint index = GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (editor), "index"));
  GPtrArray *media = get_media (self);
  if (media && index < media->len)
    {
      const BmnMedia *old = media->pdata[index];
      BmnMedia *changed = bmn_alt_editor_make_media (editor);
      if (g_strcmp0 (old->alt, changed->alt) == 0 && old->focus_x == changed->focus_x
          && old->focus_y == changed->focus_y)
        bmn_media_free (changed);
      else
        bmn_draft_replace_media (self->draft, self->variant, self->part, index, changed);
    }
}

static GtkWidget *
get_tile (BmnMediaStrip *self, guint index)
{
  GtkWidget *tile = gtk_widget_get_first_child (self->flow);
  while (tile && index-- > 0)
    tile = gtk_widget_get_next_sibling (tile);
  return tile;
}

static void
create_alt_popover (GtkMenuButton *button, gpointer data)
{
  BmnMediaStrip *self = data;
  guint index = GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (button), "index"));
  GPtrArray *media = get_media (self);
  if (!media || index >= media->len || gtk_menu_button_get_popover (button))
    return;
  GtkWidget *editor = bmn_alt_editor_new (media->pdata[index], self->max_alt);
  g_object_set_data (G_OBJECT (editor), "index", GUINT_TO_POINTER (index));
  gtk_menu_button_set_popover (button, editor);
  g_signal_connect_object (editor, "closed", G_CALLBACK (on_alt_closed), self, 0);
}

void
bmn_media_strip_describe (BmnMediaStrip *self, guint index)
{
  GPtrArray *media = get_media (self);
  GtkWidget *tile = get_tile (self, index);
  if (media && index < media->len && tile)
    gtk_menu_button_popup (g_object_get_data (G_OBJECT (tile), "alt"));
}

/*
 * Cropping.
 */

/* The strip may have changed meanwhile: the picture is known by its content. */
static void
on_cropped (BmnCropWindow *window, BmnMedia *cropped, BmnMediaStrip *self)
{
  const char *original = g_object_get_data (G_OBJECT (window), "sha256");
  GPtrArray *media = get_media (self);
  for (guint i = 0; media && i < media->len; i++)
    if (g_strcmp0 (((BmnMedia *)media->pdata[i])->sha256, original) == 0)
      {
        const BmnMedia *before = media->pdata[i];
        g_autoptr (BmnMedia) after = bmn_media_copy (cropped);
        g_free (after->alt);
        after->alt = g_strdup (before->alt);
        offer_undo (self, before, after);
        bmn_draft_replace_media (self->draft, self->variant, self->part, i,
                                 g_steal_pointer (&after));
        return;
      }
}

void
bmn_media_strip_crop (BmnMediaStrip *self, guint index)
{
  GPtrArray *media = get_media (self);
  if (!media || index >= media->len || !bmn_crop_window_can_crop (media->pdata[index]))
    return;
  const BmnMedia *medium = media->pdata[index];
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *window = bmn_crop_window_new (self->session, GTK_WINDOW (root), medium);
  g_object_set_data_full (G_OBJECT (window), "sha256", g_strdup (medium->sha256), g_free);
  g_signal_connect_object (window, "cropped", G_CALLBACK (on_cropped), self, 0);
  gtk_window_present (GTK_WINDOW (window));
}

static void
on_crop (GtkButton *button, BmnMediaStrip *self)
{
  bmn_media_strip_crop (self, GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (button), "index")));
}

/*
 * Ordering.
 */

static void
remove_medium (BmnMediaStrip *self, guint index)
{
  GPtrArray *media = get_media (self);
  if (!media || index >= media->len)
    return;
  offer_undo (self, media->pdata[index], NULL);
  bmn_draft_remove_media (self->draft, self->variant, self->part, index);
}

static void
on_remove (GtkButton *button, BmnMediaStrip *self)
{
  remove_medium (self, GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (button), "index")));
}

static GdkContentProvider *
on_drag_prepare (GtkDragSource *source, double x, double y, BmnMediaStrip *self)
{
  GtkWidget *tile = gtk_event_controller_get_widget (GTK_EVENT_CONTROLLER (source));
  g_autoptr (GdkPaintable) icon = gtk_widget_paintable_new (tile);
  gtk_drag_source_set_icon (source, icon, (int)x, (int)y);
  self->dragged = GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (tile), "index"));
  return gdk_content_provider_new_typed (BMN_TYPE_MEDIA_STRIP, self);
}

/* A picture of another part, or of another post, moves to this one. */
static void
take_over (BmnMediaStrip *self, BmnMediaStrip *other)
{
  GPtrArray *media = get_media (other);
  if (!media || other->dragged >= media->len)
    return;
  BmnMedia *moved = bmn_media_copy (media->pdata[other->dragged]);
  bmn_draft_remove_media (other->draft, other->variant, other->part, other->dragged);
  bmn_draft_add_media (self->draft, self->variant, self->part, moved);
}

static gboolean
on_tile_drop (GtkDropTarget *target, const GValue *value, double x, double y, BmnMediaStrip *self)
{
  GtkWidget *tile = gtk_event_controller_get_widget (GTK_EVENT_CONTROLLER (target));
  guint to = GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (tile), "index"));
  BmnMediaStrip *from = g_value_get_object (value);
  if (from == self)
    bmn_draft_move_media (self->draft, self->variant, self->part, self->dragged, to);
  else
    take_over (self, from);
  return TRUE;
}

static gboolean
on_tile_key (
    GtkEventControllerKey *keys, guint key, guint code, GdkModifierType state, BmnMediaStrip *self)
{
  GtkWidget *tile = gtk_event_controller_get_widget (GTK_EVENT_CONTROLLER (keys));
  guint index = GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (tile), "index"));
  gboolean rtl = gtk_widget_get_direction (tile) == GTK_TEXT_DIR_RTL;
  if (key == GDK_KEY_Delete)
    remove_medium (self, index);
  else if (!(state & GDK_CONTROL_MASK) || (key != GDK_KEY_Left && key != GDK_KEY_Right))
    return GDK_EVENT_PROPAGATE;
  else
    {
      guint to = (key == GDK_KEY_Right) != rtl ? index + 1 : index - 1;
      bmn_draft_move_media (self->draft, self->variant, self->part, index, to);
      GtkWidget *moved = get_tile (self, to);
      if (moved)
        gtk_widget_grab_focus (moved);
    }
  return GDK_EVENT_STOP;
}

/*
 * Tiles.
 */

static GtkWidget *
make_alt_button (BmnMediaStrip *self, const BmnMedia *medium, guint index)
{
  GtkWidget *button = gtk_menu_button_new ();
  GtkWidget *label = gtk_label_new (medium->alt ? _ ("ALT ✓") : _ ("Add ALT"));
  gtk_menu_button_set_child (GTK_MENU_BUTTON (button), label);
  gtk_menu_button_set_direction (GTK_MENU_BUTTON (button), GTK_ARROW_UP);
  gtk_widget_add_css_class (button, "alt-button");
  gtk_widget_add_css_class (button, medium->alt ? "described" : "missing");
  gtk_widget_set_halign (button, GTK_ALIGN_START);
  gtk_widget_set_valign (button, GTK_ALIGN_END);
  gtk_widget_set_tooltip_text (button, medium->alt ? medium->alt : _ ("Describe this picture"));
  g_autofree char *name
      = medium->alt ? g_strdup_printf (_ ("Description of picture %u: %s"), index + 1, medium->alt)
                    : g_strdup_printf (_ ("Describe picture %u"), index + 1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  g_object_set_data (G_OBJECT (button), "index", GUINT_TO_POINTER (index));
  gtk_menu_button_set_create_popup_func (GTK_MENU_BUTTON (button), create_alt_popover, self, NULL);
  return button;
}

/* A small round button in a corner at the end of a tile. */
static GtkWidget *
make_corner_button (
    const char *icon, GtkAlign valign, const char *tooltip, const char *name, guint index)
{
  GtkWidget *button = gtk_button_new_from_icon_name (icon);
  gtk_widget_add_css_class (button, "osd");
  gtk_widget_add_css_class (button, "circular");
  gtk_widget_add_css_class (button, "tile-button");
  gtk_widget_set_halign (button, GTK_ALIGN_END);
  gtk_widget_set_valign (button, valign);
  gtk_widget_set_tooltip_text (button, tooltip);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  g_object_set_data (G_OBJECT (button), "index", GUINT_TO_POINTER (index));
  return button;
}

static GtkWidget *
make_remove_button (BmnMediaStrip *self, guint index)
{
  g_autofree char *name = g_strdup_printf (_ ("Remove picture %u"), index + 1);
  GtkWidget *button
      = make_corner_button ("window-close-symbolic", GTK_ALIGN_START, _ ("Remove"), name, index);
  g_signal_connect (button, "clicked", G_CALLBACK (on_remove), self);
  return button;
}

static GtkWidget *
make_crop_button (BmnMediaStrip *self, guint index)
{
  g_autofree char *name = g_strdup_printf (_ ("Crop picture %u"), index + 1);
  GtkWidget *button
      = make_corner_button ("bmn-crop-symbolic", GTK_ALIGN_END, _ ("Crop"), name, index);
  g_signal_connect (button, "clicked", G_CALLBACK (on_crop), self);
  return button;
}

static void
make_movable (BmnMediaStrip *self, GtkWidget *tile)
{
  GtkDragSource *drag = gtk_drag_source_new ();
  gtk_drag_source_set_actions (drag, GDK_ACTION_MOVE);
  g_signal_connect (drag, "prepare", G_CALLBACK (on_drag_prepare), self);
  gtk_widget_add_controller (tile, GTK_EVENT_CONTROLLER (drag));
  GtkDropTarget *drop = gtk_drop_target_new (BMN_TYPE_MEDIA_STRIP, GDK_ACTION_MOVE);
  g_signal_connect (drop, "drop", G_CALLBACK (on_tile_drop), self);
  gtk_widget_add_controller (tile, GTK_EVENT_CONTROLLER (drop));
  GtkEventController *keys = gtk_event_controller_key_new ();
  g_signal_connect (keys, "key-pressed", G_CALLBACK (on_tile_key), self);
  gtk_widget_add_controller (tile, keys);
}

static GtkWidget *
make_tile (BmnMediaStrip *self, const BmnMedia *medium, guint index)
{
  GtkWidget *tile = gtk_overlay_new (), *picture = gtk_picture_new ();
  gtk_widget_add_css_class (tile, "media-tile");
  gtk_widget_set_size_request (tile, TILE_WIDTH, TILE_HEIGHT);
  gtk_widget_set_overflow (tile, GTK_OVERFLOW_HIDDEN);
  gtk_widget_set_focusable (tile, TRUE);
  gtk_picture_set_content_fit (GTK_PICTURE (picture), GTK_CONTENT_FIT_COVER);
  gtk_picture_set_can_shrink (GTK_PICTURE (picture), TRUE);
  gtk_widget_set_size_request (picture, TILE_WIDTH, TILE_HEIGHT);
  bmn_thumbnail_load (GTK_PICTURE (picture), medium->path, 2 * TILE_WIDTH);
  /* An overlay is as large as its child, whatever the picture would like. */
  GtkWidget *frame = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  gtk_widget_set_size_request (frame, TILE_WIDTH, TILE_HEIGHT);
  gtk_overlay_set_child (GTK_OVERLAY (tile), frame);
  gtk_overlay_add_overlay (GTK_OVERLAY (tile), picture);
  GtkWidget *alt = make_alt_button (self, medium, index);
  gtk_overlay_add_overlay (GTK_OVERLAY (tile), alt);
  gtk_overlay_add_overlay (GTK_OVERLAY (tile), make_remove_button (self, index));
  if (bmn_crop_window_can_crop (medium))
    gtk_overlay_add_overlay (GTK_OVERLAY (tile), make_crop_button (self, index));
  g_autofree char *name
      = g_strdup_printf (_ ("Picture %u; Ctrl with an arrow key moves it"), index + 1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (tile), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  g_object_set_data (G_OBJECT (tile), "index", GUINT_TO_POINTER (index));
  g_object_set_data (G_OBJECT (tile), "alt", alt);
  make_movable (self, tile);
  return tile;
}

static void
on_add_clicked (BmnMediaStrip *self)
{
  bmn_media_strip_choose (self);
}

static GtkWidget *
make_add_tile (BmnMediaStrip *self)
{
  GtkWidget *button = gtk_button_new_from_icon_name ("bmn-media-symbolic");
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_add_css_class (button, "addtile");
  gtk_widget_set_size_request (button, 56, TILE_HEIGHT);
  gtk_widget_set_tooltip_text (button, _ ("Add Media"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Add media"), -1);
  g_signal_connect_swapped (button, "clicked", G_CALLBACK (on_add_clicked), self);
  return button;
}

static void
rebuild (BmnMediaStrip *self)
{
  GPtrArray *media = get_media (self);
  bmn_chip_flow_clear (BMN_CHIP_FLOW (self->flow));
  for (guint i = 0; media && i < media->len; i++)
    bmn_chip_flow_append (BMN_CHIP_FLOW (self->flow), make_tile (self, media->pdata[i], i));
  if (media && media->len > 0)
    bmn_chip_flow_append (BMN_CHIP_FLOW (self->flow), make_add_tile (self));
  gtk_widget_set_visible (GTK_WIDGET (self), media && media->len > 0);
}

static void
on_draft_changed (BmnMediaStrip *self, guint what)
{
  if (what & (BMN_DRAFT_CHANGE_MEDIA | BMN_DRAFT_CHANGE_PARTS))
    rebuild (self);
}

void
bmn_media_strip_set_max_alt (BmnMediaStrip *self, gsize max_length)
{
  self->max_alt = max_length;
}

static void
bmn_media_strip_dispose (GObject *object)
{
  BmnMediaStrip *self = BMN_MEDIA_STRIP (object);
  g_clear_object (&self->chooser);
  g_clear_pointer (&self->flow, gtk_widget_unparent);
  g_clear_object (&self->session);
  g_clear_object (&self->draft);
  G_OBJECT_CLASS (bmn_media_strip_parent_class)->dispose (object);
}

static void
bmn_media_strip_class_init (BmnMediaStripClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  G_OBJECT_CLASS (klass)->dispose = bmn_media_strip_dispose;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
}

static void
bmn_media_strip_init (BmnMediaStrip *self)
{
  self->flow = bmn_chip_flow_new (9);
  gtk_widget_set_parent (self->flow, GTK_WIDGET (self));
}

GtkWidget *
bmn_media_strip_new (BmnSessionThread *session, BmnDraft *draft, gint64 variant, guint part)
{
  BmnMediaStrip *self = g_object_new (BMN_TYPE_MEDIA_STRIP, NULL);
  self->session = g_object_ref (session);
  self->draft = g_object_ref (draft);
  self->variant = variant;
  self->part = part;
  g_signal_connect_object (draft, "changed", G_CALLBACK (on_draft_changed), self,
                           G_CONNECT_SWAPPED);
  rebuild (self);
  return GTK_WIDGET (self);
}
