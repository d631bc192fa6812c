#include "bmn-encoding-guess-private.h"

#include <gio/gio.h>
#include <string.h>
#include <uchardet/uchardet.h>

/* Whether every second byte, from @start on, is zero in most places: Latin text in UTF-16. */
static gboolean
is_every_second_zero (const guint8 *bytes, gsize length, gsize start)
{
  gsize n_zero = 0;
  for (gsize i = start; i < length; i += 2)
    n_zero += bytes[i] == 0;
  return length >= 4 && n_zero * 2 > length / 2;
}

/* A character at the end of the head may be cut. */
static gboolean
is_utf8 (const guint8 *bytes, gsize length)
{
  const char *end;
  return g_utf8_validate_len ((const char *)bytes, length, &end)
         || (gsize)((const guint8 *)end - bytes) + 4 > length;
}

char *
bmn_encoding_guess (const guint8 *bytes, gsize length)
{
  if (length >= 2 && (memcmp (bytes, "\xff\xfe", 2) == 0 || memcmp (bytes, "\xfe\xff", 2) == 0))
    return g_strdup ("UTF-16");
  if (is_every_second_zero (bytes, length, 1))
    return g_strdup ("UTF-16LE");
  if (is_every_second_zero (bytes, length, 0))
    return g_strdup ("UTF-16BE");
  if (is_utf8 (bytes, length))
    return g_strdup ("UTF-8");
  uchardet_t detector = uchardet_new ();
  uchardet_handle_data (detector, (const char *)bytes, length);
  uchardet_data_end (detector);
  g_autofree char *name = g_strdup (uchardet_get_charset (detector));
  uchardet_delete (detector);
  g_autoptr (GCharsetConverter) known
      = *name ? g_charset_converter_new ("UTF-8", name, NULL) : NULL;
  return g_strdup (known && !g_str_equal (name, "UTF-8") ? name : "windows-1252");
}
