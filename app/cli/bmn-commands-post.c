#include "bmn-cli-json-private.h"
#include "bmn-cli-private.h"
#include "bmn-post-options-private.h"

#include "bmn-instant.h"
#include "bmn-session-posts.h"

#include <glib/gi18n.h>

static void
print_warnings (GStrv warnings)
{
  for (guint i = 0; warnings && warnings[i]; i++)
    g_printerr ("%s\n", warnings[i]);
}

static void
print_saved (BmnCli *cli, const BmnPost *post, GStrv warnings)
{
  if (!cli->json)
    {
      print_warnings (warnings);
      g_print ("%" G_GINT64_FORMAT "\n", post->id);
      return;
    }
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  json_builder_begin_object (builder);
  bmn_builder_add_int (builder, "id", post->id);
  bmn_builder_add_int (builder, "revision", post->revision);
  bmn_builder_add_node (builder, "warnings", bmn_json_from_strv (warnings));
  json_builder_end_object (builder);
  bmn_cli_print_json (json_builder_get_root (builder));
}

/*
 * post add, post edit.
 */

/* Ids may follow `--account` without a comma: --account 1 2 */
static gboolean
take_more_accounts (BmnCli *cli, BmnPostOptions *options, GStrv rest)
{
  for (guint i = 0; rest[i]; i++)
    {
      gint64 id;
      if (options->accounts->len == 0)
        {
          bmn_cli_wrong_usage (cli, _ ("“%s” is not understood here."), rest[i]);
          return FALSE;
        }
      if (!bmn_cli_parse_id (cli, rest[i], &id))
        return FALSE;
      g_array_append_val (options->accounts, id);
    }
  return TRUE;
}

static BmnCliExit
run_add (BmnCli *cli, GStrv arguments)
{
  g_autoptr (BmnPostOptions) options = bmn_post_options_new ();
  BmnWhen when;
  gboolean has_when;
  g_auto (GStrv) rest = g_strdupv (arguments);
  if (!bmn_post_options_parse (options, cli, NULL, &rest)
      || !bmn_post_options_get_when (options, cli, &when, &has_when)
      || !take_more_accounts (cli, options, rest))
    return BMN_CLI_WRONG_USAGE;
  if (options->accounts->len == 0 && has_when && when.kind != BMN_WHEN_DRAFT)
    return bmn_cli_wrong_usage (cli, "%s", _ ("--account is needed to plan a post."));
  if (options->parts->len == 0)
    return bmn_cli_wrong_usage (cli, "%s",
                                _ ("A post needs --text, --text-stdin, --media or --part."));
  if (!bmn_cli_get_session (cli))
    return BMN_CLI_FAILED;
  g_autoptr (BmnPost) post = bmn_post_new ();
  BmnCliExit code = bmn_post_options_apply (options, cli, post);
  if (code != BMN_CLI_DONE)
    return code;
  g_auto (GStrv) warnings = NULL;
  g_autoptr (GError) error = NULL;
  if (!bmn_session_add_post (cli->session, post, options->accounts, &when, &warnings, &error))
    return bmn_cli_fail (error);
  print_saved (cli, post, warnings);
  return BMN_CLI_DONE;
}

static BmnCliExit
edit_remote (BmnCli *cli, gint64 id)
{
  GAsyncResult *result = NULL;
  g_autoptr (GError) error = NULL;
  bmn_session_edit_remote_async (cli->session, id, NULL, bmn_cli_take_result, &result);
  g_autoptr (GAsyncResult) done = bmn_cli_wait (&result);
  return bmn_session_edit_remote_finish (cli->session, done, &error) ? BMN_CLI_DONE
                                                                     : bmn_cli_fail (error);
}

static BmnCliExit
run_edit (BmnCli *cli, GStrv arguments)
{
  g_autoptr (BmnPostOptions) options = bmn_post_options_new ();
  gboolean remote = FALSE;
  const GOptionEntry entries[] = {
    { "remote", 0, 0, G_OPTION_ARG_NONE, &remote, N_ ("Also change what is out already"), NULL },
    G_OPTION_ENTRY_NULL,
  };
  BmnWhen when;
  gboolean has_when;
  gint64 id;
  g_auto (GStrv) rest = g_strdupv (arguments);
  if (!bmn_post_options_parse (options, cli, entries, &rest)
      || !bmn_post_options_get_when (options, cli, &when, &has_when)
      || !bmn_cli_take_id (cli, rest, &id))
    return BMN_CLI_WRONG_USAGE;
  if (options->accounts->len > 0)
    return bmn_cli_wrong_usage (
        cli, "%s", _ ("The accounts of a post cannot be changed; add a new post instead."));
  if (!bmn_cli_get_session (cli))
    return BMN_CLI_FAILED;
  g_autoptr (GError) error = NULL;
  g_autoptr (BmnPostView) view = bmn_session_get_post (cli->session, id, &error);
  if (!view)
    return bmn_cli_fail (error);
  BmnCliExit code = bmn_post_options_apply (options, cli, view->post);
  if (code != BMN_CLI_DONE)
    return code;
  g_auto (GStrv) warnings = NULL;
  if (!bmn_session_update_post (cli->session, view->post, has_when ? &when : NULL, &warnings,
                                &error))
    return bmn_cli_fail (error);
  print_saved (cli, view->post, warnings);
  return remote ? edit_remote (cli, id) : BMN_CLI_DONE;
}

/*
 * post list, post show.
 */

static void
print_line (const BmnPostView *view)
{
  g_autofree char *excerpt = bmn_post_excerpt (view->post, 60);
  if (view->targets->len == 0)
    g_print ("%" G_GINT64_FORMAT "\t%s\t\t\t%s\n", view->post->id,
             bmn_target_state_to_nick (BMN_TARGET_DRAFT), excerpt);
  for (guint i = 0; i < view->targets->len; i++)
    {
      const BmnTargetView *target = view->targets->pdata[i];
      g_print ("%" G_GINT64_FORMAT "\t%s\t%s\t%s\t%s\n", view->post->id,
               bmn_target_state_to_nick (target->target->state), target->account->name,
               target->target->local_time ? target->target->local_time : "", excerpt);
    }
}

static BmnCliExit
run_list (BmnCli *cli, GStrv arguments)
{
  g_autofree char *state_name = NULL;
  g_autofree char *account = NULL;
  const GOptionEntry entries[] = {
    { "state", 0, 0, G_OPTION_ARG_STRING, &state_name, N_ ("Only this state"), N_ ("STATE") },
    { "account", 0, 0, G_OPTION_ARG_STRING, &account, N_ ("Only this account"), N_ ("ID") },
    G_OPTION_ENTRY_NULL,
  };
  gint64 account_id = 0;
  BmnTargetState state;
  g_auto (GStrv) rest = g_strdupv (arguments);
  if (!bmn_cli_parse (cli, entries, NULL, &rest)
      || (account && !bmn_cli_parse_id (cli, account, &account_id)))
    return BMN_CLI_WRONG_USAGE;
  if (state_name && !bmn_target_state_from_nick (state_name, &state))
    return bmn_cli_wrong_usage (cli, _ ("There is no state “%s”."), state_name);
  if (!bmn_cli_get_session (cli))
    return BMN_CLI_FAILED;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) views
      = bmn_session_list_posts (cli->session, state_name ? 1u << state : 0, account_id, &error);
  if (!views)
    return bmn_cli_fail (error);
  for (guint i = 0; i < views->len; i++)
    {
      if (cli->json)
        bmn_cli_print_json (bmn_json_from_post_view (views->pdata[i]));
      else
        print_line (views->pdata[i]);
    }
  return BMN_CLI_DONE;
}

static void
print_attempt (const BmnAttempt *attempt)
{
  g_autofree char *started = bmn_instant_format (attempt->started_at);
  g_print ("    %s  %s  %s  %s\n", started, bmn_attempt_kind_to_nick (attempt->kind),
           bmn_attempt_outcome_to_nick (attempt->outcome),
           attempt->message ? attempt->message : "");
}

static void
print_target (const BmnTargetView *view, const BmnPost *post)
{
  const char *goes_out = bmn_goes_out_get_label (bmn_target_view_get_goes_out (view, post));
  const BmnTarget *target = view->target;
  g_print ("  %s: %s\n", view->account->name, bmn_target_state_get_label (target->state));
  if (target->local_time)
    g_print ("    %s %s\n", target->local_time, target->zone);
  if (goes_out)
    g_print ("    %s\n", goes_out);
  if (target->error)
    g_print ("    %s\n", target->error);
  for (guint i = 0; i < view->receipts->len; i++)
    {
      const BmnReceipt *receipt = view->receipts->pdata[i];
      g_autofree char *at = bmn_instant_format (receipt->published_at);
      g_print ("    %s  %s\n", at, receipt->url ? receipt->url : receipt->remote_id);
    }
  for (guint i = 0; i < view->attempts->len; i++)
    print_attempt (view->attempts->pdata[i]);
}

static BmnCliExit
run_show (BmnCli *cli, GStrv arguments)
{
  gint64 id;
  g_auto (GStrv) rest = g_strdupv (arguments);
  if (!bmn_cli_parse (cli, NULL, NULL, &rest) || !bmn_cli_take_id (cli, rest, &id))
    return BMN_CLI_WRONG_USAGE;
  if (!bmn_cli_get_session (cli))
    return BMN_CLI_FAILED;
  g_autoptr (GError) error = NULL;
  g_autoptr (BmnPostView) view = bmn_session_get_post (cli->session, id, &error);
  if (!view)
    return bmn_cli_fail (error);
  if (cli->json)
    {
      bmn_cli_print_json (bmn_json_from_post_view (view));
      return BMN_CLI_DONE;
    }
  for (guint i = 0; i < view->post->parts->len; i++)
    {
      const BmnPart *part = view->post->parts->pdata[i];
      g_print ("%s\n", part->text);
      for (guint j = 0; j < part->media->len; j++)
        {
          const BmnMedia *media = part->media->pdata[j];
          g_print ("  [%s] %s\n", media->mime_type,
                   media->alt ? media->alt : _ ("without description"));
        }
    }
  if (view->post->recurrence)
    g_print ("%s %s\n", _ ("Repeats:"), view->post->recurrence);
  for (guint i = 0; i < view->targets->len; i++)
    print_target (view->targets->pdata[i], view->post);
  return BMN_CLI_DONE;
}

/*
 * post cancel, post retry, post delete.
 */

/* Says what servers still hold of a post that was taken back here. */
static gboolean
print_held (BmnCli *cli, gint64 id, GError **error)
{
  g_autoptr (BmnPostView) view = bmn_session_get_post (cli->session, id, error);
  for (guint i = 0; view && i < view->targets->len; i++)
    {
      const BmnTargetView *target = view->targets->pdata[i];
      if (target->target->remote_schedule_id)
        g_printerr ("%s: %s\n", target->account->name,
                    bmn_goes_out_get_label (bmn_target_view_get_goes_out (target, view->post)));
    }
  return view != NULL;
}

static BmnCliExit
set_hand_over (BmnCli *cli, GStrv arguments, gboolean hand_over)
{
  g_autofree char *account = NULL;
  const GOptionEntry entries[] = {
    { "account", 0, 0, G_OPTION_ARG_STRING, &account, N_ ("Only this account"), N_ ("ID") },
    G_OPTION_ENTRY_NULL,
  };
  gint64 account_id = 0;
  g_auto (GStrv) rest = g_strdupv (arguments);
  if (!bmn_cli_parse (cli, entries, NULL, &rest)
      || (account && !bmn_cli_parse_id (cli, account, &account_id)))
    return BMN_CLI_WRONG_USAGE;
  g_autoptr (GArray) ids = bmn_cli_take_ids (cli, rest);
  if (!ids)
    return BMN_CLI_WRONG_USAGE;
  if (!bmn_cli_get_session (cli))
    return BMN_CLI_FAILED;
  for (guint i = 0; i < ids->len; i++)
    {
      g_autoptr (GError) error = NULL;
      g_auto (GStrv) warnings = NULL;
      gint64 id = g_array_index (ids, gint64, i);
      if (!bmn_session_set_hand_over (cli->session, id, account_id, hand_over, &warnings, &error))
        return bmn_cli_fail (error);
      print_warnings (warnings);
      if (!print_held (cli, id, &error))
        return bmn_cli_fail (error);
    }
  return BMN_CLI_DONE;
}

static BmnCliExit
run_hand_over (BmnCli *cli, GStrv arguments)
{
  return set_hand_over (cli, arguments, TRUE);
}

static BmnCliExit
run_take_back (BmnCli *cli, GStrv arguments)
{
  return set_hand_over (cli, arguments, FALSE);
}

static BmnCliExit
run_cancel (BmnCli *cli, GStrv arguments)
{
  g_auto (GStrv) rest = g_strdupv (arguments);
  if (!bmn_cli_parse (cli, NULL, NULL, &rest))
    return BMN_CLI_WRONG_USAGE;
  g_autoptr (GArray) ids = bmn_cli_take_ids (cli, rest);
  if (!ids)
    return BMN_CLI_WRONG_USAGE;
  if (!bmn_cli_get_session (cli))
    return BMN_CLI_FAILED;
  for (guint i = 0; i < ids->len; i++)
    {
      g_autoptr (GError) error = NULL;
      gint64 id = g_array_index (ids, gint64, i);
      if (!bmn_session_cancel_post (cli->session, id, &error) || !print_held (cli, id, &error))
        return bmn_cli_fail (error);
    }
  return BMN_CLI_DONE;
}

static BmnCliExit
run_retry (BmnCli *cli, GStrv arguments)
{
  gboolean not_out = FALSE, is_out = FALSE;
  const GOptionEntry entries[] = {
    { "not-out", 0, 0, G_OPTION_ARG_NONE, &not_out,
      N_ ("You looked: it is not there, so send it again"), NULL },
    { "is-out", 0, 0, G_OPTION_ARG_NONE, &is_out,
      N_ ("You looked: it is there, so count it as published"), NULL },
    G_OPTION_ENTRY_NULL,
  };
  g_auto (GStrv) rest = g_strdupv (arguments);
  if (!bmn_cli_parse (cli, entries, NULL, &rest))
    return BMN_CLI_WRONG_USAGE;
  if (not_out && is_out)
    return bmn_cli_wrong_usage (cli, "%s", _ ("--not-out and --is-out exclude each other."));
  g_autoptr (GArray) ids = bmn_cli_take_ids (cli, rest);
  if (!ids)
    return BMN_CLI_WRONG_USAGE;
  if (!bmn_cli_get_session (cli))
    return BMN_CLI_FAILED;
  BmnRetry how = not_out ? BMN_RETRY_NOT_OUT : is_out ? BMN_RETRY_IS_OUT : BMN_RETRY_LOOK;
  for (guint i = 0; i < ids->len; i++)
    {
      g_autoptr (GError) error = NULL;
      if (!bmn_session_retry_post (cli->session, g_array_index (ids, gint64, i), how, &error))
        return bmn_cli_fail (error);
    }
  return BMN_CLI_DONE;
}

static BmnCliExit
run_delete (BmnCli *cli, GStrv arguments)
{
  gboolean remote = FALSE;
  const GOptionEntry entries[] = {
    { "remote", 0, 0, G_OPTION_ARG_NONE, &remote, N_ ("Also delete it where it is out"), NULL },
    G_OPTION_ENTRY_NULL,
  };
  gint64 id;
  g_auto (GStrv) rest = g_strdupv (arguments);
  if (!bmn_cli_parse (cli, entries, NULL, &rest) || !bmn_cli_take_id (cli, rest, &id))
    return BMN_CLI_WRONG_USAGE;
  if (!bmn_cli_get_session (cli))
    return BMN_CLI_FAILED;
  GAsyncResult *result = NULL;
  g_autoptr (GError) error = NULL;
  bmn_session_delete_post_async (cli->session, id, remote, NULL, bmn_cli_take_result, &result);
  g_autoptr (GAsyncResult) done = bmn_cli_wait (&result);
  return bmn_session_delete_post_finish (cli->session, done, &error) ? BMN_CLI_DONE
                                                                     : bmn_cli_fail (error);
}

const BmnCommand bmn_post_commands[] = {
  { "post add", NULL, N_ ("Write a post; prints its id"), run_add },
  { "post list", NULL, N_ ("List posts"), run_list },
  { "post show", "ID", N_ ("Show a post, where it goes and every attempt"), run_show },
  { "post edit", "ID", N_ ("Change a post or its time"), run_edit },
  { "post cancel", "ID…", N_ ("Take back what is not out yet"), run_cancel },
  { "post hand-over", "ID…", N_ ("Let the server hold a planned post until its time"),
    run_hand_over },
  { "post take-back", "ID…", N_ ("Publish from this computer what the server was to hold"),
    run_take_back },
  { "post retry", "ID…", N_ ("Let a post that stopped go on"), run_retry },
  { "post delete", "ID", N_ ("Delete a post"), run_delete },
  { NULL },
};
