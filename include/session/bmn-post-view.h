#pragma once

#include "bmn-account.h"
#include "bmn-attempt.h"
#include "bmn-post.h"
#include "bmn-receipt.h"
#include "bmn-target.h"

G_BEGIN_DECLS

/**
 * BmnTargetView:
 * @target: see #BmnTarget
 * @account: (nullable): where it goes
 * @attempts: (element-type BmnAttempt): oldest first; empty in lists
 * @receipts: (element-type BmnReceipt): by part; empty in lists
 *
 * A target with what belongs to it, as one state of the data.
 */
typedef struct
{
  BmnTarget *target;   /* (owned) */
  BmnAccount *account; /* (owned) (nullable) */
  GPtrArray *attempts; /* (owned) */
  GPtrArray *receipts; /* (owned) */
} BmnTargetView;

void bmn_target_view_free (BmnTargetView *view);

/**
 * BmnGoesOut:
 * @BMN_GOES_OUT_NOT: it is not planned, or out
 * @BMN_GOES_OUT_FROM_HERE: this computer publishes it, so it needs to be on
 * @BMN_GOES_OUT_FROM_SERVER: the server holds it: it goes out even when this computer is off
 * @BMN_GOES_OUT_HANDING_OVER: it is to be handed over; until then it needs this computer on
 * @BMN_GOES_OUT_CHANGING: the server holds it as it was before the user changed it
 * @BMN_GOES_OUT_TAKING_BACK: the server still holds it, though it is not to go out from there
 * @BMN_GOES_OUT_IN_DOUBT: the server may hold it
 *
 * Whether a target goes out at its time, with this computer on or off.
 */
typedef enum
{
  BMN_GOES_OUT_NOT,
  BMN_GOES_OUT_FROM_HERE,
  BMN_GOES_OUT_FROM_SERVER,
  BMN_GOES_OUT_HANDING_OVER,
  BMN_GOES_OUT_CHANGING,
  BMN_GOES_OUT_TAKING_BACK,
  BMN_GOES_OUT_IN_DOUBT,
} BmnGoesOut;

/* @post: that the target belongs to */
BmnGoesOut bmn_target_view_get_goes_out (const BmnTargetView *view, const BmnPost *post);

/* Stable names for JSON: `not`, `this-computer`, `server`, `handing-over`, `changing`,
 * `taking-back`, `in-doubt`. */
const char *bmn_goes_out_to_nick (BmnGoesOut goes_out);

/* Returns: (nullable) (transfer none): a translated sentence; %NULL for %BMN_GOES_OUT_NOT */
const char *bmn_goes_out_get_label (BmnGoesOut goes_out);

/**
 * BmnPostView:
 * @post: see #BmnPost
 * @targets: (element-type BmnTargetView): by account
 */
typedef struct
{
  BmnPost *post;      /* (owned) */
  GPtrArray *targets; /* (owned) */
} BmnPostView;

void bmn_post_view_free (BmnPostView *view);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BmnTargetView, bmn_target_view_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BmnPostView, bmn_post_view_free)

G_END_DECLS
