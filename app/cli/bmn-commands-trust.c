#include "bmn-cli-json-private.h"
#include "bmn-cli-private.h"

#include "bmn-session-check.h"

#include <glib/gi18n.h>

/*
 * Whom the user distrusts and whom the user knows: two lists that the checks go by.
 */

typedef struct
{
  gboolean (*set) (BmnSession *session, const char *item, gboolean present, GError **error);
  GStrv (*list) (BmnSession *session, GError **error);
} TrustList;

static const TrustList distrusted = { bmn_session_distrust, bmn_session_list_distrusted };
static const TrustList known = { bmn_session_know_handle, bmn_session_list_known_handles };

static BmnCliExit
print_list (BmnCli *cli, const TrustList *list)
{
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) items = list->list (cli->session, &error);
  if (!items)
    return bmn_cli_fail (error);
  if (cli->json)
    bmn_cli_print_json (bmn_json_from_strv (items));
  for (guint i = 0; !cli->json && items[i]; i++)
    g_print ("%s\n", items[i]);
  return BMN_CLI_DONE;
}

/* Adds or removes all arguments; there must be some. */
static BmnCliExit
set_items (BmnCli *cli, GStrv arguments, const TrustList *list, gboolean present)
{
  g_auto (GStrv) rest = g_strdupv (arguments);
  if (!bmn_cli_parse (cli, NULL, NULL, &rest))
    return BMN_CLI_WRONG_USAGE;
  if (!rest[0])
    return bmn_cli_wrong_usage (cli, "%s", _ ("This command needs a name."));
  if (!bmn_cli_get_session (cli))
    return BMN_CLI_FAILED;
  for (guint i = 0; rest[i]; i++)
    {
      g_autoptr (GError) error = NULL;
      if (!list->set (cli->session, rest[i], present, &error))
        return bmn_cli_fail (error);
    }
  return cli->json ? print_list (cli, list) : BMN_CLI_DONE;
}

static BmnCliExit
list_items (BmnCli *cli, GStrv arguments, const TrustList *list)
{
  g_auto (GStrv) rest = g_strdupv (arguments);
  if (!bmn_cli_parse (cli, NULL, NULL, &rest))
    return BMN_CLI_WRONG_USAGE;
  if (rest[0])
    return bmn_cli_wrong_usage (cli, _ ("“%s” is not understood here."), rest[0]);
  return bmn_cli_get_session (cli) ? print_list (cli, list) : BMN_CLI_FAILED;
}

static BmnCliExit
run_distrust_add (BmnCli *cli, GStrv arguments)
{
  return set_items (cli, arguments, &distrusted, TRUE);
}

static BmnCliExit
run_distrust_remove (BmnCli *cli, GStrv arguments)
{
  return set_items (cli, arguments, &distrusted, FALSE);
}

static BmnCliExit
run_distrust_list (BmnCli *cli, GStrv arguments)
{
  return list_items (cli, arguments, &distrusted);
}

static BmnCliExit
run_known_add (BmnCli *cli, GStrv arguments)
{
  return set_items (cli, arguments, &known, TRUE);
}

static BmnCliExit
run_known_remove (BmnCli *cli, GStrv arguments)
{
  return set_items (cli, arguments, &known, FALSE);
}

static BmnCliExit
run_known_list (BmnCli *cli, GStrv arguments)
{
  return list_items (cli, arguments, &known);
}

const BmnCommand bmn_trust_commands[] = {
  { "distrust add", "SITE…", N_ ("Have the checks report links to a site"), run_distrust_add },
  { "distrust remove", "SITE…", N_ ("Take that back"), run_distrust_remove },
  { "distrust list", NULL, N_ ("List the sites you distrust"), run_distrust_list },
  { "known add", "HANDLE…", N_ ("Have the checks report names that look like this one"),
    run_known_add },
  { "known remove", "HANDLE…", N_ ("Take that back"), run_known_remove },
  { "known list", NULL, N_ ("List the accounts you know"), run_known_list },
  { NULL },
};
