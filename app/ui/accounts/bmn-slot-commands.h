#pragma once

#include "bmn-session.h"

G_BEGIN_DECLS

/* A change of an account's queue, to be run on the session's thread. */
typedef struct _BmnSlotCommand BmnSlotCommand;

/**
 * bmn_slot_command_new:
 * @remove: the slot that goes, 0 for none
 * @days: bits 1 << ISO weekday on which one comes, 0 for none
 * @minute: of the day
 *
 * Returns: (transfer full): freed with g_free()
 */
BmnSlotCommand *bmn_slot_command_new (gint64 account_id, gint64 remove, guint days, int minute)
    G_GNUC_WARN_UNUSED_RESULT;

/* A #BmnSessionFunc; @command: a #BmnSlotCommand. A time that is there already stays. */
gpointer bmn_slot_command_run (BmnSession *session, gpointer command, GError **error);

G_END_DECLS
