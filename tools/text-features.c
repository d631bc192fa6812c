/* Writes what the text models see of each line of its input, for tools/train_models.py.
 *
 * Input: lines of LANGUAGE<TAB>TEXT, where an empty language knows only the symbols.
 * Output per line, in the machine's byte order: the number n of sparse features (uint32),
 * n hashes (uint32), n values (float), and the BMN_N_DENSE dense features (float).
 *
 * Usage: text-features LEXICON-FOLDER <lines >features
 */

#include "bmn-text-features-private.h"

#include <stdio.h>
#include <string.h>

static BmnLexicon *
load (const char *folder, const char *language, GError **error)
{
  g_autofree char *name = g_strconcat (language, ".txt", NULL);
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_autofree char *text = NULL;
  gsize length;
  if (!g_file_get_contents (path, &text, &length, error))
    return NULL;
  g_autoptr (GBytes) bytes = g_bytes_new (text, length);
  return bmn_lexicon_new (bytes, error);
}

static const BmnLexicon *
find (GHashTable *lexicons, const char *folder, const char *language)
{
  if (*language == '\0')
    return NULL;
  BmnLexicon *known = g_hash_table_lookup (lexicons, language);
  if (known)
    return known;
  g_autoptr (GError) error = NULL;
  known = load (folder, language, &error);
  if (!known)
    g_error ("%s", error->message);
  g_hash_table_insert (lexicons, g_strdup (language), known);
  return known;
}

static void
write_features (const BmnTextFeatures *features)
{
  guint32 n = features->sparse->len;
  fwrite (&n, sizeof n, 1, stdout);
  for (guint i = 0; i < n; i++)
    fwrite (&g_array_index (features->sparse, BmnFeature, i).hash, sizeof (guint32), 1, stdout);
  for (guint i = 0; i < n; i++)
    fwrite (&g_array_index (features->sparse, BmnFeature, i).value, sizeof (float), 1, stdout);
  fwrite (features->dense, sizeof (float), BMN_N_DENSE, stdout);
}

int
main (int argc, char **argv)
{
  if (argc != 2)
    {
      g_printerr ("Usage: %s LEXICON-FOLDER <lines >features\n", argv[0]);
      return 2;
    }
  g_autoptr (GHashTable) lexicons
      = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify)bmn_lexicon_free);
  const BmnLexicon *symbols = find (lexicons, argv[1], "emoji");
  g_autofree char *line = NULL;
  size_t size = 0;
  ssize_t length;
  while ((length = getline (&line, &size, stdin)) > 0)
    {
      char *tab = strchr (line, '\t');
      if (!tab)
        g_error ("A line has no tab.");
      *tab = '\0';
      gsize text_length = strcspn (tab + 1, "\n");
      gboolean english = g_str_equal (line, "en");
      const BmnLexicons lists = {
        .own = find (lexicons, argv[1], line),
        .english = english ? NULL : find (lexicons, argv[1], "en"),
        .symbols = symbols,
      };
      g_autoptr (BmnTokens) tokens = bmn_tokens_new (tab + 1, text_length, symbols);
      g_autoptr (BmnTextFeatures) features = bmn_text_features_new (tokens, &lists, -1);
      write_features (features);
    }
  return 0;
}
