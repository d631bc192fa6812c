#include "bmn-plan-model.h"

#include "bmn-engines.h"
#include "bmn-session-agenda.h"

#include <gio/gio.h>

/* More than anybody reads; each entry is small. */
#define MAX_FOUND 10000

struct _BmnPlanModel
{
  GObject parent_instance;

  BmnSessionThread *session; /* (owned) */
  BmnThumbnails *thumbnails; /* (owned) */
  GPtrArray *accounts;       /* (owned) (element-type BmnAccount) */
  GHashTable *off;           /* (owned) (element-type gint64): accounts not shown */
  GPtrArray *entries;        /* (owned) (element-type BmnPlanEntry) */
  GCancellable *loading;     /* (owned) (nullable) */
  gint64 from;
  gint64 until;
  guint states;
  char *tag;   /* (owned) (nullable) */
  char *words; /* (owned) (nullable) */
  gint64 hidden_post;
  guint n_scheduled;
  guint n_needing;
  gboolean loaded;
  guint hours_wanted;
  double lifts[BMN_POSTING_HOURS];
  guint n_lifts;
  int ratings[BMN_POSTING_HOURS];
  int day_ratings[7];
};

enum
{
  PROP_N_SCHEDULED = 1,
  PROP_N_NEEDING,
  PROP_LOADED,
  N_PROPS,
};

static GParamSpec *props[N_PROPS];

enum
{
  ACCOUNTS_CHANGED,
  HOURS_CHANGED,
  FAILED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static void bmn_plan_model_init_list (GListModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (BmnPlanModel,
                               bmn_plan_model,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, bmn_plan_model_init_list))

/*
 * The list.
 */

static GType
bmn_plan_model_get_item_type (GListModel *model)
{
  return BMN_TYPE_PLAN_ENTRY;
}

static guint
bmn_plan_model_get_n_items (GListModel *model)
{
  return BMN_PLAN_MODEL (model)->entries->len;
}

static gpointer
bmn_plan_model_get_item (GListModel *model, guint position)
{
  GPtrArray *entries = BMN_PLAN_MODEL (model)->entries;
  return position < entries->len ? g_object_ref (entries->pdata[position]) : NULL;
}

static void
bmn_plan_model_init_list (GListModelInterface *iface)
{
  iface->get_item_type = bmn_plan_model_get_item_type;
  iface->get_n_items = bmn_plan_model_get_n_items;
  iface->get_item = bmn_plan_model_get_item;
}

static void
count (BmnPlanModel *self)
{
  self->n_scheduled = self->n_needing = 0;
  for (guint i = 0; i < self->entries->len; i++)
    {
      const BmnAgendaItem *item = bmn_plan_entry_get_item (self->entries->pdata[i]);
      BmnTargetState state = item ? bmn_agenda_item_get_state (item) : BMN_TARGET_DRAFT;
      self->n_scheduled += state == BMN_TARGET_SCHEDULED || state == BMN_TARGET_PUBLISHING;
      self->n_needing
          += state == BMN_TARGET_FAILED || state == BMN_TARGET_UNKNOWN || state == BMN_TARGET_HELD;
    }
  self->loaded = TRUE;
  for (guint i = PROP_N_SCHEDULED; i < N_PROPS; i++)
    g_object_notify_by_pspec (G_OBJECT (self), props[i]);
}

/* Tells only of what is another, and of a neighbour at each side, whose place in its day may
 * be another: a list that is looked at stays where it is. */
static void
replace_entries (BmnPlanModel *self, GPtrArray *entries)
{
  g_autoptr (GPtrArray) old = self->entries;
  guint start = 0, end = 0;
  guint shorter = MIN (old->len, entries->len);
  while (start < shorter && bmn_plan_entry_equal (old->pdata[start], entries->pdata[start]))
    start++;
  while (end < shorter - start
         && bmn_plan_entry_equal (old->pdata[old->len - 1 - end],
                                  entries->pdata[entries->len - 1 - end]))
    end++;
  gboolean same = start == old->len && start == entries->len;
  start -= start > 0;
  end -= end > 0;
  /* What stays is the same object, so that rows and chips know it again. */
  for (guint i = 0; i < start; i++)
    g_set_object ((GObject **)&entries->pdata[i], old->pdata[i]);
  for (guint i = 0; i < end; i++)
    g_set_object ((GObject **)&entries->pdata[entries->len - 1 - i], old->pdata[old->len - 1 - i]);
  self->entries = entries;
  if (!same)
    g_list_model_items_changed (G_LIST_MODEL (self), start, old->len - start - end,
                                entries->len - start - end);
  count (self);
}

/*
 * Loading.
 */

typedef struct
{
  BmnAgendaQuery query;
  gboolean with_slots;
} Load;

static void
load_free (gpointer data)
{
  Load *load = data;
  bmn_agenda_query_clear (&load->query);
  g_free (load);
}

static int
compare_entries (gconstpointer a, gconstpointer b)
{
  return bmn_plan_entry_compare (*(BmnPlanEntry *const *)a, *(BmnPlanEntry *const *)b);
}

static gboolean
add_slots (BmnSession *session, const Load *load, GPtrArray *entries, GError **error)
{
  g_autoptr (GArray) slots = bmn_session_list_free_slots (
      session, load->query.account_ids, load->query.from, load->query.until, error);
  if (!slots)
    return FALSE;
  for (guint i = 0; i < slots->len; i++)
    {
      const BmnFreeSlot *slot = &g_array_index (slots, BmnFreeSlot, i);
      g_ptr_array_add (entries, bmn_plan_entry_new_free (slot->account_id, slot->at));
    }
  if (slots->len > 0)
    g_ptr_array_sort (entries, compare_entries);
  return TRUE;
}

static gpointer
run_load (BmnSession *session, gpointer data, GError **error)
{
  Load *load = data;
  g_autoptr (GPtrArray) items = bmn_session_list_agenda (session, &load->query, error);
  if (!items)
    return NULL;
  g_autoptr (GPtrArray) entries = g_ptr_array_new_with_free_func (g_object_unref);
  g_ptr_array_set_free_func (items, NULL);
  for (guint i = 0; i < items->len; i++)
    g_ptr_array_add (entries, bmn_plan_entry_new (items->pdata[i]));
  if (load->with_slots && !add_slots (session, load, entries, error))
    return NULL;
  return g_steal_pointer (&entries);
}

static void
leave_out (GPtrArray *entries, gint64 post_id)
{
  for (guint i = entries->len; post_id != 0 && i-- > 0;)
    {
      const BmnAgendaItem *item = bmn_plan_entry_get_item (entries->pdata[i]);
      if (item && item->post_id == post_id)
        g_ptr_array_remove_index (entries, i);
    }
}

static void
on_loaded (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (BmnPlanModel) self = data;
  g_autoptr (GError) error = NULL;
  GPtrArray *entries = bmn_session_thread_call_finish (BMN_SESSION_THREAD (source), result, &error);
  if (entries)
    {
      leave_out (entries, self->hidden_post);
      replace_entries (self, entries);
    }
  else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_signal_emit (self, signals[FAILED], 0, error);
}

static GArray *
list_shown (BmnPlanModel *self)
{
  GArray *ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  for (guint i = 0; i < self->accounts->len; i++)
    {
      gint64 id = ((BmnAccount *)self->accounts->pdata[i])->id;
      if (bmn_plan_model_shows_account (self, id))
        g_array_append_val (ids, id);
    }
  return ids;
}

void
bmn_plan_model_refresh (BmnPlanModel *self)
{
  g_cancellable_cancel (self->loading);
  g_clear_object (&self->loading);
  gboolean has_span = self->until > self->from;
  if (!bmn_session_thread_is_open (self->session) || (!has_span && !self->words))
    {
      replace_entries (self, g_ptr_array_new_with_free_func (g_object_unref));
      return;
    }
  self->loading = g_cancellable_new ();
  Load *load = g_new0 (Load, 1);
  load->query = (BmnAgendaQuery){ .from = self->from,
                                  .until = self->until,
                                  .states = self->states,
                                  .account_ids = has_span ? list_shown (self) : NULL,
                                  .tag = g_strdup (self->tag),
                                  .words = g_strdup (self->words),
                                  .drafts = TRUE,
                                  .limit = MAX_FOUND };
  load->with_slots = has_span && self->states == 0 && !self->tag;
  bmn_session_thread_call_async (self->session, run_load, load, load_free,
                                 (GDestroyNotify)g_ptr_array_unref, self->loading, on_loaded,
                                 g_object_ref (self));
}

/*
 * Good hours: the mean of the shown accounts, in steps of the hours that are better than usual.
 */

static gpointer
rate_hours (BmnSession *session, gpointer data, GError **error)
{
  g_autoptr (BmnEngines) engines = bmn_engines_new (session);
  BmnEngine *engine = bmn_engines_get (engines, *(gint64 *)data, error);
  if (!engine)
    return NULL;
  BmnPostingHour *hours = g_new0 (BmnPostingHour, BMN_POSTING_HOURS);
  bmn_engine_get_week (engine, hours);
  /* What was learnt for this is not learnt again at the next start. */
  bmn_engines_save (engines);
  return hours;
}

static int
compare_lifts (gconstpointer a, gconstpointer b)
{
  double left = *(const double *)a, right = *(const double *)b;
  return left > right ? -1 : left < right;
}

static int
rate (double lift, const double *sorted, const guint *ranks)
{
  for (int i = 0; i < 3; i++)
    if (lift > 0.05 && lift >= sorted[ranks[i]])
      return 3 - i;
  return 0;
}

static void
rate_all (BmnPlanModel *self)
{
  static const guint hour_ranks[] = { 5, 13, 23 }, day_ranks[] = { 0, 1, 3 };
  double sorted[BMN_POSTING_HOURS], days[7] = { 0 }, sorted_days[7];
  memcpy (sorted, self->lifts, sizeof sorted);
  qsort (sorted, BMN_POSTING_HOURS, sizeof *sorted, compare_lifts);
  for (int i = 0; i < BMN_POSTING_HOURS; i++)
    {
      self->ratings[i] = rate (self->lifts[i], sorted, hour_ranks);
      days[i / 24] = MAX (days[i / 24], self->lifts[i]);
    }
  memcpy (sorted_days, days, sizeof days);
  qsort (sorted_days, 7, sizeof *days, compare_lifts);
  for (int i = 0; i < 7; i++)
    self->day_ratings[i] = rate (days[i], sorted_days, day_ranks);
  g_signal_emit (self, signals[HOURS_CHANGED], 0);
}

static void
on_hours (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (BmnPlanModel) self = data;
  g_autofree BmnPostingHour *hours
      = bmn_session_thread_call_finish (BMN_SESSION_THREAD (source), result, NULL);
  if (!hours)
    return;
  for (int i = 0; i < BMN_POSTING_HOURS; i++)
    self->lifts[i] += hours[i].n > 0 ? hours[i].lift : 0;
  self->n_lifts++;
  rate_all (self);
}

static void
load_hours (BmnPlanModel *self)
{
  memset (self->lifts, 0, sizeof self->lifts);
  for (guint i = 0; i < self->accounts->len; i++)
    bmn_session_thread_work_async (
        self->session, rate_hours,
        g_memdup2 (&((BmnAccount *)self->accounts->pdata[i])->id, sizeof (gint64)), g_free, g_free,
        NULL, on_hours, g_object_ref (self));
}

static gboolean
on_time_for_hours (gpointer data)
{
  BmnPlanModel *self = data;
  self->hours_wanted = 0;
  load_hours (self);
  return G_SOURCE_REMOVE;
}

int
bmn_plan_model_rate_hour (BmnPlanModel *self, int hour_of_week)
{
  return self->ratings[hour_of_week];
}

int
bmn_plan_model_rate_day (BmnPlanModel *self, int weekday)
{
  return self->day_ratings[weekday];
}

/*
 * What is shown.
 */

static gboolean
same_accounts (GPtrArray *a, GPtrArray *b)
{
  if (a->len != b->len)
    return FALSE;
  for (guint i = 0; i < a->len; i++)
    {
      const BmnAccount *left = a->pdata[i], *right = b->pdata[i];
      if (left->id != right->id || g_strcmp0 (left->name, right->name) != 0)
        return FALSE;
    }
  return TRUE;
}

void
bmn_plan_model_set_accounts (BmnPlanModel *self, GPtrArray *accounts)
{
  gboolean same = same_accounts (self->accounts, accounts);
  g_ptr_array_unref (self->accounts);
  self->accounts = g_ptr_array_ref (accounts);
  if (!same)
    {
      g_signal_emit (self, signals[ACCOUNTS_CHANGED], 0);
      /* Suggestions are for later; the first frame is for now. */
      g_clear_handle_id (&self->hours_wanted, g_source_remove);
      self->hours_wanted = g_timeout_add (300, on_time_for_hours, self);
    }
  bmn_plan_model_refresh (self);
}

GPtrArray *
bmn_plan_model_get_accounts (BmnPlanModel *self)
{
  return self->accounts;
}

const BmnAccount *
bmn_plan_model_find_account (BmnPlanModel *self, gint64 id)
{
  for (guint i = 0; i < self->accounts->len; i++)
    if (((BmnAccount *)self->accounts->pdata[i])->id == id)
      return self->accounts->pdata[i];
  return NULL;
}

void
bmn_plan_model_show_account (BmnPlanModel *self, gint64 id, gboolean shown)
{
  if (shown)
    g_hash_table_remove (self->off, &id);
  else
    g_hash_table_add (self->off, g_memdup2 (&id, sizeof id));
  bmn_plan_model_refresh (self);
}

gboolean
bmn_plan_model_shows_account (BmnPlanModel *self, gint64 id)
{
  return !g_hash_table_contains (self->off, &id);
}

void
bmn_plan_model_set_span (BmnPlanModel *self, gint64 from, gint64 until)
{
  if (self->from == from && self->until == until)
    return;
  self->from = from;
  self->until = until;
  bmn_plan_model_refresh (self);
}

void
bmn_plan_model_set_states (BmnPlanModel *self, guint states)
{
  self->states = states;
  bmn_plan_model_refresh (self);
}

guint
bmn_plan_model_get_states (BmnPlanModel *self)
{
  return self->states;
}

void
bmn_plan_model_set_tag (BmnPlanModel *self, const char *tag)
{
  g_free (self->tag);
  self->tag = g_strdup (tag);
  bmn_plan_model_refresh (self);
}

void
bmn_plan_model_set_words (BmnPlanModel *self, const char *words)
{
  g_free (self->words);
  self->words = words && *words ? g_strdup (words) : NULL;
  bmn_plan_model_refresh (self);
}

void
bmn_plan_model_hide_post (BmnPlanModel *self, gint64 post_id)
{
  self->hidden_post = post_id;
  bmn_plan_model_refresh (self);
}

BmnPlanEntry *
bmn_plan_model_find_post (BmnPlanModel *self, gint64 post_id)
{
  for (guint i = 0; i < self->entries->len; i++)
    {
      const BmnAgendaItem *item = bmn_plan_entry_get_item (self->entries->pdata[i]);
      if (item && item->post_id == post_id)
        return self->entries->pdata[i];
    }
  return NULL;
}

BmnThumbnails *
bmn_plan_model_get_thumbnails (BmnPlanModel *self)
{
  return self->thumbnails;
}

/*
 * The object.
 */

static void
bmn_plan_model_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  BmnPlanModel *self = BMN_PLAN_MODEL (object);
  if (id == PROP_LOADED)
    g_value_set_boolean (value, self->loaded);
  else
    g_value_set_uint (value, id == PROP_N_NEEDING ? self->n_needing : self->n_scheduled);
}

static void
bmn_plan_model_dispose (GObject *object)
{
  BmnPlanModel *self = BMN_PLAN_MODEL (object);
  g_clear_handle_id (&self->hours_wanted, g_source_remove);
  g_cancellable_cancel (self->loading);
  g_clear_object (&self->loading);
  g_clear_object (&self->session);
  g_clear_object (&self->thumbnails);
  G_OBJECT_CLASS (bmn_plan_model_parent_class)->dispose (object);
}

static void
bmn_plan_model_finalize (GObject *object)
{
  BmnPlanModel *self = BMN_PLAN_MODEL (object);
  g_ptr_array_unref (self->accounts);
  g_ptr_array_unref (self->entries);
  g_hash_table_unref (self->off);
  g_free (self->tag);
  g_free (self->words);
  G_OBJECT_CLASS (bmn_plan_model_parent_class)->finalize (object);
}

static void
bmn_plan_model_class_init (BmnPlanModelClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;
  object_class->get_property = bmn_plan_model_get_property;
  object_class->dispose = bmn_plan_model_dispose;
  object_class->finalize = bmn_plan_model_finalize;
  props[PROP_N_SCHEDULED] = g_param_spec_uint ("n-scheduled", NULL, NULL, 0, G_MAXUINT, 0, flags);
  props[PROP_N_NEEDING] = g_param_spec_uint ("n-needing", NULL, NULL, 0, G_MAXUINT, 0, flags);
  props[PROP_LOADED] = g_param_spec_boolean ("loaded", NULL, NULL, FALSE, flags);
  g_object_class_install_properties (object_class, N_PROPS, props);
  GType type = G_TYPE_FROM_CLASS (klass);
  signals[ACCOUNTS_CHANGED] = g_signal_new ("accounts-changed", type, G_SIGNAL_RUN_LAST, 0, NULL,
                                            NULL, NULL, G_TYPE_NONE, 0);
  signals[HOURS_CHANGED] = g_signal_new ("hours-changed", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                         NULL, G_TYPE_NONE, 0);
  signals[FAILED] = g_signal_new ("failed", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                  G_TYPE_NONE, 1, G_TYPE_ERROR);
}

static void
bmn_plan_model_init (BmnPlanModel *self)
{
  self->accounts = g_ptr_array_new_with_free_func ((GDestroyNotify)bmn_account_free);
  self->entries = g_ptr_array_new_with_free_func (g_object_unref);
  self->off = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  self->thumbnails = bmn_thumbnails_new ();
}

BmnPlanModel *
bmn_plan_model_new (BmnSessionThread *session)
{
  BmnPlanModel *self = g_object_new (BMN_TYPE_PLAN_MODEL, NULL);
  self->session = g_object_ref (session);
  return self;
}
