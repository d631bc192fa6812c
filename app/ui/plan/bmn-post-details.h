#pragma once

#include "bmn-session-thread.h"

#include <adwaita.h>

G_BEGIN_DECLS

/* BmnPostDetails: a post, what became of it on each account, and what can be done now. Its
 * buttons are actions of the plan page. */

#define BMN_TYPE_POST_DETAILS (bmn_post_details_get_type ())
G_DECLARE_FINAL_TYPE (BmnPostDetails, bmn_post_details, BMN, POST_DETAILS, AdwBin)

/* To be called once, before it is shown. */
void bmn_post_details_set_session (BmnPostDetails *self, BmnSessionThread *session);
/* @post_id: 0 for none */
void bmn_post_details_show (BmnPostDetails *self, gint64 post_id);
gint64 bmn_post_details_get_post (BmnPostDetails *self);
/* Asks for the post again. */
void bmn_post_details_refresh (BmnPostDetails *self);

G_END_DECLS
