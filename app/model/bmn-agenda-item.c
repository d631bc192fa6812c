#include "bmn-agenda-item.h"

BmnAgendaItem *
bmn_agenda_item_new (void)
{
  BmnAgendaItem *item = g_new0 (BmnAgendaItem, 1);
  item->targets = g_ptr_array_new_with_free_func ((GDestroyNotify)bmn_agenda_target_free);
  return item;
}

void
bmn_agenda_item_free (BmnAgendaItem *item)
{
  g_ptr_array_unref (item->targets);
  g_free (item->excerpt);
  g_free (item->picture);
  g_free (item);
}

void
bmn_agenda_target_free (BmnAgendaTarget *target)
{
  g_free (target->local_time);
  g_free (target->zone);
  g_free (target->error_kind);
  g_free (target->error);
  g_free (target->url);
  g_free (target);
}

BmnTargetState
bmn_agenda_item_get_state (const BmnAgendaItem *item)
{
  static const BmnTargetState by_need[] = {
    BMN_TARGET_FAILED,    BMN_TARGET_UNKNOWN,   BMN_TARGET_HELD,  BMN_TARGET_PUBLISHING,
    BMN_TARGET_SCHEDULED, BMN_TARGET_PUBLISHED, BMN_TARGET_DRAFT, BMN_TARGET_CANCELLED,
  };
  for (gsize i = 0; i < G_N_ELEMENTS (by_need); i++)
    for (guint j = 0; j < item->targets->len; j++)
      if (((BmnAgendaTarget *)item->targets->pdata[j])->state == by_need[i])
        return by_need[i];
  return BMN_TARGET_DRAFT;
}

static gboolean
can_move (BmnTargetState state)
{
  return state == BMN_TARGET_DRAFT || state == BMN_TARGET_SCHEDULED || state == BMN_TARGET_FAILED
         || state == BMN_TARGET_HELD || state == BMN_TARGET_CANCELLED;
}

gboolean
bmn_agenda_item_can_move (const BmnAgendaItem *item)
{
  for (guint i = 0; i < item->targets->len; i++)
    if (can_move (((BmnAgendaTarget *)item->targets->pdata[i])->state))
      return TRUE;
  return FALSE;
}

static gboolean
targets_equal (const BmnAgendaTarget *a, const BmnAgendaTarget *b)
{
  return a->id == b->id && a->account_id == b->account_id && a->state == b->state
         && g_strcmp0 (a->local_time, b->local_time) == 0 && g_strcmp0 (a->zone, b->zone) == 0
         && g_strcmp0 (a->error_kind, b->error_kind) == 0 && g_strcmp0 (a->error, b->error) == 0
         && g_strcmp0 (a->url, b->url) == 0;
}

gboolean
bmn_agenda_item_equal (const BmnAgendaItem *a, const BmnAgendaItem *b)
{
  if (a->post_id != b->post_id || a->at != b->at || a->targets->len != b->targets->len
      || a->n_parts != b->n_parts || !a->repeats != !b->repeats || !a->lacks_alt != !b->lacks_alt
      || g_strcmp0 (a->excerpt, b->excerpt) != 0 || g_strcmp0 (a->picture, b->picture) != 0)
    return FALSE;
  for (guint i = 0; i < a->targets->len; i++)
    if (!targets_equal (a->targets->pdata[i], b->targets->pdata[i]))
      return FALSE;
  return TRUE;
}
