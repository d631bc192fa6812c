#pragma once

#include "bmn-when.h"

#include <adwaita.h>

G_BEGIN_DECLS

/* BmnScheduleButton: names the time that a post will go out at, and schedules it for that;
 * its menu has other times. A click activates the action `composer.schedule`. */

#define BMN_TYPE_SCHEDULE_BUTTON (bmn_schedule_button_get_type ())
G_DECLARE_FINAL_TYPE (BmnScheduleButton, bmn_schedule_button, BMN, SCHEDULE_BUTTON, AdwBin)

/* Instants are µs; 0 where there is none (yet). */
void bmn_schedule_button_set_zone (BmnScheduleButton *self, const char *zone);
void bmn_schedule_button_set_best (BmnScheduleButton *self, gint64 instant);
void bmn_schedule_button_set_next_slot (BmnScheduleButton *self, gint64 instant);
/* Chooses a time, as the user may. */
void bmn_schedule_button_choose (BmnScheduleButton *self, gint64 instant);
/* The post is planned already: its time stays unless another is chosen. */
void bmn_schedule_button_keep (BmnScheduleButton *self, gint64 instant);
/* Opens the menu of times. */
void bmn_schedule_button_popup (BmnScheduleButton *self);
/* At small widths the label leaves the time out. */
void bmn_schedule_button_set_short (BmnScheduleButton *self, gboolean is_short);

/* Returns: (transfer none) (nullable): %NULL where the post keeps its time; good until the next
 * change */
const BmnWhen *bmn_schedule_button_get_when (BmnScheduleButton *self);
/* Returns: µs; 0 for now or unknown */
gint64 bmn_schedule_button_get_instant (BmnScheduleButton *self);

/* Returns: (transfer full): a time in words, such as `Thu 15 Oct, 17:30` */
char *bmn_schedule_time_in_words (gint64 instant, const char *zone) G_GNUC_WARN_UNUSED_RESULT;

/* Signals: BmnScheduleButton::changed (): another time is chosen */

G_END_DECLS
