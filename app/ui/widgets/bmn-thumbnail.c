#include "bmn-thumbnail.h"

typedef struct
{
  char *path; /* (owned) */
  int size;
} Job;

static void
job_free (Job *job)
{
  g_free (job->path);
  g_free (job);
}

static void
decode (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  const Job *job = data;
  GError *error = NULL;
  g_autoptr (GdkPixbuf) pixbuf
      = gdk_pixbuf_new_from_file_at_scale (job->path, job->size, job->size, TRUE, &error);
  g_autoptr (GdkPixbuf) upright = pixbuf ? gdk_pixbuf_apply_embedded_orientation (pixbuf) : NULL;
  if (upright)
    g_task_return_pointer (task, gdk_texture_new_for_pixbuf (upright), g_object_unref);
  else
    g_task_return_error (task, error);
}

static void
on_decoded (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GdkPaintable) paintable = g_task_propagate_pointer (G_TASK (result), &error);
  if (paintable)
    gtk_picture_set_paintable (GTK_PICTURE (source), paintable);
  else
    g_debug ("No thumbnail: %s", error->message);
}

void
bmn_thumbnail_load (GtkPicture *picture, const char *path, int size)
{
  g_autoptr (GTask) task = g_task_new (picture, NULL, on_decoded, NULL);
  Job *job = g_new0 (Job, 1);
  job->path = g_strdup (path);
  job->size = size;
  g_task_set_source_tag (task, bmn_thumbnail_load);
  g_task_set_task_data (task, job, (GDestroyNotify)job_free);
  g_task_run_in_thread (task, decode);
}
