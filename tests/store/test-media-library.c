#include "store-support.h"

#include "bmn-media-library.h"

#include <gdk-pixbuf/gdk-pixbuf.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <utime.h>

/* Writes a file of the user's and returns its path. */
static char *
write_file (Fixture *fixture, const char *name, const char *content, gsize size)
{
  g_autoptr (GError) error = NULL;
  char *path = fixture_path (fixture, name);
  g_assert_true (g_file_set_contents (path, content, size, &error));
  g_assert_no_error (error);
  return path;
}

static char *
write_picture (Fixture *fixture, const char *name, const char *format)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GdkPixbuf) picture = gdk_pixbuf_new (GDK_COLORSPACE_RGB, FALSE, 8, 30, 20);
  gdk_pixbuf_fill (picture, 0x336699ff);
  char *path = fixture_path (fixture, name);
  g_assert_true (gdk_pixbuf_save (picture, path, format, &error, NULL));
  g_assert_no_error (error);
  return path;
}

static guint
count_media (Fixture *fixture)
{
  guint n = 0;
  g_autofree char *folder = fixture_path (fixture, "media");
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;
  /* The lock of the folder is no medium. */
  while (dir && (name = g_dir_read_name (dir)))
    n += name[0] != '.';
  return n;
}

static void
test_pictures (Fixture *fixture, gconstpointer data)
{
  const char *cases[][2] = { { "png", "image/png" }, { "jpeg", "image/jpeg" } };
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      /* The name tells nothing; the content counts. */
      g_autofree char *path = write_picture (fixture, "holiday.txt", cases[i][0]);
      g_autoptr (BmnMedia) media
          = bmn_media_library_add (fixture->folder, path, "blue", NULL, &error);
      g_assert_no_error (error);
      g_assert_cmpstr (media->mime_type, ==, cases[i][1]);
      g_assert_cmpstr (media->alt, ==, "blue");
      g_assert_cmpint (media->width, ==, 30);
      g_assert_cmpint (media->height, ==, 20);
      g_autofree char *content = NULL;
      gsize size;
      g_assert_true (g_file_get_contents (path, &content, &size, NULL));
      g_autofree char *digest
          = g_compute_checksum_for_data (G_CHECKSUM_SHA256, (guchar *)content, size);
      g_assert_cmpstr (media->sha256, ==, digest);
      g_assert_cmpint (media->size, ==, size);
      g_autofree char *name = g_path_get_basename (media->path);
      g_assert_true (g_str_has_prefix (name, digest));
      g_assert_true (g_path_is_absolute (media->path));
      GStatBuf status;
      g_assert_cmpint (g_stat (media->path, &status), ==, 0);
      g_assert_cmpint (status.st_mode & 0777, ==, 0600);
      /* What happens to the original later does not matter. */
      g_assert_cmpint (g_remove (path), ==, 0);
      g_assert_true (bmn_media_library_verify (media, NULL, &error));
      g_assert_no_error (error);
    }
}

static void
test_types (Fixture *fixture, gconstpointer data)
{
#define BYTES(text) text, sizeof (text) - 1
  const struct
  {
    const char *bytes;
    gsize size;
    const char *mime_type; /* (nullable): not accepted */
  } cases[] = {
    { BYTES ("GIF89a\x01\x00\x01\x00"), "image/gif" },
    { BYTES ("RIFF\x24\x00\x00\x00WEBPVP8 "), "image/webp" },
    { BYTES ("\x00\x00\x00\x1c"
             "ftypavif\x00\x00\x00\x00"),
      "image/avif" },
    { BYTES ("\x00\x00\x00\x1c"
             "ftypheic\x00\x00\x00\x00"),
      "image/heic" },
    { BYTES ("\x00\x00\x00\x1c"
             "ftypisom\x00\x00\x02\x00"),
      "video/mp4" },
    { BYTES ("\x00\x00\x00\x14"
             "ftypqt  \x00\x00\x02\x00"),
      "video/quicktime" },
    { BYTES ("\x1a\x45\xdf\xa3\x9f\x42\x86\x81\x01\x42\x82\x84webm\x42\x87\x81\x02"),
      "video/webm" },
    { BYTES ("\x1a\x45\xdf\xa3\x9f\x42\x86\x81\x01\x42\x82\x88matroska"), "video/x-matroska" },
    { BYTES ("OggS\x00\x02\x00\x00\x00\x00\x00\x00\x00\x00\x01vorbis"), "audio/ogg" },
    { BYTES ("OggS\x00\x02\x00\x00\x00\x00\x00\x00\x00\x00\x80theora"), "video/ogg" },
    { BYTES ("ID3\x04\x00\x00\x00\x00\x00\x00"), "audio/mpeg" },
    { BYTES ("\xff\xfb\x90\x64\x00\x00"), "audio/mpeg" },
    { BYTES ("RIFF\x24\x00\x00\x00WAVEfmt "), "audio/wav" },
    { BYTES ("fLaC\x00\x00\x00\x22"), "audio/flac" },
    { BYTES ("hello, this is text\n"), NULL },
    { BYTES ("\xff\xfe"
             "h\x00i\x00"),
      NULL },
    { BYTES ("RIFF"), NULL },
    { BYTES ("\xff"), NULL },
    { BYTES ("%PDF-1.7\n"), NULL },
    { BYTES ("#!/bin/sh\n"), NULL },
    { BYTES ("<svg xmlns=\"http://www.w3.org/2000/svg\"/>"), NULL },
  };
#undef BYTES
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autofree char *path = write_file (fixture, "picture.png", cases[i].bytes, cases[i].size);
      g_autoptr (BmnMedia) media
          = bmn_media_library_add (fixture->folder, path, NULL, NULL, &error);
      if (cases[i].mime_type)
        {
          g_assert_no_error (error);
          g_assert_cmpstr (media->mime_type, ==, cases[i].mime_type);
          g_assert_null (media->alt);
        }
      else
        {
          g_assert_error (error, BMN_ERROR, BMN_ERROR_INVALID);
          g_assert_null (media);
        }
    }
}

static void
test_same_content (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *first = write_picture (fixture, "first.png", "png");
  g_autofree char *second = write_picture (fixture, "second.png", "png");
  g_autoptr (BmnMedia) a = bmn_media_library_add (fixture->folder, first, NULL, NULL, &error);
  g_autoptr (BmnMedia) b = bmn_media_library_add (fixture->folder, second, "x", NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (a->path, ==, b->path);
  g_assert_cmpuint (count_media (fixture), ==, 1);

  /* Adding it again heals a copy that was damaged. */
  g_assert_true (g_file_set_contents (a->path, "broken", -1, NULL));
  g_assert_false (bmn_media_library_verify (a, NULL, &error));
  g_assert_error (error, BMN_ERROR, BMN_ERROR_DAMAGED);
  g_clear_error (&error);
  g_autoptr (BmnMedia) c = bmn_media_library_add (fixture->folder, first, NULL, NULL, &error);
  g_assert_true (bmn_media_library_verify (a, NULL, &error));
  g_assert_no_error (error);
  g_assert_cmpint (g_remove (c->path), ==, 0);
  g_assert_false (bmn_media_library_verify (a, NULL, &error));
  g_assert_error (error, BMN_ERROR, BMN_ERROR_NOT_FOUND);
}

static void
test_refused (Fixture *fixture, gconstpointer data)
{
  g_autofree char *pipe = fixture_path (fixture, "pipe");
  g_assert_cmpint (mkfifo (pipe, 0600), ==, 0);
  g_autofree char *empty = write_file (fixture, "empty.png", "", 0);
  const struct
  {
    const char *path;
    BmnError code;
  } cases[] = {
    { "/nowhere/at/all.png", BMN_ERROR_NOT_FOUND },
    { fixture->folder, BMN_ERROR_INVALID },
    { pipe, BMN_ERROR_INVALID },
    { "/dev/null", BMN_ERROR_INVALID },
    { empty, BMN_ERROR_INVALID },
  };
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      g_assert_null (bmn_media_library_add (fixture->folder, cases[i].path, NULL, NULL, &error));
      g_assert_error (error, BMN_ERROR, (int)cases[i].code);
      g_assert_nonnull (strstr (error->message, cases[i].path));
    }
  g_assert_cmpuint (count_media (fixture), ==, 0);
}

static void
test_cancelled (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_cancellable_cancel (cancellable);
  g_autofree char *path = write_picture (fixture, "picture.png", "png");
  g_assert_null (bmn_media_library_add (fixture->folder, path, NULL, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpuint (count_media (fixture), ==, 0);
}

/* A process that died while it copied leaves its copy; one that is still copying has its own. */
static void
test_leftovers (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *folder = fixture_path (fixture, "media");
  g_assert_cmpint (g_mkdir (folder, 0700), ==, 0);
  g_autofree char *old = write_file (fixture, "media/.part-OLD123", "x", 1);
  g_autofree char *current = write_file (fixture, "media/.part-NEW123", "x", 1);
  struct utimbuf past = { 1000, 1000 };
  g_assert_cmpint (g_utime (old, &past), ==, 0);
  g_autofree char *path = write_picture (fixture, "picture.png", "png");
  g_autoptr (BmnMedia) media = bmn_media_library_add (fixture->folder, path, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_false (g_file_test (old, G_FILE_TEST_EXISTS));
  g_assert_true (g_file_test (current, G_FILE_TEST_EXISTS));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  fixture_add ("/store/media-library/pictures", test_pictures);
  fixture_add ("/store/media-library/types", test_types);
  fixture_add ("/store/media-library/same-content", test_same_content);
  fixture_add ("/store/media-library/refused", test_refused);
  fixture_add ("/store/media-library/cancelled", test_cancelled);
  fixture_add ("/store/media-library/leftovers", test_leftovers);
  return g_test_run ();
}
