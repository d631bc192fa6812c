#include "bmn-weights-private.h"
#include "bmn-engine-resource.h"
#include "bmn-error.h"
#include "bmn-key-map-private.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#define SHIPPED_PATH "/io/github/bellman_app/Bellman/engine/weights.txt"

static void
clear_weights (gpointer data)
{
  BmnWeights *weights = data;
  g_clear_pointer (&weights->tag_net, bmn_net_free);
  g_clear_pointer (&weights->lift_net, bmn_net_free);
}

BmnWeights *
bmn_weights_ref (BmnWeights *weights)
{
  return g_atomic_rc_box_acquire (weights);
}

void
bmn_weights_unref (BmnWeights *weights)
{
  g_atomic_rc_box_release_full (weights, clear_weights);
}

/* Returns: (element-type utf8 GStrv): the values of each line by its first word */
static GHashTable *
split_lines (const char *text, gsize length)
{
  GHashTable *lines
      = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, (GDestroyNotify)g_strfreev);
  g_autofree char *copy = g_strndup (text, length);
  char *rest = copy;
  for (char *line = strsep (&rest, "\n"); line; line = strsep (&rest, "\n"))
    {
      if (*line == '\0' || *line == '#')
        continue;
      GStrv words = g_strsplit (g_strstrip (line), " ", -1);
      g_hash_table_replace (lines, words[0], words);
    }
  return lines;
}

static gboolean
damaged (GError **error, const char *name)
{
  g_set_error (error, BMN_ERROR, BMN_ERROR_DAMAGED,
               /* Translators: %s is the name of an entry in a data file. */
               _ ("The engine's numbers cannot be used: “%s” is missing or wrong. "
                  "Install Bellman again."),
               name);
  return FALSE;
}

static gboolean
check_features (
    GHashTable *lines, const char *name, const char *(*get_name) (guint i), guint n, GError **error)
{
  GStrv words = g_hash_table_lookup (lines, name);
  if (!words || g_strv_length (words) != n + 1)
    return damaged (error, name);
  for (guint i = 0; i < n; i++)
    {
      if (!g_str_equal (words[i + 1], get_name (i)))
        return damaged (error, words[i + 1]);
    }
  return TRUE;
}

static gboolean
read_doubles (GHashTable *lines, const char *name, double *values, guint n, GError **error)
{
  GStrv words = g_hash_table_lookup (lines, name);
  if (!words || g_strv_length (words) != n + 1)
    return damaged (error, name);
  for (guint i = 0; i < n; i++)
    {
      char *end;
      values[i] = g_ascii_strtod (words[i + 1], &end);
      if (end == words[i + 1] || *end != '\0' || !isfinite (values[i]))
        return damaged (error, name);
    }
  return TRUE;
}

static gboolean
read_floats (GHashTable *lines, const char *name, float *values, guint n, GError **error)
{
  g_autofree double *doubles = g_new (double, n);
  if (!read_doubles (lines, name, doubles, n, error))
    return FALSE;
  for (guint i = 0; i < n; i++)
    values[i] = (float)doubles[i];
  return TRUE;
}

static gboolean
read_rows (GHashTable *lines, const char *name, BmnNet *net, GError **error)
{
  g_autofree float *values = g_new (float, net->n_inputs * net->n_hidden);
  if (!read_floats (lines, name, values, net->n_inputs * net->n_hidden, error))
    return FALSE;
  for (guint i = 0; i < net->n_inputs; i++)
    memcpy (net->hidden + i * net->stride, values + i * net->n_hidden,
            net->n_hidden * sizeof (float));
  return TRUE;
}

static BmnNet *
read_net (GHashTable *lines, const char *prefix, guint n_inputs, guint n_hidden, GError **error)
{
  g_autoptr (BmnNet) net = bmn_net_new (n_inputs, n_hidden);
  g_autofree char *hidden = g_strconcat (prefix, "-hidden", NULL);
  g_autofree char *hidden_bias = g_strconcat (prefix, "-hidden-bias", NULL);
  g_autofree char *output = g_strconcat (prefix, "-output", NULL);
  g_autofree char *direct = g_strconcat (prefix, "-direct", NULL);
  g_autofree char *bias = g_strconcat (prefix, "-bias", NULL);
  if (!read_rows (lines, hidden, net, error)
      || !read_floats (lines, hidden_bias, net->hidden_bias, n_hidden, error)
      || !read_floats (lines, output, net->output, n_hidden, error)
      || !read_floats (lines, direct, net->direct, n_inputs, error)
      || !read_floats (lines, bias, &net->bias, 1, error))
    return NULL;
  return g_steal_pointer (&net);
}

static gboolean
check_deviations (const double *values, guint n, const char *name, GError **error)
{
  for (guint i = 0; i < n; i++)
    {
      if (values[i] <= 0)
        return damaged (error, name);
    }
  return TRUE;
}

static const char *
tag_feature_name (guint i)
{
  return bmn_tag_feature_get_name (i);
}

static const char *
lift_feature_name (guint i)
{
  return bmn_lift_feature_get_name (i);
}

static gboolean
read_tags (GHashTable *lines, BmnWeights *weights, GError **error)
{
  if (!check_features (lines, "tag-features", tag_feature_name, BMN_N_TAG_FEATURES, error)
      || !read_doubles (lines, "tag-mean", weights->tag_mean, BMN_N_TAG_FEATURES, error)
      || !read_doubles (lines, "tag-deviation", weights->tag_deviation, BMN_N_TAG_FEATURES, error)
      || !read_doubles (lines, "tag-relative-deviation", weights->tag_relative_deviation,
                        BMN_N_RELATIVE_TAG_FEATURES, error)
      || !read_doubles (lines, "tag-chance", weights->tag_chance, BMN_N_CHANCE_WEIGHTS, error)
      || !check_deviations (weights->tag_deviation, BMN_N_TAG_FEATURES, "tag-deviation", error)
      || !check_deviations (weights->tag_relative_deviation, BMN_N_RELATIVE_TAG_FEATURES,
                            "tag-relative-deviation", error))
    return FALSE;
  weights->tag_net = read_net (lines, "tag", BMN_N_TAG_INPUTS, BMN_N_TAG_HIDDEN, error);
  return weights->tag_net != NULL;
}

static gboolean
read_lifts (GHashTable *lines, BmnWeights *weights, GError **error)
{
  if (!check_features (lines, "lift-features", lift_feature_name, BMN_N_LIFT_FEATURES, error)
      || !read_doubles (lines, "lift-mean", weights->lift_mean, BMN_N_LIFT_FEATURES, error)
      || !read_doubles (lines, "lift-deviation", weights->lift_deviation, BMN_N_LIFT_FEATURES,
                        error)
      || !read_doubles (lines, "lift-linear", weights->lift_linear, BMN_N_LIFT_FEATURES, error)
      || !check_deviations (weights->lift_deviation, BMN_N_LIFT_FEATURES, "lift-deviation", error))
    return FALSE;
  weights->lift_net = read_net (lines, "lift", BMN_N_LIFT_FEATURES, BMN_N_LIFT_HIDDEN, error);
  return weights->lift_net != NULL;
}

BmnWeights *
bmn_weights_parse (const char *text, gsize length, GError **error)
{
  g_autoptr (GHashTable) lines = split_lines (text, length);
  g_autoptr (BmnWeights) weights = g_atomic_rc_box_new0 (BmnWeights);
  weights->fingerprint = bmn_hash_bytes (text, length);
  if (!read_tags (lines, weights, error) || !read_lifts (lines, weights, error))
    return NULL;
  return g_steal_pointer (&weights);
}

BmnWeights *
bmn_weights_new_shipped (void)
{
  g_autoptr (GError) error = NULL;
  GResource *resource = bmn_engine_get_resource ();
  g_autoptr (GBytes) bytes
      = g_resource_lookup_data (resource, SHIPPED_PATH, G_RESOURCE_LOOKUP_FLAGS_NONE, &error);
  BmnWeights *weights = NULL;
  if (bytes)
    {
      gsize length;
      const char *text = g_bytes_get_data (bytes, &length);
      weights = bmn_weights_parse (text, length, &error);
    }
  /* They are part of the program: without them it was built wrong. */
  if (!weights)
    g_error ("The built-in weights cannot be read: %s", error->message);
  return weights;
}
