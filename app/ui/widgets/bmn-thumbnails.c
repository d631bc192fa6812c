#include "bmn-thumbnails.h"

#include <gdk-pixbuf/gdk-pixbuf.h>

/* Twice the 44 pixels of the largest place, for sharp screens. */
#define SIZE 88
/* At 88 × 88 × 4 bytes these are 8 MB at most. */
#define MAX_KEPT 256

struct _BmnThumbnails
{
  GObject parent_instance;

  GHashTable *kept; /* (owned) (element-type utf8 GdkTexture) */
};

G_DEFINE_FINAL_TYPE (BmnThumbnails, bmn_thumbnails, G_TYPE_OBJECT)

static GQuark
wanted_quark (void)
{
  return g_quark_from_static_string ("bmn-thumbnail-wanted");
}

typedef struct
{
  BmnThumbnails *self; /* (owned) */
  GWeakRef picture;
  char *path; /* (owned) */
} Request;

static void
request_free (Request *request)
{
  g_object_unref (request->self);
  g_weak_ref_clear (&request->picture);
  g_free (request->path);
  g_free (request);
}

static void
read_picture (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  GError *error = NULL;
  int width = 0, height = 0;
  gdk_pixbuf_get_file_info (data, &width, &height);
  gboolean wide = width > height;
  g_autoptr (GdkPixbuf) pixbuf
      = gdk_pixbuf_new_from_file_at_scale (data, wide ? -1 : SIZE, wide ? SIZE : -1, TRUE, &error);
  if (!pixbuf)
    {
      g_task_return_error (task, error);
      return;
    }
  int size = MIN (gdk_pixbuf_get_width (pixbuf), gdk_pixbuf_get_height (pixbuf));
  g_task_return_pointer (
      task,
      gdk_pixbuf_new_subpixbuf (pixbuf, (gdk_pixbuf_get_width (pixbuf) - size) / 2,
                                (gdk_pixbuf_get_height (pixbuf) - size) / 2, size, size),
      g_object_unref);
}

static void
on_read (GObject *source, GAsyncResult *result, gpointer data)
{
  Request *request = data;
  g_autoptr (GdkPixbuf) pixbuf = g_task_propagate_pointer (G_TASK (result), NULL);
  if (pixbuf)
    {
      GHashTable *kept = request->self->kept;
      GdkTexture *texture = gdk_texture_new_for_pixbuf (pixbuf);
      if (g_hash_table_size (kept) >= MAX_KEPT)
        g_hash_table_remove_all (kept);
      g_hash_table_replace (kept, g_strdup (request->path), texture);
      g_autoptr (GtkImage) picture = g_weak_ref_get (&request->picture);
      if (picture
          && g_strcmp0 (g_object_get_qdata (G_OBJECT (picture), wanted_quark ()), request->path)
                 == 0)
        gtk_image_set_from_paintable (picture, GDK_PAINTABLE (texture));
    }
  request_free (request);
}

void
bmn_thumbnails_show (BmnThumbnails *self, const char *path, GtkImage *picture)
{
  gtk_widget_set_visible (GTK_WIDGET (picture), path != NULL);
  if (g_strcmp0 (g_object_get_qdata (G_OBJECT (picture), wanted_quark ()), path) == 0)
    return;
  g_object_set_qdata_full (G_OBJECT (picture), wanted_quark (), g_strdup (path), g_free);
  GdkPaintable *kept = path ? g_hash_table_lookup (self->kept, path) : NULL;
  gtk_image_set_from_paintable (picture, kept);
  if (!path || kept)
    return;
  Request *request = g_new0 (Request, 1);
  request->self = g_object_ref (self);
  g_weak_ref_init (&request->picture, picture);
  request->path = g_strdup (path);
  g_autoptr (GTask) task = g_task_new (self, NULL, on_read, request);
  g_task_set_source_tag (task, bmn_thumbnails_show);
  g_task_set_task_data (task, g_strdup (path), g_free);
  g_task_run_in_thread (task, read_picture);
}

static void
bmn_thumbnails_finalize (GObject *object)
{
  g_hash_table_unref (BMN_THUMBNAILS (object)->kept);
  G_OBJECT_CLASS (bmn_thumbnails_parent_class)->finalize (object);
}

static void
bmn_thumbnails_class_init (BmnThumbnailsClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = bmn_thumbnails_finalize;
}

static void
bmn_thumbnails_init (BmnThumbnails *self)
{
  self->kept = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_object_unref);
}

BmnThumbnails *
bmn_thumbnails_new (void)
{
  return g_object_new (BMN_TYPE_THUMBNAILS, NULL);
}
