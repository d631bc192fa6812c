#pragma once

#include "bmn-account.h"
#include "bmn-target-state.h"

G_BEGIN_DECLS

/* How a state looks: always an icon and a word, and a class for its colour. */

const char *bmn_state_get_icon_name (BmnTargetState state);
/* Returns: the style class of @state */
const char *bmn_state_get_css_class (BmnTargetState state);

/* Returns: (transfer full): the icon of a platform; a neutral one where it has none */
char *bmn_platform_get_icon_name (const char *platform) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
