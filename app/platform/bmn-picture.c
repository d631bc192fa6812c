#include "bmn-picture-private.h"
#include "bmn-error.h"
#include "bmn-platform-error.h"

#include <gdk-pixbuf/gdk-pixbuf.h>
#include <glib/gi18n-lib.h>
#include <math.h>

/* More than any camera makes; what claims more is a bomb. */
#define MAX_DECODED_PIXELS (G_GINT64_CONSTANT (250) * 1000 * 1000)
/* Below the least quality blocks show, so a smaller picture is the better one. */
#define MIN_QUALITY 60
#define MAX_QUALITY 92
/* Nobody recognises anything in less. */
#define MIN_SIDE 16

/* Formats whose decoders are meant for strangers' files; vector formats are not among them. */
static const char *const readable_formats[]
    = { "jpeg", "png", "gif", "tiff", "bmp", "webp", "avif", "heif/avif", "heif", "jxl", NULL };

static gboolean
has_type (GdkPixbufFormat *format, const char *mime_type)
{
  g_autofree char *name = gdk_pixbuf_format_get_name (format);
  g_auto (GStrv) types = gdk_pixbuf_format_get_mime_types (format);
  return g_strv_contains (readable_formats, name)
         && g_strv_contains ((const char *const *)types, mime_type);
}

gboolean
bmn_picture_can_read (const char *mime_type)
{
  g_autoptr (GSList) formats = gdk_pixbuf_get_formats ();
  for (GSList *at = formats; at; at = at->next)
    if (!gdk_pixbuf_format_is_disabled (at->data) && has_type (at->data, mime_type))
      return TRUE;
  return FALSE;
}

typedef struct
{
  char *path;       /* (owned) */
  GStrv mime_types; /* (owned) (nullable) */
  gint64 max_bytes;
  gint64 max_pixels;
} BmnPictureJob;

static void
job_free (BmnPictureJob *job)
{
  g_free (job->path);
  g_strfreev (job->mime_types);
  g_free (job);
}

void
bmn_picture_free (BmnPicture *picture)
{
  g_bytes_unref (picture->bytes);
  g_free (picture->mime_type);
  g_free (picture);
}

static BmnPicture *
picture_new (GBytes *bytes, const char *mime_type, int width, int height)
{
  BmnPicture *picture = g_new0 (BmnPicture, 1);
  picture->bytes = g_bytes_ref (bytes);
  picture->mime_type = g_strdup (mime_type);
  picture->width = width;
  picture->height = height;
  return picture;
}

static gboolean
allows (const BmnPictureJob *job, const char *mime_type)
{
  return !job->mime_types || g_strv_contains ((const char *const *)job->mime_types, mime_type);
}

static gboolean
fits (const BmnPictureJob *job, GBytes *bytes)
{
  return job->max_bytes <= 0 || g_bytes_get_size (bytes) <= (gsize)job->max_bytes;
}

static void
set_unreadable (GError **error)
{
  g_set_error_literal (error, BMN_PLATFORM_ERROR, BMN_PLATFORM_ERROR_REJECTED,
                       _ ("A picture cannot be read. Convert it to JPEG or PNG and add it again."));
}

static void
set_unfit (GError **error)
{
  g_set_error_literal (error, BMN_PLATFORM_ERROR, BMN_PLATFORM_ERROR_REJECTED,
                       _ ("A picture cannot be made small enough for this account. Use another."));
}

/* How much smaller the sides must become for @pixels to be at most @max; at most 1. */
static double
scale_for (double pixels, gint64 max)
{
  return max > 0 && pixels > max ? sqrt (max / pixels) : 1;
}

static int
scaled (int side, double scale)
{
  return MAX (1, (int)floor (side * scale));
}

static GBytes *
load_file (const BmnPictureJob *job, GCancellable *cancellable, GError **error)
{
  g_autoptr (GFile) file = g_file_new_for_path (job->path);
  g_autoptr (GError) failure = NULL;
  GBytes *bytes = g_file_load_bytes (file, cancellable, NULL, &failure);
  if (bytes)
    return bytes;
  if (g_error_matches (failure, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_propagate_error (error, g_steal_pointer (&failure));
  else if (g_error_matches (failure, G_IO_ERROR, G_IO_ERROR_NOT_FOUND))
    g_set_error_literal (error, BMN_PLATFORM_ERROR, BMN_PLATFORM_ERROR_REJECTED,
                         _ ("The file of a picture is no longer there. Add it again."));
  else
    g_set_error (error, BMN_ERROR, BMN_ERROR_STORAGE,
                 /* Translators: %s is the system's reason. */
                 _ ("The file of a picture cannot be read: %s. Check the disk."), failure->message);
  return NULL;
}

/*
 * Decodes no larger than needed: JPEG is reduced while it is read.
 *
 * Returns: (transfer full): upright
 */
static GdkPixbuf *
decode (const BmnPictureJob *job,
        GBytes *bytes,
        int width,
        int height,
        GCancellable *cancellable,
        GError **error)
{
  double scale = scale_for ((double)width * height, job->max_pixels);
  g_autoptr (GInputStream) stream = g_memory_input_stream_new_from_bytes (bytes);
  g_autoptr (GError) failure = NULL;
  g_autoptr (GdkPixbuf) raw = gdk_pixbuf_new_from_stream_at_scale (
      stream, scaled (width, scale), scaled (height, scale), FALSE, cancellable, &failure);
  if (raw)
    {
      GdkPixbuf *upright = gdk_pixbuf_apply_embedded_orientation (raw);
      const char *profile = gdk_pixbuf_get_option (raw, "icc-profile");
      if (profile && !gdk_pixbuf_get_option (upright, "icc-profile"))
        gdk_pixbuf_set_option (upright, "icc-profile", profile);
      return upright;
    }
  if (g_error_matches (failure, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_propagate_error (error, g_steal_pointer (&failure));
  else
    set_unreadable (error);
  return NULL;
}

/* @quality: 0 for a PNG. Returns: (transfer full): */
static GBytes *
encode (GdkPixbuf *pixbuf, const char *profile, int quality, GError **error)
{
  const char *keys[3] = { NULL };
  char *values[3] = { NULL };
  char digits[8];
  guint n = 0;
  if (quality > 0)
    {
      g_snprintf (digits, sizeof digits, "%d", quality);
      keys[n] = "quality";
      values[n++] = digits;
    }
  g_autofree char *icc = g_strdup (profile);
  if (icc)
    {
      keys[n] = "icc-profile";
      values[n++] = icc;
    }
  char *buffer = NULL;
  gsize size = 0;
  if (!gdk_pixbuf_save_to_bufferv (pixbuf, &buffer, &size, quality > 0 ? "jpeg" : "png",
                                   (char **)keys, values, NULL))
    {
      set_unreadable (error);
      return NULL;
    }
  return g_bytes_new_take (buffer, size);
}

static gboolean
is_transparent (GdkPixbuf *pixbuf)
{
  if (!gdk_pixbuf_get_has_alpha (pixbuf))
    return FALSE;
  const guchar *pixels = gdk_pixbuf_read_pixels (pixbuf);
  int width = gdk_pixbuf_get_width (pixbuf);
  int height = gdk_pixbuf_get_height (pixbuf);
  gsize stride = gdk_pixbuf_get_rowstride (pixbuf);
  for (int y = 0; y < height; y++)
    for (int x = 0; x < width; x++)
      if (pixels[y * stride + x * 4 + 3] != 0xff)
        return TRUE;
  return FALSE;
}

/* Returns: (transfer full): without transparency, on white */
static GdkPixbuf *
flatten (GdkPixbuf *pixbuf)
{
  int width = gdk_pixbuf_get_width (pixbuf);
  int height = gdk_pixbuf_get_height (pixbuf);
  if (!gdk_pixbuf_get_has_alpha (pixbuf))
    return g_object_ref (pixbuf);
  GdkPixbuf *flat = gdk_pixbuf_new (GDK_COLORSPACE_RGB, FALSE, 8, width, height);
  if (!flat)
    return NULL;
  gdk_pixbuf_fill (flat, 0xffffffff);
  gdk_pixbuf_composite (pixbuf, flat, 0, 0, width, height, 0, 0, 1, 1, GDK_INTERP_NEAREST, 255);
  return flat;
}

/* The best quality that fits, by halving. Returns: (transfer full) (nullable): %NULL without
 * @error where even the least does not fit; @least is its size then */
static GBytes *
encode_best_jpeg (
    const BmnPictureJob *job, GdkPixbuf *pixbuf, const char *profile, gsize *least, GError **error)
{
  g_autoptr (GBytes) best = encode (pixbuf, profile, MAX_QUALITY, error);
  if (!best || fits (job, best))
    return g_steal_pointer (&best);
  g_clear_pointer (&best, g_bytes_unref);
  int low = MIN_QUALITY;
  int high = MAX_QUALITY - 1;
  int quality = MIN_QUALITY;
  while (low <= high)
    {
      g_autoptr (GBytes) bytes = encode (pixbuf, profile, quality, error);
      if (!bytes)
        return NULL;
      if (fits (job, bytes))
        {
          g_clear_pointer (&best, g_bytes_unref);
          best = g_bytes_ref (bytes);
          low = quality + 1;
        }
      else
        {
          *least = g_bytes_get_size (bytes);
          high = quality - 1;
        }
      if (!best)
        return NULL;
      quality = (low + high + 1) / 2;
    }
  return g_steal_pointer (&best);
}

static BmnPicture *
make_jpeg (const BmnPictureJob *job,
           GdkPixbuf *pixbuf,
           const char *profile,
           GCancellable *cancellable,
           GError **error)
{
  g_autoptr (GdkPixbuf) flat = flatten (pixbuf);
  while (flat && !g_cancellable_set_error_if_cancelled (cancellable, error))
    {
      g_autoptr (GError) failure = NULL;
      gsize least = 0;
      int width = gdk_pixbuf_get_width (flat);
      int height = gdk_pixbuf_get_height (flat);
      g_autoptr (GBytes) bytes = encode_best_jpeg (job, flat, profile, &least, &failure);
      if (bytes)
        return picture_new (bytes, "image/jpeg", width, height);
      if (failure)
        {
          g_propagate_error (error, g_steal_pointer (&failure));
          return NULL;
        }
      /* A little less than the ratio of sizes says, so that one more round is the rule. */
      double scale = 0.95 * scale_for (least, job->max_bytes);
      if (MIN (width, height) * scale < MIN_SIDE)
        break;
      GdkPixbuf *smaller = gdk_pixbuf_scale_simple (flat, scaled (width, scale),
                                                    scaled (height, scale), GDK_INTERP_BILINEAR);
      g_object_unref (flat);
      flat = smaller;
    }
  if (error && !*error)
    set_unfit (error);
  return NULL;
}

static BmnPicture *
make_still (const BmnPictureJob *job,
            GdkPixbuf *pixbuf,
            gboolean lossless,
            GCancellable *cancellable,
            GError **error)
{
  const char *profile = gdk_pixbuf_get_option (pixbuf, "icc-profile");
  gboolean jpeg = allows (job, "image/jpeg");
  if (allows (job, "image/png") && (!jpeg || lossless || is_transparent (pixbuf)))
    {
      g_autoptr (GBytes) bytes = encode (pixbuf, profile, 0, error);
      if (!bytes)
        return NULL;
      if (fits (job, bytes))
        return picture_new (bytes, "image/png", gdk_pixbuf_get_width (pixbuf),
                            gdk_pixbuf_get_height (pixbuf));
    }
  if (jpeg)
    return make_jpeg (job, pixbuf, profile, cancellable, error);
  set_unfit (error);
  return NULL;
}

/* Returns: whether @bytes, a GIF, has more than one picture */
static gboolean
moves (GBytes *bytes, GError **error)
{
  g_autoptr (GInputStream) stream = g_memory_input_stream_new_from_bytes (bytes);
  g_autoptr (GdkPixbufAnimation) animation
      = gdk_pixbuf_animation_new_from_stream (stream, NULL, NULL);
  if (!animation)
    set_unreadable (error);
  return animation && !gdk_pixbuf_animation_is_static_image (animation);
}

static BmnPicture *
make_moving (const BmnPictureJob *job, GBytes *bytes, int width, int height, GError **error)
{
  if (allows (job, "image/gif") && fits (job, bytes)
      && scale_for ((double)width * height, job->max_pixels) >= 1)
    return picture_new (bytes, "image/gif", width, height);
  g_set_error_literal (error, BMN_PLATFORM_ERROR, BMN_PLATFORM_ERROR_REJECTED,
                       _ ("A moving picture is too large for this account. Make it smaller, or "
                          "attach it as a video."));
  return NULL;
}

typedef struct
{
  int width;
  int height;
  char *format; /* (owned) (nullable) */
} BmnPictureInfo;

static void
on_size (GdkPixbufLoader *loader, int width, int height, gpointer data)
{
  BmnPictureInfo *info = data;
  info->width = width;
  info->height = height;
  /* The size alone is wanted here. */
  gdk_pixbuf_loader_set_size (loader, 1, 1);
}

/* Finds size and format from the first bytes. Returns: whether it may be decoded */
static gboolean
inspect (GBytes *bytes, BmnPictureInfo *info, GError **error)
{
  g_autoptr (GdkPixbufLoader) loader = gdk_pixbuf_loader_new ();
  g_signal_connect (loader, "size-prepared", G_CALLBACK (on_size), info);
  gsize size;
  const guchar *data = g_bytes_get_data (bytes, &size);
  for (gsize at = 0; at < size && info->width == 0; at += 4096)
    if (!gdk_pixbuf_loader_write (loader, data + at, MIN (4096, size - at), NULL))
      break;
  gdk_pixbuf_loader_close (loader, NULL);
  GdkPixbufFormat *format = gdk_pixbuf_loader_get_format (loader);
  info->format = format ? gdk_pixbuf_format_get_name (format) : NULL;
  if (info->format && g_strv_contains (readable_formats, info->format) && info->width > 0
      && info->height > 0 && (gint64)info->width * info->height <= MAX_DECODED_PIXELS)
    return TRUE;
  set_unreadable (error);
  return FALSE;
}

static BmnPicture *
prepare (const BmnPictureJob *job, GCancellable *cancellable, GError **error)
{
  g_autoptr (GBytes) bytes = load_file (job, cancellable, error);
  if (!bytes)
    return NULL;
  BmnPictureInfo info = { 0 };
  gboolean readable = inspect (bytes, &info, error);
  g_autofree char *format = info.format;
  if (!readable)
    return NULL;
  if (g_str_equal (format, "gif"))
    {
      g_autoptr (GError) failure = NULL;
      if (moves (bytes, &failure))
        return make_moving (job, bytes, info.width, info.height, error);
      if (failure)
        {
          g_propagate_error (error, g_steal_pointer (&failure));
          return NULL;
        }
    }
  g_autoptr (GdkPixbuf) pixbuf = decode (job, bytes, info.width, info.height, cancellable, error);
  if (!pixbuf)
    return NULL;
  gboolean lossless = g_str_equal (format, "png") || g_str_equal (format, "gif");
  return make_still (job, pixbuf, lossless, cancellable, error);
}

static void
prepare_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  GError *error = NULL;
  BmnPicture *picture = prepare (data, cancellable, &error);
  if (picture)
    g_task_return_pointer (task, picture, (GDestroyNotify)bmn_picture_free);
  else
    g_task_return_error (task, error);
}

void
bmn_picture_prepare_async (const char *path,
                           const BmnPictureLimits *limits,
                           GCancellable *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  g_task_set_source_tag (task, bmn_picture_prepare_async);
  BmnPictureJob *job = g_new0 (BmnPictureJob, 1);
  job->path = g_strdup (path);
  job->mime_types = g_strdupv ((GStrv)limits->mime_types);
  job->max_bytes = limits->max_bytes;
  job->max_pixels = limits->max_pixels;
  g_task_set_task_data (task, job, (GDestroyNotify)job_free);
  g_task_run_in_thread (task, prepare_in_thread);
}

BmnPicture *
bmn_picture_prepare_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}
