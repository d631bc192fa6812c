#pragma once

#include "bmn-store.h"

G_BEGIN_DECLS

/* What the user wants to hear no more of. All of these run inside a transaction. */

/* @until: µs; %G_MAXINT64 for never again, 0 to take it back */
gboolean bmn_idea_choices_put (
    BmnTransaction *tx, gint64 account_id, const char *topic, gint64 until, GError **error);

/* Returns: (transfer full) (element-type utf8): the topics that are hidden at @now */
GHashTable *bmn_idea_choices_list_hidden (BmnTransaction *tx,
                                          gint64 account_id,
                                          gint64 now,
                                          GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
