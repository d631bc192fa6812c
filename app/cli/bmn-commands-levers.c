#include "bmn-cli-private.h"
#include "bmn-cli-suggest-json-private.h"

#include "bmn-session-levers.h"
#include "bmn-session-suggestion-log.h"

#include <glib/gi18n.h>
#include <inttypes.h>

/*
 * What the user decides about suggestions, and what became of those that were made.
 */

/* Parses --account beside @more and opens the session. Returns: %BMN_CLI_DONE, or the exit code
 * after a message */
static BmnCliExit
open_account (BmnCli *cli, GStrv *arguments, const GOptionEntry *more, gint64 *account_id)
{
  g_autofree char *account = NULL;
  const GOptionEntry entry
      = { "account", 0, 0, G_OPTION_ARG_STRING, &account, N_ ("The account"), N_ ("ID") };
  g_autoptr (GArray) entries = g_array_new (TRUE, TRUE, sizeof (GOptionEntry));
  g_array_append_val (entries, entry);
  for (; more && more->long_name; more++)
    g_array_append_vals (entries, more, 1);
  if (!bmn_cli_parse (cli, (GOptionEntry *)entries->data, NULL, arguments))
    return BMN_CLI_WRONG_USAGE;
  if (!account)
    return bmn_cli_wrong_usage (cli, "%s", _ ("--account is needed."));
  if (!bmn_cli_parse_id (cli, account, account_id))
    return BMN_CLI_WRONG_USAGE;
  return bmn_cli_get_session (cli) ? BMN_CLI_DONE : BMN_CLI_FAILED;
}

/* 0-6,22 for the hours from 0 to 6 and 22; empty for none. */
static gboolean
parse_hours (const char *text, guint32 *hours)
{
  *hours = 0;
  g_auto (GStrv) ranges = g_strsplit (text, ",", -1);
  for (guint i = 0; ranges[i]; i++)
    {
      g_auto (GStrv) ends = g_strsplit (g_strstrip (ranges[i]), "-", 2);
      guint64 first, last;
      if (!ends[0])
        continue;
      if (!g_ascii_string_to_unsigned (ends[0], 10, 0, 23, &first, NULL)
          || !g_ascii_string_to_unsigned (ends[1] ? ends[1] : ends[0], 10, first, 23, &last, NULL))
        return FALSE;
      for (guint64 hour = first; hour <= last; hour++)
        *hours |= 1u << hour;
    }
  return TRUE;
}

static char *
format_hours (guint32 hours)
{
  g_autoptr (GString) text = g_string_new (NULL);
  for (int hour = 0; hour < 24; hour++)
    if (hours & 1u << hour)
      g_string_append_printf (text, text->len ? ",%d" : "%d", hour);
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static void
print_tags (const char *title, GStrv tags)
{
  g_print ("%s", title);
  for (guint i = 0; tags[i]; i++)
    g_print (" #%s", tags[i]);
  g_print ("\n");
}

static BmnCliExit
print_levers (BmnCli *cli, gint64 account_id)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BmnAccountLevers) levers = bmn_session_get_levers (cli->session, account_id, &error);
  if (!levers)
    return bmn_cli_fail (error);
  if (cli->json)
    {
      bmn_cli_print_json (bmn_json_from_levers (account_id, levers));
      return BMN_CLI_DONE;
    }
  g_autofree char *hours = format_hours (levers->never_hours);
  print_tags (_ ("Pinned:"), levers->pinned);
  print_tags (_ ("Muted:"), levers->muted);
  g_print ("%s", _ ("Posts left out:"));
  for (guint i = 0; i < levers->excluded->len; i++)
    g_print (" %" PRId64, g_array_index (levers->excluded, gint64, i));
  g_print ("\n%s %g\n", _ ("Half-life in days (0: as the engine sees fit):"), levers->half_life);
  g_print ("%s %g\n", _ ("Diversity (0 to 1):"), levers->diversity);
  g_print ("%s %s\n", _ ("Hours never suggested:"), hours);
  return BMN_CLI_DONE;
}

static BmnCliExit
run_settings (BmnCli *cli, GStrv arguments)
{
  double half_life = -1, diversity = -1;
  g_autofree char *never = NULL;
  const GOptionEntry entries[] = {
    { "half-life", 0, 0, G_OPTION_ARG_DOUBLE, &half_life,
      N_ ("Days after which a use counts half; 0 for the engine's own judgement"), N_ ("DAYS") },
    { "diversity", 0, 0, G_OPTION_ARG_DOUBLE, &diversity,
      N_ ("0 to 1: how much hashtags that go together make room for others"), N_ ("D") },
    { "never", 0, 0, G_OPTION_ARG_STRING, &never,
      N_ ("Hours of the day in which no time is suggested, such as 0-6,22-23"), N_ ("HOURS") },
    G_OPTION_ENTRY_NULL,
  };
  gint64 account_id;
  g_auto (GStrv) rest = g_strdupv (arguments);
  BmnCliExit code = open_account (cli, &rest, entries, &account_id);
  if (code != BMN_CLI_DONE)
    return code;
  if (rest[0])
    return bmn_cli_wrong_usage (cli, _ ("“%s” is not understood here."), rest[0]);
  g_autoptr (GError) error = NULL;
  g_autoptr (BmnAccountLevers) levers = bmn_session_get_levers (cli->session, account_id, &error);
  if (!levers)
    return bmn_cli_fail (error);
  if (never && !parse_hours (never, &levers->never_hours))
    return bmn_cli_wrong_usage (cli, "%s", _ ("--never takes hours such as 0-6,22-23."));
  gboolean changes = half_life != -1 || diversity != -1 || never;
  if (changes
      && !bmn_session_set_lever_settings (
          cli->session, account_id, half_life != -1 ? half_life : levers->half_life,
          diversity != -1 ? diversity : levers->diversity, levers->never_hours, &error))
    return bmn_cli_fail (error);
  return print_levers (cli, account_id);
}

/* Sets or takes back one lever of a hashtag. */
typedef gboolean (*SetTagFunc) (
    BmnSession *session, gint64 account_id, const char *tag, gboolean on, GError **error);

/* What each command does to a hashtag, by its words. */
static const struct
{
  const char *command;
  SetTagFunc set;
  gboolean on;
} tag_levers[] = {
  { "suggest pin", bmn_session_pin_tag, TRUE },
  { "suggest unpin", bmn_session_pin_tag, FALSE },
  { "suggest mute", bmn_session_mute_tag, TRUE },
  { "suggest unmute", bmn_session_mute_tag, FALSE },
};

static BmnCliExit
run_tag_lever (BmnCli *cli, GStrv arguments)
{
  gint64 account_id;
  g_auto (GStrv) rest = g_strdupv (arguments);
  BmnCliExit code = open_account (cli, &rest, NULL, &account_id);
  if (code != BMN_CLI_DONE)
    return code;
  if (!rest[0])
    return bmn_cli_wrong_usage (cli, "%s", _ ("This command needs a hashtag."));
  gsize lever = 0;
  while (lever < G_N_ELEMENTS (tag_levers) - 1
         && !g_str_equal (tag_levers[lever].command, cli->command))
    lever++;
  for (guint i = 0; rest[i]; i++)
    {
      g_autoptr (GError) error = NULL;
      if (!tag_levers[lever].set (cli->session, account_id, rest[i], tag_levers[lever].on, &error))
        return bmn_cli_fail (error);
    }
  return cli->json ? print_levers (cli, account_id) : BMN_CLI_DONE;
}

static BmnCliExit
run_exclude (BmnCli *cli, GStrv arguments)
{
  gboolean on = g_str_equal (cli->command, "suggest exclude");
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
      if (!bmn_session_exclude_post (cli->session, g_array_index (ids, gint64, i), on, &error))
        return bmn_cli_fail (error);
    }
  return BMN_CLI_DONE;
}

static void
print_suggestion (BmnCli *cli, const BmnShownSuggestion *suggestion)
{
  if (cli->json)
    bmn_cli_print_json (bmn_json_from_shown_suggestion (suggestion));
  else
    g_print ("%" PRId64 "\t%s\t%s\t%u\t%s\n", suggestion->post_id,
             bmn_suggestion_kind_to_nick (suggestion->kind), suggestion->text, suggestion->rank + 1,
             bmn_suggestion_outcome_to_nick (suggestion->outcome));
}

static BmnCliExit
run_log (BmnCli *cli, GStrv arguments)
{
  int limit = 0;
  const GOptionEntry entries[] = {
    { "limit", 0, 0, G_OPTION_ARG_INT, &limit, N_ ("How many at most; 0 for all"), N_ ("N") },
    G_OPTION_ENTRY_NULL,
  };
  gint64 account_id;
  g_auto (GStrv) rest = g_strdupv (arguments);
  BmnCliExit code = open_account (cli, &rest, entries, &account_id);
  if (code != BMN_CLI_DONE)
    return code;
  if (rest[0] || limit < 0)
    return bmn_cli_wrong_usage (cli, _ ("“%s” is not understood here."),
                                rest[0] ? rest[0] : "--limit");
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) suggestions
      = bmn_session_list_suggestions (cli->session, account_id, (guint)limit, &error);
  if (!suggestions)
    return bmn_cli_fail (error);
  for (guint i = 0; i < suggestions->len; i++)
    print_suggestion (cli, suggestions->pdata[i]);
  return BMN_CLI_DONE;
}

static BmnCliExit
run_report (BmnCli *cli, GStrv arguments)
{
  gint64 account_id;
  g_auto (GStrv) rest = g_strdupv (arguments);
  BmnCliExit code = open_account (cli, &rest, NULL, &account_id);
  if (code != BMN_CLI_DONE)
    return code;
  if (rest[0])
    return bmn_cli_wrong_usage (cli, _ ("“%s” is not understood here."), rest[0]);
  g_autoptr (GError) error = NULL;
  g_autoptr (BmnEngines) engines = bmn_engines_new (cli->session);
  BmnSuggestionReport report;
  if (!bmn_session_report_suggestions (cli->session, engines, account_id, &report, &error))
    return bmn_cli_fail (error);
  if (cli->json)
    {
      bmn_cli_print_json (bmn_json_from_suggestion_report (&report));
      return BMN_CLI_DONE;
    }
  g_autofree char *sentence = bmn_suggestion_report_to_sentence (&report);
  g_print ("%s\n", sentence);
  return BMN_CLI_DONE;
}

const BmnCommand bmn_lever_commands[] = {
  { "suggest pin", "TAG…", N_ ("Always suggest a hashtag first"), run_tag_lever },
  { "suggest unpin", "TAG…", N_ ("Take that back"), run_tag_lever },
  { "suggest mute", "TAG…", N_ ("Never suggest a hashtag"), run_tag_lever },
  { "suggest unmute", "TAG…", N_ ("Take that back"), run_tag_lever },
  { "suggest exclude", "POST…", N_ ("Learn nothing from a post of the history"), run_exclude },
  { "suggest include", "POST…", N_ ("Take that back"), run_exclude },
  { "suggest settings", NULL, N_ ("Show and change what suggestions go by"), run_settings },
  { "suggest log", NULL, N_ ("List what was suggested and what became of it"), run_log },
  { "suggest report", NULL, N_ ("Show whether suggestions helped"), run_report },
  { NULL },
};
