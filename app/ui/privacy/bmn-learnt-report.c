#include "bmn-learnt-report.h"

#include "bmn-session-advise.h"
#include "bmn-session-levers.h"

#include <glib/gi18n.h>

/* The differences that say most. */
#define MAX_EXPOSURES 4

void
bmn_learnt_report_free (BmnLearntReport *report)
{
  g_strfreev (report->sentences);
  g_ptr_array_unref (report->exposures);
  g_free (report);
}

/* @names: (element-type BmnExposure): the largest difference first */
static void
add_exposures (GPtrArray *exposures, GPtrArray *names, const char *sign)
{
  for (guint i = 0; i < names->len && i < MAX_EXPOSURES; i++)
    {
      const BmnExposure *exposure = names->pdata[i];
      g_ptr_array_add (exposures, g_strconcat (sign, exposure->name, NULL));
      g_ptr_array_add (exposures,
                       /* Translators: shares of a hashtag or a language. */
                       g_strdup_printf (_ ("%.0f %% of suggestions, %.0f %% of what you used"),
                                        exposure->suggested * 100, exposure->used * 100));
    }
}

static void
add_audit (GStrvBuilder *sentences, const BmnAudit *audit)
{
  if (audit->n_drafts == 0)
    return;
  g_autofree char *rests = g_strdup_printf (
      _ ("A suggestion rests on %.0f earlier posts as a rule. The one most like the draft has "
         "%.0f %% of the weight."),
      audit->effective_posts, audit->top_post_share * 100);
  g_autofree char *bias
      = audit->popularity_bias >= 1
            ? g_strdup_printf (_ ("Common hashtags are favoured: those suggested are %.1f times as "
                                  "common as those you chose."),
                               audit->popularity_bias)
            : g_strdup_printf (_ ("Common hashtags are not favoured: those suggested are %.1f "
                                  "times as common as those you chose."),
                               audit->popularity_bias);
  g_strv_builder_add (sentences, rests);
  g_strv_builder_add (sentences, bias);
}

/* On the advisor's thread. */
static gpointer
ask_engine (BmnEngine *engine, gint64 now, gpointer data)
{
  BmnLearntReport *report = g_new0 (BmnLearntReport, 1);
  g_autoptr (GStrvBuilder) sentences = g_strv_builder_new ();
  g_autoptr (BmnTrackRecord) record = bmn_engine_get_track_record (engine);
  g_autoptr (BmnAudit) audit = bmn_engine_audit (engine);
  g_autofree char *hashtags = bmn_track_record_describe_hashtags (record);
  g_autofree char *forecasts = bmn_track_record_describe_forecasts (record);
  report->account_id = *(gint64 *)data;
  report->n_learnt = bmn_engine_get_n_posts (engine);
  report->exposures = g_ptr_array_new_with_free_func (g_free);
  add_audit (sentences, audit);
  g_strv_builder_add (sentences, hashtags);
  g_strv_builder_add (sentences, forecasts);
  report->sentences = g_strv_builder_end (sentences);
  add_exposures (report->exposures, audit->tags, "#");
  add_exposures (report->exposures, audit->languages, "");
  return report;
}

static void
on_answered (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  GError *error = NULL;
  g_autoptr (BmnLearntReport) report
      = bmn_session_ask_engine_finish (BMN_SESSION (source), result, &error);
  g_autoptr (BmnAccountLevers) levers
      = report ? bmn_session_get_levers (BMN_SESSION (source), report->account_id, &error) : NULL;
  if (!levers)
    {
      g_task_return_error (task, error);
      return;
    }
  report->n_excluded = levers->excluded->len;
  report->n_learnt -= MIN (report->n_learnt, report->n_excluded);
  g_task_return_pointer (task, g_steal_pointer (&report), (GDestroyNotify)bmn_learnt_report_free);
}

static void
start (BmnSession *session, gpointer id, GTask *task)
{
  bmn_session_ask_engine_async (session, *(gint64 *)id, ask_engine, g_memdup2 (id, sizeof (gint64)),
                                g_free, (GDestroyNotify)bmn_learnt_report_free,
                                g_task_get_cancellable (task), on_answered, task);
}

void
bmn_learnt_report_async (BmnSessionThread *session,
                         gint64 account_id,
                         GCancellable *cancellable,
                         GAsyncReadyCallback callback,
                         gpointer user_data)
{
  bmn_session_thread_start_async (session, start, g_memdup2 (&account_id, sizeof account_id),
                                  g_free, cancellable, callback, user_data);
}

BmnLearntReport *
bmn_learnt_report_finish (BmnSessionThread *session, GAsyncResult *result, GError **error)
{
  return bmn_session_thread_call_finish (session, result, error);
}
