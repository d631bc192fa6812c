#include "bmn-character-class-private.h"

#include <string.h>

gboolean
bmn_is_latin_accent (UChar32 c)
{
  if (c < 0xc0)
    return FALSE;
  if (c <= 0x24f)
    return c != 0xd7 && c != 0xf7;
  if ((c >= 0x300 && c <= 0x36f) || (c >= 0x1e00 && c <= 0x1eff))
    return TRUE;
  switch (c)
    {
    case 0x253:
    case 0x254:
    case 0x256:
    case 0x257:
    case 0x259:
    case 0x25b:
    case 0x263:
    case 0x268:
    case 0x26f:
    case 0x272:
    case 0x289:
    case 0x28b:
    case 0x2bb:
      return TRUE;
    default:
      return FALSE;
    }
}

gboolean
bmn_is_x_space (UChar32 c)
{
  return u_isUWhiteSpace (c) || c == 0x180e;
}

gboolean
bmn_is_direction_mark (UChar32 c)
{
  return (c >= 0x202a && c <= 0x202e) || c == 0x61c || c == 0x200e || c == 0x200f
         || (c >= 0x2066 && c <= 0x2069);
}

gboolean
bmn_is_x_refused (UChar32 c)
{
  return c == 0xfffe || c == 0xfeff || c == 0xffff;
}

gboolean
bmn_is_domain_char (UChar32 c)
{
  if (c < 0x80)
    return c > 0x20 && c != 0x7f && !strchr ("!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~", c);
  return !bmn_is_x_space (c) && !bmn_is_x_refused (c) && !bmn_is_direction_mark (c);
}
