#include "bmn-code-points-private.h"

#include <glib/gi18n-lib.h>

#include "bmn-error.h"

#define MAX_BYTES (1u << 30)

gboolean
bmn_utf8_check (const char *text, gssize length, GError **error)
{
  gsize n_bytes = length < 0 ? strlen (text) : (gsize)length;
  if (n_bytes > MAX_BYTES)
    {
      g_set_error_literal (error, BMN_ERROR, BMN_ERROR_INVALID,
                           _ ("This text is too large. Use a shorter one."));
      return FALSE;
    }
  if (!g_utf8_validate_len (text, n_bytes, NULL))
    {
      g_set_error_literal (
          error, BMN_ERROR, BMN_ERROR_INVALID,
          _ ("This text is not valid UTF-8. Save it with the encoding UTF-8 and try again."));
      return FALSE;
    }
  return TRUE;
}

BmnCodePoints *
bmn_code_points_new (const char *text, GError **error)
{
  if (!bmn_utf8_check (text, -1, error))
    return NULL;
  BmnCodePoints *points = g_new0 (BmnCodePoints, 1);
  points->n = g_utf8_strlen (text, -1);
  points->chars = g_new (UChar32, points->n + 1);
  points->offsets = g_new (guint32, points->n + 1);
  const char *p = text;
  for (gsize i = 0; i < points->n; i++, p = g_utf8_next_char (p))
    {
      points->chars[i] = g_utf8_get_char (p);
      points->offsets[i] = p - text;
    }
  points->chars[points->n] = 0;
  points->offsets[points->n] = p - text;
  return points;
}

void
bmn_code_points_free (BmnCodePoints *points)
{
  g_free (points->chars);
  g_free (points->offsets);
  g_free (points);
}

gboolean
bmn_code_points_has_at (const BmnCodePoints *points, gsize at, const char *word)
{
  for (; *word; word++, at++)
    {
      UChar32 c = bmn_code_points_at (points, at);
      if (c > 0x7f || g_ascii_tolower (c) != g_ascii_tolower (*word))
        return FALSE;
    }
  return TRUE;
}

char *
bmn_code_points_substring (const BmnCodePoints *points, gsize start, gsize end)
{
  GString *text = g_string_sized_new (points->offsets[end] - points->offsets[start]);
  for (gsize i = start; i < end; i++)
    g_string_append_unichar (text, points->chars[i]);
  return g_string_free (text, FALSE);
}
