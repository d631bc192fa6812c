#include "bmn-cli-suggest-json-private.h"
#include "bmn-cli-json-private.h"

static JsonNode *
from_ids (GArray *ids)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  json_builder_begin_array (builder);
  for (guint i = 0; ids && i < ids->len; i++)
    json_builder_add_int_value (builder, g_array_index (ids, gint64, i));
  json_builder_end_array (builder);
  return json_builder_get_root (builder);
}

static JsonNode *
from_reason (gconstpointer item)
{
  const BmnReason *reason = item;
  g_autofree char *sentence = bmn_reason_to_sentence (reason);
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  json_builder_begin_object (builder);
  bmn_builder_add_string (builder, "kind", bmn_reason_kind_to_nick (reason->kind));
  bmn_builder_add_string (builder, "sentence", sentence);
  bmn_builder_add_double (builder, "effect", reason->effect);
  bmn_builder_add_int (builder, "n", reason->n);
  bmn_builder_add_int (builder, "of", reason->of);
  if (reason->factor > 0)
    bmn_builder_add_double (builder, "factor", reason->factor);
  bmn_builder_add_instant (builder, "from", reason->from);
  bmn_builder_add_instant (builder, "to", reason->to);
  bmn_builder_add_node (builder, "words", bmn_json_from_strv (reason->words));
  bmn_builder_add_node (builder, "postsFor", from_ids (reason->posts_for));
  bmn_builder_add_node (builder, "postsAgainst", from_ids (reason->posts_against));
  return bmn_builder_end (builder);
}

static JsonNode *
from_hashtag (gconstpointer item)
{
  const BmnHashtagSuggestion *suggestion = item;
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  json_builder_begin_object (builder);
  bmn_builder_add_string (builder, "tag", suggestion->tag);
  bmn_builder_add_string (builder, "display", suggestion->display);
  bmn_builder_add_string (builder, "readable", suggestion->readable);
  if (!suggestion->is_experiment)
    bmn_builder_add_double (builder, "probability", suggestion->probability);
  bmn_builder_add_bool (builder, "experiment", suggestion->is_experiment);
  bmn_builder_add_node (builder, "reasons", bmn_json_from_list (suggestion->reasons, from_reason));
  return bmn_builder_end (builder);
}

JsonNode *
bmn_json_from_hashtags (gint64 account_id,
                        GPtrArray *suggestions,
                        GPtrArray *experiments,
                        GStrv lacks)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  json_builder_begin_object (builder);
  bmn_builder_add_int (builder, "account", account_id);
  bmn_builder_add_node (builder, "hashtags", bmn_json_from_list (suggestions, from_hashtag));
  bmn_builder_add_node (builder, "experiments", bmn_json_from_list (experiments, from_hashtag));
  bmn_builder_add_node (builder, "lacks", bmn_json_from_strv (lacks));
  return bmn_builder_end (builder);
}

static JsonNode *
from_topic (gconstpointer item)
{
  const BmnTopic *topic = item;
  g_autofree char *sentence = bmn_topic_to_sentence (topic);
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  json_builder_begin_object (builder);
  bmn_builder_add_string (builder, "text", topic->text);
  bmn_builder_add_string (builder, "language", topic->language);
  bmn_builder_add_string (builder, "sentence", sentence);
  bmn_builder_add_int (builder, "n", topic->n);
  bmn_builder_add_int (builder, "counted", topic->n_counted);
  bmn_builder_add_double (builder, "lift", topic->lift);
  bmn_builder_add_double (builder, "low", topic->low);
  bmn_builder_add_double (builder, "high", topic->high);
  bmn_builder_add_instant (builder, "lastAt", topic->last_at);
  bmn_builder_add_double (builder, "days", topic->days);
  bmn_builder_add_double (builder, "usualDays", topic->usual_days);
  bmn_builder_add_bool (builder, "lifts", topic->lifts);
  bmn_builder_add_bool (builder, "sinks", topic->sinks);
  bmn_builder_add_bool (builder, "rises", topic->rises);
  bmn_builder_add_bool (builder, "due", topic->is_due);
  bmn_builder_add_node (builder, "bestPosts", from_ids (topic->best_posts));
  bmn_builder_add_node (builder, "worstPosts", from_ids (topic->worst_posts));
  return bmn_builder_end (builder);
}

JsonNode *
bmn_json_from_topics (gint64 account_id, GPtrArray *topics)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  json_builder_begin_object (builder);
  bmn_builder_add_int (builder, "account", account_id);
  bmn_builder_add_node (builder, "topics", bmn_json_from_list (topics, from_topic));
  return bmn_builder_end (builder);
}

static void
add_hour (JsonBuilder *builder, const BmnPostingHour *hour)
{
  bmn_builder_add_double (builder, "lift", hour->lift);
  bmn_builder_add_double (builder, "low", hour->low);
  bmn_builder_add_double (builder, "high", hour->high);
  bmn_builder_add_int (builder, "n", hour->n);
}

static void
add_best_times (JsonBuilder *builder, GArray *best)
{
  for (guint i = 0; i < best->len; i++)
    {
      const BmnPostingTime *time = &g_array_index (best, BmnPostingTime, i);
      g_autofree char *sentence = bmn_posting_time_to_sentence (time);
      json_builder_begin_object (builder);
      bmn_builder_add_instant (builder, "at", time->at);
      bmn_builder_add_int (builder, "weekday", time->weekday + 1);
      bmn_builder_add_int (builder, "hour", time->hour_of_day);
      bmn_builder_add_bool (builder, "exploration", time->is_exploration);
      bmn_builder_add_string (builder, "sentence", sentence);
      add_hour (builder, &time->hour);
      json_builder_end_object (builder);
    }
}

JsonNode *
bmn_json_from_times (const BmnPostingHour *hours, GArray *best)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "best");
  json_builder_begin_array (builder);
  add_best_times (builder, best);
  json_builder_end_array (builder);
  json_builder_set_member_name (builder, "hours");
  json_builder_begin_array (builder);
  for (guint i = 0; i < 168; i++)
    {
      json_builder_begin_object (builder);
      bmn_builder_add_int (builder, "weekday", i / 24 + 1);
      bmn_builder_add_int (builder, "hour", i % 24);
      add_hour (builder, &hours[i]);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
  return bmn_builder_end (builder);
}

JsonNode *
bmn_json_from_forecast (const BmnForecast *forecast)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  json_builder_begin_object (builder);
  bmn_builder_add_bool (builder, "ready", forecast->is_ready);
  if (forecast->is_ready)
    {
      bmn_builder_add_double (builder, "expected", forecast->expected);
      bmn_builder_add_double (builder, "median", forecast->median);
      bmn_builder_add_double (builder, "lift", forecast->lift);
    }
  if (forecast->has_interval)
    {
      bmn_builder_add_double (builder, "low", forecast->low);
      bmn_builder_add_double (builder, "high", forecast->high);
    }
  bmn_builder_add_node (builder, "reasons", bmn_json_from_list (forecast->reasons, from_reason));
  return bmn_builder_end (builder);
}

static JsonNode *
from_exposure (gconstpointer item)
{
  const BmnExposure *exposure = item;
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  json_builder_begin_object (builder);
  bmn_builder_add_string (builder, "name", exposure->name);
  bmn_builder_add_double (builder, "suggested", exposure->suggested);
  bmn_builder_add_double (builder, "used", exposure->used);
  return bmn_builder_end (builder);
}

JsonNode *
bmn_json_from_audit (const BmnAudit *audit)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  json_builder_begin_object (builder);
  bmn_builder_add_int (builder, "drafts", audit->n_drafts);
  bmn_builder_add_double (builder, "effectivePosts", audit->effective_posts);
  bmn_builder_add_double (builder, "topPostShare", audit->top_post_share);
  bmn_builder_add_double (builder, "popularityBias", audit->popularity_bias);
  bmn_builder_add_node (builder, "hashtags", bmn_json_from_list (audit->tags, from_exposure));
  bmn_builder_add_node (builder, "languages", bmn_json_from_list (audit->languages, from_exposure));
  return bmn_builder_end (builder);
}

JsonNode *
bmn_json_from_track_record (const BmnTrackRecord *record)
{
  g_autofree char *hashtags = bmn_track_record_describe_hashtags (record);
  g_autofree char *forecasts = bmn_track_record_describe_forecasts (record);
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  json_builder_begin_object (builder);
  bmn_builder_add_int (builder, "taggedPosts", record->n_tagged);
  bmn_builder_add_double (builder, "hitAtFive", record->hit5);
  bmn_builder_add_double (builder, "plainHitAtFive", record->plain_hit5);
  bmn_builder_add_bool (builder, "hashtagsHelp", record->hashtags_help);
  bmn_builder_add_string (builder, "hashtags", hashtags);
  bmn_builder_add_int (builder, "forecasts", record->n_forecasts);
  bmn_builder_add_double (builder, "intervalCovers", record->covered);
  bmn_builder_add_double (builder, "pairAccuracy", record->pair_accuracy);
  bmn_builder_add_double (builder, "plainPairAccuracy", record->plain_pair_accuracy);
  bmn_builder_add_bool (builder, "forecastHelps", record->forecast_helps);
  bmn_builder_add_string (builder, "forecast", forecasts);
  return bmn_builder_end (builder);
}

JsonNode *
bmn_json_from_levers (gint64 account_id, const BmnAccountLevers *levers)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  json_builder_begin_object (builder);
  bmn_builder_add_int (builder, "account", account_id);
  bmn_builder_add_node (builder, "pinned", bmn_json_from_strv (levers->pinned));
  bmn_builder_add_node (builder, "muted", bmn_json_from_strv (levers->muted));
  bmn_builder_add_node (builder, "excluded", from_ids (levers->excluded));
  bmn_builder_add_double (builder, "halfLifeDays", levers->half_life);
  bmn_builder_add_double (builder, "diversity", levers->diversity);
  json_builder_set_member_name (builder, "neverHours");
  json_builder_begin_array (builder);
  for (int hour = 0; hour < 24; hour++)
    if (levers->never_hours & 1u << hour)
      json_builder_add_int_value (builder, hour);
  json_builder_end_array (builder);
  return bmn_builder_end (builder);
}

JsonNode *
bmn_json_from_shown_suggestion (const BmnShownSuggestion *suggestion)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  json_builder_begin_object (builder);
  bmn_builder_add_int (builder, "id", suggestion->id);
  bmn_builder_add_int (builder, "account", suggestion->account_id);
  if (suggestion->post_id != 0)
    bmn_builder_add_int (builder, "post", suggestion->post_id);
  bmn_builder_add_string (builder, "kind", bmn_suggestion_kind_to_nick (suggestion->kind));
  bmn_builder_add_string (builder, "text", suggestion->text);
  bmn_builder_add_int (builder, "rank", suggestion->rank + 1);
  if (suggestion->probability > 0)
    bmn_builder_add_double (builder, "probability", suggestion->probability);
  bmn_builder_add_instant (builder, "shownAt", suggestion->shown_at);
  bmn_builder_add_string (builder, "outcome", bmn_suggestion_outcome_to_nick (suggestion->outcome));
  bmn_builder_add_instant (builder, "settledAt", suggestion->settled_at);
  if (suggestion->history_id != 0)
    bmn_builder_add_int (builder, "historyPost", suggestion->history_id);
  return bmn_builder_end (builder);
}

JsonNode *
bmn_json_from_suggestion_report (const BmnSuggestionReport *report)
{
  g_autofree char *sentence = bmn_suggestion_report_to_sentence (report);
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  json_builder_begin_object (builder);
  bmn_builder_add_int (builder, "shown", report->n_shown);
  bmn_builder_add_int (builder, "taken", report->n_accepted);
  bmn_builder_add_int (builder, "dismissed", report->n_rejected);
  bmn_builder_add_double (builder, "meanRank", report->mean_rank);
  bmn_builder_add_int (builder, "postsWith", report->n_with);
  bmn_builder_add_int (builder, "postsWithout", report->n_without);
  bmn_builder_add_bool (builder, "enough", report->is_enough);
  if (report->is_enough)
    {
      bmn_builder_add_double (builder, "difference", report->difference);
      bmn_builder_add_double (builder, "low", report->low);
      bmn_builder_add_double (builder, "high", report->high);
    }
  bmn_builder_add_string (builder, "sentence", sentence);
  return bmn_builder_end (builder);
}
