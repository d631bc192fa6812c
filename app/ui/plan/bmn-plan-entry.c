#include "bmn-plan-entry.h"

#include "bmn-plan-time.h"

#include <glib/gi18n.h>

struct _BmnPlanEntry
{
  GObject parent_instance;

  BmnAgendaItem *item; /* (owned) (nullable) */
  gint64 account_id;
  gint64 at;
};

G_DEFINE_FINAL_TYPE (BmnPlanEntry, bmn_plan_entry, G_TYPE_OBJECT)

const BmnAgendaItem *
bmn_plan_entry_get_item (BmnPlanEntry *self)
{
  return self->item;
}

gint64
bmn_plan_entry_get_at (BmnPlanEntry *self)
{
  return self->at;
}

gint64
bmn_plan_entry_get_account_id (BmnPlanEntry *self)
{
  return self->account_id;
}

GDateTime *
bmn_plan_entry_get_time (BmnPlanEntry *self)
{
  return self->at > 0 ? bmn_plan_time_from_instant (self->at) : NULL;
}

gboolean
bmn_plan_entry_equal (BmnPlanEntry *a, BmnPlanEntry *b)
{
  if (!a->item || !b->item)
    return bmn_plan_entry_is_same (a, b, FALSE);
  return bmn_agenda_item_equal (a->item, b->item);
}

gboolean
bmn_plan_entry_is_same (BmnPlanEntry *a, BmnPlanEntry *b, gboolean any_time)
{
  if (!a->item || !b->item)
    return !a->item && !b->item && a->at == b->at && a->account_id == b->account_id;
  return a->item->post_id == b->item->post_id && (any_time || a->at == b->at);
}

int
bmn_plan_entry_compare (BmnPlanEntry *a, BmnPlanEntry *b)
{
  gint64 left = a->at ? a->at : G_MAXINT64, right = b->at ? b->at : G_MAXINT64;
  return left < right ? -1 : left > right;
}

char *
bmn_plan_entry_to_sentence (BmnPlanEntry *self)
{
  g_autoptr (GDateTime) time = bmn_plan_entry_get_time (self);
  g_autofree char *when = time ? bmn_plan_time_format_full (time) : g_strdup (_ ("No time yet"));
  if (!self->item)
    /* Translators: %s is a day and time. */
    return g_strdup_printf (_ ("%s: free slot"), when);
  /* Translators: a day and time, a state such as “Scheduled”, and the words of the post. */
  return g_strdup_printf (_ ("%s, %s: %s"), when,
                          bmn_target_state_get_label (bmn_agenda_item_get_state (self->item)),
                          self->item->excerpt);
}

static void
bmn_plan_entry_finalize (GObject *object)
{
  BmnPlanEntry *self = BMN_PLAN_ENTRY (object);
  g_clear_pointer (&self->item, bmn_agenda_item_free);
  G_OBJECT_CLASS (bmn_plan_entry_parent_class)->finalize (object);
}

static void
bmn_plan_entry_class_init (BmnPlanEntryClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = bmn_plan_entry_finalize;
}

static void
bmn_plan_entry_init (BmnPlanEntry *self)
{
}

BmnPlanEntry *
bmn_plan_entry_new (BmnAgendaItem *item)
{
  BmnPlanEntry *self = g_object_new (BMN_TYPE_PLAN_ENTRY, NULL);
  self->item = item;
  self->at = item->at;
  if (item->targets->len > 0)
    self->account_id = ((BmnAgendaTarget *)item->targets->pdata[0])->account_id;
  return self;
}

BmnPlanEntry *
bmn_plan_entry_new_free (gint64 account_id, gint64 at)
{
  BmnPlanEntry *self = g_object_new (BMN_TYPE_PLAN_ENTRY, NULL);
  self->account_id = account_id;
  self->at = at;
  return self;
}
