#include "check-support.h"

#include <glib/gstdio.h>

/* The smallest JPEG that carries EXIF: start, an APP1 segment, end. With @gps its first
 * directory points to a second one that holds latitude and longitude. */
static GByteArray *
make_jpeg (gboolean gps)
{
  static const guint8 head[] = { 0xff, 0xd8, 0xff, 0xe1, 0, 0, 'E', 'x', 'i', 'f', 0, 0 };
  static const guint8 tiff_start[] = { 'I', 'I', 42, 0, 8, 0, 0, 0 };
  static const guint8 orientation[] = { 0x12, 0x01, 3, 0, 1, 0, 0, 0, 1, 0, 0, 0 };
  static const guint8 gps_pointer[] = { 0x25, 0x88, 4, 0, 1, 0, 0, 0, 26, 0, 0, 0 };
  static const guint8 gps_entries[] = {
    2, 0, 2, 0, 5, 0, 3, 0, 0,  0, 56, 0, 0, 0, /* count 2; latitude: 3 rationals at 56 */
    4, 0, 5, 0, 3, 0, 0, 0, 56, 0, 0,  0,       /* longitude: the same ones */
    0, 0, 0, 0,
  };
  static const guint8 rationals[]
      = { 50, 0, 0, 0, 1, 0, 0, 0, 56, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0 };
  GByteArray *data = g_byte_array_new ();
  g_byte_array_append (data, head, sizeof head);
  g_byte_array_append (data, tiff_start, sizeof tiff_start);
  g_byte_array_append (data, (const guint8[]){ 1, 0 }, 2);
  g_byte_array_append (data, gps ? gps_pointer : orientation, 12);
  g_byte_array_append (data, (const guint8[]){ 0, 0, 0, 0 }, 4);
  if (gps)
    {
      g_byte_array_append (data, gps_entries, sizeof gps_entries);
      g_byte_array_append (data, rationals, sizeof rationals);
    }
  guint length = data->len - 4;
  data->data[4] = (guint8)(length >> 8);
  data->data[5] = (guint8)length;
  g_byte_array_append (data, (const guint8[]){ 0xff, 0xd9 }, 2);
  return data;
}

static void
add_picture (BmnPost *post, const char *path, const char *mime_type, const char *alt)
{
  BmnMedia *media = bmn_media_new ();
  media->path = g_strdup (path);
  media->mime_type = g_strdup (mime_type);
  media->alt = g_strdup (alt);
  BmnPart *part = post->parts->pdata[0];
  g_ptr_array_add (part->media, media);
}

static void
test_alt (void)
{
  const BmnCheckContext context = { 0 };
  const struct
  {
    const char *mime_type;
    const char *alt;
    gboolean found;
  } cases[] = {
    { "image/png", NULL, TRUE },         { "image/png", "", TRUE },
    { "image/png", "  ", TRUE },         { "image/png", "a.png", TRUE },
    { "image/png", "A red bus", FALSE }, { "video/mp4", NULL, TRUE },
    { "audio/ogg", NULL, FALSE },        { NULL, NULL, FALSE },
  };
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (BmnPost) post = post_with_text ("x");
      add_picture (post, "/nonexistent/a.png", cases[i].mime_type, cases[i].alt);
      g_autoptr (GPtrArray) findings = find_in_post (post, BMN_CHECK_MISSING_ALT, &context);
      g_assert_cmpuint (findings->len, ==, cases[i].found);
      if (!cases[i].found)
        continue;
      const BmnFinding *finding = findings->pdata[0];
      g_assert_cmpint (finding->media, ==, 0);
      g_assert_cmpint (finding->action, ==, BMN_FIX_DESCRIBE);
    }
}

/* The same EXIF data in a PNG: the signature, its chunk, an end. */
static GByteArray *
make_png (gboolean gps)
{
  g_autoptr (GByteArray) jpeg = make_jpeg (gps);
  const guint8 *tiff = jpeg->data + 12;
  guint length = jpeg->len - 12 - 2;
  GByteArray *data = g_byte_array_new ();
  g_byte_array_append (data, (const guint8 *)"\x89PNG\r\n\x1a\n", 8);
  g_byte_array_append (data, (const guint8[]){ 0, 0, 0, 1, 't', 'E', 'X', 't', 'x', 0, 0, 0, 0 },
                       13);
  g_byte_array_append (data, (const guint8[]){ 0, 0, 0, (guint8)length }, 4);
  g_byte_array_append (data, (const guint8 *)"eXIf", 4);
  g_byte_array_append (data, tiff, length);
  g_byte_array_append (data, (const guint8[]){ 0, 0, 0, 0 }, 4);
  return data;
}

/* And in a WebP, after a chunk of odd length. */
static GByteArray *
make_webp (gboolean gps)
{
  g_autoptr (GByteArray) jpeg = make_jpeg (gps);
  guint length = jpeg->len - 12 - 2;
  GByteArray *data = g_byte_array_new ();
  g_byte_array_append (data, (const guint8 *)"RIFF\xff\0\0\0WEBP", 12);
  g_byte_array_append (data, (const guint8[]){ 'V', 'P', '8', 'X', 1, 0, 0, 0, 'x', 0 }, 10);
  g_byte_array_append (data, (const guint8[]){ 'E', 'X', 'I', 'F', (guint8)length, 0, 0, 0 }, 8);
  g_byte_array_append (data, jpeg->data + 12, length);
  return data;
}

static gboolean
says_where (const char *path, const char *mime_type)
{
  const BmnCheckContext context = { 0 };
  g_autoptr (BmnPost) post = post_with_text ("x");
  add_picture (post, path, mime_type, "A red bus");
  g_autoptr (GPtrArray) findings = find_in_post (post, BMN_CHECK_PICTURE_LOCATION, &context);
  g_assert_cmpuint (findings->len, <=, 1);
  return findings->len == 1;
}

static void
write_picture (const char *path, const GByteArray *data, guint length)
{
  g_autoptr (GError) error = NULL;
  g_file_set_contents_full (path, (const char *)data->data, length, G_FILE_SET_CONTENTS_NONE, 0600,
                            &error);
  g_assert_no_error (error);
}

static void
test_location (void)
{
  const struct
  {
    GByteArray *(*make) (gboolean gps);
    const char *mime_type;
  } kinds[] = {
    { make_jpeg, "image/jpeg" },
    { make_png, "image/png" },
    { make_webp, "image/webp" },
  };
  g_autoptr (GError) error = NULL;
  g_autofree char *folder = g_dir_make_tmp ("bellman-check-XXXXXX", &error);
  g_assert_no_error (error);
  g_autofree char *path = g_build_filename (folder, "picture", NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      for (guint gps = 0; gps < 2; gps++)
        {
          g_autoptr (GByteArray) picture = kinds[i].make (gps);
          write_picture (path, picture, picture->len);
          g_assert_cmpint (says_where (path, kinds[i].mime_type), ==, gps);
        }
      /* A picture cut anywhere is no reason to fail. */
      g_autoptr (GByteArray) whole = kinds[i].make (TRUE);
      for (guint length = 0; length < whole->len; length += 3)
        {
          write_picture (path, whole, length);
          says_where (path, kinds[i].mime_type);
        }
      g_unlink (path);
      g_assert_false (says_where (path, kinds[i].mime_type));
    }
  g_rmdir (folder);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/check/media/alt", test_alt);
  g_test_add_func ("/check/media/location", test_location);
  return g_test_run ();
}
