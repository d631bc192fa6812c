#include "check-support.h"

#include "bmn-picture-location.h"

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

/* And as a file of its own. */
static GByteArray *
make_tiff (gboolean gps)
{
  g_autoptr (GByteArray) jpeg = make_jpeg (gps);
  GByteArray *data = g_byte_array_new ();
  g_byte_array_append (data, jpeg->data + 12, jpeg->len - 12 - 2);
  return data;
}

static void
append_number (GByteArray *data, guint32 number)
{
  number = GUINT32_TO_BE (number);
  g_byte_array_append (data, (const guint8 *)&number, sizeof number);
}

/* Begins a box whose length box_end() fills in. */
static guint
box_begin (GByteArray *data, const char *name)
{
  append_number (data, 0);
  g_byte_array_append (data, (const guint8 *)name, 4);
  return data->len - 8;
}

static void
box_end (GByteArray *data, guint start)
{
  guint32 length = GUINT32_TO_BE (data->len - start);
  memcpy (data->data + start, &length, sizeof length);
}

/* A HEIC file with one item, its EXIF data, which lie in the file's box mdat or, with @inside,
 * in meta's own box idat. */
static GByteArray *
make_heif_with (gboolean gps, gboolean inside)
{
  g_autoptr (GByteArray) tiff = make_tiff (gps);
  GByteArray *data = g_byte_array_new ();
  guint ftyp = box_begin (data, "ftyp");
  g_byte_array_append (data, (const guint8 *)"heic\0\0\0\0", 8);
  box_end (data, ftyp);
  guint meta = box_begin (data, "meta");
  append_number (data, 0);
  guint iinf = box_begin (data, "iinf");
  append_number (data, 0);
  g_byte_array_append (data, (const guint8[]){ 0, 1 }, 2);
  guint infe = box_begin (data, "infe");
  append_number (data, 2 << 24);
  g_byte_array_append (data, (const guint8[]){ 0, 7, 0, 0, 'E', 'x', 'i', 'f', 0 }, 9);
  box_end (data, infe);
  box_end (data, iinf);
  guint iloc = box_begin (data, "iloc");
  append_number (data, 1 << 24);
  g_byte_array_append (data, (const guint8[]){ 0x44, 0, 0, 1, 0, 7, 0, inside, 0, 0, 0, 1 }, 12);
  guint place = data->len;
  append_number (data, 0);
  append_number (data, tiff->len + 10);
  box_end (data, iloc);
  if (!inside)
    box_end (data, meta);
  guint content = box_begin (data, inside ? "idat" : "mdat");
  guint32 offset = GUINT32_TO_BE (inside ? 0 : data->len);
  memcpy (data->data + place, &offset, sizeof offset);
  append_number (data, 6);
  g_byte_array_append (data, (const guint8 *)"Exif\0\0", 6);
  g_byte_array_append (data, tiff->data, tiff->len);
  box_end (data, content);
  if (inside)
    box_end (data, meta);
  return data;
}

static GByteArray *
make_heic (gboolean gps)
{
  return make_heif_with (gps, FALSE);
}

static GByteArray *
make_avif (gboolean gps)
{
  return make_heif_with (gps, TRUE);
}

/* A packet as picture editors write it, in both of its forms. */
static GByteArray *
make_xmp (gboolean gps)
{
  GByteArray *data = make_jpeg (FALSE);
  const char *packet
      = gps ? "<rdf:Description exif:GPSLatitude=\"48,12.3N\"><exif:GPSLongitude>16,22.1E"
              "</exif:GPSLongitude></rdf:Description>"
            : "<rdf:Description exif:GPSLatitude=\" \" exif:ISO=\"100\"/>";
  g_byte_array_append (data, (const guint8 *)packet, (guint)strlen (packet));
  return data;
}

static const struct
{
  GByteArray *(*make) (gboolean gps);
  const char *mime_type;
} kinds[] = {
  { make_jpeg, "image/jpeg" }, { make_png, "image/png" },   { make_webp, "image/webp" },
  { make_tiff, "image/tiff" }, { make_heic, "image/heic" }, { make_avif, "image/avif" },
  { make_xmp, "image/jpeg" },
};

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

/* Taking the place out leaves a file of the same size that says nothing, and does nothing to
 * one that said nothing. */
static void
test_blank (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      g_autoptr (GByteArray) without = kinds[i].make (FALSE);
      g_autoptr (GBytes) before = g_bytes_new (without->data, without->len);
      g_assert_false (bmn_picture_blank_location (without->data, without->len));
      g_assert_cmpmem (without->data, without->len, g_bytes_get_data (before, NULL),
                       g_bytes_get_size (before));
      g_autoptr (GByteArray) with = kinds[i].make (TRUE);
      g_assert_true (bmn_picture_has_location (with->data, with->len));
      g_assert_true (bmn_picture_blank_location (with->data, with->len));
      g_assert_false (bmn_picture_has_location (with->data, with->len));
      g_assert_false (bmn_picture_blank_location (with->data, with->len));
    }
}

/* The numbers themselves are gone, not just the way to them. */
static void
test_blank_values (void)
{
  g_autoptr (GByteArray) picture = make_tiff (TRUE);
  static const guint8 degrees[] = { 50, 0, 0, 0, 1, 0, 0, 0, 56, 0, 0, 0 };
  g_assert_nonnull (memmem (picture->data, picture->len, degrees, sizeof degrees));
  g_assert_true (bmn_picture_blank_location (picture->data, picture->len));
  g_assert_null (memmem (picture->data, picture->len, degrees, sizeof degrees));
}

/* Every byte of every kind changed at random: nothing is read or written outside of the file,
 * which the sanitizers see. */
static void
test_damaged (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      g_autoptr (GByteArray) whole = kinds[i].make (TRUE);
      for (guint at = 0; at < whole->len; at++)
        for (guint length = at % 7; length <= whole->len; length += 29)
          {
            g_autofree guint8 *data = g_memdup2 (whole->data, whole->len);
            g_autofree guint8 *cut = NULL;
            data[at] = (guint8)g_test_rand_int ();
            cut = g_memdup2 (data, length);
            if (length == 0)
              continue;
            bmn_picture_has_location (cut, length);
            bmn_picture_blank_location (cut, length);
          }
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/check/media/alt", test_alt);
  g_test_add_func ("/check/media/location", test_location);
  g_test_add_func ("/check/media/blank", test_blank);
  g_test_add_func ("/check/media/blank-values", test_blank_values);
  g_test_add_func ("/check/media/damaged", test_damaged);
  return g_test_run ();
}
