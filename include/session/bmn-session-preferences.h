#pragma once

#include "bmn-finding.h"
#include "bmn-session.h"
#include "bmn-shown-suggestion.h"

G_BEGIN_DECLS

/* How a forecast is called among the kinds of suggestions that can be switched off: the bit after
 * those of #BmnSuggestionKind. */
#define BMN_PREFERENCES_FORECAST (BMN_SUGGESTION_TIME + 1)

/**
 * BmnPreferences:
 * @checks_off: a bit `1 << BmnCheckKind` for each kind that is not wanted
 * @suggestions_off: a bit `1 << BmnSuggestionKind`, or `1 << BMN_PREFERENCES_FORECAST`, for each
 *   kind that is not wanted
 *
 * What the user prefers, for all accounts. It lives in the data folder and goes with it.
 */
typedef struct
{
  guint32 checks_off;
  guint32 suggestions_off;
} BmnPreferences;

BmnPreferences *bmn_preferences_new (void) G_GNUC_WARN_UNUSED_RESULT;
void bmn_preferences_free (BmnPreferences *preferences);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BmnPreferences, bmn_preferences_free)

/* Each waits for the disk, briefly; any thread. What is set works at the next question. */

/* Returns: (transfer full) */
BmnPreferences *
bmn_session_get_preferences (BmnSession *self, GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean
bmn_session_set_preferences (BmnSession *self, const BmnPreferences *preferences, GError **error);

G_END_DECLS
