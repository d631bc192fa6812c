#include "bmn-target.h"

BmnTarget *
bmn_target_new (gint64 account_id)
{
  BmnTarget *target = g_new0 (BmnTarget, 1);
  target->account_id = account_id;
  target->state = BMN_TARGET_DRAFT;
  return target;
}

BmnTarget *
bmn_target_copy (const BmnTarget *target)
{
  BmnTarget *copy = g_memdup2 (target, sizeof *target);
  copy->parts = bmn_parts_copy (target->parts);
  copy->local_time = g_strdup (target->local_time);
  copy->zone = g_strdup (target->zone);
  copy->key = g_strdup (target->key);
  copy->error_kind = g_strdup (target->error_kind);
  copy->error = g_strdup (target->error);
  copy->url = g_strdup (target->url);
  copy->remote_schedule_id = g_strdup (target->remote_schedule_id);
  copy->remote_text = g_strdup (target->remote_text);
  return copy;
}

void
bmn_target_free (BmnTarget *target)
{
  g_clear_pointer (&target->parts, g_ptr_array_unref);
  g_free (target->local_time);
  g_free (target->zone);
  g_free (target->key);
  g_free (target->error_kind);
  g_free (target->error);
  g_free (target->url);
  g_free (target->remote_schedule_id);
  g_free (target->remote_text);
  g_free (target);
}

void
bmn_target_forget_server (BmnTarget *target)
{
  g_clear_pointer (&target->remote_schedule_id, g_free);
  g_clear_pointer (&target->remote_text, g_free);
  target->remote_schedule_at = target->remote_revision = 0;
}
