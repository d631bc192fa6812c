#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * BmnEvergreen:
 * @id: the store's number, 0 until stored
 * @account_id: where it is repeated
 * @history_post_id: the post of the account's history that is worth repeating
 * @text: what that says
 * @published_at: µs: when it first went out
 * @cooldown: µs that must lie between two times
 * @cap: how often it may be repeated at most; 0 for no limit
 * @ends_at: µs: not repeated from then on; 0 for never
 * @n_uses: repetitions that are planned or out
 * @last_used_at: µs: when the latest of them is or was due; 0 where there is none
 *
 * A post of the evergreen library.
 */
typedef struct
{
  gint64 id;
  gint64 account_id;
  gint64 history_post_id;
  char *text; /* (owned) (nullable) */
  gint64 published_at;
  gint64 cooldown;
  guint cap;
  gint64 ends_at;
  guint n_uses;
  gint64 last_used_at;
} BmnEvergreen;

#define BMN_EVERGREEN_DEFAULT_COOLDOWN (90 * G_TIME_SPAN_DAY)

BmnEvergreen *
bmn_evergreen_new (gint64 account_id, gint64 history_post_id) G_GNUC_WARN_UNUSED_RESULT;
void bmn_evergreen_free (BmnEvergreen *evergreen);

/**
 * BmnEvergreenState:
 * @BMN_EVERGREEN_READY: may be repeated
 * @BMN_EVERGREEN_RESTS: until bmn_evergreen_get_ready_at()
 * @BMN_EVERGREEN_USED_UP: as often as its cap allows
 * @BMN_EVERGREEN_ENDED: its end has come
 */
typedef enum
{
  BMN_EVERGREEN_READY,
  BMN_EVERGREEN_RESTS,
  BMN_EVERGREEN_USED_UP,
  BMN_EVERGREEN_ENDED,
} BmnEvergreenState;

/* @now: µs */
BmnEvergreenState bmn_evergreen_get_state (const BmnEvergreen *evergreen, gint64 now);
/* Returns: µs: when its cooldown is over */
gint64 bmn_evergreen_get_ready_at (const BmnEvergreen *evergreen);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BmnEvergreen, bmn_evergreen_free)

G_END_DECLS
