#include "bmn-fake-mastodon.h"

#include <glib-unix.h>
#include <stdio.h>
#include <stdlib.h>

static gboolean
on_signal (gpointer loop)
{
  g_main_loop_quit (loop);
  return G_SOURCE_CONTINUE;
}

static gboolean
tls_from_name (const char *name, BmnFakeTls *tls)
{
  static const char *const names[]
      = { "none", "good", "self-signed", "expired", "wrong-host", NULL };
  for (int i = 0; names[i]; i++)
    if (g_str_equal (names[i], name))
      {
        *tls = i;
        return TRUE;
      }
  return FALSE;
}

typedef struct
{
  int port;
  int seed;
  double time_scale;
  char *tls;
  char *authority_file;
  char **switches;
  char **limits;
  char **faults;
} Options;

static gboolean
apply (BmnFakeMastodon *fake, const Options *options, GError **error)
{
  BmnFakeTls tls = BMN_FAKE_TLS_NONE;
  if (options->tls && !tls_from_name (options->tls, &tls))
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT,
                   "--tls takes none, good, self-signed, expired or wrong-host, not “%s”",
                   options->tls);
      return FALSE;
    }
  bmn_fake_mastodon_set_tls (fake, tls);
  bmn_fake_mastodon_set_seed (fake, options->seed);
  bmn_fake_mastodon_set_time_scale (fake, options->time_scale);
  for (char **name = options->switches; name && *name; name++)
    if (!bmn_fake_mastodon_set_switch (fake, *name, TRUE, error))
      return FALSE;
  for (char **spec = options->limits; spec && *spec; spec++)
    if (!bmn_fake_mastodon_set_limit (fake, *spec, error))
      return FALSE;
  for (char **spec = options->faults; spec && *spec; spec++)
    if (!bmn_fake_mastodon_add_fault (fake, *spec, error))
      return FALSE;
  return TRUE;
}

static void
announce (BmnFakeMastodon *fake)
{
  g_autoptr (JsonNode) node = json_node_alloc ();
  JsonObject *ready = json_object_new ();
  json_object_set_boolean_member (ready, "ready", TRUE);
  json_object_set_string_member (ready, "url", bmn_fake_mastodon_get_url (fake));
  json_object_set_string_member (ready, "decoy", bmn_fake_mastodon_get_decoy_url (fake));
  json_node_take_object (json_node_init (node, JSON_NODE_OBJECT), ready);
  g_autofree char *line = json_to_string (node, FALSE);
  g_print ("%s\n", line);
  fflush (stdout);
}

static gboolean
serve (BmnFakeMastodon *fake, const Options *options, GError **error)
{
  if (!apply (fake, options, error) || !bmn_fake_mastodon_start (fake, options->port, error))
    return FALSE;
  const char *authority = bmn_fake_mastodon_get_authority (fake);
  if (options->authority_file && authority
      && !g_file_set_contents (options->authority_file, authority, -1, error))
    return FALSE;
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  guint on_int = g_unix_signal_add (SIGINT, on_signal, loop);
  guint on_term = g_unix_signal_add (SIGTERM, on_signal, loop);
  announce (fake);
  g_main_loop_run (loop);
  g_source_remove (on_int);
  g_source_remove (on_term);
  bmn_fake_mastodon_stop (fake);
  return TRUE;
}

static void
options_clear (Options *options)
{
  g_free (options->tls);
  g_free (options->authority_file);
  g_strfreev (options->switches);
  g_strfreev (options->limits);
  g_strfreev (options->faults);
}

int
main (int argc, char **argv)
{
  Options options = { .seed = 1, .time_scale = 1 };
  const GOptionEntry entries[] = {
    { "port", 0, 0, G_OPTION_ARG_INT, &options.port, "Port on 127.0.0.1, 0 for a free one", "N" },
    { "switch", 0, 0, G_OPTION_ARG_STRING_ARRAY, &options.switches, "Turn an oddity on", "NAME" },
    { "limit", 0, 0, G_OPTION_ARG_STRING_ARRAY, &options.limits, "Set a limit", "NAME=NUMBER" },
    { "fault", 0, 0, G_OPTION_ARG_STRING_ARRAY, &options.faults, "Let something go wrong", "SPEC" },
    { "seed", 0, 0, G_OPTION_ARG_INT, &options.seed, "Seed of the faults' dice", "N" },
    { "time-scale", 0, 0, G_OPTION_ARG_DOUBLE, &options.time_scale,
      "Virtual seconds per real second", "X" },
    { "tls", 0, 0, G_OPTION_ARG_STRING, &options.tls,
      "none, good, self-signed, expired or wrong-host", "KIND" },
    { "authority", 0, 0, G_OPTION_ARG_FILENAME, &options.authority_file,
      "Write the authority's certificate (PEM) here", "FILE" },
    { NULL },
  };
  g_autoptr (GOptionContext) context = g_option_context_new ("- a strict Mastodon for tests");
  g_autofree char *description = bmn_fake_mastodon_describe ();
  g_autoptr (BmnFakeMastodon) fake = bmn_fake_mastodon_new ();
  g_autoptr (GError) error = NULL;
  g_option_context_add_main_entries (context, entries, NULL);
  g_option_context_set_description (context, description);
  gboolean done
      = g_option_context_parse (context, &argc, &argv, &error) && serve (fake, &options, &error);
  if (!done)
    g_printerr ("fake-mastodon: %s\n", error->message);
  options_clear (&options);
  return done ? EXIT_SUCCESS : EXIT_FAILURE;
}
