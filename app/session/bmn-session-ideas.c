#include "bmn-session-ideas.h"
#include "bmn-engines.h"
#include "bmn-idea-private.h"
#include "bmn-session-accounts.h"
#include "bmn-session-private.h"
#include "bmn-session-suggest.h"

#include "bmn-history.h"
#include "bmn-idea-choices.h"
#include "bmn-posts.h"
#include "bmn-targets.h"

/* Topics that are looked through for ideas; later ones stand in few posts. */
#define MAX_TOPICS 60

/* How far ahead a time is worth telling. */
#define DAYS_AHEAD 7

typedef struct
{
  const BmnAccount *account; /* not owned */
  gint64 now;
  GHashTable *hidden; /* (owned) (nullable) (element-type utf8) */
  GPtrArray *history; /* (owned) (nullable) (element-type BmnHistoryPost) */
  GHashTable *by_id;  /* (owned) (nullable) ids in @history to posts of it */
} Source;

static void
source_clear (Source *source)
{
  g_clear_pointer (&source->hidden, g_hash_table_unref);
  g_clear_pointer (&source->by_id, g_hash_table_unref);
  g_clear_pointer (&source->history, g_ptr_array_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Source, source_clear)

static gboolean
read_source (BmnTransaction *tx, gpointer data, GError **error)
{
  Source *source = data;
  source->hidden = bmn_idea_choices_list_hidden (tx, source->account->id, source->now, error);
  if (!source->hidden)
    return FALSE;
  source->history = bmn_history_list (tx, source->account->id, 0, 0, error);
  if (!source->history)
    return FALSE;
  source->by_id = g_hash_table_new (g_int64_hash, g_int64_equal);
  for (guint i = 0; i < source->history->len; i++)
    {
      BmnHistoryPost *post = source->history->pdata[i];
      g_hash_table_insert (source->by_id, &post->id, post);
    }
  return TRUE;
}

/* Returns: whether the topic is an idea, and of which kind */
static gboolean
find_kind (const BmnTopic *topic, BmnIdeaKind *kind)
{
  /* What is silent, or is more than usual, without doing worse; then what simply does well. */
  if (topic->is_due)
    *kind = BMN_IDEA_DUE;
  else if (topic->rises && !topic->sinks)
    *kind = BMN_IDEA_RISES;
  else if (topic->lifts)
    *kind = BMN_IDEA_LIFTS;
  else
    return FALSE;
  return TRUE;
}

static GPtrArray *
list_evidence (const Source *source, const BmnTopic *topic)
{
  GPtrArray *posts = g_ptr_array_new_with_free_func ((GDestroyNotify)bmn_history_post_free);
  for (guint i = 0; i < topic->best_posts->len; i++)
    {
      const BmnHistoryPost *place
          = g_hash_table_lookup (source->by_id, &g_array_index (topic->best_posts, gint64, i));
      if (place)
        g_ptr_array_add (posts, bmn_history_post_copy (place));
    }
  return posts;
}

static int
compare_ideas (gconstpointer a, gconstpointer b)
{
  const BmnIdea *first = *(BmnIdea *const *)a;
  const BmnIdea *second = *(BmnIdea *const *)b;
  if (first->topic->lift != second->topic->lift)
    return first->topic->lift > second->topic->lift ? -1 : 1;
  return g_strcmp0 (first->topic->text, second->topic->text);
}

/* Whether the same posts speak for both: then one of them says it all. */
static gboolean
is_same_evidence (const BmnTopic *a, const BmnTopic *b)
{
  for (guint i = 0; i < a->best_posts->len; i++)
    for (guint j = 0; j < b->best_posts->len; j++)
      if (g_array_index (a->best_posts, gint64, i) == g_array_index (b->best_posts, gint64, j))
        return TRUE;
  return FALSE;
}

static gboolean
is_said_already (GPtrArray *ideas, const BmnIdea *idea)
{
  for (guint i = 0; i < ideas->len; i++)
    if (is_same_evidence (((BmnIdea *)ideas->pdata[i])->topic, idea->topic))
      return TRUE;
  return FALSE;
}

static void
add_ideas (BmnIdeas *ideas, const Source *source, BmnEngine *engine)
{
  g_autoptr (GPtrArray) topics = bmn_engine_get_topics (engine, source->now, MAX_TOPICS);
  g_autoptr (GPtrArray) found = g_ptr_array_new_with_free_func ((GDestroyNotify)bmn_idea_free);
  /* From the end, so that taking one out leaves the places of the rest. */
  for (guint i = topics->len; i-- > 0;)
    {
      const BmnTopic *topic = topics->pdata[i];
      BmnIdeaKind kind;
      if (g_hash_table_contains (source->hidden, topic->text) || !find_kind (topic, &kind))
        continue;
      BmnIdea *idea = g_new0 (BmnIdea, 1);
      idea->account_id = source->account->id;
      idea->account_name = g_strdup (source->account->name);
      idea->kind = kind;
      idea->posts = list_evidence (source, topic);
      idea->topic = g_ptr_array_steal_index (topics, i);
      g_ptr_array_add (found, idea);
    }
  g_ptr_array_sort (found, compare_ideas);
  for (guint n = 0; found->len > 0 && n < BMN_IDEAS_PER_ACCOUNT;)
    {
      BmnIdea *idea = g_ptr_array_steal_index (found, 0);
      if (is_said_already (ideas->ideas, idea))
        {
          bmn_idea_free (idea);
          continue;
        }
      g_ptr_array_add (ideas->ideas, idea);
      n++;
    }
}

static gboolean
add_times (
    BmnIdeas *ideas, BmnSession *self, const Source *source, BmnEngine *engine, GError **error)
{
  g_autoptr (GArray) free_times
      = bmn_session_list_free_times (self, source->account->id, source->now, DAYS_AHEAD, error);
  if (!free_times)
    return FALSE;
  g_autoptr (GArray) best = bmn_engine_rank_times (engine, (const gint64 *)free_times->data,
                                                   free_times->len, BMN_IDEAS_TIMES_PER_ACCOUNT);
  for (guint i = 0; i < best->len; i++)
    {
      const BmnPostingTime *time = &g_array_index (best, BmnPostingTime, i);
      /* Only what did better than usual is a good time; an exploration is none. */
      if (time->is_exploration || time->hour.lift <= 0)
        continue;
      BmnGoodTime *good = g_new0 (BmnGoodTime, 1);
      good->account_id = source->account->id;
      good->account_name = g_strdup (source->account->name);
      good->time = *time;
      g_ptr_array_add (ideas->times, good);
    }
  return TRUE;
}

static gboolean
add_account (BmnIdeas *ideas,
             BmnSession *self,
             BmnEngines *engines,
             const BmnAccount *account,
             GError **error)
{
  g_auto (Source) source = { .account = account, .now = bmn_session_now (self) };
  if (!bmn_store_read (bmn_session_get_store (self), read_source, &source, error))
    return FALSE;
  if (source.history->len == 0)
    return TRUE;
  BmnEngine *engine = bmn_engines_get (engines, account->id, error);
  if (!engine)
    return FALSE;

  gint64 from = ((const BmnHistoryPost *)source.history->pdata[0])->published_at;
  ideas->n_posts += source.history->len;
  ideas->from = ideas->from == 0 ? from : MIN (ideas->from, from);
  add_ideas (ideas, &source, engine);
  return add_times (ideas, self, &source, engine, error);
}

static int
compare_times (gconstpointer a, gconstpointer b)
{
  const BmnGoodTime *first = *(BmnGoodTime *const *)a;
  const BmnGoodTime *second = *(BmnGoodTime *const *)b;
  return (first->time.at > second->time.at) - (first->time.at < second->time.at);
}

BmnIdeas *
bmn_session_list_ideas (BmnSession *self,
                        gint64 account_id,
                        GCancellable *cancellable,
                        GError **error)
{
  g_autoptr (GPtrArray) accounts = bmn_session_list_accounts (self, error);
  if (!accounts)
    return NULL;
  g_autoptr (BmnEngines) engines = bmn_engines_new (self);
  g_autoptr (BmnIdeas) ideas = g_new0 (BmnIdeas, 1);
  ideas->ideas = g_ptr_array_new_with_free_func ((GDestroyNotify)bmn_idea_free);
  ideas->times = g_ptr_array_new_with_free_func ((GDestroyNotify)bmn_good_time_free);
  for (guint i = 0; i < accounts->len; i++)
    {
      const BmnAccount *account = accounts->pdata[i];
      if (account_id != 0 && account->id != account_id)
        continue;
      if (g_cancellable_set_error_if_cancelled (cancellable, error)
          || !add_account (ideas, self, engines, account, error))
        return NULL;
    }
  g_ptr_array_sort (ideas->ideas, compare_ideas);
  g_ptr_array_sort (ideas->times, compare_times);
  return g_steal_pointer (&ideas);
}

/*
 * What the user wants to hear no more of.
 */

typedef struct
{
  gint64 account_id;
  const char *topic;
  gint64 until;
} Choice;

static gboolean
write_choice (BmnTransaction *tx, gpointer data, GError **error)
{
  const Choice *choice = data;
  return bmn_idea_choices_put (tx, choice->account_id, choice->topic, choice->until, error);
}

gboolean
bmn_session_hide_idea (
    BmnSession *self, gint64 account_id, const char *topic, gint64 until, GError **error)
{
  Choice choice = { account_id, topic, until };
  return bmn_store_write (bmn_session_get_store (self), write_choice, &choice, error);
}

/*
 * Writing about one.
 */

typedef struct
{
  gint64 account_id;
  const char *why;
  gint64 now;
  gint64 post_id;
} Beginning;

static gboolean
insert_draft (BmnTransaction *tx, gpointer data, GError **error)
{
  Beginning *beginning = data;
  g_autoptr (BmnPost) post = bmn_post_new ();
  g_autoptr (BmnTarget) target = bmn_target_new (beginning->account_id);
  g_ptr_array_add (post->parts, bmn_part_new (""));
  post->note = g_strdup (beginning->why);
  if (!bmn_posts_insert (tx, post, beginning->now, error))
    return FALSE;
  target->post_id = post->id;
  beginning->post_id = post->id;
  return bmn_targets_insert (tx, target, error);
}

gboolean
bmn_session_start_idea (
    BmnSession *self, gint64 account_id, const char *why, gint64 *post_id, GError **error)
{
  Beginning beginning = { .account_id = account_id, .why = why, .now = bmn_session_now (self) };
  if (!bmn_store_write (bmn_session_get_store (self), insert_draft, &beginning, error))
    return FALSE;
  *post_id = beginning.post_id;
  return TRUE;
}
