#include "bmn-link-states-private.h"

/* A session that tried more than this has long forgotten why. */
#define MOST_LINKS 1000

typedef struct
{
  BmnLinkState state;
  char *target; /* (owned) (nullable) */
  gint64 at;
} Answer;

struct _BmnLinkStates
{
  GMutex mutex;
  GHashTable *answers; /* (owned) (element-type utf8 Answer): by address */
};

static void
answer_free (Answer *answer)
{
  g_free (answer->target);
  g_free (answer);
}

BmnLinkStates *
bmn_link_states_new (void)
{
  BmnLinkStates *self = g_new0 (BmnLinkStates, 1);
  g_mutex_init (&self->mutex);
  self->answers
      = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify)answer_free);
  return self;
}

void
bmn_link_states_free (BmnLinkStates *self)
{
  g_mutex_clear (&self->mutex);
  g_hash_table_unref (self->answers);
  g_free (self);
}

void
bmn_link_states_put (
    BmnLinkStates *self, const char *url, BmnLinkState state, const char *target, gint64 now)
{
  Answer *answer = g_new0 (Answer, 1);
  answer->state = state;
  answer->target = g_strdup (target);
  answer->at = now;
  g_mutex_lock (&self->mutex);
  if (g_hash_table_size (self->answers) >= MOST_LINKS)
    g_hash_table_remove_all (self->answers);
  g_hash_table_replace (self->answers, g_strdup (url), answer);
  g_mutex_unlock (&self->mutex);
}

BmnLinkState
bmn_link_states_get (BmnLinkStates *self, const char *url, char **target, gint64 now)
{
  BmnLinkState state = BMN_LINK_UNKNOWN;
  g_mutex_lock (&self->mutex);
  const Answer *answer = g_hash_table_lookup (self->answers, url);
  if (answer && ABS (now - answer->at) < BMN_LINK_STATES_LIFE)
    {
      state = answer->state;
      if (state == BMN_LINK_REDIRECTED)
        *target = g_strdup (answer->target);
    }
  g_mutex_unlock (&self->mutex);
  return state;
}
