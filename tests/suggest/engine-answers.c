#include "engine-answers.h"

#define N_TIMES 20

static void
add_ids (GString *text, const GArray *ids)
{
  for (guint i = 0; i < ids->len; i++)
    g_string_append_printf (text, " %" G_GINT64_FORMAT, g_array_index (ids, gint64, i));
  g_string_append_c (text, ';');
}

static void
add_reasons (GString *text, GPtrArray *reasons)
{
  for (guint i = 0; i < reasons->len; i++)
    {
      const BmnReason *reason = g_ptr_array_index (reasons, i);
      g_autofree char *sentence = bmn_reason_to_sentence (reason);
      g_string_append_printf (text, "  %s %a %u/%u %a %s", bmn_reason_kind_to_nick (reason->kind),
                              reason->effect, reason->n, reason->of, reason->factor, sentence);
      add_ids (text, reason->posts_for);
      add_ids (text, reason->posts_against);
      g_string_append_c (text, '\n');
    }
}

static void
add_suggestions (GString *text, GPtrArray *suggestions)
{
  for (guint i = 0; i < suggestions->len; i++)
    {
      const BmnHashtagSuggestion *suggestion = g_ptr_array_index (suggestions, i);
      g_string_append_printf (text, "#%s %s %s %a %a\n", suggestion->tag, suggestion->display,
                              suggestion->readable ? suggestion->readable : "-",
                              suggestion->probability, suggestion->score);
      add_reasons (text, suggestion->reasons);
    }
}

static void
add_hashtags (GString *text, BmnEngine *engine, const char *draft, gint64 now)
{
  const BmnTagIdea ideas[] = { { "#Moon", BMN_TAG_IDEA_TRENDING } };
  g_autoptr (GPtrArray) known = bmn_engine_suggest_hashtags (engine, draft, now, 20);
  g_autoptr (GPtrArray) experiments
      = bmn_engine_suggest_experiments (engine, draft, now, ideas, 1, NULL, 0, 5);
  add_suggestions (text, known);
  add_suggestions (text, experiments);
}

static void
add_forecast (GString *text, BmnEngine *engine, const char *draft, gint64 now)
{
  g_autoptr (BmnForecast) forecast = bmn_engine_forecast (engine, draft, now);
  g_string_append_printf (text, "forecast %d %a %a %a %d %a %a\n", forecast->is_ready,
                          forecast->lift, forecast->expected, forecast->median,
                          forecast->has_interval, forecast->low, forecast->high);
  add_reasons (text, forecast->reasons);
}

static void
add_times (GString *text, BmnEngine *engine, gint64 now)
{
  BmnPostingHour hours[BMN_POSTING_HOURS];
  bmn_engine_get_week (engine, hours);
  for (guint i = 0; i < BMN_POSTING_HOURS; i++)
    g_string_append_printf (text, "%a %a %a %u\n", hours[i].lift, hours[i].low, hours[i].high,
                            hours[i].n);
  gint64 candidates[N_TIMES];
  for (guint i = 0; i < N_TIMES; i++)
    candidates[i] = now + i * 5 * G_TIME_SPAN_HOUR;
  g_autoptr (GArray) times = bmn_engine_rank_times (engine, candidates, N_TIMES, 6);
  for (guint i = 0; i < times->len; i++)
    {
      const BmnPostingTime *time = &g_array_index (times, BmnPostingTime, i);
      g_string_append_printf (text, "%" G_GINT64_FORMAT " %d\n", time->at, time->is_exploration);
    }
}

static void
add_topics (GString *text, BmnEngine *engine, gint64 now)
{
  g_autoptr (GPtrArray) topics = bmn_engine_get_topics (engine, now, 30);
  for (guint i = 0; i < topics->len; i++)
    {
      const BmnTopic *topic = g_ptr_array_index (topics, i);
      g_autofree char *sentence = bmn_topic_to_sentence (topic);
      g_string_append_printf (text, "%s %s %u %u %a %a %a %s", topic->text,
                              topic->language ? topic->language : "-", topic->n, topic->n_counted,
                              topic->lift, topic->low, topic->high, sentence);
      add_ids (text, topic->best_posts);
      add_ids (text, topic->worst_posts);
      g_string_append_c (text, '\n');
    }
}

static void
add_record (GString *text, BmnEngine *engine)
{
  g_autoptr (BmnTrackRecord) record = bmn_engine_get_track_record (engine);
  g_string_append_printf (text, "record %u %a %a %u %u %a %a %a\n", record->n_tagged, record->hit5,
                          record->plain_hit5, record->n_forecasts, record->n_intervals,
                          record->covered, record->pair_accuracy, record->plain_pair_accuracy);
}

static void
add_audit (GString *text, BmnEngine *engine)
{
  g_autoptr (BmnAudit) audit = bmn_engine_audit (engine);
  g_string_append_printf (text, "audit %u %a %a %a\n", audit->n_drafts, audit->effective_posts,
                          audit->top_post_share, audit->popularity_bias);
  for (guint i = 0; i < audit->tags->len; i++)
    {
      const BmnExposure *exposure = g_ptr_array_index (audit->tags, i);
      g_string_append_printf (text, "%s %a %a\n", exposure->name, exposure->suggested,
                              exposure->used);
    }
}

char *
engine_answers (BmnEngine *engine, const char *draft, gint64 now)
{
  GString *text = g_string_new (NULL);
  add_hashtags (text, engine, draft, now);
  add_forecast (text, engine, draft, now);
  add_times (text, engine, now);
  add_record (text, engine);
  g_string_append_printf (text, "%u posts\n", bmn_engine_get_n_posts (engine));
  add_topics (text, engine, now);
  add_audit (text, engine);
  return g_string_free (text, FALSE);
}
