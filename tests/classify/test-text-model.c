#include "bmn-error.h"
#include "bmn-text-model-private.h"

#include <math.h>
#include <string.h>

#define BITS 4
#define CLASSES 2

static void
append_uint32 (GByteArray *data, guint32 value)
{
  value = GUINT32_TO_LE (value);
  g_byte_array_append (data, (const guint8 *)&value, 4);
}

static void
append_float (GByteArray *data, float value)
{
  guint32 bits;
  memcpy (&bits, &value, 4);
  append_uint32 (data, bits);
}

/* A check sum as the file wants it, over all after it. */
static GBytes *
seal (GByteArray *data)
{
  guint32 h = 2166136261u;
  for (guint i = 12; i < data->len; i++)
    h = (h ^ data->data[i]) * 16777619u;
  h = GUINT32_TO_LE (h);
  memcpy (data->data + 8, &h, 4);
  return g_bytes_new (data->data, data->len);
}

/* A model in which class 1 likes every word, a little more so in German. */
static GByteArray *
build (float scale)
{
  GByteArray *data = g_byte_array_new ();
  g_byte_array_append (data, (const guint8 *)"BMNTXT1\n\0\0\0\0", 12);
  append_uint32 (data, BITS);
  append_uint32 (data, CLASSES);
  append_uint32 (data, BMN_N_DENSE);
  append_uint32 (data, 1);
  g_byte_array_append (data, (const guint8 *)"de\0\0\0\0\0\0", 8);
  append_float (data, scale);
  append_float (data, 0.5f);
  append_float (data, -0.5f);
  for (guint i = 0; i < 2 * BMN_N_DENSE * CLASSES; i++)
    append_float (data, 0);
  for (guint i = 0; i < 2 * (1 << BITS) * CLASSES; i++)
    {
      guint8 weight = i % CLASSES ? 10 : 0;
      g_byte_array_append (data, &weight, 1);
    }
  return data;
}

static void
test_score (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GByteArray) data = build (0.01f);
  g_autoptr (GBytes) bytes = seal (data);
  g_autoptr (BmnTextModel) model = bmn_text_model_new (bytes, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (bmn_text_model_get_n_classes (model), ==, CLASSES);

  g_autoptr (BmnTokens) tokens = bmn_tokens_new ("x", 1, NULL);
  const BmnLexicons none = { 0 };
  g_autoptr (BmnTextFeatures) features = bmn_text_features_new (tokens, &none, -1);
  double sum = 0;
  for (guint i = 0; i < features->sparse->len; i++)
    sum += g_array_index (features->sparse, BmnFeature, i).value;
  double scores[CLASSES];
  bmn_text_model_score (model, features, NULL, scores);
  g_assert_cmpfloat_with_epsilon (scores[0], 0.5, 1e-6);
  g_assert_cmpfloat_with_epsilon (scores[1], -0.5 + sum, 1e-5);
  bmn_text_model_score (model, features, "de", scores);
  g_assert_cmpfloat_with_epsilon (scores[1], -0.5 + 2 * sum, 1e-5);

  double p[CLASSES];
  bmn_text_model_probabilities (model, features, "de", p);
  g_assert_cmpfloat_with_epsilon (p[0] + p[1], 1, 1e-12);
  g_assert_cmpfloat_with_epsilon (log (p[1] / p[0]), scores[1] - scores[0], 1e-9);
}

static void
assert_damaged (GBytes *bytes)
{
  g_autoptr (GError) error = NULL;
  g_assert_null (bmn_text_model_new (bytes, &error));
  g_assert_error (error, BMN_ERROR, BMN_ERROR_DAMAGED);
}

static void
test_damaged (void)
{
  g_autoptr (GByteArray) data = build (0.1f);
  g_autoptr (GBytes) whole = seal (data);
  gsize size = g_bytes_get_size (whole);
  const gsize cuts[] = { 0, 7, 8, 27, 28, 100, size - 1 };
  for (gsize i = 0; i < G_N_ELEMENTS (cuts); i++)
    {
      g_autoptr (GBytes) cut = g_bytes_new_from_bytes (whole, 0, cuts[i]);
      assert_damaged (cut);
    }
  /* One bit anywhere. */
  for (gsize i = 0; i < data->len; i += 17)
    {
      data->data[i] ^= 4;
      g_autoptr (GBytes) flipped = g_bytes_new (data->data, data->len);
      assert_damaged (flipped);
      data->data[i] ^= 4;
    }
  /* A right check sum does not make a wrong size or number right. */
  const gsize fields[] = { 12, 16, 20, 24 };
  for (gsize i = 0; i < G_N_ELEMENTS (fields); i++)
    {
      guint8 before = data->data[fields[i]];
      data->data[fields[i]] = 0xff;
      g_autoptr (GBytes) wrong = seal (data);
      assert_damaged (wrong);
      data->data[fields[i]] = before;
    }
  g_autoptr (GByteArray) endless = build (INFINITY);
  g_autoptr (GBytes) infinite = seal (endless);
  assert_damaged (infinite);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/classify/text-model/score", test_score);
  g_test_add_func ("/classify/text-model/damaged", test_damaged);
  return g_test_run ();
}
