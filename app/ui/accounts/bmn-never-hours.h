#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/*
 * BmnNeverHours: the hours of the day in which no time is ever suggested, as 24 buttons.
 *
 * Signal: `changed` (): the user changed them
 */

#define BMN_TYPE_NEVER_HOURS (bmn_never_hours_get_type ())
G_DECLARE_FINAL_TYPE (BmnNeverHours, bmn_never_hours, BMN, NEVER_HOURS, AdwBin)

/* A bit 1 << hour for each, as #BmnAccountLevers.never_hours. */
void bmn_never_hours_set (BmnNeverHours *self, guint32 hours);
guint32 bmn_never_hours_get (BmnNeverHours *self);

G_END_DECLS
