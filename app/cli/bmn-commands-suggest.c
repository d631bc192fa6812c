#include "bmn-cli-private.h"
#include "bmn-cli-suggest-json-private.h"

#include "bmn-engines.h"
#include "bmn-instant.h"
#include "bmn-session-posts.h"
#include "bmn-session-suggest.h"
#include "bmn-session-suggestion-log.h"

#include <glib/gi18n.h>

/* How many suggestions are printed where nobody says otherwise. */
#define DEFAULT_MAX 10

/* Experiments printed at most. */
#define MAX_EXPERIMENTS 3

/* How far ahead the best times are looked for, in days. */
#define DAYS_AHEAD 7

/* What all of these commands are asked. */
typedef struct
{
  gint64 account_id;
  char *account; /* (owned) (nullable) as given */
  gint64 post_id;
  char *post; /* (owned) (nullable) as given */
  char *text; /* (owned) (nullable) */
  gboolean text_stdin;
  char *now_text; /* (owned) (nullable) as given */
  gint64 now;
  int max;
  BmnEngines *engines; /* (owned) (nullable) */
} Question;

static void
question_clear (Question *question)
{
  g_clear_pointer (&question->engines, bmn_engines_free);
  g_free (question->account);
  g_free (question->post);
  g_free (question->text);
  g_free (question->now_text);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Question, question_clear)

/* Whether a command is about a draft. */
typedef enum
{
  NO_TEXT,
  NEEDS_TEXT,
} TextUse;

static gboolean
parse_question (BmnCli *cli, GStrv arguments, Question *question, TextUse use)
{
  const GOptionEntry entries[] = {
    { "account", 0, 0, G_OPTION_ARG_STRING, &question->account, N_ ("Whose history counts"),
      N_ ("ID") },
    { "text", 0, 0, G_OPTION_ARG_STRING, &question->text, N_ ("The draft"), N_ ("TEXT") },
    { "text-stdin", 0, 0, G_OPTION_ARG_NONE, &question->text_stdin,
      N_ ("Read the draft from standard input"), NULL },
    { "post", 0, 0, G_OPTION_ARG_STRING, &question->post,
      N_ ("Take a stored post as the draft, and put on record what was suggested"), N_ ("ID") },
    { "now", 0, 0, G_OPTION_ARG_STRING, &question->now_text,
      N_ ("When, as 2026-12-01T09:00:00Z; else now"), N_ ("TIME") },
    { "max", 0, 0, G_OPTION_ARG_INT, &question->max, N_ ("How many at most"), N_ ("N") },
    G_OPTION_ENTRY_NULL,
  };
  question->max = DEFAULT_MAX;
  g_auto (GStrv) rest = g_strdupv (arguments);
  g_autoptr (GError) error = NULL;
  if (!bmn_cli_parse (cli, entries, NULL, &rest))
    return FALSE;
  int n_texts = (question->text != NULL) + question->text_stdin + (question->post != NULL);
  if (rest[0])
    bmn_cli_wrong_usage (cli, _ ("“%s” is not understood here."), rest[0]);
  else if (!question->account)
    bmn_cli_wrong_usage (cli, "%s", _ ("--account is needed."));
  else if (n_texts > 1)
    bmn_cli_wrong_usage (cli, "%s", _ ("--text, --text-stdin and --post exclude each other."));
  else if (use == NEEDS_TEXT && n_texts == 0)
    bmn_cli_wrong_usage (cli, "%s", _ ("--text, --text-stdin or --post is needed."));
  else if (question->max < 1)
    bmn_cli_wrong_usage (cli, "%s", _ ("--max is at least 1."));
  else if (question->now_text && !bmn_instant_parse (question->now_text, &question->now, &error))
    bmn_cli_wrong_usage (cli, "%s", error->message);
  else
    return bmn_cli_parse_id (cli, question->account, &question->account_id)
           && (!question->post || bmn_cli_parse_id (cli, question->post, &question->post_id));
  return FALSE;
}

/* Returns: (transfer full) (nullable): the parts of a stored post, joined */
static char *
read_post (BmnCli *cli, gint64 id, GError **error)
{
  g_autoptr (BmnPostView) view = bmn_session_get_post (cli->session, id, error);
  g_autoptr (GString) text = g_string_new (NULL);
  for (guint i = 0; view && i < view->post->parts->len; i++)
    g_string_append_printf (text, i ? "\n%s" : "%s",
                            ((const BmnPart *)view->post->parts->pdata[i])->text);
  return view ? g_string_free (g_steal_pointer (&text), FALSE) : NULL;
}

/* Completes the question-> Returns: (nullable) (transfer none): the engine; %NULL after a
 * message */
static BmnEngine *
open_engine (BmnCli *cli, Question *question)
{
  g_autoptr (GError) error = NULL;
  if (question->text_stdin && !(question->text = bmn_cli_read_stdin (cli)))
    return NULL;
  if (!bmn_cli_get_session (cli))
    return NULL;
  if (question->now == 0)
    question->now = bmn_session_now (cli->session);
  if (question->post_id != 0)
    question->text = read_post (cli, question->post_id, &error);
  question->engines = bmn_engines_new (cli->session);
  BmnEngine *engine
      = error ? NULL : bmn_engines_get (question->engines, question->account_id, &error);
  if (!engine)
    bmn_cli_fail (error);
  else
    bmn_engines_save (question->engines);
  return engine;
}

/* Answers one kind of question-> */
typedef BmnCliExit (*AnswerFunc) (BmnCli *cli, BmnEngine *engine, const Question *question);

/* Reasons as indented lines below what they explain. */
static void
print_reasons (GPtrArray *reasons)
{
  for (guint i = 0; i < reasons->len; i++)
    {
      g_autofree char *sentence = bmn_reason_to_sentence (reasons->pdata[i]);
      g_print ("    %s\n", sentence);
    }
}

/* Puts on record what was printed for a stored post. */
static gboolean
log_shown (BmnCli *cli, const Question *question, GPtrArray *hashtags, GPtrArray *experiments)
{
  BmnAdvice advice = { .account_id = question->account_id,
                       .when = question->now,
                       .hashtags = hashtags,
                       .experiments = experiments };
  g_autoptr (GPtrArray) no_topics = advice.topics_due = g_ptr_array_new ();
  g_autoptr (GArray) no_times = advice.times = g_array_new (FALSE, FALSE, sizeof (BmnPostingTime));
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  bmn_session_log_advice_async (cli->session, question->post_id, &advice, hashtags->len,
                                experiments->len, 0, 0, bmn_cli_take_result, &result);
  g_autoptr (GAsyncResult) done = bmn_cli_wait (&result);
  if (bmn_session_log_advice_finish (cli->session, done, &error))
    return TRUE;
  bmn_cli_fail (error);
  return FALSE;
}

static void
print_hashtag (const BmnHashtagSuggestion *suggestion)
{
  g_print ("#%s\t", suggestion->display);
  if (suggestion->is_experiment)
    g_print ("%s\n", _ ("an experiment"));
  else
    g_print ("%.0f %%\n", 100 * suggestion->probability);
  print_reasons (suggestion->reasons);
  if (suggestion->readable)
    {
      /* Translators: the hashtag with a capital for each word. */
      g_print (_ ("    Screen readers tell its words apart as #%s."), suggestion->readable);
      g_print ("\n");
    }
}

static void
print_hashtags (GPtrArray *suggestions, GPtrArray *experiments, GStrv lacks)
{
  if (suggestions->len + experiments->len == 0)
    g_print ("%s\n", _ ("There are no hashtags in the history of this account yet."));
  for (guint i = 0; i < suggestions->len; i++)
    print_hashtag (suggestions->pdata[i]);
  for (guint i = 0; i < experiments->len; i++)
    print_hashtag (experiments->pdata[i]);
  for (guint i = 0; lacks[i]; i++)
    g_print ("%s\n", lacks[i]);
}

static BmnCliExit
answer_hashtags (BmnCli *cli, BmnEngine *engine, const Question *question)
{
  g_autoptr (GPtrArray) suggestions
      = bmn_engine_suggest_hashtags (engine, question->text, question->now, question->max);
  g_autoptr (GPtrArray) experiments = bmn_engines_suggest_experiments (
      question->engines, question->text, question->now, MAX_EXPERIMENTS);
  g_auto (GStrv) lacks = bmn_engines_list_lacks (question->engines);
  if (question->post_id != 0 && !log_shown (cli, question, suggestions, experiments))
    return BMN_CLI_FAILED;
  if (cli->json)
    bmn_cli_print_json (
        bmn_json_from_hashtags (question->account_id, suggestions, experiments, lacks));
  else
    print_hashtags (suggestions, experiments, lacks);
  return BMN_CLI_DONE;
}

static BmnCliExit
answer_topics (BmnCli *cli, BmnEngine *engine, const Question *question)
{
  g_autoptr (GPtrArray) topics = bmn_engine_get_topics (engine, question->now, question->max);
  if (cli->json)
    {
      bmn_cli_print_json (bmn_json_from_topics (question->account_id, topics));
      return BMN_CLI_DONE;
    }
  if (topics->len == 0)
    g_print ("%s\n", _ ("There are too few posts in the history of this account to see topics."));
  for (guint i = 0; i < topics->len; i++)
    {
      g_autofree char *sentence = bmn_topic_to_sentence (topics->pdata[i]);
      g_print ("%s\n    %s\n", ((BmnTopic *)topics->pdata[i])->text, sentence);
    }
  return BMN_CLI_DONE;
}

static BmnCliExit
answer_times (BmnCli *cli, BmnEngine *engine, const Question *question)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) free_times = bmn_session_list_free_times (cli->session, question->account_id,
                                                               question->now, DAYS_AHEAD, &error);
  if (!free_times)
    return bmn_cli_fail (error);
  BmnPostingHour hours[168];
  bmn_engine_get_week (engine, hours);
  g_autoptr (GArray) best = bmn_engine_rank_times (engine, (const gint64 *)free_times->data,
                                                   free_times->len, question->max);
  if (cli->json)
    {
      bmn_cli_print_json (bmn_json_from_times (hours, best));
      return BMN_CLI_DONE;
    }
  for (guint i = 0; i < best->len; i++)
    {
      const BmnPostingTime *time = &g_array_index (best, BmnPostingTime, i);
      g_autofree char *at = bmn_instant_format (time->at);
      g_autofree char *sentence = bmn_posting_time_to_sentence (time);
      g_print ("%s\t%s\n", at, sentence);
    }
  return BMN_CLI_DONE;
}

static BmnCliExit
answer_forecast (BmnCli *cli, BmnEngine *engine, const Question *question)
{
  g_autoptr (BmnForecast) forecast = bmn_engine_forecast (engine, question->text, question->now);
  if (cli->json)
    {
      bmn_cli_print_json (bmn_json_from_forecast (forecast));
      return BMN_CLI_DONE;
    }
  if (forecast->is_ready)
    {
      /* Translators: both are numbers of likes, reposts and replies together. */
      g_print (_ ("Expected: %.0f; the median of your posts is %.0f."), forecast->expected,
               forecast->median);
      g_print ("\n");
    }
  if (forecast->has_interval)
    {
      g_print (_ ("Four of five posts like this one lie between %.0f and %.0f."), forecast->low,
               forecast->high);
      g_print ("\n");
    }
  print_reasons (forecast->reasons);
  return BMN_CLI_DONE;
}

static void
print_exposures (const char *title, GPtrArray *exposures, guint max)
{
  g_print ("%s\n", title);
  for (guint i = 0; i < exposures->len && i < max; i++)
    {
      const BmnExposure *exposure = exposures->pdata[i];
      /* Translators: the first is a hashtag or a language, then two shares. */
      g_print (_ ("  %s: %.1f %% of suggestions, %.1f %% of uses"), exposure->name,
               100 * exposure->suggested, 100 * exposure->used);
      g_print ("\n");
    }
}

static BmnCliExit
answer_audit (BmnCli *cli, BmnEngine *engine, const Question *question)
{
  g_autoptr (BmnAudit) audit = bmn_engine_audit (engine);
  if (cli->json)
    {
      bmn_cli_print_json (bmn_json_from_audit (audit));
      return BMN_CLI_DONE;
    }
  g_print (_ ("Posts of the history taken as drafts: %u"), audit->n_drafts);
  g_print ("\n");
  g_print (_ ("Suggestions rest on about %.1f posts each; the most similar one has %.0f %% of the "
              "weight."),
           audit->effective_posts, 100 * audit->top_post_share);
  g_print ("\n");
  g_print (_ ("Suggested hashtags are %.2f times as common as those really used."),
           audit->popularity_bias);
  g_print ("\n");
  print_exposures (_ ("Hashtags, the largest difference first:"), audit->tags, question->max);
  print_exposures (_ ("Languages:"), audit->languages, question->max);
  return BMN_CLI_DONE;
}

static BmnCliExit
answer_track_record (BmnCli *cli, BmnEngine *engine, const Question *question)
{
  g_autoptr (BmnTrackRecord) record = bmn_engine_get_track_record (engine);
  if (cli->json)
    {
      bmn_cli_print_json (bmn_json_from_track_record (record));
      return BMN_CLI_DONE;
    }
  g_autofree char *hashtags = bmn_track_record_describe_hashtags (record);
  g_autofree char *forecasts = bmn_track_record_describe_forecasts (record);
  g_print ("%s\n%s\n", hashtags, forecasts);
  return BMN_CLI_DONE;
}

/* What each command is about, by its words. */
static const struct
{
  const char *command;
  TextUse use;
  AnswerFunc answer;
} answers[] = {
  { "suggest hashtags", NEEDS_TEXT, answer_hashtags },
  { "suggest topics", NO_TEXT, answer_topics },
  { "suggest times", NO_TEXT, answer_times },
  { "suggest forecast", NEEDS_TEXT, answer_forecast },
  { "suggest audit", NO_TEXT, answer_audit },
  { "suggest track-record", NO_TEXT, answer_track_record },
};

static BmnCliExit
run (BmnCli *cli, GStrv arguments)
{
  gsize i = 0;
  while (i < G_N_ELEMENTS (answers) - 1 && !g_str_equal (answers[i].command, cli->command))
    i++;
  g_auto (Question) question = { 0 };
  if (!parse_question (cli, arguments, &question, answers[i].use))
    return BMN_CLI_WRONG_USAGE;
  BmnEngine *engine = open_engine (cli, &question);
  return engine ? answers[i].answer (cli, engine, &question) : BMN_CLI_FAILED;
}

const BmnCommand bmn_suggest_commands[] = {
  { "suggest hashtags", NULL, N_ ("Suggest hashtags for a draft, with reasons"), run },
  { "suggest topics", NULL, N_ ("Show what the posts are about and how it did"), run },
  { "suggest times", NULL, N_ ("Rank the free times of the next seven days"), run },
  { "suggest forecast", NULL, N_ ("Forecast how a draft will do, with reasons"), run },
  { "suggest audit", NULL, N_ ("Show what suggestions rest on and what they favour"), run },
  { "suggest track-record", NULL, N_ ("Show how suggestions would have done so far"), run },
  { NULL },
};
