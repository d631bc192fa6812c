#pragma once

#include "bmn-code-points-private.h"

G_BEGIN_DECLS

/**
 * bmn_emoji_match:
 *
 * Finds the longest sequence at @start that Unicode recommends as one emoji (RGI_Emoji,
 * UTS 51): families, flags, skin tones, keycaps. As in twitter-text, the variation selector of
 * a keycap may be missing, and one before a skin tone is passed over.
 *
 * Returns: where it ends, or @start where there is none
 */
gsize bmn_emoji_match (const BmnCodePoints *points, gsize start);

G_END_DECLS
