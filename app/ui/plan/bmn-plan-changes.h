#pragma once

#include "bmn-plan-model.h"

#include <adwaita.h>

G_BEGIN_DECLS

/*
 * BmnPlanChanges: what the user does to posts of the plan, and how it is undone. A move is
 * undone by moving back; a deletion happens when its toast is gone.
 *
 * Signals: `toast (AdwToast *)`, `failed (GError *)`, `changed ()`: something else can be
 * undone or done again.
 */

#define BMN_TYPE_PLAN_CHANGES (bmn_plan_changes_get_type ())
G_DECLARE_FINAL_TYPE (BmnPlanChanges, bmn_plan_changes, BMN, PLAN_CHANGES, GObject)

BmnPlanChanges *
bmn_plan_changes_new (BmnSessionThread *session, BmnPlanModel *model) G_GNUC_WARN_UNUSED_RESULT;

/* Moves the targets of @entry that can be moved to @at, µs. */
void bmn_plan_changes_move (BmnPlanChanges *self, BmnPlanEntry *entry, gint64 at);
void bmn_plan_changes_delete (BmnPlanChanges *self, gint64 post_id);
/* @how: a #BmnRetry */
void bmn_plan_changes_retry (BmnPlanChanges *self, gint64 post_id, int how);
/* Undoes the last move or deletion; nothing where there is none. */
void bmn_plan_changes_undo (BmnPlanChanges *self);
gboolean bmn_plan_changes_can_undo (BmnPlanChanges *self);
/* Moves again what was moved back last. */
void bmn_plan_changes_redo (BmnPlanChanges *self);
gboolean bmn_plan_changes_can_redo (BmnPlanChanges *self);

G_END_DECLS
