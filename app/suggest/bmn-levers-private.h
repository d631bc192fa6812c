#pragma once

#include "bmn-levers.h"

G_BEGIN_DECLS

void bmn_levers_init (BmnLevers *levers);
void bmn_levers_clear (BmnLevers *levers);

/* Returns: (transfer full): a hashtag as the engine names it: lower case, no sign */
char *bmn_levers_name_of (const char *tag) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
