#include "bmn-recent-answers-private.h"

/* A session that asked more than this has long forgotten why. */
#define MOST_ANSWERS 1000

typedef struct
{
  gpointer value; /* (owned) */
  gint64 at;
} Answer;

struct _BmnRecentAnswers
{
  GMutex mutex;
  GHashTable *answers; /* (owned) (element-type utf8 Answer): by question */
  BmnCopyAnswer copy;
  GDestroyNotify destroy;
};

BmnRecentAnswers *
bmn_recent_answers_new (BmnCopyAnswer copy, GDestroyNotify destroy)
{
  BmnRecentAnswers *self = g_new0 (BmnRecentAnswers, 1);
  g_mutex_init (&self->mutex);
  self->answers = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->copy = copy;
  self->destroy = destroy;
  return self;
}

static gboolean
forget (gpointer question, gpointer answer, gpointer data)
{
  const BmnRecentAnswers *self = data;
  self->destroy (((Answer *)answer)->value);
  return TRUE;
}

void
bmn_recent_answers_free (BmnRecentAnswers *self)
{
  g_hash_table_foreach_remove (self->answers, forget, self);
  g_hash_table_unref (self->answers);
  g_mutex_clear (&self->mutex);
  g_free (self);
}

void
bmn_recent_answers_put (BmnRecentAnswers *self, const char *question, gpointer value, gint64 now)
{
  g_mutex_lock (&self->mutex);
  if (g_hash_table_size (self->answers) >= MOST_ANSWERS)
    g_hash_table_foreach_remove (self->answers, forget, self);
  Answer *answer = g_hash_table_lookup (self->answers, question);
  if (answer)
    self->destroy (answer->value);
  else
    g_hash_table_insert (self->answers, g_strdup (question), answer = g_new0 (Answer, 1));
  *answer = (Answer){ value, now };
  g_mutex_unlock (&self->mutex);
}

gpointer
bmn_recent_answers_get (BmnRecentAnswers *self, const char *question, gint64 now)
{
  g_mutex_lock (&self->mutex);
  const Answer *answer = g_hash_table_lookup (self->answers, question);
  gpointer copy = answer && ABS (now - answer->at) < BMN_RECENT_ANSWERS_LIFE
                      ? self->copy (answer->value)
                      : NULL;
  g_mutex_unlock (&self->mutex);
  return copy;
}
