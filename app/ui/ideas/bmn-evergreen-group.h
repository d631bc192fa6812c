#pragma once

#include "bmn-session-thread.h"

#include <adwaita.h>

G_BEGIN_DECLS

/* BmnEvergreenGroup: the library of posts worth repeating, with their rules, and proposals. */

#define BMN_TYPE_EVERGREEN_GROUP (bmn_evergreen_group_get_type ())
G_DECLARE_FINAL_TYPE (BmnEvergreenGroup, bmn_evergreen_group, BMN, EVERGREEN_GROUP, AdwBin)

/* To be called once. */
void bmn_evergreen_group_set_session (BmnEvergreenGroup *self, BmnSessionThread *session);
/* Reads the library again. */
void bmn_evergreen_group_refresh (BmnEvergreenGroup *self);

G_END_DECLS
