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
