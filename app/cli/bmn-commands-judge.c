#include "bmn-cli-json-private.h"
#include "bmn-cli-private.h"

#include "bmn-sentiment.h"
#include "bmn-session-check.h"

#include <glib/gi18n.h>

/*
 * What is thought of a text: its mood, and what to look at again before publishing it.
 */

typedef struct
{
  BmnTextModels *models; /* (owned) (nullable) */
  BmnSession *session;   /* (nullable) */
  char *language;        /* (owned) (nullable) */
  gint64 account_id;
} Judge;

static JsonNode *
from_words (GPtrArray *words)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  json_builder_begin_array (builder);
  for (guint i = 0; i < words->len; i++)
    {
      const BmnTextWord *word = words->pdata[i];
      json_builder_begin_object (builder);
      bmn_builder_add_string (builder, "text", word->text);
      bmn_builder_add_int (builder, "byteStart", word->start);
      bmn_builder_add_int (builder, "byteEnd", word->end);
      bmn_builder_add_double (builder, "weight", word->weight);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
  return json_builder_get_root (builder);
}

static JsonNode *
judge_mood (const char *text, gpointer data, GError **error)
{
  const Judge *judge = data;
  g_autoptr (BmnSentiment) sentiment = bmn_sentiment_new (judge->models, text, -1, judge->language);
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  json_builder_begin_object (builder);
  bmn_builder_add_double (builder, "score", sentiment->score);
  bmn_builder_add_string (builder, "label", bmn_sentiment_label_to_nick (sentiment->label));
  bmn_builder_add_string (builder, "language", sentiment->language);
  bmn_builder_add_node (builder, "words", from_words (sentiment->words));
  json_builder_end_object (builder);
  return json_builder_get_root (builder);
}

static BmnCliExit
run_sentiment (BmnCli *cli, GStrv arguments)
{
  Judge judge = { 0 };
  gboolean jsonl = FALSE;
  const GOptionEntry entries[] = {
    { "language", 0, 0, G_OPTION_ARG_STRING, &judge.language,
      N_ ("Language, such as de; else guessed"), N_ ("TAG") },
    { "jsonl", 0, 0, G_OPTION_ARG_NONE, &jsonl,
      N_ ("A JSON string a line in, a JSON document a line out"), NULL },
    G_OPTION_ENTRY_NULL,
  };
  g_auto (GStrv) rest = g_strdupv (arguments);
  if (!bmn_cli_parse (cli, entries, NULL, &rest))
    return BMN_CLI_WRONG_USAGE;
  if (rest[0])
    return bmn_cli_wrong_usage (cli, _ ("“%s” is not understood here."), rest[0]);
  g_autoptr (GError) error = NULL;
  judge.models = bmn_text_models_new (NULL, &error);
  BmnCliExit code
      = judge.models ? bmn_cli_run_on_texts (cli, jsonl, judge_mood, &judge) : bmn_cli_fail (error);
  g_clear_pointer (&judge.models, bmn_text_models_unref);
  g_free (judge.language);
  return code;
}

static void
add_finding (JsonBuilder *builder, const BmnFinding *finding)
{
  json_builder_begin_object (builder);
  bmn_builder_add_string (builder, "kind", bmn_check_kind_to_nick (finding->kind));
  bmn_builder_add_string (builder, "severity", bmn_severity_to_nick (finding->severity));
  bmn_builder_add_int (builder, "byteStart", finding->start);
  bmn_builder_add_int (builder, "byteEnd", finding->end);
  bmn_builder_add_string (builder, "message", finding->message);
  bmn_builder_add_string (builder, "fix", bmn_fix_action_to_nick (finding->action));
  bmn_builder_add_string (builder, "fixLabel", finding->fix_label);
  bmn_builder_add_string (builder, "replacement", finding->replacement);
  json_builder_end_object (builder);
}

static JsonNode *
check_text (const char *text, gpointer data, GError **error)
{
  const Judge *judge = data;
  g_autoptr (BmnPost) post = bmn_post_new ();
  g_ptr_array_add (post->parts, bmn_part_new (text));
  post->language = g_strdup (judge->language);
  g_autoptr (GPtrArray) findings = NULL;
  const BmnCheckContext context = { .models = judge->models };
  if (judge->session)
    findings = bmn_session_check_post (judge->session, post, judge->account_id, error);
  else
    findings = bmn_checks_run (post, NULL, &context);
  if (!findings)
    return NULL;
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "findings");
  json_builder_begin_array (builder);
  for (guint i = 0; i < findings->len; i++)
    add_finding (builder, findings->pdata[i]);
  json_builder_end_array (builder);
  json_builder_end_object (builder);
  return json_builder_get_root (builder);
}

/* Without an account nobody's data are touched: only the text itself is looked at. */
static gboolean
prepare_check (BmnCli *cli, Judge *judge, GError **error)
{
  if (judge->account_id == 0)
    {
      judge->models = bmn_text_models_new (NULL, error);
      return judge->models != NULL;
    }
  judge->session = bmn_cli_get_session (cli);
  return judge->session != NULL;
}

static BmnCliExit
run_check (BmnCli *cli, GStrv arguments)
{
  Judge judge = { 0 };
  gboolean jsonl = FALSE;
  g_autofree char *account = NULL;
  const GOptionEntry entries[] = {
    { "account", 0, 0, G_OPTION_ARG_STRING, &account, N_ ("Whose earlier posts and limits count"),
      N_ ("ID") },
    { "language", 0, 0, G_OPTION_ARG_STRING, &judge.language,
      N_ ("Language, such as de; else guessed"), N_ ("TAG") },
    { "jsonl", 0, 0, G_OPTION_ARG_NONE, &jsonl,
      N_ ("A JSON string a line in, a JSON document a line out"), NULL },
    G_OPTION_ENTRY_NULL,
  };
  g_auto (GStrv) rest = g_strdupv (arguments);
  if (!bmn_cli_parse (cli, entries, NULL, &rest)
      || (account && !bmn_cli_parse_id (cli, account, &judge.account_id)))
    return BMN_CLI_WRONG_USAGE;
  if (rest[0])
    return bmn_cli_wrong_usage (cli, _ ("“%s” is not understood here."), rest[0]);
  g_autoptr (GError) error = NULL;
  BmnCliExit code = BMN_CLI_FAILED;
  if (prepare_check (cli, &judge, &error))
    code = bmn_cli_run_on_texts (cli, jsonl, check_text, &judge);
  else if (error)
    bmn_cli_fail (error);
  g_clear_pointer (&judge.models, bmn_text_models_unref);
  g_free (judge.language);
  return code;
}

const BmnCommand bmn_judge_commands[] = {
  { "sentiment", NULL, N_ ("Judge the mood of the text on standard input"), run_sentiment },
  { "check", NULL, N_ ("Look for what to change in the text on standard input"), run_check },
  { NULL },
};
