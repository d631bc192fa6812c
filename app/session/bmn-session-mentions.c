#include "bmn-mentioned-facts-private.h"
#include "bmn-session-accounts.h"
#include "bmn-session-check.h"
#include "bmn-session-private.h"

#include "bmn-entity-finder.h"
#include "bmn-platform-error.h"

#include <glib/gi18n-lib.h>

/* The mentions of one post, asked for one after the other. */
typedef struct
{
  gint64 account_id;
  BmnPlatform *platform; /* (owned) */
  GPtrArray *handles;    /* (owned) (element-type utf8): those left; the last is under way */
} Round;

static void
round_free (Round *round)
{
  g_clear_object (&round->platform);
  g_ptr_array_unref (round->handles);
  g_free (round);
}

/* Returns: (transfer full) (element-type utf8): whom the post mentions and nobody asked about of
 * late, each once */
static GPtrArray *
list_unknown (BmnSession *self, const BmnPost *post, gint64 account_id, BmnTextDialect dialect)
{
  GPtrArray *handles = g_ptr_array_new_with_free_func (g_free);
  BmnRecentAnswers *facts = bmn_session_get_account_facts (self);
  for (guint i = 0; i < post->parts->len; i++)
    {
      g_autoptr (GPtrArray) entities
          = bmn_text_find_entities (((BmnPart *)post->parts->pdata[i])->text, dialect, NULL);
      for (guint j = 0; entities && j < entities->len; j++)
        {
          const BmnEntity *entity = entities->pdata[j];
          if (entity->kind == BMN_ENTITY_MENTION && handles->len < BMN_SESSION_MAX_MENTIONS
              && !g_ptr_array_find_with_equal_func (handles, entity->text, g_str_equal, NULL)
              && !bmn_mentioned_facts_get (facts, account_id, entity->text, bmn_session_now (self),
                                           NULL))
            g_ptr_array_add (handles, g_strdup (entity->text));
        }
    }
  return handles;
}

static void look_up_next (GTask *task);

static void
on_looked_up (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  Round *round = g_task_get_task_data (task);
  BmnSession *self = g_task_get_source_object (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (BmnAccountFacts) facts
      = bmn_platform_reader_look_up_account_finish (BMN_PLATFORM_READER (source), result, &error);
  /* An account that the server does not know, or will not tell of, is no reason to stop. */
  if (error && !g_error_matches (error, BMN_PLATFORM_ERROR, BMN_PLATFORM_ERROR_REJECTED))
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  guint last = round->handles->len - 1;
  bmn_mentioned_facts_put (bmn_session_get_account_facts (self), round->account_id,
                           round->handles->pdata[last], facts, bmn_session_now (self));
  g_ptr_array_set_size (round->handles, (gint)last);
  look_up_next (task);
}

static void
look_up_next (GTask *task)
{
  Round *round = g_task_get_task_data (task);
  if (g_task_return_error_if_cancelled (task))
    return;
  if (round->handles->len == 0)
    g_task_return_boolean (task, TRUE);
  else
    bmn_platform_reader_look_up_account_async (
        BMN_PLATFORM_READER (round->platform), round->handles->pdata[round->handles->len - 1],
        g_task_get_cancellable (task), on_looked_up, g_object_ref (task));
}

/* Returns: (nullable): what there is to ask; %NULL with an error */
static Round *
begin (BmnSession *self, const BmnPost *post, gint64 account_id, GError **error)
{
  g_autoptr (BmnAccount) account = bmn_session_get_account (self, account_id, error);
  g_autoptr (BmnLimits) limits = NULL;
  if (!account || !bmn_session_describe_account (self, account, NULL, &limits, error))
    return NULL;
  g_autoptr (BmnPlatform) platform = bmn_session_make_platform (self, account, error);
  if (!platform)
    return NULL;
  if (!BMN_IS_PLATFORM_READER (platform))
    {
      g_set_error_literal (error, BMN_PLATFORM_ERROR, BMN_PLATFORM_ERROR_REJECTED,
                           _ ("This account's platform tells nothing of other accounts."));
      return NULL;
    }
  Round *round = g_new0 (Round, 1);
  round->account_id = account_id;
  round->platform = g_steal_pointer (&platform);
  round->handles = list_unknown (self, post, account_id, bmn_text_dialect_of_limits (limits));
  return round;
}

void
bmn_session_look_up_mentions_async (BmnSession *self,
                                    const BmnPost *post,
                                    gint64 account_id,
                                    GCancellable *cancellable,
                                    GAsyncReadyCallback callback,
                                    gpointer user_data)
{
  g_return_if_fail (BMN_IS_SESSION (self) && post);
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, bmn_session_look_up_mentions_async);
  GError *error = NULL;
  Round *round = begin (self, post, account_id, &error);
  if (!round)
    {
      g_task_return_error (task, error);
      return;
    }
  g_task_set_task_data (task, round, (GDestroyNotify)round_free);
  look_up_next (task);
}

gboolean
bmn_session_look_up_mentions_finish (BmnSession *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, bmn_session_look_up_mentions_async),
                        FALSE);
  return g_task_propagate_boolean (G_TASK (result), error);
}
