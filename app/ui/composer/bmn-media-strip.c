#include "bmn-media-strip.h"
#include "bmn-alt-editor.h"
#include "bmn-chip-flow.h"
#include "bmn-thumbnail.h"

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
 * Adding.
 */

typedef struct
{
  char *path; /* (owned) */
  gboolean is_temporary;
} Job;

static void
job_free (Job *job)
{
  if (job->is_temporary)
    g_unlink (job->path);
  g_free (job->path);
  g_free (job);
}

static gpointer
add_media (BmnSession *session, gpointer data, GError **error)
{
  return bmn_session_add_media (session, ((Job *)data)->path, NULL, NULL, error);
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

static void
add_path (BmnMediaStrip *self, const char *path, gboolean is_temporary)
{
  Job *job = g_new0 (Job, 1);
  job->path = g_strdup (path);
  job->is_temporary = is_temporary;
  bmn_session_thread_work_async (self->session, add_media, job, (GDestroyNotify)job_free,
                                 (GDestroyNotify)bmn_media_free, NULL, on_added,
                                 g_object_ref (self));
}

void
bmn_media_strip_add_file (BmnMediaStrip *self, GFile *file)
{
  g_autofree char *path = g_file_get_path (file);
  if (path)
    add_path (self, path, FALSE);
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
  if (gdk_texture_save_to_png (texture, path))
    add_path (self, path, TRUE);
  else
    say (self, _ ("The picture could not be stored. Look whether the disk is full."));
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
 * Ordering.
 */

static void
on_remove (GtkButton *button, BmnMediaStrip *self)
{
  guint index = GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (button), "index"));
  bmn_draft_remove_media (self->draft, self->variant, self->part, index);
}

static GdkContentProvider *
on_drag_prepare (GtkDragSource *source, double x, double y, BmnMediaStrip *self)
{
  GtkWidget *tile = gtk_event_controller_get_widget (GTK_EVENT_CONTROLLER (source));
  return gdk_content_provider_new_typed (
      G_TYPE_UINT, GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (tile), "index")));
}

static gboolean
on_tile_drop (GtkDropTarget *target, const GValue *value, double x, double y, BmnMediaStrip *self)
{
  GtkWidget *tile = gtk_event_controller_get_widget (GTK_EVENT_CONTROLLER (target));
  guint to = GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (tile), "index"));
  bmn_draft_move_media (self->draft, self->variant, self->part, g_value_get_uint (value), to);
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
    bmn_draft_remove_media (self->draft, self->variant, self->part, index);
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

static GtkWidget *
make_remove_button (BmnMediaStrip *self, guint index)
{
  GtkWidget *button = gtk_button_new_from_icon_name ("window-close-symbolic");
  gtk_widget_add_css_class (button, "osd");
  gtk_widget_add_css_class (button, "circular");
  gtk_widget_add_css_class (button, "tile-remove");
  gtk_widget_set_halign (button, GTK_ALIGN_END);
  gtk_widget_set_valign (button, GTK_ALIGN_START);
  gtk_widget_set_tooltip_text (button, _ ("Remove"));
  g_autofree char *name = g_strdup_printf (_ ("Remove picture %u"), index + 1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  g_object_set_data (G_OBJECT (button), "index", GUINT_TO_POINTER (index));
  g_signal_connect (button, "clicked", G_CALLBACK (on_remove), self);
  return button;
}

static void
make_movable (BmnMediaStrip *self, GtkWidget *tile)
{
  GtkDragSource *drag = gtk_drag_source_new ();
  gtk_drag_source_set_actions (drag, GDK_ACTION_MOVE);
  g_signal_connect (drag, "prepare", G_CALLBACK (on_drag_prepare), self);
  gtk_widget_add_controller (tile, GTK_EVENT_CONTROLLER (drag));
  GtkDropTarget *drop = gtk_drop_target_new (G_TYPE_UINT, GDK_ACTION_MOVE);
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
  gtk_overlay_set_child (GTK_OVERLAY (tile), picture);
  GtkWidget *alt = make_alt_button (self, medium, index);
  gtk_overlay_add_overlay (GTK_OVERLAY (tile), alt);
  gtk_overlay_add_overlay (GTK_OVERLAY (tile), make_remove_button (self, index));
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
