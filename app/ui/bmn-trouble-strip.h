#pragma once

#include "bmn-session-thread.h"

#include <adwaita.h>

G_BEGIN_DECLS

/*
 * BmnTroubleStrip: one line that says the worst that is wrong, with the button that mends it;
 * hidden where nothing is. Looks again whenever something changes.
 */

#define BMN_TYPE_TROUBLE_STRIP (bmn_trouble_strip_get_type ())
G_DECLARE_FINAL_TYPE (BmnTroubleStrip, bmn_trouble_strip, BMN, TROUBLE_STRIP, AdwBin)

/* To be called once, before it is shown; the session may not be open yet. */
void bmn_trouble_strip_set_session (BmnTroubleStrip *self, BmnSessionThread *session);
/* @is_sample: whether the sample is shown, which is said where nothing is wrong */
void bmn_trouble_strip_refresh (BmnTroubleStrip *self, gboolean is_sample);

G_END_DECLS
