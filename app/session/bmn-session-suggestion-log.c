#include "bmn-session-suggestion-log.h"
#include "bmn-advisor-private.h"
#include "bmn-session-private.h"
#include "bmn-suggestion-settling-private.h"
#include "bmn-tag-name-private.h"

#include "bmn-accounts.h"
#include "bmn-instant.h"
#include "bmn-suggestions.h"

/*
 * What was shown.
 */

static gboolean
put_all (BmnTransaction *tx, gpointer data, GError **error)
{
  GPtrArray *suggestions = data;
  for (guint i = 0; i < suggestions->len; i++)
    if (!bmn_suggestions_put (tx, suggestions->pdata[i], error))
      return FALSE;
  return TRUE;
}

static BmnShownSuggestion *
add (GPtrArray *list, const BmnAdvice *advice, BmnSuggestionKind kind, const char *text, guint rank)
{
  BmnShownSuggestion *suggestion = bmn_shown_suggestion_new (advice->account_id, 0, kind, text);
  suggestion->rank = rank;
  g_ptr_array_add (list, suggestion);
  return suggestion;
}

static void
add_tags (
    GPtrArray *list, const BmnAdvice *advice, BmnSuggestionKind kind, GPtrArray *tags, guint max)
{
  for (guint i = 0; i < tags->len && i < max; i++)
    {
      const BmnHashtagSuggestion *tag = tags->pdata[i];
      add (list, advice, kind, tag->tag, i)->probability = CLAMP (tag->probability, 0, 1);
    }
}

/* Returns: (element-type BmnShownSuggestion): the lines of the log */
static GPtrArray *
list_shown (
    const BmnAdvice *advice, guint n_hashtags, guint n_experiments, guint n_topics, guint n_times)
{
  GPtrArray *list = g_ptr_array_new_with_free_func ((GDestroyNotify)bmn_shown_suggestion_free);
  add_tags (list, advice, BMN_SUGGESTION_HASHTAG, advice->hashtags, n_hashtags);
  add_tags (list, advice, BMN_SUGGESTION_EXPERIMENT, advice->experiments, n_experiments);
  for (guint i = 0; i < advice->topics_due->len && i < n_topics; i++)
    add (list, advice, BMN_SUGGESTION_TOPIC, ((BmnTopic *)advice->topics_due->pdata[i])->text, i);
  for (guint i = 0; i < advice->times->len && i < n_times; i++)
    {
      g_autofree char *at
          = bmn_instant_format (g_array_index (advice->times, BmnPostingTime, i).at);
      add (list, advice, BMN_SUGGESTION_TIME, at, i);
    }
  return list;
}

static void
on_logged (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  GError *error = NULL;
  if (bmn_store_write_finish (BMN_STORE (source), result, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

void
bmn_session_log_advice_async (BmnSession *self,
                              gint64 post_id,
                              const BmnAdvice *advice,
                              guint n_hashtags,
                              guint n_experiments,
                              guint n_topics,
                              guint n_times,
                              GAsyncReadyCallback callback,
                              gpointer user_data)
{
  GTask *task = g_task_new (self, NULL, callback, user_data);
  g_task_set_source_tag (task, bmn_session_log_advice_async);
  GPtrArray *list = list_shown (advice, n_hashtags, n_experiments, n_topics, n_times);
  for (guint i = 0; i < list->len; i++)
    {
      BmnShownSuggestion *suggestion = list->pdata[i];
      suggestion->post_id = post_id;
      suggestion->shown_at = bmn_session_now (self);
    }
  bmn_store_write_async (bmn_session_get_store (self), put_all, list,
                         (GDestroyNotify)g_ptr_array_unref, NULL, on_logged, task);
}

gboolean
bmn_session_log_advice_finish (BmnSession *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, bmn_session_log_advice_async), FALSE);
  return g_task_propagate_boolean (G_TASK (result), error);
}

static gboolean
choose (BmnTransaction *tx, gpointer data, GError **error)
{
  return bmn_suggestions_choose (tx, data, error);
}

gboolean
bmn_session_log_choice (BmnSession *self,
                        gint64 account_id,
                        gint64 post_id,
                        BmnSuggestionKind kind,
                        const char *text,
                        BmnSuggestionOutcome outcome,
                        GError **error)
{
  g_return_val_if_fail (outcome != BMN_SUGGESTION_IGNORED, FALSE);
  gboolean is_tag = kind == BMN_SUGGESTION_HASHTAG || kind == BMN_SUGGESTION_EXPERIMENT;
  g_autofree char *name = is_tag ? bmn_tag_name (text) : g_strdup (text);
  g_autoptr (BmnShownSuggestion) choice
      = bmn_shown_suggestion_new (account_id, post_id, kind, name);
  choice->outcome = outcome;
  return bmn_store_write (bmn_session_get_store (self), choose, choice, error);
}

/*
 * What was dismissed.
 */

typedef struct
{
  gint64 post_id;
  BmnAdvice *advice; /* not owned */
} Dropping;

static void
drop_tags (GPtrArray *tags, GStrv dismissed)
{
  for (guint i = tags->len; i-- > 0;)
    if (g_strv_contains ((const char *const *)dismissed,
                         ((BmnHashtagSuggestion *)tags->pdata[i])->tag))
      g_ptr_array_remove_index (tags, i);
}

static gboolean
drop_dismissed (BmnTransaction *tx, gpointer data, GError **error)
{
  const Dropping *dropping = data;
  const struct
  {
    BmnSuggestionKind kind;
    GPtrArray *tags;
  } lists[] = {
    { BMN_SUGGESTION_HASHTAG, dropping->advice->hashtags },
    { BMN_SUGGESTION_EXPERIMENT, dropping->advice->experiments },
  };
  for (gsize i = 0; i < G_N_ELEMENTS (lists); i++)
    {
      g_auto (GStrv) dismissed = bmn_suggestions_list_dismissed (
          tx, dropping->advice->account_id, dropping->post_id, lists[i].kind, error);
      if (!dismissed)
        return FALSE;
      drop_tags (lists[i].tags, dismissed);
    }
  return TRUE;
}

gboolean
bmn_session_drop_dismissed (BmnSession *self, gint64 post_id, BmnAdvice *advice, GError **error)
{
  Dropping dropping = { .post_id = post_id, .advice = advice };
  return bmn_store_read (bmn_session_get_store (self), drop_dismissed, &dropping, error);
}

/*
 * What became of it.
 */

typedef struct
{
  gint64 account_id;
  guint limit;
  gint64 now;
  GPtrArray *suggestions; /* (owned) (nullable) */
} Query;

static gboolean
settle_and_list (BmnTransaction *tx, gpointer data, GError **error)
{
  Query *query = data;
  g_autoptr (BmnAccount) account = bmn_accounts_get (tx, query->account_id, error);
  return account && bmn_suggestion_settling_run (tx, query->account_id, query->now, error)
         && (query->suggestions
             = bmn_suggestions_list (tx, query->account_id, query->limit, error));
}

GPtrArray *
bmn_session_list_suggestions (BmnSession *self, gint64 account_id, guint limit, GError **error)
{
  Query query = { .account_id = account_id, .limit = limit, .now = bmn_session_now (self) };
  return bmn_store_write (bmn_session_get_store (self), settle_and_list, &query, error)
             ? query.suggestions
             : NULL;
}

/*
 * Whether it helped.
 */

static BmnSuggestionFate
fate_of (BmnSuggestionOutcome outcome)
{
  switch (outcome)
    {
    case BMN_SUGGESTION_TAKEN:
      return BMN_SUGGESTION_ACCEPTED;
    case BMN_SUGGESTION_DISMISSED:
      return BMN_SUGGESTION_REJECTED;
    case BMN_SUGGESTION_IGNORED:
    case BMN_SUGGESTION_WAITING:
    default:
      return BMN_SUGGESTION_SHOWN;
    }
}

/* Returns: (element-type BmnSuggestionEntry): the hashtags of posts that are out */
static GArray *
list_entries (GPtrArray *suggestions)
{
  GArray *entries = g_array_new (FALSE, FALSE, sizeof (BmnSuggestionEntry));
  for (guint i = 0; i < suggestions->len; i++)
    {
      const BmnShownSuggestion *suggestion = suggestions->pdata[i];
      if ((suggestion->kind != BMN_SUGGESTION_HASHTAG
           && suggestion->kind != BMN_SUGGESTION_EXPERIMENT)
          || suggestion->settled_at == 0 || suggestion->history_id == 0)
        continue;
      const BmnSuggestionEntry entry
          = { suggestion->history_id, suggestion->rank, fate_of (suggestion->outcome) };
      g_array_append_val (entries, entry);
    }
  return entries;
}

gboolean
bmn_session_report_suggestions (BmnSession *self,
                                BmnEngines *engines,
                                gint64 account_id,
                                BmnSuggestionReport *report,
                                GError **error)
{
  BmnEngine *engine = bmn_engines_get (engines, account_id, error);
  g_autoptr (GPtrArray) suggestions
      = engine ? bmn_session_list_suggestions (self, account_id, 0, error) : NULL;
  if (!suggestions)
    return FALSE;
  g_autoptr (GArray) entries = list_entries (suggestions);
  bmn_suggestion_report_compute (engine, (const BmnSuggestionEntry *)entries->data, entries->len,
                                 report);
  return TRUE;
}

static gpointer
report (BmnAdvisor *advisor, gpointer data, GCancellable *cancellable, GError **error)
{
  g_autofree BmnSuggestionReport *result = g_new0 (BmnSuggestionReport, 1);
  return bmn_session_report_suggestions (bmn_advisor_get_session (advisor),
                                         bmn_advisor_get_engines (advisor), *(gint64 *)data, result,
                                         error)
             ? g_steal_pointer (&result)
             : NULL;
}

void
bmn_session_report_suggestions_async (BmnSession *self,
                                      gint64 account_id,
                                      GCancellable *cancellable,
                                      GAsyncReadyCallback callback,
                                      gpointer user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, bmn_session_report_suggestions_async);
  g_task_set_task_data (task, g_memdup2 (&account_id, sizeof account_id), g_free);
  bmn_advisor_run (bmn_session_get_advisor (self), task, NULL, report, g_free);
}

gboolean
bmn_session_report_suggestions_finish (BmnSession *self,
                                       GAsyncResult *result,
                                       BmnSuggestionReport *report,
                                       GError **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, bmn_session_report_suggestions_async),
                        FALSE);
  g_autofree BmnSuggestionReport *found = g_task_propagate_pointer (G_TASK (result), error);
  if (found)
    *report = *found;
  return found != NULL;
}
