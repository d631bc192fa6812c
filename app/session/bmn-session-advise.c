#include "bmn-session-advise.h"
#include "bmn-advisor-private.h"
#include "bmn-preferences-private.h"
#include "bmn-session-check-private.h"
#include "bmn-session-private.h"
#include "bmn-session-suggest.h"

#include "bmn-settled-history.h"

/* How far ahead the best times are looked for, in days. */
#define DAYS_AHEAD 7

/* What is asked. */
typedef struct
{
  gint64 account_id;
  gint64 when;
  BmnPost *draft; /* (owned) */
} Question;

static void
question_free (Question *question)
{
  bmn_post_free (question->draft);
  g_free (question);
}

/* All parts: hashtags of any of them count as used. */
static char *
join_parts (const BmnPost *post)
{
  g_autoptr (GString) text = g_string_new (NULL);
  for (guint i = 0; i < post->parts->len; i++)
    g_string_append_printf (text, i ? "\n%s" : "%s",
                            ((const BmnPart *)post->parts->pdata[i])->text);
  return g_string_free (g_steal_pointer (&text), FALSE);
}

/* The lists of examples are shared; nobody changes them. */
static BmnTopic *
copy_topic (const BmnTopic *topic)
{
  BmnTopic *copy = g_memdup2 (topic, sizeof *topic);
  copy->text = g_strdup (topic->text);
  copy->language = g_strdup (topic->language);
  copy->best_posts = topic->best_posts ? g_array_ref (topic->best_posts) : NULL;
  copy->worst_posts = topic->worst_posts ? g_array_ref (topic->worst_posts) : NULL;
  return copy;
}

static int
compare_topics (gconstpointer a, gconstpointer b)
{
  const BmnTopic *x = *(const BmnTopic *const *)a;
  const BmnTopic *y = *(const BmnTopic *const *)b;
  if (x->lift != y->lift)
    return x->lift > y->lift ? -1 : 1;
  return g_strcmp0 (x->text, y->text);
}

/* @topics: (nullable): */
static GPtrArray *
list_due (GPtrArray *topics)
{
  g_autoptr (GPtrArray) due = g_ptr_array_new ();
  for (guint i = 0; topics && i < topics->len; i++)
    if (((const BmnTopic *)topics->pdata[i])->is_due)
      g_ptr_array_add (due, topics->pdata[i]);
  g_ptr_array_sort (due, compare_topics);
  GPtrArray *best = g_ptr_array_new_with_free_func ((GDestroyNotify)bmn_topic_free);
  for (guint i = 0; i < due->len && i < BMN_ADVICE_MAX_TOPICS; i++)
    g_ptr_array_add (best, copy_topic (due->pdata[i]));
  return best;
}

static void
suggest_tags (BmnAdvice *advice, BmnEngines *engines, BmnEngine *engine, const char *text)
{
  advice->hashtags
      = bmn_engine_suggest_hashtags (engine, text, advice->when, BMN_ADVICE_MAX_HASHTAGS);
  advice->is_plain = bmn_engine_get_levers (engine)->plain_hashtags;
  advice->experiments
      = bmn_engines_suggest_experiments (engines, text, advice->when, BMN_ADVICE_MAX_EXPERIMENTS);
  advice->lacks = bmn_engines_list_lacks (engines);
}

/* A time that is chosen within the next days must not hide the better ones before it. */
static gboolean
suggest_times (BmnAdvice *advice, BmnSession *session, BmnEngine *engine, GError **error)
{
  gint64 now = bmn_session_now (session);
  gboolean is_far = advice->when > now + DAYS_AHEAD * G_TIME_SPAN_DAY;
  g_autoptr (GArray) times = bmn_session_list_free_times (
      session, advice->account_id, is_far ? advice->when : now, DAYS_AHEAD, error);
  if (!times)
    return FALSE;
  advice->times = bmn_engine_rank_times (engine, (const gint64 *)times->data, times->len,
                                         BMN_ADVICE_MAX_TIMES);
  return TRUE;
}

/* On the advisor's thread. */
static gpointer
advise (BmnAdvisor *advisor, gpointer data, GCancellable *cancellable, GError **error)
{
  const Question *question = data;
  BmnSession *session = bmn_advisor_get_session (advisor);
  BmnEngines *engines = bmn_advisor_get_engines (advisor);
  const BmnPost *draft = question->draft;
  gint64 now = bmn_session_now (session);
  g_autoptr (BmnAdvice) advice = g_new0 (BmnAdvice, 1);
  advice->account_id = question->account_id;
  advice->when = question->when != 0 ? question->when : now;
  BmnEngine *engine = bmn_engines_get (engines, question->account_id, error);
  if (!engine || g_cancellable_set_error_if_cancelled (cancellable, error))
    return NULL;
  g_autofree char *text = join_parts (draft);
  const char *opening
      = draft->parts->len > 0 ? ((const BmnPart *)draft->parts->pdata[0])->text : "";
  suggest_tags (advice, engines, engine, text);
  advice->forecast = bmn_engine_forecast (engine, opening, advice->when);
  if (g_cancellable_set_error_if_cancelled (cancellable, error)
      || !suggest_times (advice, session, engine, error))
    return NULL;
  advice->topics_due = list_due (
      bmn_advisor_get_topics (advisor, question->account_id, engine, &advice->has_topics));
  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return NULL;
  advice->findings = bmn_session_run_checks (session, draft, question->account_id,
                                             bmn_advisor_get_texts (advisor, question->account_id),
                                             engine, error);
  if (!advice->findings || !bmn_preferences_filter_advice (session, advice, error))
    return NULL;
  return g_steal_pointer (&advice);
}

void
bmn_session_advise_async (BmnSession *self,
                          gint64 account_id,
                          const BmnPost *draft,
                          gint64 when,
                          GCancellable *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer user_data)
{
  g_return_if_fail (BMN_IS_SESSION (self) && draft);
  GTask *task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, bmn_session_advise_async);
  Question *question = g_new0 (Question, 1);
  question->account_id = account_id;
  question->when = when;
  question->draft = bmn_post_copy (draft);
  g_task_set_task_data (task, question, (GDestroyNotify)question_free);
  g_autofree char *topic
      = g_strdup_printf ("%" G_GINT64_FORMAT "/%" G_GINT64_FORMAT, account_id, draft->id);
  bmn_advisor_run (bmn_session_get_advisor (self), task, topic, advise,
                   (GDestroyNotify)bmn_advice_free);
}

BmnAdvice *
bmn_session_advise_finish (BmnSession *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, bmn_session_advise_async), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}

/*
 * Any other question.
 */

typedef struct
{
  gint64 account_id;
  BmnEngineFunc func;
  gpointer data; /* (owned) (nullable) */
  GDestroyNotify destroy_data;
} Inquiry;

static void
inquiry_free (Inquiry *inquiry)
{
  if (inquiry->destroy_data)
    inquiry->destroy_data (inquiry->data);
  g_free (inquiry);
}

static gpointer
inquire (BmnAdvisor *advisor, gpointer data, GCancellable *cancellable, GError **error)
{
  const Inquiry *inquiry = data;
  BmnEngine *engine
      = bmn_engines_get (bmn_advisor_get_engines (advisor), inquiry->account_id, error);
  return engine ? inquiry->func (engine, bmn_session_now (bmn_advisor_get_session (advisor)),
                                 inquiry->data)
                : NULL;
}

void
bmn_session_ask_engine_async (BmnSession *self,
                              gint64 account_id,
                              BmnEngineFunc func,
                              gpointer data,
                              GDestroyNotify destroy_data,
                              GDestroyNotify destroy,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data)
{
  g_return_if_fail (BMN_IS_SESSION (self) && func);
  GTask *task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, bmn_session_ask_engine_async);
  Inquiry *inquiry = g_new0 (Inquiry, 1);
  *inquiry = (Inquiry){ account_id, func, data, destroy_data };
  g_task_set_task_data (task, inquiry, (GDestroyNotify)inquiry_free);
  bmn_advisor_run (bmn_session_get_advisor (self), task, NULL, inquire, destroy);
}

gpointer
bmn_session_ask_engine_finish (BmnSession *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, bmn_session_ask_engine_async), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}

/*
 * What reasons name.
 */

typedef struct
{
  const gint64 *ids;
  guint n_ids;
  GPtrArray *posts; /* (owned) (nullable) */
} Lookup;

static gboolean
find_posts (BmnTransaction *tx, gpointer data, GError **error)
{
  Lookup *lookup = data;
  g_autoptr (GPtrArray) posts
      = g_ptr_array_new_with_free_func ((GDestroyNotify)bmn_history_post_free);
  for (guint i = 0; i < lookup->n_ids; i++)
    {
      g_autoptr (GError) local = NULL;
      BmnHistoryPost *post = bmn_settled_history_find (tx, lookup->ids[i], &local);
      if (local)
        {
          g_propagate_error (error, g_steal_pointer (&local));
          return FALSE;
        }
      if (post)
        g_ptr_array_add (posts, post);
    }
  lookup->posts = g_steal_pointer (&posts);
  return TRUE;
}

GPtrArray *
bmn_session_list_history_posts (BmnSession *self, const gint64 *ids, guint n_ids, GError **error)
{
  Lookup lookup = { .ids = ids, .n_ids = n_ids };
  return bmn_store_read (bmn_session_get_store (self), find_posts, &lookup, error) ? lookup.posts
                                                                                   : NULL;
}
