#pragma once

#include "bmn-application.h"

G_BEGIN_DECLS

/* BmnPrivacyWindow: whom the program contacted, what it keeps, and what it learnt. */

#define BMN_TYPE_PRIVACY_WINDOW (bmn_privacy_window_get_type ())
G_DECLARE_FINAL_TYPE (BmnPrivacyWindow, bmn_privacy_window, BMN, PRIVACY_WINDOW, AdwWindow)

/* Returns: (transfer none): not shown yet */
BmnPrivacyWindow *bmn_privacy_window_new (BmnApplication *app);

G_END_DECLS
