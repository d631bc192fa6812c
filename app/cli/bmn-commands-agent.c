#include "bmn-cli-json-private.h"
#include "bmn-cli-private.h"

#include "bmn-session-accounts.h"
#include "bmn-upkeep.h"

#include <glib-unix.h>
#include <glib/gi18n.h>
#include <signal.h>

/* How far ahead a post may be due for --until-idle to wait for it, in seconds. */
#define IDLE_HORIZON (5 * 60)

typedef struct
{
  BmnCli *cli;
  GMainLoop *loop; /* (owned) */
  BmnCliExit code;
  gboolean until_idle;
  gboolean stopping;
} Agent;

static void
on_settled (BmnSession *session, BmnTarget *target, Agent *agent)
{
  if (agent->cli->json)
    {
      bmn_cli_print_json (bmn_json_from_target (target));
      return;
    }
  const char *note = target->error ? target->error : target->url ? target->url : "";
  g_print ("%" G_GINT64_FORMAT "\t%s\t%s\n", target->post_id,
           bmn_target_state_to_nick (target->state), note);
}

/* An agent that stays also reads what becomes of the posts. */
static void
on_synced (BmnUpkeep *upkeep,
           gint64 account_id,
           const BmnSyncReport *report,
           const GError *error,
           Agent *agent)
{
  if (!error)
    return;
  g_autoptr (BmnAccount) account = bmn_session_get_account (agent->cli->session, account_id, NULL);
  /* Translators: the first %s is an account, the second a whole sentence. */
  g_printerr (_ ("On “%s”: %s"), account ? account->name : "", error->message);
  g_printerr ("\n");
}

static void
on_trouble (BmnSession *session, const GError *error, Agent *agent)
{
  g_printerr ("%s\n", error->message);
}

static void
on_stopped (GObject *source, GAsyncResult *result, gpointer data)
{
  Agent *agent = data;
  g_autoptr (GError) error = NULL;
  if (!bmn_session_stop_publishing_finish (BMN_SESSION (source), result, &error))
    agent->code = bmn_cli_fail (error);
  g_main_loop_quit (agent->loop);
}

static void
stop (Agent *agent)
{
  if (agent->stopping)
    return;
  agent->stopping = TRUE;
  bmn_session_stop_publishing_async (agent->cli->session, on_stopped, agent);
}

static void
on_idle (BmnSession *session, Agent *agent)
{
  agent->code = bmn_session_get_unsettled (session) == 0 ? BMN_CLI_DONE : BMN_CLI_FAILED;
  stop (agent);
}

static void
on_data_checked (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GError) error = NULL;
  if (!bmn_session_check_data_finish (BMN_SESSION (source), result, &error)
      && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    bmn_cli_fail (error);
}

static gboolean
on_signal (gpointer data)
{
  stop (data);
  return G_SOURCE_CONTINUE;
}

static BmnCliExit
run_agent (BmnCli *cli, GStrv arguments)
{
  Agent agent = { .cli = cli };
  const GOptionEntry entries[] = {
    { "until-idle", 0, 0, G_OPTION_ARG_NONE, &agent.until_idle,
      N_ ("Wait for posts due within 5 minutes and end when none is being published"), NULL },
    G_OPTION_ENTRY_NULL,
  };
  g_auto (GStrv) rest = g_strdupv (arguments);
  if (!bmn_cli_parse (cli, entries, NULL, &rest))
    return BMN_CLI_WRONG_USAGE;
  if (rest[0])
    return bmn_cli_wrong_usage (cli, _ ("“%s” is not understood here."), rest[0]);
  BmnSession *session = bmn_cli_get_session (cli);
  if (!session)
    return BMN_CLI_FAILED;
  g_autoptr (GError) error = NULL;
  g_signal_connect (session, "settled", G_CALLBACK (on_settled), &agent);
  g_signal_connect (session, "trouble", G_CALLBACK (on_trouble), &agent);
  g_signal_connect (session, "idle", G_CALLBACK (on_idle), &agent);
  /* Listens for the moment from which this process publishes. */
  g_autoptr (BmnUpkeep) upkeep = agent.until_idle ? NULL : bmn_upkeep_new (session);
  if (upkeep)
    g_signal_connect (upkeep, "synced", G_CALLBACK (on_synced), &agent);
  if (!bmn_session_start_publishing (session, agent.until_idle ? IDLE_HORIZON : -1, &error))
    return bmn_cli_fail (error);
  if (!bmn_session_is_publishing (session))
    g_printerr (
        "%s\n",
        _ ("Another Bellman publishes for this data folder. This one stands by and takes over "
           "when that one ends."));
  g_autoptr (GCancellable) check = g_cancellable_new ();
  if (!agent.until_idle)
    bmn_session_check_data_async (session, check, on_data_checked, NULL);
  agent.loop = g_main_loop_new (NULL, FALSE);
  guint on_term = g_unix_signal_add (SIGTERM, on_signal, &agent);
  guint on_int = g_unix_signal_add (SIGINT, on_signal, &agent);
  g_main_loop_run (agent.loop);
  if (upkeep)
    g_object_run_dispose (G_OBJECT (upkeep));
  g_cancellable_cancel (check);
  g_source_remove (on_term);
  g_source_remove (on_int);
  g_signal_handlers_disconnect_by_data (session, &agent);
  g_main_loop_unref (agent.loop);
  return agent.code;
}

const BmnCommand bmn_agent_commands[] = {
  { "agent", NULL, N_ ("Publish what is due until stopped"), run_agent },
  { NULL },
};
