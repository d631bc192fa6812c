#include "bmn-cli-private.h"

#include "bmn-error.h"

#include <gio/gunixinputstream.h>
#include <glib/gi18n.h>
#include <unistd.h>

/* A text larger than this is no post, and no thread either. */
#define MAX_STDIN (16 * 1024 * 1024)

BmnSession *
bmn_cli_get_session (BmnCli *cli)
{
  if (cli->session)
    return cli->session;
  g_autoptr (GError) error = NULL;
  g_autofree char *folder = cli->data ? g_canonicalize_filename (cli->data, NULL) : NULL;
  cli->session = bmn_session_open (folder, &error);
  if (!cli->session)
    bmn_cli_fail (error);
  return cli->session;
}

gboolean
bmn_cli_parse (BmnCli *cli, const GOptionEntry *entries, gpointer data, GStrv *arguments)
{
  const GOptionEntry common[] = {
    { "json", 0, 0, G_OPTION_ARG_NONE, &cli->json, N_ ("Print JSON"), NULL },
    { "data", 0, 0, G_OPTION_ARG_FILENAME, &cli->data, N_ ("Use this data folder"), N_ ("DIR") },
    G_OPTION_ENTRY_NULL,
  };
  gboolean help = FALSE;
  const GOptionEntry help_entry[] = {
    { "help", 'h', 0, G_OPTION_ARG_NONE, &help, N_ ("Show this help"), NULL },
    G_OPTION_ENTRY_NULL,
  };
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);
  g_autofree char *program = g_strdup_printf ("bellmanctl %s", cli->command);
  g_option_context_set_help_enabled (context, FALSE);
  GOptionGroup *group = g_option_group_new ("command", "", "", data, NULL);
  g_option_group_set_translation_domain (group, GETTEXT_PACKAGE);
  if (entries)
    g_option_group_add_entries (group, entries);
  g_option_group_add_entries (group, common);
  g_option_group_add_entries (group, help_entry);
  g_option_context_set_main_group (context, group);
  g_set_prgname (program);

  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_strv_builder_add (builder, program);
  g_strv_builder_addv (builder, (const char **)*arguments);
  g_auto (GStrv) argv = g_strv_builder_end (builder);
  g_autoptr (GError) error = NULL;
  gboolean ok = g_option_context_parse_strv (context, &argv, &error);
  if (!ok)
    {
      bmn_cli_wrong_usage (cli, "%s",
                           error->domain == G_CONVERT_ERROR
                               ? _ ("An argument is not valid UTF-8 text.")
                               : error->message);
      return FALSE;
    }
  if (help)
    {
      g_autofree char *text = g_option_context_get_help (context, TRUE, NULL);
      g_print ("%s", text);
      cli->helped = TRUE;
      return FALSE;
    }
  g_strfreev (*arguments);
  *arguments = g_strdupv (argv + 1);
  return TRUE;
}

BmnCliExit
bmn_cli_fail (const GError *error)
{
  g_printerr ("%s\n", error->message);
  return BMN_CLI_FAILED;
}

BmnCliExit
bmn_cli_wrong_usage (BmnCli *cli, const char *format, ...)
{
  va_list args;
  va_start (args, format);
  g_autofree char *message = g_strdup_vprintf (format, args);
  va_end (args);
  g_printerr ("%s\n", message);
  /* Translators: %s are the words of a command, such as “post add”. */
  g_printerr (_ ("“bellmanctl %s --help” shows how it is used."), cli->command);
  g_printerr ("\n");
  return BMN_CLI_WRONG_USAGE;
}

gboolean
bmn_cli_parse_id (BmnCli *cli, const char *text, gint64 *id)
{
  guint64 value;
  if (g_ascii_string_to_unsigned (text, 10, 1, G_MAXINT64, &value, NULL))
    {
      *id = value;
      return TRUE;
    }
  /* Translators: an id is the number that Bellman gives to an account or a post. */
  bmn_cli_wrong_usage (cli, _ ("“%s” is not an id. An id is a number."), text);
  return FALSE;
}

gboolean
bmn_cli_take_id (BmnCli *cli, GStrv arguments, gint64 *id)
{
  if (g_strv_length (arguments) != 1)
    {
      bmn_cli_wrong_usage (cli, "%s", _ ("This command needs one id."));
      return FALSE;
    }
  return bmn_cli_parse_id (cli, arguments[0], id);
}

GArray *
bmn_cli_take_ids (BmnCli *cli, GStrv arguments)
{
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  for (guint i = 0; arguments[i]; i++)
    {
      gint64 id;
      if (!bmn_cli_parse_id (cli, arguments[i], &id))
        return NULL;
      g_array_append_val (ids, id);
    }
  if (ids->len > 0)
    return g_steal_pointer (&ids);
  bmn_cli_wrong_usage (cli, "%s", _ ("This command needs an id."));
  return NULL;
}

char *
bmn_cli_read_stdin (BmnCli *cli)
{
  g_autoptr (GInputStream) stream = g_unix_input_stream_new (STDIN_FILENO, FALSE);
  g_autoptr (GError) error = NULL;
  g_autofree char *text = g_malloc (MAX_STDIN + 1);
  gsize length = 0;
  if (!g_input_stream_read_all (stream, text, MAX_STDIN, &length, NULL, &error))
    {
      bmn_cli_fail (error);
      return NULL;
    }
  if (length == MAX_STDIN)
    {
      g_printerr ("%s\n", _ ("The text is larger than 16 MiB."));
      return NULL;
    }
  text[length] = '\0';
  if (!g_utf8_validate_len (text, length, NULL))
    {
      g_printerr ("%s\n", _ ("The text is not valid UTF-8. Save it as UTF-8 and try again."));
      return NULL;
    }
  if (length > 0 && text[length - 1] == '\n')
    text[length - 1] = '\0';
  return g_strdup (text);
}

void
bmn_cli_print_json (JsonNode *node)
{
  g_autoptr (JsonGenerator) generator = json_generator_new ();
  json_generator_set_root (generator, node);
  g_autofree char *text = json_generator_to_data (generator, NULL);
  g_print ("%s\n", text);
  json_node_unref (node);
}

GAsyncResult *
bmn_cli_wait (GAsyncResult **result)
{
  while (!*result)
    g_main_context_iteration (NULL, TRUE);
  return g_steal_pointer (result);
}

void
bmn_cli_take_result (GObject *source, GAsyncResult *result, gpointer data)
{
  *(GAsyncResult **)data = g_object_ref (result);
}
