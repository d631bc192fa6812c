#include "bmn-hashtag.h"

#include <unicode/unorm2.h>
#include <unicode/ustring.h>

#include "bmn-code-points-private.h"

char *
bmn_hashtag_fold (const char *tag, GError **error)
{
  if (!bmn_utf8_check (tag, -1, error))
    return NULL;
  /* NFKC makes # of ＃, so the sigil goes last. */
  g_autofree UChar *wide = NULL;
  UErrorCode status = U_ZERO_ERROR;
  gsize n_bytes = strlen (tag);
  int32_t n_wide = 0;
  wide = g_new (UChar, n_bytes + 1);
  u_strFromUTF8 (wide, n_bytes + 1, &n_wide, tag, n_bytes, &status);
  const UNormalizer2 *folder = unorm2_getNFKCCasefoldInstance (&status);
  int32_t n_folded = unorm2_normalize (folder, wide, n_wide, NULL, 0, &status);
  if (status == U_BUFFER_OVERFLOW_ERROR)
    status = U_ZERO_ERROR;
  g_autofree UChar *folded = g_new (UChar, n_folded + 1);
  unorm2_normalize (folder, wide, n_wide, folded, n_folded + 1, &status);
  if (U_FAILURE (status))
    g_error ("ICU cannot fold a text: %s", u_errorName (status));
  gsize skip = n_folded > 0 && folded[0] == '#' ? 1 : 0;
  return g_utf16_to_utf8 ((const gunichar2 *)folded + skip, n_folded - skip, NULL, NULL, error);
}
