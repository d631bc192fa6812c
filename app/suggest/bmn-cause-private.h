#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What a feature is evidence of: features of one cause are explained together. */
typedef enum
{
  BMN_CAUSE_NONE,
  /* of hashtags */
  BMN_CAUSE_RECENT,
  BMN_CAUSE_OFTEN,
  BMN_CAUSE_SIMILAR,
  BMN_CAUSE_WORDS,
  BMN_CAUSE_SPELLED,
  BMN_CAUSE_CALENDAR,
  BMN_CAUSE_RHYTHM,
  BMN_CAUSE_FOLLOWS,
  BMN_CAUSE_MENTION,
  BMN_CAUSE_LINK,
  BMN_CAUSE_SHAPE,
  /* of forecasts, beside some of the above */
  BMN_CAUSE_TAGS,
  BMN_CAUSE_LEVEL,
  BMN_CAUSE_TIME,
  BMN_CAUSE_DENSITY,
  BMN_CAUSE_LENGTH,
  BMN_CAUSE_STYLE,
  BMN_CAUSE_REPETITION,
  BMN_N_CAUSES,
} BmnCause;

G_END_DECLS
