#include "bmn-learner-private.h"

#include "bmn-accounts.h"
#include "bmn-engine-states.h"
#include "bmn-history.h"
#include "bmn-language.h"
#include "bmn-settled-history.h"
#include "bmn-suggestion-levers.h"

/* News beyond which it is quicker to store a state than to learn them again at each start. */
#define WORTH_SAVING 50

/* Posts by which an account's language is told. */
#define LANGUAGE_SAMPLE 100

struct _BmnLearner
{
  BmnStore *store; /* (transfer none) */
  gint64 account_id;
  char *name;           /* (owned) (nullable) */
  const char *language; /* (nullable): interned */
  BmnEngine *engine;    /* (owned) (nullable) */

  /* What the engine covers, as in #BmnEngineState. */
  gint64 serial;
  gint64 last_post;
  gint64 counted_until;
  gint64 asked_at;

  guint n_unsaved;
  gboolean must_save;
};

/* All that one update reads, as one state of the data. */
typedef struct
{
  const BmnLearner *self;
  gboolean from_history; /* whether to pass over the saved state */
  BmnAccount *account;
  BmnEngineState *state;
  BmnAccountLevers *levers;
  GPtrArray *news;   /* (element-type BmnHistoryPost): all of the history for a new engine */
  GPtrArray *sample; /* (nullable) (element-type BmnHistoryPost): the newest ones */
  gint64 n_posts;
  gint64 last_post;
  gint64 counted_until;
} Reading;

static void
reading_clear (Reading *reading)
{
  g_clear_pointer (&reading->account, bmn_account_free);
  g_clear_pointer (&reading->state, bmn_engine_state_free);
  g_clear_pointer (&reading->levers, bmn_account_levers_free);
  g_clear_pointer (&reading->news, g_ptr_array_unref);
  g_clear_pointer (&reading->sample, g_ptr_array_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Reading, reading_clear)

BmnLearner *
bmn_learner_new (BmnStore *store, gint64 account_id)
{
  BmnLearner *self = g_new0 (BmnLearner, 1);
  self->store = store;
  self->account_id = account_id;
  return self;
}

static void
forget (BmnLearner *self)
{
  g_clear_pointer (&self->engine, bmn_engine_free);
  self->n_unsaved = 0;
  self->must_save = FALSE;
}

void
bmn_learner_free (BmnLearner *self)
{
  forget (self);
  g_free (self->name);
  g_free (self);
}

/*
 * Reading.
 */

static GPtrArray *
read_news (BmnTransaction *tx, const Reading *reading, GError **error)
{
  const BmnLearner *self = reading->self;
  if (self->engine && self->serial == reading->state->serial)
    return bmn_settled_history_list_news (tx, self->account_id, BMN_ENGINE_SETTLING_TIME,
                                          self->last_post, self->counted_until, self->asked_at,
                                          error);
  if (reading->state->state && !reading->from_history)
    return bmn_settled_history_list_news (tx, self->account_id, BMN_ENGINE_SETTLING_TIME,
                                          reading->state->last_post, reading->state->counted_until,
                                          reading->state->asked_at, error);
  return bmn_settled_history_list (tx, self->account_id, BMN_ENGINE_SETTLING_TIME, G_MININT64,
                                   error);
}

static gboolean
read_all (BmnTransaction *tx, gpointer data, GError **error)
{
  Reading *reading = data;
  const BmnLearner *self = reading->self;
  reading->account = bmn_accounts_get (tx, self->account_id, error);
  if (!reading->account)
    return FALSE;
  reading->state = bmn_engine_states_get (tx, self->account_id, FALSE, error);
  if (!reading->state)
    return FALSE;
  gboolean is_current = self->engine && self->serial == reading->state->serial;
  if (!is_current && !reading->from_history)
    {
      bmn_engine_state_free (g_steal_pointer (&reading->state));
      reading->state = bmn_engine_states_get (tx, self->account_id, TRUE, error);
      if (!reading->state)
        return FALSE;
    }
  if (!is_current
      && !(reading->sample
           = bmn_settled_history_list_newest (tx, self->account_id, LANGUAGE_SAMPLE, error)))
    return FALSE;
  return (reading->levers = bmn_suggestion_levers_get (tx, self->account_id, error))
         && (reading->news = read_news (tx, reading, error))
         && bmn_settled_history_get_end (tx, self->account_id, &reading->last_post,
                                         &reading->counted_until, error)
         && bmn_history_count (tx, self->account_id, &reading->n_posts, error);
}

/* For an engine that was loaded and needs texts: what is in the history by now. */
typedef struct
{
  gint64 account_id;
  gint64 from;
  GPtrArray *posts; /* (owned) (nullable) */
} Texts;

static gboolean
read_texts (BmnTransaction *tx, gpointer data, GError **error)
{
  Texts *texts = data;
  texts->posts = bmn_settled_history_list (tx, texts->account_id, BMN_ENGINE_SETTLING_TIME,
                                           texts->from, error);
  return texts->posts != NULL;
}

static GPtrArray *
list_texts (gint64 from, gpointer data)
{
  const BmnLearner *self = data;
  Texts texts = { .account_id = self->account_id, .from = from };
  g_autoptr (GError) error = NULL;
  if (!bmn_store_read (self->store, read_texts, &texts, &error))
    g_warning ("The history could not be read for suggestions: %s", error->message);
  return texts.posts;
}

/*
 * Learning.
 */

/* What most of the newest posts are written in; %NULL for none. */
static const char *
find_language (GPtrArray *posts)
{
  g_autoptr (GHashTable) counts = g_hash_table_new (g_str_hash, g_str_equal);
  for (guint i = 0; i < posts->len; i++)
    {
      const BmnHistoryPost *post = posts->pdata[i];
      g_autofree char *primary
          = post->language ? g_strndup (post->language, strcspn (post->language, "-_")) : NULL;
      const char *tag
          = g_intern_string (primary && *primary ? primary : bmn_language_guess (post->text).tag);
      guint n = GPOINTER_TO_UINT (g_hash_table_lookup (counts, tag)) + 1;
      if (n > posts->len / 2 && !g_str_equal (tag, BMN_LANGUAGE_UNKNOWN))
        return tag;
      g_hash_table_insert (counts, (gpointer)tag, GUINT_TO_POINTER (n));
    }
  return NULL;
}

/* Takes over the saved state, or starts with nothing. */
static void
start (BmnLearner *self, const Reading *reading)
{
  g_autoptr (GError) error = NULL;
  const BmnEngineState *state = reading->state;
  forget (self);
  self->last_post = self->counted_until = self->asked_at = 0;
  if (state->state && !reading->from_history)
    {
      self->engine = bmn_engine_load (state->state, reading->account->zone, &error);
      self->last_post = state->last_post;
      self->counted_until = state->counted_until;
      self->asked_at = state->asked_at;
    }
  if (error)
    g_debug ("The saved suggestions of account %" G_GINT64_FORMAT " are learnt again: %s",
             self->account_id, error->message);
  self->serial = state->serial;
  self->language = find_language (reading->sample);
  if (self->engine || (state->state && !reading->from_history))
    return;
  self->engine = bmn_engine_new (reading->account->zone);
  self->must_save = TRUE;
}

/* A post from before what the engine knows makes it learn everything again, now and, unless the
 * outcome is stored, at each start. */
static gboolean
brings_the_past (const BmnLearner *self, GPtrArray *news)
{
  gint64 latest = bmn_engine_get_latest (self->engine);
  for (guint i = 0; i < news->len; i++)
    {
      const BmnHistoryPost *post = news->pdata[i];
      if (post->id > self->last_post && post->published_at < latest)
        return TRUE;
    }
  return FALSE;
}

static void
learn (BmnLearner *self, const Reading *reading, gint64 now)
{
  self->must_save = self->must_save || brings_the_past (self, reading->news);
  self->n_unsaved += reading->news->len;
  bmn_engine_add_history (self->engine, reading->news, now);
  self->last_post = reading->last_post;
  /* A reading that claims to come from the future is looked at again until it does not. */
  self->counted_until = MIN (reading->counted_until, now);
  self->asked_at = MAX (self->asked_at, now);
}

static void
pull_levers (BmnLearner *self, const BmnAccountLevers *decided)
{
  BmnLevers *levers = bmn_engine_get_levers (self->engine);
  g_hash_table_remove_all (levers->pinned);
  g_hash_table_remove_all (levers->muted);
  for (guint i = 0; decided->pinned[i]; i++)
    bmn_levers_set_tag (levers->pinned, decided->pinned[i], TRUE);
  for (guint i = 0; decided->muted[i]; i++)
    bmn_levers_set_tag (levers->muted, decided->muted[i], TRUE);
  levers->half_life = decided->half_life;
  levers->diversity = decided->diversity;
  bmn_engine_set_excluded_posts (self->engine, (const gint64 *)decided->excluded->data,
                                 decided->excluded->len);
  g_autoptr (BmnTrackRecord) record = bmn_engine_get_track_record (self->engine);
  levers->plain_hashtags = !record->hashtags_help;
}

/* Returns: whether the engine is what the history says; otherwise it has to be made anew */
static gboolean
update_from (BmnLearner *self, const Reading *reading, gint64 now)
{
  if (!self->engine || self->serial != reading->state->serial)
    start (self, reading);
  if (!self->engine)
    return FALSE;
  learn (self, reading, now);
  return bmn_engine_get_n_posts (self->engine) == reading->n_posts;
}

gboolean
bmn_learner_update (BmnLearner *self, gint64 now, GError **error)
{
  for (gboolean from_history = FALSE;; from_history = TRUE)
    {
      g_auto (Reading) reading = { .self = self, .from_history = from_history };
      if (!bmn_store_read (self->store, read_all, &reading, error))
        return FALSE;
      g_free (self->name);
      self->name = g_strdup (reading.account->name);
      gboolean is_true = update_from (self, &reading, now);
      if (!is_true && !from_history)
        {
          forget (self);
          continue;
        }
      pull_levers (self, reading.levers);
      bmn_engine_set_history_func (self->engine, list_texts, self, NULL);
      return TRUE;
    }
}

BmnEngine *
bmn_learner_get_engine (BmnLearner *self)
{
  return self->engine;
}

const char *
bmn_learner_get_name (BmnLearner *self)
{
  return self->name;
}

const char *
bmn_learner_get_language (BmnLearner *self)
{
  return self->language;
}

/*
 * Saving.
 */

static gboolean
put_state (BmnTransaction *tx, gpointer data, GError **error)
{
  return bmn_engine_states_put (tx, data, error);
}

gboolean
bmn_learner_save (BmnLearner *self, GError **error)
{
  if (!self->engine || (!self->must_save && self->n_unsaved < WORTH_SAVING))
    return TRUE;
  g_autoptr (GBytes) bytes = bmn_engine_save (self->engine);
  BmnEngineState state = { .account_id = self->account_id,
                           .serial = self->serial,
                           .last_post = self->last_post,
                           .counted_until = self->counted_until,
                           .asked_at = self->asked_at,
                           .state = bytes };
  self->n_unsaved = 0;
  self->must_save = FALSE;
  return bmn_store_write (self->store, put_state, &state, error);
}
