#include "bmn-text-model-private.h"

#include "bmn-error.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#define MAGIC "BMNTXT1\n"
#define MAGIC_SIZE 8
#define NAME_SIZE 8
#define HEADER_SIZE (MAGIC_SIZE + 5 * 4)
#define MAX_BITS 22
#define MAX_LANGUAGES 64

struct _BmnTextModel
{
  GBytes *data; /* (owned) */
  guint bits;
  guint n_classes;
  guint n_languages;
  char names[MAX_LANGUAGES][NAME_SIZE + 1];
  guint32 seeds[MAX_LANGUAGES];
  float scale;
  float bias[BMN_MAX_CLASSES];
  float *dense; /* (owned): (1 + languages) × features × classes */
  const gint8 *shared;
  const gint8 *single; /* (nullable) */
};

static guint32
read_uint32 (const guint8 *p)
{
  guint32 value;
  memcpy (&value, p, sizeof value);
  return GUINT32_FROM_LE (value);
}

static float
read_float (const guint8 *p)
{
  guint32 bits = read_uint32 (p);
  float value;
  memcpy (&value, &bits, sizeof value);
  return value;
}

static guint32
fnv (const guint8 *p, gsize length)
{
  guint32 h = 2166136261u;
  for (gsize i = 0; i < length; i++)
    h = (h ^ p[i]) * 16777619u;
  return h;
}

static BmnTextModel *
damaged (GError **error)
{
  g_set_error_literal (error, BMN_ERROR, BMN_ERROR_DAMAGED,
                       _ ("A language model of Bellman is damaged. Install Bellman again."));
  return NULL;
}

static gboolean
read_numbers (BmnTextModel *model, const guint8 **p, guint n_dense)
{
  model->scale = read_float (*p);
  *p += 4;
  gboolean finite = isfinite (model->scale);
  for (guint i = 0; i < model->n_classes; i++, *p += 4)
    {
      model->bias[i] = read_float (*p);
      finite = finite && isfinite (model->bias[i]);
    }
  for (guint i = 0; i < n_dense; i++, *p += 4)
    {
      model->dense[i] = read_float (*p);
      finite = finite && isfinite (model->dense[i]);
    }
  return finite;
}

BmnTextModel *
bmn_text_model_new (GBytes *data, GError **error)
{
  gsize size;
  const guint8 *start = g_bytes_get_data (data, &size);
  if (size < HEADER_SIZE || memcmp (start, MAGIC, MAGIC_SIZE) != 0)
    return damaged (error);
  const guint8 *p = start + MAGIC_SIZE + 4;
  if (read_uint32 (start + MAGIC_SIZE) != fnv (p, size - (gsize)(p - start)))
    return damaged (error);

  guint bits = read_uint32 (p);
  guint n_classes = read_uint32 (p + 4);
  guint n_dense = read_uint32 (p + 8);
  guint n_languages = read_uint32 (p + 12);
  if (bits < 1 || bits > MAX_BITS || n_classes < 1 || n_classes > BMN_MAX_CLASSES
      || n_dense != BMN_N_DENSE || n_languages > MAX_LANGUAGES)
    return damaged (error);
  guint all_dense = (1 + n_languages) * BMN_N_DENSE * n_classes;
  gsize table = ((gsize)1 << bits) * n_classes;
  if (size
      != HEADER_SIZE + n_languages * NAME_SIZE + 4 * (1 + n_classes + (gsize)all_dense)
             + table * (n_languages ? 2 : 1))
    return damaged (error);

  g_autoptr (BmnTextModel) model = g_new0 (BmnTextModel, 1);
  model->data = g_bytes_ref (data);
  model->bits = bits;
  model->n_classes = n_classes;
  model->n_languages = n_languages;
  p = start + HEADER_SIZE;
  for (guint i = 0; i < n_languages; i++, p += NAME_SIZE)
    {
      memcpy (model->names[i], p, NAME_SIZE);
      model->seeds[i] = fnv (p, strlen (model->names[i]));
    }
  model->dense = g_new (float, all_dense);
  if (!read_numbers (model, &p, all_dense))
    return damaged (error);
  model->shared = (const gint8 *)p;
  model->single = n_languages ? (const gint8 *)p + table : NULL;
  return g_steal_pointer (&model);
}

void
bmn_text_model_free (BmnTextModel *model)
{
  g_bytes_unref (model->data);
  g_free (model->dense);
  g_free (model);
}

guint
bmn_text_model_get_n_classes (const BmnTextModel *model)
{
  return model->n_classes;
}

static int
find_language (const BmnTextModel *model, const char *language)
{
  for (guint i = 0; language && i < model->n_languages; i++)
    if (g_str_equal (model->names[i], language))
      return (int)i;
  return -1;
}

static void
add_dense (const BmnTextModel *model, const BmnTextFeatures *features, guint block, double *scores)
{
  const float *weights = model->dense + (gsize)block * BMN_N_DENSE * model->n_classes;
  for (guint i = 0; i < BMN_N_DENSE; i++)
    for (guint c = 0; c < model->n_classes; c++)
      scores[c] += (double)features->dense[i] * weights[i * model->n_classes + c];
}

static void
add_sparse (
    const BmnTextModel *model, const gint8 *table, guint32 hash, float value, double *scores)
{
  guint32 bucket = hash & ((1u << model->bits) - 1);
  const gint8 *weights = table + (gsize)bucket * model->n_classes;
  for (guint c = 0; c < model->n_classes; c++)
    scores[c] += (double)value * model->scale * weights[c] * ABS (weights[c]);
}

void
bmn_text_model_score (const BmnTextModel *model,
                      const BmnTextFeatures *features,
                      const char *language,
                      double *scores)
{
  int single = find_language (model, language);
  for (guint c = 0; c < model->n_classes; c++)
    scores[c] = model->bias[c];
  add_dense (model, features, 0, scores);
  if (single >= 0)
    add_dense (model, features, (guint)single + 1, scores);
  for (guint i = 0; i < features->sparse->len; i++)
    {
      const BmnFeature *feature = &g_array_index (features->sparse, BmnFeature, i);
      add_sparse (model, model->shared, feature->hash, feature->value, scores);
      if (single < 0)
        continue;
      guint32 hash = bmn_feature_hash_in_language (feature->hash, model->seeds[single]);
      add_sparse (model, model->single, hash, feature->value, scores);
    }
}

void
bmn_text_model_probabilities (const BmnTextModel *model,
                              const BmnTextFeatures *features,
                              const char *language,
                              double *probabilities)
{
  bmn_text_model_score (model, features, language, probabilities);
  double top = probabilities[0];
  for (guint c = 1; c < model->n_classes; c++)
    top = MAX (top, probabilities[c]);
  double sum = 0;
  for (guint c = 0; c < model->n_classes; c++)
    sum += probabilities[c] = exp (probabilities[c] - top);
  for (guint c = 0; c < model->n_classes; c++)
    probabilities[c] /= sum;
}
