#include "bmn-cli-json-private.h"
#include "bmn-cli-private.h"

#include "bmn-instant.h"
#include "bmn-session-accounts.h"

#include <glib/gi18n.h>
#include <stdio.h>
#include <string.h>

/*
 * account add: the platform's own inputs become options.
 */

typedef struct
{
  const BmnInput *input;
  char *option;     /* (owned) `dir`, or `token-stdin` for a secret */
  char *value;      /* (owned) (nullable) */
  gboolean present; /* of a flag, or a secret to be read */
} InputOption;

static void
input_option_free (InputOption *option)
{
  g_free (option->option);
  g_free (option->value);
  g_free (option);
}

/* A secret is never an argument, where every process of the machine could read it. */
static InputOption *
input_option_new (const BmnInput *input)
{
  InputOption *option = g_new0 (InputOption, 1);
  option->input = input;
  option->option = input->kind == BMN_INPUT_SECRET ? g_strconcat (input->name, "-stdin", NULL)
                                                   : g_strdup (input->name);
  return option;
}

static GOptionEntry
make_entry (InputOption *option)
{
  gboolean takes_value
      = option->input->kind != BMN_INPUT_SECRET && option->input->kind != BMN_INPUT_FLAG;
  GOptionEntry entry = {
    option->option, 0, 0, G_OPTION_ARG_NONE, &option->present, option->input->description, NULL
  };
  if (takes_value)
    {
      entry.arg
          = option->input->kind == BMN_INPUT_FOLDER ? G_OPTION_ARG_FILENAME : G_OPTION_ARG_STRING;
      entry.arg_data = &option->value;
      entry.arg_description = option->input->kind == BMN_INPUT_URL      ? N_ ("URL")
                              : option->input->kind == BMN_INPUT_FOLDER ? N_ ("DIR")
                                                                        : N_ ("TEXT");
    }
  return entry;
}

/* Fills @inputs with what was given. Returns: %FALSE after a message */
static gboolean
collect_inputs (BmnCli *cli, GPtrArray *options, GHashTable *inputs)
{
  for (guint i = 0; i < options->len; i++)
    {
      InputOption *option = options->pdata[i];
      char *value = NULL;
      if (option->value && option->input->kind == BMN_INPUT_FOLDER)
        value = g_canonicalize_filename (option->value, NULL);
      else if (option->value)
        value = g_strdup (option->value);
      else if (option->present && option->input->kind == BMN_INPUT_FLAG)
        value = g_strdup ("1");
      else if (option->present && !(value = bmn_cli_read_stdin (cli)))
        return FALSE;
      if (value)
        g_hash_table_replace (inputs, g_strdup (option->input->name), value);
    }
  return TRUE;
}

static gboolean
print_uri (const char *uri, gpointer data, GError **error)
{
  /* On stderr, so that the id stays alone on stdout. */
  g_printerr ("%s\n%s\n", _ ("Open this page in a browser to sign in:"), uri);
  return TRUE;
}

static void
ask_on_terminal (const char *question, GTask *task, gpointer data)
{
  char line[4096];
  g_printerr ("%s ", question);
  if (!fgets (line, sizeof line, stdin))
    g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_FAILED, "%s", _ ("No answer was given."));
  else
    g_task_return_pointer (task, g_strdup (g_strstrip (line)), g_free);
}

/* @account: (nullable): as it is after signing in; else @error says why not */
static BmnCliExit
finish_sign_in (BmnCli *cli, const BmnAccount *account, const GError *error)
{
  if (!account)
    return bmn_cli_fail (error);
  if (cli->json)
    bmn_cli_print_json (bmn_json_from_account (account));
  else
    g_print ("%" G_GINT64_FORMAT "\n", account->id);
  return BMN_CLI_DONE;
}

static BmnCliExit
add_account (BmnCli *cli, const char *platform, GHashTable *inputs, const char *name)
{
  GAsyncResult *result = NULL;
  g_autoptr (GError) error = NULL;
  bmn_session_add_account_async (cli->session, platform, name, inputs, NULL, bmn_cli_take_result,
                                 &result);
  g_autoptr (GAsyncResult) done = bmn_cli_wait (&result);
  g_autoptr (BmnAccount) account = bmn_session_add_account_finish (cli->session, done, &error);
  return finish_sign_in (cli, account, error);
}

static BmnCliExit
sign_in_account (BmnCli *cli, gint64 id, GHashTable *inputs)
{
  GAsyncResult *result = NULL;
  g_autoptr (GError) error = NULL;
  bmn_session_sign_in_account_async (cli->session, id, inputs, NULL, bmn_cli_take_result, &result);
  g_autoptr (GAsyncResult) done = bmn_cli_wait (&result);
  g_autoptr (BmnAccount) account = bmn_session_sign_in_account_finish (cli->session, done, &error);
  return finish_sign_in (cli, account, error);
}

static GPtrArray *
make_options (const BmnInput *inputs)
{
  GPtrArray *options = g_ptr_array_new_with_free_func ((GDestroyNotify)input_option_free);
  for (const BmnInput *input = inputs; input->name; input++)
    g_ptr_array_add (options, input_option_new (input));
  return options;
}

/* Parses what follows the platform or the account. @name: (out) (nullable): where to put the
 * account's name, %NULL where there is no such option */
static gboolean
parse_options (BmnCli *cli, GPtrArray *options, char **name, char **arguments)
{
  g_autoptr (GArray) entries = g_array_new (TRUE, TRUE, sizeof (GOptionEntry));
  for (guint i = 0; i < options->len; i++)
    {
      GOptionEntry entry = make_entry (options->pdata[i]);
      g_array_append_val (entries, entry);
    }
  const GOptionEntry name_entry
      = { "name", 0, 0, G_OPTION_ARG_STRING, name, N_ ("What you call this account"), N_ ("TEXT") };
  if (name)
    g_array_append_val (entries, name_entry);
  g_auto (GStrv) rest = g_strdupv (arguments);
  if (!bmn_cli_parse (cli, (GOptionEntry *)entries->data, NULL, &rest))
    return FALSE;
  if (rest[0])
    bmn_cli_wrong_usage (cli, _ ("“%s” is not understood here."), rest[0]);
  return rest[0] == NULL;
}

static gboolean
check_required (BmnCli *cli, GPtrArray *options)
{
  for (guint i = 0; i < options->len; i++)
    {
      const InputOption *option = options->pdata[i];
      if (!option->input->required || option->value || option->present)
        continue;
      bmn_cli_wrong_usage (cli, _ ("--%s is needed."), option->option);
      return FALSE;
    }
  return TRUE;
}

/* The words before the first option name the platform. */
static BmnCliExit
run_add (BmnCli *cli, GStrv arguments)
{
  if (!bmn_cli_get_session (cli))
    return BMN_CLI_FAILED;
  const char *platform = arguments[0];
  const BmnInput *wanted
      = platform ? bmn_session_get_platform_inputs (cli->session, platform) : NULL;
  if (!wanted)
    {
      g_auto (GStrv) known = bmn_session_list_platforms (cli->session);
      g_autofree char *names = g_strjoinv (", ", known);
      /* Translators: %s is a list of names, such as “website, mastodon”. */
      return bmn_cli_wrong_usage (cli, _ ("“account add” needs a platform first. There are: %s."),
                                  names);
    }
  g_autoptr (GPtrArray) options = make_options (wanted);
  g_autofree char *name = NULL;
  g_autofree char *words = g_strconcat ("account add ", platform, NULL);
  cli->command = words;
  if (!parse_options (cli, options, &name, arguments + 1) || !check_required (cli, options))
    return BMN_CLI_WRONG_USAGE;
  g_autoptr (GHashTable) inputs = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  if (!collect_inputs (cli, options, inputs))
    return BMN_CLI_FAILED;
  bmn_session_set_prompt (cli->session, print_uri, ask_on_terminal, NULL);
  return add_account (cli, platform, inputs, name);
}

/* The account, which comes before the options, says which ones there are. */
static BmnCliExit
run_sign_in (BmnCli *cli, GStrv arguments)
{
  static const BmnInput none[] = { { NULL } };
  gint64 id = 0;
  gboolean has_id = arguments[0] && arguments[0][0] != '-';
  if (has_id && !bmn_cli_parse_id (cli, arguments[0], &id))
    return BMN_CLI_WRONG_USAGE;
  if (has_id && !bmn_cli_get_session (cli))
    return BMN_CLI_FAILED;
  g_autoptr (GError) error = NULL;
  g_autoptr (BmnAccount) account
      = has_id ? bmn_session_get_account (cli->session, id, &error) : NULL;
  if (has_id && !account)
    return bmn_cli_fail (error);
  const BmnInput *wanted
      = account ? bmn_session_get_platform_inputs (cli->session, account->platform) : NULL;
  g_autoptr (GPtrArray) options = make_options (wanted ? wanted : none);
  if (!parse_options (cli, options, NULL, has_id ? arguments + 1 : arguments))
    return BMN_CLI_WRONG_USAGE;
  if (!account)
    return bmn_cli_wrong_usage (cli, "%s", _ ("“account sign-in” needs the id of an account."));
  g_autoptr (GHashTable) inputs = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  if (!collect_inputs (cli, options, inputs))
    return BMN_CLI_FAILED;
  bmn_session_set_prompt (cli->session, print_uri, ask_on_terminal, NULL);
  return sign_in_account (cli, id, inputs);
}

/*
 * account list, show, check, remove, set.
 */

static BmnCliExit
run_list (BmnCli *cli, GStrv arguments)
{
  g_auto (GStrv) rest = g_strdupv (arguments);
  if (!bmn_cli_parse (cli, NULL, NULL, &rest))
    return BMN_CLI_WRONG_USAGE;
  if (!bmn_cli_get_session (cli))
    return BMN_CLI_FAILED;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) accounts = bmn_session_list_accounts (cli->session, &error);
  if (!accounts)
    return bmn_cli_fail (error);
  for (guint i = 0; i < accounts->len; i++)
    {
      const BmnAccount *account = accounts->pdata[i];
      if (cli->json)
        bmn_cli_print_json (bmn_json_from_account (account));
      else
        g_print ("%" G_GINT64_FORMAT "\t%s\t%s\t%s\n", account->id, account->platform,
                 account->name, account->handle ? account->handle : "");
    }
  return BMN_CLI_DONE;
}

static BmnAccount *
take_account (BmnCli *cli, GStrv arguments, BmnCliExit *code)
{
  gint64 id;
  *code = BMN_CLI_WRONG_USAGE;
  g_auto (GStrv) rest = g_strdupv (arguments);
  if (!bmn_cli_parse (cli, NULL, NULL, &rest) || !bmn_cli_take_id (cli, rest, &id))
    return NULL;
  *code = BMN_CLI_FAILED;
  if (!bmn_cli_get_session (cli))
    return NULL;
  g_autoptr (GError) error = NULL;
  BmnAccount *account = bmn_session_get_account (cli->session, id, &error);
  if (!account)
    bmn_cli_fail (error);
  return account;
}

static void
print_account (const BmnAccount *account, const BmnCapabilities *capabilities)
{
  g_print ("%s\t%" G_GINT64_FORMAT "\n", _ ("Account"), account->id);
  g_print ("%s\t%s\n", _ ("Platform"), account->platform);
  g_print ("%s\t%s\n", _ ("Name"), account->name);
  if (account->handle)
    g_print ("%s\t%s\n", _ ("Handle"), account->handle);
  GHashTableIter iter;
  gpointer key, value;
  g_hash_table_iter_init (&iter, account->settings);
  while (g_hash_table_iter_next (&iter, &key, &value))
    g_print ("%s\t%s\n", (char *)key, (char *)value);
  g_print ("%s\t%s\n", _ ("Zone"), account->zone);
  g_print ("%s\t%s\n", _ ("Missed posts"), bmn_missed_policy_to_nick (account->missed_policy));
  g_print ("%s\n", account->paused ? _ ("Its queue is paused.") : _ ("Its queue is running."));
  switch (capabilities->idempotency)
    {
    case BMN_IDEMPOTENCY_RECORD_KEY:
      g_print ("%s\n", _ ("Each post goes out exactly once, however often it has to be tried."));
      break;
    case BMN_IDEMPOTENCY_SERVER_KEY:
      g_print (
          "%s\n",
          _ ("Each post goes out once; after a lost answer Bellman repeats it under the same key, "
             "later it looks first."));
      break;
    case BMN_IDEMPOTENCY_NONE:
      g_print ("%s\n",
               _ ("After a lost answer Bellman looks first and asks you where it cannot tell."));
      break;
    }
}

static BmnCliExit
run_show (BmnCli *cli, GStrv arguments)
{
  BmnCliExit code;
  g_autoptr (BmnAccount) account = take_account (cli, arguments, &code);
  if (!account)
    return code;
  BmnCapabilities capabilities;
  g_autoptr (BmnLimits) limits = NULL;
  g_autoptr (GError) error = NULL;
  if (!bmn_session_describe_account (cli->session, account, &capabilities, &limits, &error))
    return bmn_cli_fail (error);
  if (!cli->json)
    {
      print_account (account, &capabilities);
      return BMN_CLI_DONE;
    }
  JsonNode *node = bmn_json_from_account (account);
  json_object_set_member (json_node_get_object (node), "capabilities",
                          bmn_json_from_capabilities (&capabilities));
  json_object_set_member (json_node_get_object (node), "limits", bmn_json_from_limits (limits));
  bmn_cli_print_json (node);
  return BMN_CLI_DONE;
}

static BmnCliExit
run_check (BmnCli *cli, GStrv arguments)
{
  BmnCliExit code;
  g_autoptr (BmnAccount) account = take_account (cli, arguments, &code);
  if (!account)
    return code;
  GAsyncResult *result = NULL;
  bmn_session_check_account_async (cli->session, account->id, NULL, bmn_cli_take_result, &result);
  g_autoptr (GAsyncResult) done = bmn_cli_wait (&result);
  g_autoptr (GError) error = NULL;
  g_autoptr (BmnAccountHealth) health
      = bmn_session_check_account_finish (cli->session, done, &error);
  if (!health)
    return bmn_cli_fail (error);
  if (cli->json)
    {
      g_autoptr (JsonBuilder) builder = json_builder_new ();
      json_builder_begin_object (builder);
      bmn_builder_add_int (builder, "id", account->id);
      bmn_builder_add_bool (builder, "works", TRUE);
      bmn_builder_add_string (builder, "handle", health->handle);
      bmn_builder_add_instant (builder, "sessionEndsAt", health->session_ends_at);
      json_builder_end_object (builder);
      bmn_cli_print_json (json_builder_get_root (builder));
      return BMN_CLI_DONE;
    }
  g_print ("%s\n", _ ("The account works."));
  if (health->session_ends_at)
    {
      g_autofree char *ends = bmn_instant_format (health->session_ends_at);
      /* Translators: %s is a point in time. */
      g_print (_ ("Sign in again before %s."), ends);
      g_print ("\n");
    }
  return BMN_CLI_DONE;
}

static BmnCliExit
run_remove (BmnCli *cli, GStrv arguments)
{
  BmnCliExit code;
  g_autoptr (BmnAccount) account = take_account (cli, arguments, &code);
  if (!account)
    return code;
  GAsyncResult *result = NULL;
  bmn_session_remove_account_async (cli->session, account->id, NULL, bmn_cli_take_result, &result);
  g_autoptr (GAsyncResult) done = bmn_cli_wait (&result);
  g_autoptr (GError) error = NULL;
  g_autofree char *warning = NULL;
  if (!bmn_session_remove_account_finish (cli->session, done, &warning, &error))
    return bmn_cli_fail (error);
  if (warning)
    g_printerr ("%s\n", warning);
  if (cli->json)
    bmn_cli_print_json (bmn_json_from_account (account));
  return BMN_CLI_DONE;
}

typedef struct
{
  char *name;
  char *zone;
  char *missed;
  gint64 grace;
  gint64 gap;
  gboolean pause;
  gboolean resume;
} Changes;

static void
changes_clear (Changes *changes)
{
  g_free (changes->name);
  g_free (changes->zone);
  g_free (changes->missed);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Changes, changes_clear)

static gboolean
apply_changes (BmnCli *cli, BmnAccount *account, Changes *changes)
{
  if (changes->missed && !bmn_missed_policy_from_nick (changes->missed, &account->missed_policy))
    {
      bmn_cli_wrong_usage (cli, _ ("“%s” is not hold, publish or next-slot."), changes->missed);
      return FALSE;
    }
  if (changes->name)
    {
      g_free (account->name);
      account->name = g_steal_pointer (&changes->name);
    }
  if (changes->zone)
    {
      g_free (account->zone);
      account->zone = g_steal_pointer (&changes->zone);
    }
  if (changes->grace >= 0)
    account->grace = changes->grace;
  if (changes->gap >= 0)
    account->min_gap = changes->gap;
  account->paused = (account->paused || changes->pause) && !changes->resume;
  return TRUE;
}

static BmnCliExit
run_set (BmnCli *cli, GStrv arguments)
{
  g_auto (Changes) changes = { .grace = -1, .gap = -1 };
  const GOptionEntry entries[] = {
    { "name", 0, 0, G_OPTION_ARG_STRING, &changes.name, N_ ("What you call this account"),
      N_ ("TEXT") },
    { "zone", 0, 0, G_OPTION_ARG_STRING, &changes.zone, N_ ("Time zone of its slots and times"),
      N_ ("ZONE") },
    { "missed", 0, 0, G_OPTION_ARG_STRING, &changes.missed,
      N_ ("Missed posts: hold, publish or next-slot"), N_ ("POLICY") },
    { "grace", 0, 0, G_OPTION_ARG_INT64, &changes.grace, N_ ("Seconds a post may be late"),
      N_ ("SECONDS") },
    { "gap", 0, 0, G_OPTION_ARG_INT64, &changes.gap,
      N_ ("Least number of seconds between two posts"), N_ ("SECONDS") },
    { "pause", 0, 0, G_OPTION_ARG_NONE, &changes.pause, N_ ("Let its queue rest"), NULL },
    { "resume", 0, 0, G_OPTION_ARG_NONE, &changes.resume, N_ ("Let its queue run again"), NULL },
    G_OPTION_ENTRY_NULL,
  };
  gint64 id;
  g_auto (GStrv) rest = g_strdupv (arguments);
  if (!bmn_cli_parse (cli, entries, NULL, &rest) || !bmn_cli_take_id (cli, rest, &id))
    return BMN_CLI_WRONG_USAGE;
  if (!bmn_cli_get_session (cli))
    return BMN_CLI_FAILED;
  g_autoptr (GError) error = NULL;
  g_autoptr (BmnAccount) account = bmn_session_get_account (cli->session, id, &error);
  if (!account)
    return bmn_cli_fail (error);
  if (!apply_changes (cli, account, &changes))
    return BMN_CLI_WRONG_USAGE;
  if (!bmn_session_update_account (cli->session, account, &error))
    return bmn_cli_fail (error);
  if (cli->json)
    bmn_cli_print_json (bmn_json_from_account (account));
  return BMN_CLI_DONE;
}

const BmnCommand bmn_account_commands[] = {
  { "account add", "PLATFORM", N_ ("Add an account; prints its id"), run_add },
  { "account sign-in", "ID", N_ ("Sign in again to an account"), run_sign_in },
  { "account list", NULL, N_ ("List the accounts"), run_list },
  { "account show", "ID", N_ ("Show an account and what it can do"), run_show },
  { "account check", "ID", N_ ("Ask the platform whether the account works"), run_check },
  { "account set", "ID", N_ ("Change an account's zone, missed-post policy, gap or pause"),
    run_set },
  { "account remove", "ID", N_ ("Sign out and forget an account"), run_remove },
  { NULL },
};
