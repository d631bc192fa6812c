#include "bmn-cli-private.h"

#include <glib/gi18n.h>
#include <locale.h>

static const BmnCommand *const tables[] = {
  bmn_account_commands, bmn_post_commands,    bmn_slots_commands,   bmn_agent_commands,
  bmn_text_commands,    bmn_judge_commands,   bmn_suggest_commands, bmn_lever_commands,
  bmn_check_commands,   bmn_trust_commands,   bmn_sample_commands,  bmn_ledger_commands,
  bmn_import_commands,  bmn_sync_commands,    bmn_export_commands,  bmn_backup_commands,
  bmn_snippet_commands, bmn_privacy_commands,
};

static void
print_help (void)
{
  g_print ("%s\n\n", _ ("Usage: bellmanctl COMMAND [OPTION…]"));
  g_print ("%s\n\n",
           _ ("Plans and publishes posts from the command line, on the same data as the window."));
  for (gsize i = 0; i < G_N_ELEMENTS (tables); i++)
    for (const BmnCommand *command = tables[i]; command->name; command++)
      {
        g_autofree char *words
            = g_strjoin (" ", command->name, command->arguments ? command->arguments : NULL, NULL);
        g_print ("  %-28s %s\n", words, g_dgettext (GETTEXT_PACKAGE, command->summary));
      }
  g_print ("\n%s\n", _ ("Every command has --help, --json and --data DIR."));
  g_print ("%s\n", _ ("Exit codes: 0 done, 1 failed, 2 wrong usage."));
}

/* How many of the first arguments are the words of @command; 0 for none. */
static guint
match (const BmnCommand *command, GStrv arguments)
{
  g_auto (GStrv) words = g_strsplit (command->name, " ", -1);
  for (guint i = 0; words[i]; i++)
    if (!arguments[i] || !g_str_equal (words[i], arguments[i]))
      return 0;
  return g_strv_length (words);
}

static const BmnCommand *
find_command (GStrv arguments, guint *n_words)
{
  for (gsize i = 0; i < G_N_ELEMENTS (tables); i++)
    for (const BmnCommand *command = tables[i]; command->name; command++)
      {
        *n_words = match (command, arguments);
        if (*n_words > 0)
          return command;
      }
  return NULL;
}

/* Options that every command has may stand before it as well. */
static GStrv
take_common_options (BmnCli *cli, GStrv arguments)
{
  guint i = 0;
  for (; arguments[i]; i++)
    {
      if (g_str_equal (arguments[i], "--json"))
        cli->json = TRUE;
      else if (g_str_has_prefix (arguments[i], "--data="))
        cli->data = g_strdup (arguments[i] + strlen ("--data="));
      else if (g_str_equal (arguments[i], "--data") && arguments[i + 1])
        cli->data = g_strdup (arguments[++i]);
      else
        break;
    }
  return g_strdupv (arguments + i);
}

static BmnCliExit
run (BmnCli *cli, GStrv arguments)
{
  guint n_words;
  const BmnCommand *command = find_command (arguments, &n_words);
  if (command)
    {
      cli->command = command->name;
      return command->run (cli, arguments + n_words);
    }
  if (!arguments[0] || g_str_equal (arguments[0], "--help") || g_str_equal (arguments[0], "-h")
      || g_str_equal (arguments[0], "help"))
    {
      print_help ();
      return arguments[0] ? BMN_CLI_DONE : BMN_CLI_WRONG_USAGE;
    }
  if (g_str_equal (arguments[0], "--version"))
    {
      g_print ("bellmanctl %s\n", BMN_VERSION);
      return BMN_CLI_DONE;
    }
  g_autofree char *words = g_strjoinv (" ", arguments);
  g_printerr (_ ("There is no command “%s”. “bellmanctl --help” lists what there is."), words);
  g_printerr ("\n");
  return BMN_CLI_WRONG_USAGE;
}

int
main (int argc, char **argv)
{
  setlocale (LC_ALL, "");
  /* Cron jobs and servers often have no locale, and still mean UTF-8. */
  if (!g_get_charset (NULL))
    setlocale (LC_CTYPE, "C.UTF-8");
  bindtextdomain (GETTEXT_PACKAGE, BMN_LOCALE_DIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);
  BmnCli cli = { 0 };
  g_auto (GStrv) all = g_strdupv (argv + 1);
  g_auto (GStrv) arguments = take_common_options (&cli, all);
  BmnCliExit code = run (&cli, arguments);
  if (cli.session)
    bmn_session_close (cli.session);
  g_clear_object (&cli.session);
  g_free (cli.data);
  return cli.helped ? BMN_CLI_DONE : code;
}
