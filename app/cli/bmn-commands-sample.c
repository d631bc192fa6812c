#include "bmn-cli-json-private.h"
#include "bmn-cli-private.h"

#include "bmn-sample.h"

#include <glib/gi18n.h>

static BmnCliExit
run_create (BmnCli *cli, GStrv arguments)
{
  g_autofree char *dir = NULL;
  const GOptionEntry entries[] = {
    { "dir", 0, 0, G_OPTION_ARG_FILENAME, &dir, N_ ("Where the sample website goes"), N_ ("DIR") },
    G_OPTION_ENTRY_NULL,
  };
  g_auto (GStrv) rest = g_strdupv (arguments);
  if (!bmn_cli_parse (cli, entries, NULL, &rest))
    return BMN_CLI_WRONG_USAGE;
  if (!cli->data || !dir)
    return bmn_cli_wrong_usage (
        cli, "%s",
        _ ("The sample workspace needs --data and --dir, so that it never mixes "
           "with your own data."));
  if (!bmn_cli_get_session (cli))
    return BMN_CLI_FAILED;
  g_autoptr (GError) error = NULL;
  g_autofree char *folder = g_canonicalize_filename (dir, NULL);
  gint64 id = bmn_sample_fill (cli->session, folder, &error);
  if (id == 0)
    return bmn_cli_fail (error);
  g_print ("%" G_GINT64_FORMAT "\n", id);
  return BMN_CLI_DONE;
}

const BmnCommand bmn_sample_commands[] = {
  { "sample create", NULL,
    N_ ("Fill an empty data folder with sample data; prints the account's id"), run_create },
  { NULL },
};
