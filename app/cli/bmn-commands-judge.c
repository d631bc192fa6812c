#include "bmn-cli-json-private.h"
#include "bmn-cli-private.h"

#include "bmn-sentiment.h"
#include "bmn-text-models.h"

#include <glib/gi18n.h>

/*
 * What is thought of a text.
 */

typedef struct
{
  BmnTextModels *models; /* (owned) (nullable) */
  char *language;        /* (owned) (nullable) */
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

const BmnCommand bmn_judge_commands[] = {
  { "sentiment", NULL, N_ ("Judge the mood of the text on standard input"), run_sentiment },
  { NULL },
};
