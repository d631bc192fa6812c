#include "bmn-nfc-private.h"

#include <string.h>
#include <unicode/unorm2.h>
#include <unicode/ustring.h>
#include <unicode/utf16.h>

static void
check (UErrorCode status)
{
  /* The text is valid and the rules are part of ICU, so only memory can fail. */
  if (U_FAILURE (status))
    g_error ("ICU cannot normalise a text: %s", u_errorName (status));
}

static gsize
utf8_length (const UChar *text, int32_t n)
{
  gsize bytes = 0;
  for (int32_t i = 0; i < n;)
    {
      UChar32 c;
      U16_NEXT (text, i, n, c);
      bytes += g_unichar_to_utf8 (c, NULL);
    }
  return bytes;
}

static void
append_normalised (GString *out, const UNormalizer2 *normaliser, const UChar *text, int32_t n)
{
  UErrorCode status = U_ZERO_ERROR;
  /* No character grows to more than three UTF-16 units under NFC (UAX 15). */
  int32_t room = n * 3 + 1;
  g_autofree UChar *normalised = g_new (UChar, room);
  int32_t length = unorm2_normalize (normaliser, text, n, normalised, room, &status);
  check (status);
  for (int32_t i = 0; i < length;)
    {
      UChar32 c;
      U16_NEXT (normalised, i, length, c);
      g_string_append_unichar (out, c);
    }
}

/* Normalises stretch by stretch: what comes before a boundary does not combine with what
 * comes after it. */
static void
normalise (BmnNfc *nfc, const UNormalizer2 *normaliser, const UChar *wide, int32_t n)
{
  g_autoptr (GString) out = g_string_sized_new (n);
  guint32 original = 0;
  nfc->marks = g_array_new (FALSE, FALSE, sizeof (BmnNfcMark));
  for (int32_t start = 0; start < n;)
    {
      BmnNfcMark mark = { out->len, original };
      g_array_append_val (nfc->marks, mark);
      int32_t end = start;
      U16_FWD_1 (wide, end, n);
      while (end < n)
        {
          UChar32 c;
          U16_GET (wide, 0, end, n, c);
          if (unorm2_hasBoundaryBefore (normaliser, c))
            break;
          U16_FWD_1 (wide, end, n);
        }
      append_normalised (out, normaliser, wide + start, end - start);
      original += utf8_length (wide + start, end - start);
      start = end;
    }
  BmnNfcMark last = { out->len, original };
  g_array_append_val (nfc->marks, last);
  nfc->text = g_string_free (g_steal_pointer (&out), FALSE);
}

BmnNfc *
bmn_nfc_new (const char *text)
{
  BmnNfc *nfc = g_new0 (BmnNfc, 1);
  UErrorCode status = U_ZERO_ERROR;
  gsize n_bytes = strlen (text);
  g_autofree UChar *wide = g_new (UChar, n_bytes + 1);
  int32_t n = 0;
  u_strFromUTF8 (wide, n_bytes + 1, &n, text, n_bytes, &status);
  const UNormalizer2 *normaliser = unorm2_getNFCInstance (&status);
  check (status);
  if (unorm2_quickCheck (normaliser, wide, n, &status) == UNORM_YES)
    nfc->text = g_strdup (text);
  else
    normalise (nfc, normaliser, wide, n);
  check (status);
  return nfc;
}

void
bmn_nfc_free (BmnNfc *nfc)
{
  g_free (nfc->text);
  g_clear_pointer (&nfc->marks, g_array_unref);
  g_free (nfc);
}

gsize
bmn_nfc_to_original (const BmnNfc *nfc, gsize byte)
{
  if (nfc->marks == NULL)
    return byte;
  guint low = 0;
  guint high = nfc->marks->len;
  while (high - low > 1)
    {
      guint middle = (low + high) / 2;
      if (g_array_index (nfc->marks, BmnNfcMark, middle).normalised <= byte)
        low = middle;
      else
        high = middle;
    }
  return g_array_index (nfc->marks, BmnNfcMark, low).original;
}
