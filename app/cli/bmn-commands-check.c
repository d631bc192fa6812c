#include "bmn-cli-json-private.h"
#include "bmn-cli-private.h"

#include "bmn-session-check.h"
#include "bmn-session-posts.h"
#include "bmn-session-suggest.h"

#include <glib/gi18n.h>

/*
 * What to look at again in a text or a stored post before it goes out.
 */

/* What is asked, and with what. */
typedef struct
{
  BmnTextModels *models; /* (owned) (nullable): without a session */
  BmnSession *session;   /* (nullable) */
  char *account;         /* (owned) (nullable) as given */
  char *post;            /* (owned) (nullable) as given */
  char *language;        /* (owned) (nullable) */
  char *fix;             /* (owned) (nullable) as given */
  gboolean links;
  gboolean jsonl;
  gint64 account_id;
  gint64 post_id;
  BmnCheckKind fix_kind;
} Check;

static void
check_clear (Check *check)
{
  g_clear_pointer (&check->models, bmn_text_models_unref);
  g_free (check->account);
  g_free (check->post);
  g_free (check->language);
  g_free (check->fix);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Check, check_clear)

static JsonNode *
from_finding (gconstpointer item)
{
  const BmnFinding *finding = item;
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  json_builder_begin_object (builder);
  bmn_builder_add_string (builder, "kind", bmn_check_kind_to_nick (finding->kind));
  bmn_builder_add_string (builder, "severity", bmn_severity_to_nick (finding->severity));
  bmn_builder_add_int (builder, "part", finding->part);
  if (finding->media >= 0)
    bmn_builder_add_int (builder, "media", finding->media);
  bmn_builder_add_int (builder, "byteStart", finding->start);
  bmn_builder_add_int (builder, "byteEnd", finding->end);
  bmn_builder_add_string (builder, "message", finding->message);
  bmn_builder_add_string (builder, "fix", bmn_fix_action_to_nick (finding->action));
  bmn_builder_add_string (builder, "fixLabel", finding->fix_label);
  bmn_builder_add_string (builder, "replacement", finding->replacement);
  return bmn_builder_end (builder);
}

/* @fixed: (nullable): the text after fixes */
static JsonNode *
from_findings (GPtrArray *findings, const char *fixed)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  json_builder_begin_object (builder);
  bmn_builder_add_node (builder, "findings", bmn_json_from_list (findings, from_finding));
  if (fixed)
    bmn_builder_add_string (builder, "fixed", fixed);
  return bmn_builder_end (builder);
}

static gboolean
try_links (const Check *check, const BmnPost *post, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;
  if (!check->links)
    return TRUE;
  bmn_session_try_links_async (check->session, post, NULL, bmn_cli_take_result, &result);
  g_autoptr (GAsyncResult) done = bmn_cli_wait (&result);
  return bmn_session_try_links_finish (check->session, done, error);
}

/* Returns: (transfer full): the findings; %NULL with an error */
static GPtrArray *
examine (const Check *check, const BmnPost *post, GError **error)
{
  const BmnCheckContext context = { .models = check->models };
  if (!check->session)
    return bmn_checks_run (post, NULL, &context);
  return try_links (check, post, error)
             ? bmn_session_check_post (check->session, post, check->account_id, error)
             : NULL;
}

/*
 * Fixes.
 */

static int
compare_backwards (gconstpointer a, gconstpointer b)
{
  const BmnFinding *x = *(const BmnFinding *const *)a;
  const BmnFinding *y = *(const BmnFinding *const *)b;
  return (x->start < y->start) - (x->start > y->start);
}

/* Puts the replacements of a part's findings in place, the last one first, so that the places
 * of the others stay what they were. Returns: whether there was one */
static gboolean
fix_text (const Check *check, BmnPart *part, guint index, GPtrArray *findings)
{
  g_autoptr (GPtrArray) mine = g_ptr_array_new ();
  for (guint i = 0; i < findings->len; i++)
    {
      const BmnFinding *finding = findings->pdata[i];
      if (finding->kind == check->fix_kind && finding->part == index
          && finding->action == BMN_FIX_REPLACE)
        g_ptr_array_add (mine, (gpointer)finding);
    }
  g_ptr_array_sort (mine, compare_backwards);
  g_autoptr (GString) text = g_string_new (part->text);
  gsize limit = text->len;
  for (guint i = 0; i < mine->len; i++)
    {
      const BmnFinding *finding = mine->pdata[i];
      if (finding->end > limit)
        continue;
      g_string_erase (text, (gssize)finding->start, (gssize)(finding->end - finding->start));
      g_string_insert (text, (gssize)finding->start, finding->replacement);
      limit = finding->start;
    }
  g_free (part->text);
  part->text = g_string_free (g_steal_pointer (&text), FALSE);
  return mine->len > 0;
}

static gboolean
fix_media (const Check *check,
           BmnPart *part,
           guint index,
           GPtrArray *findings,
           gboolean *changed,
           GError **error)
{
  for (guint i = 0; i < findings->len; i++)
    {
      const BmnFinding *finding = findings->pdata[i];
      if (finding->kind != check->fix_kind || finding->part != index
          || finding->action != BMN_FIX_REMOVE_LOCATION)
        continue;
      BmnMedia **place = (BmnMedia **)&part->media->pdata[finding->media];
      BmnMedia *clean = bmn_session_remove_location (check->session, *place, error);
      if (!clean)
        return FALSE;
      bmn_media_free (*place);
      *place = clean;
      *changed = TRUE;
    }
  return TRUE;
}

static gboolean
fix_post (const Check *check, BmnPost *post, GPtrArray *findings, GError **error)
{
  gboolean changed = FALSE;
  g_auto (GStrv) warnings = NULL;
  for (guint i = 0; i < post->parts->len; i++)
    {
      BmnPart *part = post->parts->pdata[i];
      changed = fix_text (check, part, i, findings) || changed;
      if (!fix_media (check, part, i, findings, &changed, error))
        return FALSE;
    }
  return !changed || bmn_session_update_post (check->session, post, NULL, &warnings, error);
}

/*
 * The command.
 */

static JsonNode *
check_text (const char *text, gpointer data, GError **error)
{
  const Check *check = data;
  g_autoptr (BmnPost) post = bmn_post_new ();
  g_ptr_array_add (post->parts, bmn_part_new (text));
  post->language = g_strdup (check->language);
  g_autoptr (GPtrArray) findings = examine (check, post, error);
  if (!findings)
    return NULL;
  BmnPart *part = post->parts->pdata[0];
  if (check->fix)
    fix_text (check, part, 0, findings);
  return from_findings (findings, check->fix ? part->text : NULL);
}

/* A stored post is checked for the account it goes to, unless another is named. */
static BmnCliExit
check_post (Check *check)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BmnPostView) view = bmn_session_get_post (check->session, check->post_id, &error);
  if (!view)
    return bmn_cli_fail (error);
  if (check->account_id == 0 && view->targets->len > 0)
    check->account_id = ((const BmnTargetView *)view->targets->pdata[0])->target->account_id;
  g_autoptr (GPtrArray) findings = examine (check, view->post, &error);
  if (!findings || (check->fix && !fix_post (check, view->post, findings, &error)))
    return bmn_cli_fail (error);
  bmn_cli_print_json (from_findings (findings, NULL));
  return BMN_CLI_DONE;
}

static gboolean
parse_check (BmnCli *cli, GStrv arguments, Check *check)
{
  const GOptionEntry entries[] = {
    { "account", 0, 0, G_OPTION_ARG_STRING, &check->account,
      N_ ("Whose earlier posts and limits count"), N_ ("ID") },
    { "post", 0, 0, G_OPTION_ARG_STRING, &check->post,
      N_ ("Check a stored post instead of standard input"), N_ ("ID") },
    { "language", 0, 0, G_OPTION_ARG_STRING, &check->language,
      N_ ("Language, such as de; else guessed"), N_ ("TAG") },
    { "links", 0, 0, G_OPTION_ARG_NONE, &check->links,
      N_ ("Ask the servers whether the linked pages are there"), NULL },
    { "fix", 0, 0, G_OPTION_ARG_STRING, &check->fix,
      N_ ("Apply the fixes of one kind, such as picture-location"), N_ ("KIND") },
    { "jsonl", 0, 0, G_OPTION_ARG_NONE, &check->jsonl,
      N_ ("A JSON string a line in, a JSON document a line out"), NULL },
    G_OPTION_ENTRY_NULL,
  };
  g_auto (GStrv) rest = g_strdupv (arguments);
  if (!bmn_cli_parse (cli, entries, NULL, &rest))
    return FALSE;
  if (rest[0])
    bmn_cli_wrong_usage (cli, _ ("“%s” is not understood here."), rest[0]);
  else if (check->post && check->jsonl)
    bmn_cli_wrong_usage (cli, "%s", _ ("--post and --jsonl exclude each other."));
  else if (check->fix && !bmn_check_kind_from_nick (check->fix, &check->fix_kind))
    bmn_cli_wrong_usage (cli, _ ("“%s” is no kind of finding."), check->fix);
  else
    return (!check->account || bmn_cli_parse_id (cli, check->account, &check->account_id))
           && (!check->post || bmn_cli_parse_id (cli, check->post, &check->post_id));
  return FALSE;
}

/* Without an account, a post or a request nobody's data are touched: only the text itself is
 * looked at. */
static gboolean
prepare (BmnCli *cli, Check *check)
{
  g_autoptr (GError) error = NULL;
  if (check->account_id != 0 || check->post_id != 0 || check->links || cli->data)
    return (check->session = bmn_cli_get_session (cli)) != NULL;
  check->models = bmn_text_models_new (NULL, &error);
  if (!check->models)
    bmn_cli_fail (error);
  return check->models != NULL;
}

static BmnCliExit
run_check (BmnCli *cli, GStrv arguments)
{
  g_auto (Check) check = { 0 };
  if (!parse_check (cli, arguments, &check))
    return BMN_CLI_WRONG_USAGE;
  if (!prepare (cli, &check))
    return BMN_CLI_FAILED;
  if (check.post_id != 0)
    return check_post (&check);
  return bmn_cli_run_on_texts (cli, check.jsonl, check_text, &check);
}

const BmnCommand bmn_check_commands[] = {
  { "check", NULL, N_ ("Look for what to change in the text on standard input"), run_check },
  { NULL },
};
