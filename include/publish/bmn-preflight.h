#pragma once

#include "bmn-account.h"
#include "bmn-platform.h"
#include "bmn-store.h"
#include "bmn-target.h"

G_BEGIN_DECLS

/**
 * BmnPreflightSeverity:
 * @BMN_PREFLIGHT_WARNING: it can go out, but the user may not want that
 * @BMN_PREFLIGHT_ERROR: it would not go out
 */
typedef enum
{
  BMN_PREFLIGHT_WARNING,
  BMN_PREFLIGHT_ERROR,
} BmnPreflightSeverity;

/**
 * BmnPreflightFinding:
 * @severity: see #BmnPreflightSeverity
 * @message: translated, with what to do
 */
typedef struct
{
  BmnPreflightSeverity severity;
  char *message; /* (owned) */
} BmnPreflightFinding;

void bmn_preflight_finding_free (BmnPreflightFinding *finding);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BmnPreflightFinding, bmn_preflight_finding_free)

/* Two targets of an account nearer than this clash, in seconds. */
#define BMN_PREFLIGHT_CLASH 60

/* How far back and ahead the same text counts as a repetition, in seconds (30 days). */
#define BMN_PREFLIGHT_REPEAT_WINDOW (30LL * 24 * 3600)

/**
 * bmn_preflight_content:
 *
 * Checks what the account would get against what it accepts, as far as that is known. In the
 * main context of @platform; quick.
 *
 * Returns: (transfer full) (element-type BmnPreflightFinding): maybe empty
 */
GPtrArray *bmn_preflight_content (BmnPlatform *platform,
                                  const BmnPost *post,
                                  const BmnTarget *target) G_GNUC_WARN_UNUSED_RESULT;

/**
 * bmn_preflight_plan:
 * @target: stored or about to be; the one with its id is not compared with itself
 * @now: µs
 *
 * Checks what has to do with everything else: media there and unchanged, the same text out or
 * planned on this account already (the post's own series excepted), another post of the
 * account at the same minute. Reads the media files.
 *
 * Returns: (transfer full) (element-type BmnPreflightFinding): %NULL with the store's error
 */
GPtrArray *bmn_preflight_plan (BmnTransaction *tx,
                               const BmnPost *post,
                               const BmnTarget *target,
                               gint64 now,
                               GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* How long before a post is due it is checked for the first time, in seconds. */
#define BMN_PREFLIGHT_FIRST (24LL * 3600)

/**
 * bmn_preflight_next_at:
 * @due_at: when the target is due, µs
 * @last_at: when it was checked last, µs; 0 for never, and not believed where it is to come
 * @now: µs
 *
 * Checks are due 24 h, 1 h and 10 min before, and as soon as possible where the first of
 * these was missed; none in the last minute, when publishing itself is about to tell.
 *
 * Returns: when the next check is due, µs; 0 for none
 */
gint64 bmn_preflight_next_at (gint64 due_at, gint64 last_at, gint64 now);

G_END_DECLS
