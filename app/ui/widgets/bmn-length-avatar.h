#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* BmnLengthAvatar: an account's initials, its platform's glyph at the corner, and around it a
 * ring that fills with the length of the text. */

#define BMN_TYPE_LENGTH_AVATAR (bmn_length_avatar_get_type ())
G_DECLARE_FINAL_TYPE (BmnLengthAvatar, bmn_length_avatar, BMN, LENGTH_AVATAR, GtkWidget)

/* @icon: (nullable): the platform's glyph */
GtkWidget *bmn_length_avatar_new (const char *name, const char *icon, int size);

/* @used: 0 to 1 and more; below 0 for no ring */
void bmn_length_avatar_set_used (BmnLengthAvatar *self, double used);

/* Returns: (transfer none): the glyph of a platform, a plain one for those without their own */
const char *bmn_platform_icon_name (const char *platform);

G_END_DECLS
