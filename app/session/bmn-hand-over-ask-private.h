#pragma once

#include "bmn-session.h"
#include "bmn-target.h"

G_BEGIN_DECLS

/*
 * Whom a post may be handed over to. Platforms live in the main context, so they are asked
 * before the store is changed.
 */

/**
 * bmn_hand_over_find_holders:
 * @n_parts: messages of the post
 * @account_ids: (element-type gint64):
 * @warnings: (element-type utf8): gets a line for each account that cannot hold posts
 *
 * Returns: (transfer full) (element-type gint64 gint64): the accounts whose servers hold posts →
 *   how many seconds ahead; %NULL with %BMN_ERROR_INVALID where none does
 */
GHashTable *bmn_hand_over_find_holders (BmnSession *self,
                                        guint n_parts,
                                        GArray *account_ids,
                                        GPtrArray *warnings,
                                        GError **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * bmn_hand_over_ask:
 * @holders: (nullable): from bmn_hand_over_find_holders()
 * @now: µs
 * @warnings: (element-type utf8): gets why it goes out from here all the same
 *
 * Notes in @target, planned already, that the user wants its server to hold it.
 */
void bmn_hand_over_ask (BmnTarget *target, GHashTable *holders, gint64 now, GPtrArray *warnings);

G_END_DECLS
