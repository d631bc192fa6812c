#pragma once

#include "bmn-engine.h"

G_BEGIN_DECLS

/* Returns: (transfer full): every kind of answer that @engine gives about @draft at @now, each
 *   number to the bit: two engines that know the same give the same text */
char *engine_answers (BmnEngine *engine, const char *draft, gint64 now) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
