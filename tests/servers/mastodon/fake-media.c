#include "fake-entities.h"
#include "fake-handlers.h"
#include "fake-sniff.h"
#include "fake-text.h"

#include <math.h>
#include <string.h>

#define INVALID_FILE "Validation failed: File content type is invalid, File is invalid"

static gboolean
is_taken (const FakeConfig *config, const char *mime)
{
  if (!mime)
    return FALSE;
  if (fake_config_has (config, FAKE_SWITCH_JPEG_PNG_ONLY))
    return g_str_equal (mime, "image/jpeg") || g_str_equal (mime, "image/png");
  return g_strv_contains (fake_mime_types, mime);
}

/* The declared type must at least name the same class of media as the bytes. */
static gboolean
same_class (const char *declared, const char *sniffed)
{
  gsize length = strcspn (sniffed, "/") + 1;
  return strncmp (declared, sniffed, length) == 0;
}

/* NULL where the file is acceptable. */
static char *
check_file (FakeCall *call, const FakeSniff *sniff)
{
  const FakeConfig *config = &call->fake->config;
  gint64 size = (gint64)g_bytes_get_size (call->file);
  gboolean picture
      = sniff->kind && (g_str_equal (sniff->kind, "image") || g_str_equal (sniff->kind, "gifv"));
  gint64 size_limit = picture ? config->image_size_limit : config->video_size_limit;
  gint64 matrix_limit = g_strcmp0 (sniff->kind, "gifv") == 0 ? config->gif_matrix_limit
                                                             : config->image_matrix_limit;
  if (!is_taken (config, sniff->mime))
    return g_strdup (INVALID_FILE);
  if (!call->file_type)
    return g_strdup ("Validation failed: File content type can't be blank");
  if (!same_class (call->file_type, sniff->mime))
    return g_strdup ("Validation failed: File has contents that are not what they are reported "
                     "to be");
  if (size > size_limit)
    return g_strdup_printf ("Validation failed: File file size must be less than %" G_GINT64_FORMAT
                            " bytes",
                            size_limit);
  if (picture && (gint64)sniff->width * sniff->height > matrix_limit)
    return g_strdup_printf ("%ux%u images are not supported", sniff->width, sniff->height);
  return NULL;
}

/* "x,y", both from -1.0 to 1.0. */
static gboolean
read_focus (FakeCall *call, FakeMedia *media)
{
  g_autofree char *text = fake_call_get_string (call, "focus");
  if (!text)
    return TRUE;
  g_auto (GStrv) parts = g_strsplit (text, ",", -1);
  if (g_strv_length (parts) == 2)
    {
      char *end_x, *end_y;
      double x = g_ascii_strtod (parts[0], &end_x), y = g_ascii_strtod (parts[1], &end_y);
      if (*parts[0] && *parts[1] && !*end_x && !*end_y && fabs (x) <= 1.0 && fabs (y) <= 1.0)
        {
          media->has_focus = TRUE;
          media->focus_x = x;
          media->focus_y = y;
          return TRUE;
        }
    }
  fake_call_fail (call, 422, "Validation failed: Focus is invalid");
  return FALSE;
}

static gboolean
read_description (FakeCall *call, FakeMedia *media)
{
  g_autofree char *text = fake_call_get_string (call, "description");
  gint64 limit = call->fake->config.description_limit;
  if (!text)
    return TRUE;
  if (g_utf8_strlen (text, -1) > limit)
    {
      g_autofree char *reason = g_strdup_printf (
          "Validation failed: Description is too long (maximum is %" G_GINT64_FORMAT " characters)",
          limit);
      fake_call_fail (call, 422, reason);
      return FALSE;
    }
  g_free (media->description);
  media->description = g_steal_pointer (&text);
  return TRUE;
}

static void
media_discard (FakeMedia *media)
{
  g_free (media->description);
  g_free (media->checksum);
  g_free (media);
}

/* NULL, with the answer set, where the upload is refused. */
static FakeMedia *
create_media (FakeCall *call)
{
  const FakeConfig *config = &call->fake->config;
  if (!call->file)
    {
      fake_call_fail (call, 422, "Validation failed: File can't be blank");
      return NULL;
    }
  FakeSniff sniff = fake_sniff (call->file);
  g_autofree char *reason = check_file (call, &sniff);
  if (reason)
    {
      fake_call_fail (call, 422, reason);
      return NULL;
    }
  FakeMedia *media = g_new0 (FakeMedia, 1);
  media->account = call->account;
  media->kind = sniff.kind;
  media->mime = sniff.mime;
  media->width = sniff.width;
  media->height = sniff.height;
  media->has_metadata = sniff.has_metadata;
  media->size = g_bytes_get_size (call->file);
  media->checksum = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, call->file);
  media->created_at = fake_now (call->fake);
  media->failed = fake_config_has (config, FAKE_SWITCH_MEDIA_FAILS);
  if (!read_description (call, media) || !read_focus (call, media))
    {
      media_discard (media);
      return NULL;
    }
  media->id = fake_id_new (call->fake, media->created_at);
  g_ptr_array_add (call->fake->media, media);
  return media;
}

void
fake_media_create_v1 (FakeCall *call)
{
  FakeMedia *media = create_media (call);
  if (media && media->failed)
    fake_call_fail (call, 422, INVALID_FILE);
  else if (media)
    fake_call_reply (call, 200, fake_media_to_json (call->fake, media));
}

/* 202 while the file is processed, 200 where that is done at once. */
void
fake_media_create_v2 (FakeCall *call)
{
  const FakeConfig *config = &call->fake->config;
  FakeMedia *media = create_media (call);
  if (!media)
    return;
  gint64 ms = g_str_equal (media->kind, "image") ? config->image_processing_ms
                                                 : config->media_processing_ms;
  media->ready_at = media->created_at + ms * 1000;
  fake_call_reply (call, ms ? 202 : 200, fake_media_to_json (call->fake, media));
}

/* Until it is attached, a file is its owner's to see and to change. */
static FakeMedia *
find_loose (FakeCall *call)
{
  FakeMedia *media = fake_find_media (call->fake, call->id);
  if (media && media->account == call->account && !media->status_id)
    return media;
  fake_call_not_found (call);
  return NULL;
}

void
fake_media_get (FakeCall *call)
{
  FakeMedia *media = find_loose (call);
  if (!media)
    return;
  if (media->ready_at > fake_now (call->fake))
    fake_call_reply (call, 206, fake_media_to_json (call->fake, media));
  else if (media->failed)
    fake_call_fail (call, 422, INVALID_FILE);
  else
    fake_call_reply (call, 200, fake_media_to_json (call->fake, media));
}

void
fake_media_update (FakeCall *call)
{
  FakeMedia *media = find_loose (call);
  if (media && read_description (call, media) && read_focus (call, media))
    fake_call_reply (call, 200, fake_media_to_json (call->fake, media));
}

void
fake_media_delete (FakeCall *call)
{
  FakeMedia *media = find_loose (call);
  if (!media)
    return;
  media->deleted = TRUE;
  fake_call_reply (call, 200, json_object_new ());
}
