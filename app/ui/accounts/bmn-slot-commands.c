#include "bmn-slot-commands.h"

#include "bmn-error.h"
#include "bmn-session-slots.h"

struct _BmnSlotCommand
{
  gint64 account_id;
  gint64 remove;
  guint days;
  int minute;
};

BmnSlotCommand *
bmn_slot_command_new (gint64 account_id, gint64 remove, guint days, int minute)
{
  BmnSlotCommand *self = g_new0 (BmnSlotCommand, 1);
  self->account_id = account_id;
  self->remove = remove;
  self->days = days;
  self->minute = minute;
  return self;
}

static gboolean
add (BmnSession *session, const BmnSlotCommand *self, int weekday, GError **error)
{
  g_autoptr (BmnSlot) slot = bmn_slot_new (self->account_id, weekday, self->minute);
  g_autoptr (GError) failure = NULL;
  if (bmn_session_add_slot (session, slot, &failure)
      || g_error_matches (failure, BMN_ERROR, BMN_ERROR_CONFLICT))
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&failure));
  return FALSE;
}

gpointer
bmn_slot_command_run (BmnSession *session, gpointer command, GError **error)
{
  const BmnSlotCommand *self = command;
  for (int weekday = 1; weekday <= 7; weekday++)
    if (self->days & 1u << weekday && !add (session, self, weekday, error))
      return NULL;
  if (self->remove != 0)
    bmn_session_remove_slot (session, self->account_id, self->remove, error);
  return NULL;
}
