#include "bmn-engines.h"
#include "bmn-learner-private.h"
#include "bmn-session-accounts.h"
#include "bmn-session-private.h"

#include "bmn-error.h"
#include "bmn-outside-tags.h"

#include <glib/gi18n-lib.h>

struct _BmnEngines
{
  BmnSession *session;     /* (transfer none) */
  GHashTable *learners;    /* (owned) (element-type gint64 BmnLearner): by account */
  BmnEngine *engine;       /* (nullable): given last, with what belongs to it: */
  GArray *siblings;        /* (owned) (element-type BmnSiblingAccount) */
  BmnOutsideTags *outside; /* (owned) (nullable) */
};

BmnEngines *
bmn_engines_new (BmnSession *session)
{
  BmnEngines *self = g_new0 (BmnEngines, 1);
  self->session = session;
  self->learners = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free,
                                          (GDestroyNotify)bmn_learner_free);
  self->siblings = g_array_new (FALSE, FALSE, sizeof (BmnSiblingAccount));
  return self;
}

void
bmn_engines_free (BmnEngines *self)
{
  g_hash_table_unref (self->learners);
  g_array_unref (self->siblings);
  g_clear_pointer (&self->outside, bmn_outside_tags_free);
  g_free (self);
}

/* An engine must not know another that is about to go. */
static void
part_siblings (BmnEngines *self)
{
  GHashTableIter iter;
  gpointer learner;
  g_hash_table_iter_init (&iter, self->learners);
  while (g_hash_table_iter_next (&iter, NULL, &learner))
    if (bmn_learner_get_engine (learner))
      bmn_engine_set_siblings (bmn_learner_get_engine (learner), NULL, 0);
  g_array_set_size (self->siblings, 0);
  self->engine = NULL;
}

/* Returns: (transfer none): the account's learner, up to date */
static BmnLearner *
update_learner (BmnEngines *self, gint64 account_id, GError **error)
{
  BmnLearner *learner = g_hash_table_lookup (self->learners, &account_id);
  if (!learner)
    {
      learner = bmn_learner_new (bmn_session_get_store (self->session), account_id);
      g_hash_table_insert (self->learners, g_memdup2 (&account_id, sizeof account_id), learner);
    }
  if (bmn_learner_update (learner, bmn_session_now (self->session), error))
    return learner;
  g_hash_table_remove (self->learners, &account_id);
  return NULL;
}

/* An account that goes while we look is no sibling, and no error. */
static gboolean
gather_siblings (BmnEngines *self, const BmnLearner *learner, gint64 account_id, GError **error)
{
  const char *language = bmn_learner_get_language ((BmnLearner *)learner);
  g_autoptr (GPtrArray) accounts = bmn_session_list_accounts (self->session, error);
  if (!accounts)
    return FALSE;
  for (guint i = 0; language && i < accounts->len; i++)
    {
      const BmnAccount *account = accounts->pdata[i];
      g_autoptr (GError) local = NULL;
      BmnLearner *other
          = account->id != account_id ? update_learner (self, account->id, &local) : NULL;
      if (local && !g_error_matches (local, BMN_ERROR, BMN_ERROR_NOT_FOUND))
        {
          g_propagate_error (error, g_steal_pointer (&local));
          return FALSE;
        }
      if (!other || g_strcmp0 (bmn_learner_get_language (other), language) != 0)
        continue;
      const BmnSiblingAccount sibling
          = { bmn_learner_get_engine (other), bmn_learner_get_name (other) };
      g_array_append_val (self->siblings, sibling);
    }
  return TRUE;
}

typedef struct
{
  gint64 account_id;
  BmnOutsideTags *tags; /* (owned) (nullable) */
} OutsideQuery;

static gboolean
read_outside (BmnTransaction *tx, gpointer data, GError **error)
{
  OutsideQuery *query = data;
  query->tags = bmn_outside_tags_get (tx, query->account_id, error);
  return query->tags != NULL;
}

static gboolean
gather_outside (BmnEngines *self, gint64 account_id, GError **error)
{
  OutsideQuery query = { account_id, NULL };
  g_clear_pointer (&self->outside, bmn_outside_tags_free);
  if (!bmn_store_read (bmn_session_get_store (self->session), read_outside, &query, error))
    return FALSE;
  self->outside = query.tags;
  return TRUE;
}

BmnEngine *
bmn_engines_get (BmnEngines *self, gint64 account_id, GError **error)
{
  part_siblings (self);
  BmnLearner *learner = update_learner (self, account_id, error);
  if (!learner || !gather_siblings (self, learner, account_id, error)
      || !gather_outside (self, account_id, error))
    return NULL;
  self->engine = bmn_learner_get_engine (learner);
  bmn_engine_set_siblings (self->engine, (const BmnSiblingAccount *)self->siblings->data,
                           self->siblings->len);
  return self->engine;
}

static void
add_ideas (GArray *ideas, GStrv tags, BmnTagIdeaSource source)
{
  for (guint i = 0; tags[i]; i++)
    {
      const BmnTagIdea idea = { tags[i], source };
      g_array_append_val (ideas, idea);
    }
}

GPtrArray *
bmn_engines_suggest_experiments (BmnEngines *self, const char *draft, gint64 now, guint max)
{
  g_return_val_if_fail (self->engine, NULL);
  g_autoptr (GArray) ideas = g_array_new (FALSE, FALSE, sizeof (BmnTagIdea));
  add_ideas (ideas, self->outside->followed, BMN_TAG_IDEA_FOLLOWED);
  add_ideas (ideas, self->outside->trending, BMN_TAG_IDEA_TRENDING);
  return bmn_engine_suggest_experiments (
      self->engine, draft, now, (const BmnTagIdea *)ideas->data, ideas->len,
      (const BmnSiblingAccount *)self->siblings->data, self->siblings->len, max);
}

/* @sentence: (transfer full): */
static void
take_sentence (GStrvBuilder *lacks, char *sentence)
{
  g_strv_builder_add (lacks, sentence);
  g_free (sentence);
}

GStrv
bmn_engines_list_lacks (BmnEngines *self)
{
  const BmnOutsideTags *outside = self->outside;
  g_autoptr (GStrvBuilder) lacks = g_strv_builder_new ();
  g_return_val_if_fail (outside, g_strv_builder_end (lacks));
  if (outside->read_at == 0)
    g_strv_builder_add (lacks, _ ("Hashtags that you follow, and those trending on your server, "
                                  "are known once this account has been synchronised."));
  /* Translators: what follows is a whole sentence. */
  if (outside->followed_lack)
    take_sentence (lacks, g_strdup_printf (_ ("Hashtags that you follow are not known: %s"),
                                           outside->followed_lack));
  /* Translators: what follows is a whole sentence. */
  if (outside->trending_lack)
    take_sentence (
        lacks, g_strdup_printf (_ ("Trending hashtags are not known: %s"), outside->trending_lack));
  return g_strv_builder_end (lacks);
}

const BmnSiblingAccount *
bmn_engines_get_siblings (BmnEngines *self, guint *n_siblings)
{
  *n_siblings = self->siblings->len;
  return (const BmnSiblingAccount *)self->siblings->data;
}

void
bmn_engines_save (BmnEngines *self)
{
  GHashTableIter iter;
  gpointer learner;
  g_hash_table_iter_init (&iter, self->learners);
  while (g_hash_table_iter_next (&iter, NULL, &learner))
    {
      g_autoptr (GError) error = NULL;
      if (!bmn_learner_save (learner, &error))
        g_warning ("What was learnt for suggestions could not be stored: %s", error->message);
    }
}
