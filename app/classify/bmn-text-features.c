#include "bmn-text-features-private.h"

#include "bmn-phrase-private.h"

#include <math.h>
#include <string.h>

/* How words change what stands beside them. The sizes are of the kind Hutto and Gilbert
 * measured with human raters (VADER, ICWSM 2014); the models are trained on what comes out. */
#define NEGATION (-0.74f)
#define BOOST 0.3f
#define REACH 3
#define COMPOUND_SOFTNESS 15.0f

/* Kinds of sparse features: each has its own hash seed and is scaled by itself. */
typedef enum
{
  KIND_WORD,
  KIND_NEGATED,
  KIND_PAIR,
  KIND_TRIPLE,
  KIND_LETTERS,
  KIND_VALUE,
  N_KINDS,
} Kind;

/* What the lists say of one token. */
typedef struct
{
  const BmnToken *token;
  guint index;
  BmnWordRole role;
  float own;
  float english;
  float symbol;
  float factor;
  gboolean negated;
} Reading;

static guint32
stir (guint32 h)
{
  h ^= h >> 16;
  h *= 0x85ebca6bu;
  h ^= h >> 13;
  h *= 0xc2b2ae35u;
  h ^= h >> 16;
  return h;
}

static guint32
fnv (guint32 h, const char *text, gsize length)
{
  for (gsize i = 0; i < length; i++)
    h = (h ^ (guint8)text[i]) * 16777619u;
  return h;
}

static guint32
seed_of (guint32 seed)
{
  return fnv (2166136261u, (const char[]){ (char)seed }, 1);
}

guint32
bmn_feature_hash (guint32 seed, const char *text)
{
  return stir (fnv (seed_of (seed), text, strlen (text)));
}

guint32
bmn_feature_hash_in_language (guint32 hash, guint32 language)
{
  return stir (hash ^ language);
}

/* Reading the words. */

static BmnWordSense
look_up (const BmnLexicon *lexicon, const BmnTokens *tokens, guint index, int skip, guint *used)
{
  const BmnToken *token = &g_array_index (tokens->list, BmnToken, index);
  BmnWordSense sense = bmn_lexicon_find_phrase (lexicon, tokens, index, skip, used);
  if (sense.role == BMN_WORD_UNKNOWN && token->plain != token->form)
    sense = bmn_lexicon_look_up (lexicon, token->plain);
  return sense;
}

static void
value_words (
    Reading *readings, guint n, const BmnTokens *tokens, const BmnLexicons *lexicons, int skip)
{
  for (guint i = 0; i < n; i++)
    {
      const BmnToken *token = readings[i].token;
      if (token->kind == BMN_TOKEN_EMOJI || token->kind == BMN_TOKEN_EMOTICON)
        readings[i].symbol = bmn_lexicon_look_up (lexicons->symbols, token->form).value;
      if (token->kind != BMN_TOKEN_WORD)
        continue;
      guint used;
      BmnWordSense own = look_up (lexicons->own, tokens, readings[i].index, skip, &used);
      BmnWordSense english = { BMN_WORD_UNKNOWN, 0 };
      if (own.role == BMN_WORD_UNKNOWN)
        english = look_up (lexicons->english, tokens, readings[i].index, skip, &used);
      readings[i].own = own.value;
      readings[i].english = english.value;
      readings[i].role = own.role != BMN_WORD_UNKNOWN ? own.role : english.role;
      /* The rest of a phrase has had its say. */
      for (guint j = 1; j < used; j++)
        readings[i + j].role = BMN_WORD_VALUED;
      i += used - 1;
    }
}

static gboolean
ends_clause (const BmnToken *token)
{
  return token->kind == BMN_TOKEN_MARK && strchr (".,;:!?", token->form[0]);
}

/* How strong the word at @i is made by what stands before it. */
static void
set_factor (Reading *readings, guint i)
{
  Reading *reading = &readings[i];
  float strength = 1;
  guint distance = 0;
  for (guint j = i; j-- > 0 && distance < REACH;)
    {
      if (ends_clause (readings[j].token))
        break;
      if (readings[j].token->kind != BMN_TOKEN_WORD)
        continue;
      float fade = 1 - 0.05f * distance;
      distance++;
      if (readings[j].role == BMN_WORD_NEGATOR)
        reading->negated = !reading->negated;
      else if (readings[j].role == BMN_WORD_BOOSTER && distance <= 2)
        strength += BOOST * fade * (readings[j].token->loud || readings[j].token->drawn ? 1.5f : 1);
      else if (readings[j].role == BMN_WORD_DAMPER && distance <= 2)
        strength -= BOOST * fade;
    }
  if (reading->token->loud)
    strength += BOOST;
  if (reading->token->drawn)
    strength += BOOST / 2;
  reading->factor = reading->negated ? NEGATION * strength : strength;
}

/* "Nice, but …": the part after the last turn is what is meant. */
static void
weigh_turn (Reading *readings, guint n)
{
  guint turn = 0;
  for (guint i = 1; i + 1 < n; i++)
    if (readings[i].role == BMN_WORD_TURN)
      turn = i;
  for (guint i = 0; turn && i < n; i++)
    readings[i].factor *= i < turn ? 0.6f : 1.3f;
}

static Reading *
read_tokens (const BmnTokens *tokens, const BmnLexicons *lexicons, int skip, guint *n)
{
  Reading *readings = g_new0 (Reading, tokens->list->len + 1);
  *n = 0;
  for (guint i = 0; i < tokens->list->len; i++)
    if ((int)i != skip)
      readings[(*n)++]
          = (Reading){ .token = &g_array_index (tokens->list, BmnToken, i), .index = i };
  value_words (readings, *n, tokens, lexicons, skip);
  for (guint i = 0; i < *n; i++)
    set_factor (readings, i);
  weigh_turn (readings, *n);
  return readings;
}

/* Dense features. */

static float *
put (float *dense, float value)
{
  *dense = value;
  return dense + 1;
}

typedef float (*ValueOf) (const Reading *reading);

static float
own_of (const Reading *reading)
{
  return reading->own * reading->factor;
}

static float
english_of (const Reading *reading)
{
  return reading->english * reading->factor;
}

static float
symbol_of (const Reading *reading)
{
  return reading->symbol;
}

static float
all_of (const Reading *reading)
{
  return own_of (reading) + english_of (reading) + symbol_of (reading);
}

static float
soften (float sum)
{
  return sum / sqrtf (sum * sum + COMPOUND_SOFTNESS);
}

/* Nine numbers of one list: what its words come to, their extremes, the last of them. */
static float *
put_list (float *dense, const Reading *readings, guint n, ValueOf value_of)
{
  float pos = 0, neg = 0, top = 0, bottom = 0, last = 0;
  guint n_pos = 0, n_neg = 0;
  for (guint i = 0; i < n; i++)
    {
      float value = value_of (&readings[i]);
      if (value == 0)
        continue;
      last = value;
      pos += MAX (value, 0);
      neg += MIN (value, 0);
      n_pos += value > 0;
      n_neg += value < 0;
      top = MAX (top, value);
      bottom = MIN (bottom, value);
    }
  dense = put (dense, soften (pos + neg));
  dense = put (dense, soften (pos));
  dense = put (dense, soften (neg));
  dense = put (dense, top / 4);
  dense = put (dense, bottom / 4);
  dense = put (dense, last / 4);
  dense = put (dense, n_pos + n_neg ? (pos + neg) / (4 * (float)(n_pos + n_neg)) : 0);
  dense = put (dense, n_pos && !n_neg);
  return put (dense, n_neg && !n_pos);
}

static void
set_dense (float *dense, const Reading *readings, guint n)
{
  guint marks = 0, asks = 0, dots = 0, loud = 0, drawn = 0, tags = 0, urls = 0, users = 0;
  guint numbers = 0, negators = 0, turns = 0, words = 0, pictures = 0;
  for (guint i = 0; i < n; i++)
    {
      const BmnToken *token = readings[i].token;
      const char *form = token->form;
      if (token->kind == BMN_TOKEN_MARK && form[0] == '!')
        marks += (guint)strlen (form);
      if (token->kind == BMN_TOKEN_MARK && form[0] == '?')
        asks += (guint)strlen (form);
      dots += g_str_equal (form, "...") || g_str_equal (form, "…");
      loud += token->loud;
      drawn += token->drawn;
      tags += token->tag;
      urls += token->kind == BMN_TOKEN_URL;
      users += token->kind == BMN_TOKEN_MENTION;
      numbers += token->kind == BMN_TOKEN_NUMBER;
      words += token->kind == BMN_TOKEN_WORD;
      pictures += token->kind == BMN_TOKEN_EMOJI || token->kind == BMN_TOKEN_EMOTICON;
      negators += readings[i].role == BMN_WORD_NEGATOR;
      turns += readings[i].role == BMN_WORD_TURN;
    }
  float *end = dense;
  end = put_list (end, readings, n, own_of);
  end = put_list (end, readings, n, english_of);
  end = put_list (end, readings, n, symbol_of);
  const float *look = end;
  end = put (end, MIN (marks, 4) / 4.0f);
  end = put (end, MIN (asks, 3) / 3.0f);
  end = put (end, MIN (dots, 2) / 2.0f);
  end = put (end, words ? (float)loud / (float)words : 0);
  end = put (end, MIN (drawn, 2) / 2.0f);
  end = put (end, MIN (tags, 4) / 4.0f);
  end = put (end, MIN (urls, 2) / 2.0f);
  end = put (end, MIN (users, 3) / 3.0f);
  end = put (end, MIN (numbers, 4) / 4.0f);
  end = put (end, logf (1 + (float)words) / 5);
  end = put (end, MIN (negators, 3) / 3.0f);
  end = put (end, MIN (turns, 1));
  end = put (end, MIN (pictures, 4) / 4.0f);
  float sum = 0;
  for (guint i = 0; i < n; i++)
    sum += all_of (&readings[i]);
  /* Exclamation marks make good things better and bad ones worse; so, more or less, does the
   * rest of the look. */
  for (const float *end_of_look = end; look < end_of_look; look++)
    end = put (end, soften (sum) * *look);
  end = put (end, soften (sum));
  end = put (end, words ? sum / (4 * sqrtf ((float)words)) : 0);
  end = put (end, 1);
  g_assert (end == dense + BMN_N_DENSE);
}

/* Sparse features. */

static void
push (GArray *kind, guint32 hash, float value)
{
  const BmnFeature feature = { hash, value };
  g_array_append_val (kind, feature);
}

static guint32
hash_pair (Kind kind, const char *a, const char *b)
{
  guint32 h = fnv (seed_of (kind), a, strlen (a));
  h = fnv (h, " ", 1);
  return stir (fnv (h, b, strlen (b)));
}

/* All runs of two to five letters of " form ", so that beginnings and ends are told apart. */
static void
push_letters (GArray *kind, const char *form)
{
  g_autofree char *padded = g_strconcat (" ", form, " ", NULL);
  for (const char *start = padded; *start; start = g_utf8_next_char (start))
    {
      const char *end = g_utf8_next_char (start);
      for (guint n = 2; n <= 5 && *end; n++)
        {
          end = g_utf8_next_char (end);
          push (kind, stir (fnv (seed_of (KIND_LETTERS), start, (gsize)(end - start))), 1);
        }
    }
}

static void
collect (GArray **kinds, const Reading *readings, guint n)
{
  for (guint i = 0; i < n; i++)
    {
      const BmnToken *token = readings[i].token;
      const char *previous = i ? readings[i - 1].token->form : "<s>";
      push (kinds[KIND_WORD], bmn_feature_hash (KIND_WORD, token->form), 1);
      push (kinds[KIND_VALUE], bmn_feature_hash (KIND_VALUE, token->plain), readings[i].factor);
      if (readings[i].negated)
        push (kinds[KIND_NEGATED], bmn_feature_hash (KIND_NEGATED, token->form), 1);
      push (kinds[KIND_PAIR], hash_pair (KIND_PAIR, previous, token->form), 1);
      if (i >= 2)
        {
          g_autofree char *pair = g_strconcat (readings[i - 2].token->form, " ", previous, NULL);
          push (kinds[KIND_TRIPLE], hash_pair (KIND_TRIPLE, pair, token->form), 1);
        }
      if (token->kind == BMN_TOKEN_WORD)
        push_letters (kinds[KIND_LETTERS], token->form);
    }
}

static int
compare_features (const void *a, const void *b)
{
  const BmnFeature *fa = a;
  const BmnFeature *fb = b;
  return fa->hash < fb->hash ? -1 : fa->hash > fb->hash;
}

/* Each feature once, and the whole kind scaled to what one long text and one short have alike. */
static void
append_scaled (GArray *sparse, GArray *kind, Kind which)
{
  g_array_sort (kind, compare_features);
  guint n = 0;
  for (guint i = 0; i < kind->len; i++)
    {
      BmnFeature *feature = &g_array_index (kind, BmnFeature, i);
      BmnFeature *last = n ? &g_array_index (kind, BmnFeature, n - 1) : NULL;
      if (!last || last->hash != feature->hash)
        g_array_index (kind, BmnFeature, n++) = *feature;
      else if (which == KIND_VALUE)
        last->value += feature->value;
    }
  float scale = n ? 1 / sqrtf ((float)n) : 0;
  for (guint i = 0; i < n; i++)
    g_array_index (kind, BmnFeature, i).value *= scale;
  g_array_append_vals (sparse, kind->data, n);
}

BmnTextFeatures *
bmn_text_features_new (const BmnTokens *tokens, const BmnLexicons *lexicons, int skip)
{
  guint n;
  g_autofree Reading *readings = read_tokens (tokens, lexicons, skip, &n);
  BmnTextFeatures *features = g_new0 (BmnTextFeatures, 1);
  set_dense (features->dense, readings, n);
  GArray *kinds[N_KINDS];
  for (guint i = 0; i < N_KINDS; i++)
    kinds[i] = g_array_new (FALSE, FALSE, sizeof (BmnFeature));
  collect (kinds, readings, n);
  features->sparse = g_array_new (FALSE, FALSE, sizeof (BmnFeature));
  for (guint i = 0; i < N_KINDS; i++)
    {
      append_scaled (features->sparse, kinds[i], i);
      g_array_unref (kinds[i]);
    }
  return features;
}

void
bmn_text_features_free (BmnTextFeatures *features)
{
  g_array_unref (features->sparse);
  g_free (features);
}
