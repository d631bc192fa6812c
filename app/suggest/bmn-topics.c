#include "bmn-engine-private.h"
#include "bmn-language-private.h"
#include "bmn-reasons-private.h"

#include <libstemmer.h>
#include <math.h>
#include <string.h>

#define DAY 86400.0

/* The newest posts, which is what an account is about. */
#define MAX_POSTS 5000

/* As if so many more posts without any lift had been seen. */
#define DOUBT 4.0

/* 80 % of a normal distribution lie within so many standard deviations. */
#define NORMAL_80 1.2815515655

/* "Lately", what it is compared with, and when the difference is no chance: twice as many,
 * and two standard deviations of a Poisson law above. */
#define RECENT_DAYS 28
#define BEFORE_DAYS 180
#define MIN_RECENT 3

/* Silence of this many usual gaps, and at least four weeks, makes a topic due. */
#define DUE_GAPS 2
#define DUE_DAYS 28

/* A word that stands mostly in one phrase is told by the phrase. */
#define PHRASE_SHARE 0.7

/* One word or phrase in the making. Most are in a post or two and come to nothing, so that no
 * more is kept of each than where it stands. */
typedef struct
{
  const char *word;     /* as first written; of a phrase the first one */
  const char *second;   /* (nullable): of a phrase */
  const char *language; /* static or of a record */
  GArray *places;       /* (owned) (element-type guint): of its posts */
  guint first_entry;    /* of a phrase: its words' entries */
  guint second_entry;
  guint most_in_phrase; /* of a word: posts in which the most common phrase with it stands */
} Entry;

/* The entries of one language's words. */
typedef struct
{
  struct sb_stemmer *stemmer; /* (owned) (nullable) */
  GHashTable *by_stem;        /* (owned) (element-type utf8 guint): entry + 1 */
  GArray *by_word;            /* (owned) (element-type guint): entry + 1 by word id, 0 for none */
} Language;

typedef struct
{
  BmnEngine *engine;
  double now;
  GArray *entries;       /* (owned) (element-type Entry) */
  GHashTable *languages; /* (owned) (element-type utf8 Language): without their regions */
  BmnKeyMap phrases;     /* entries, by those of both words */
  double weight;
  double sum;
  double squares;
} Survey;

/* What the posts of an entry got, and when they were. */
typedef struct
{
  GArray *times; /* (owned) (element-type double) */
  guint n_counted;
  double weight;
  double sum;
  BmnTop best;
  BmnTop worst;
} Account;

static void
language_free (Language *language)
{
  if (language->stemmer)
    sb_stemmer_delete (language->stemmer);
  g_hash_table_unref (language->by_stem);
  g_array_unref (language->by_word);
  g_free (language);
}

static void
entry_clear (Entry *entry)
{
  g_array_unref (entry->places);
}

static void
survey_init (Survey *survey, BmnEngine *engine, gint64 now)
{
  *survey = (Survey){ .engine = engine, .now = now / (double)G_USEC_PER_SEC };
  survey->entries = g_array_new (FALSE, FALSE, sizeof (Entry));
  g_array_set_clear_func (survey->entries, (GDestroyNotify)entry_clear);
  survey->languages
      = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify)language_free);
  bmn_key_map_init (&survey->phrases);
}

static void
survey_clear (Survey *survey)
{
  g_array_unref (survey->entries);
  g_hash_table_unref (survey->languages);
  bmn_key_map_clear (&survey->phrases);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Survey, survey_clear)

static Entry *
entry_at (const Survey *survey, guint i)
{
  return &g_array_index (survey->entries, Entry, i);
}

/* Returns: the place of the new entry */
static guint
add_entry (Survey *survey, const char *word, const char *language)
{
  Entry entry = { .word = word, .language = language };
  entry.places = g_array_new (FALSE, FALSE, sizeof (guint));
  g_array_append_val (survey->entries, entry);
  return survey->entries->len - 1;
}

static Language *
ensure_language (Survey *survey, const char *tag)
{
  g_autofree char *base = g_strndup (tag, strcspn (tag, "-_"));
  Language *language = g_hash_table_lookup (survey->languages, base);
  if (language)
    return language;
  language = g_new0 (Language, 1);
  language->stemmer = sb_stemmer_new (base, "UTF_8");
  language->by_stem = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  language->by_word = g_array_new (FALSE, TRUE, sizeof (guint));
  g_hash_table_insert (survey->languages, g_steal_pointer (&base), language);
  return language;
}

/* Returns: the entry of all words with the stem of @word */
static guint
ensure_word (Survey *survey, Language *language, const char *tag, guint id)
{
  if (id >= language->by_word->len)
    g_array_set_size (language->by_word, MAX (id + 1, survey->engine->vocabulary.words->len));
  guint *place = &g_array_index (language->by_word, guint, id);
  if (*place > 0)
    return *place - 1;
  const char *word = bmn_vocabulary_get (&survey->engine->vocabulary, id);
  const sb_symbol *stemmed
      = language->stemmer
            ? sb_stemmer_stem (language->stemmer, (const sb_symbol *)word, (int)strlen (word))
            : NULL;
  const char *stem = stemmed ? (const char *)stemmed : word;
  *place = GPOINTER_TO_UINT (g_hash_table_lookup (language->by_stem, stem));
  if (*place == 0)
    {
      *place = add_entry (survey, word, tag) + 1;
      g_hash_table_insert (language->by_stem, g_strdup (stem), GUINT_TO_POINTER (*place));
    }
  return *place - 1;
}

/* Notes once that an entry stands in a post. */
static void
note (Survey *survey, guint i, guint place)
{
  GArray *places = entry_at (survey, i)->places;
  if (places->len == 0 || g_array_index (places, guint, places->len - 1) != place)
    g_array_append_val (places, place);
}

static double
weight_at (const Survey *survey, double at)
{
  double half_life = survey->engine->levers.half_life;
  return half_life > 0 ? exp2 (-MAX (0, survey->now - at) / DAY / half_life) : 1;
}

/* Whether two words stand side by side: with a function word or a comma between them they are
 * no phrase. */
static gboolean
are_together (const char *lower, const char *first, const char *second)
{
  gsize length = strlen (first);
  for (const char *p = strstr (lower, first); p; p = strstr (p + 1, first))
    if (p[length] == ' ' && g_str_has_prefix (p + length + 1, second))
      return TRUE;
  return FALSE;
}

static void
note_phrase (Survey *survey, guint first, guint second, const char *const *words, guint place)
{
  guint64 key = ((guint64)first + 1) << 32 | (second + 1);
  guint i = bmn_key_map_lookup (&survey->phrases, key);
  if (i == BMN_KEY_MAP_NONE)
    {
      i = add_entry (survey, words[0], entry_at (survey, first)->language);
      Entry *entry = entry_at (survey, i);
      entry->second = words[1];
      entry->first_entry = first;
      entry->second_entry = second;
      bmn_key_map_insert (&survey->phrases, key, i);
    }
  note (survey, i, place);
}

static void
survey_post (Survey *survey, guint place)
{
  BmnEngine *engine = survey->engine;
  const BmnRecord *record = g_ptr_array_index (engine->records, place);
  g_autoptr (BmnReading) reading
      = bmn_reader_read (engine->reader, &engine->vocabulary, FALSE, record->text);
  g_autofree char *lower = bmn_reader_lower (engine->reader, reading->plain);
  const char *language = bmn_language_of (record->language, record->text);
  if (record->has_lift)
    {
      double weight = weight_at (survey, record->at / (double)G_USEC_PER_SEC);
      survey->weight += weight;
      survey->sum += weight * record->lift;
      survey->squares += weight * record->lift * record->lift;
    }
  Language *words = ensure_language (survey, language);
  const char *pair[2] = { NULL, NULL };
  guint last = 0;
  for (guint i = 0; i < reading->sequence->len; i++)
    {
      guint id = g_array_index (reading->sequence, guint, i);
      if (id >= engine->vocabulary.words->len)
        continue;
      guint entry = ensure_word (survey, words, language, id);
      note (survey, entry, place);
      pair[1] = bmn_vocabulary_get (&engine->vocabulary, id);
      if (pair[0] && are_together (lower, pair[0], pair[1]))
        note_phrase (survey, last, entry, pair, place);
      pair[0] = pair[1];
      last = entry;
    }
}

/* Tells words how often they stand in their most common phrase. */
static void
relate_phrases (Survey *survey)
{
  for (guint i = 0; i < survey->entries->len; i++)
    {
      const Entry *phrase = entry_at (survey, i);
      guint n = phrase->places->len;
      if (!phrase->second || n < BMN_TOPIC_MIN_POSTS)
        continue;
      Entry *first = entry_at (survey, phrase->first_entry);
      Entry *second = entry_at (survey, phrase->second_entry);
      first->most_in_phrase = MAX (first->most_in_phrase, n);
      second->most_in_phrase = MAX (second->most_in_phrase, n);
    }
}

static void
account_clear (Account *account)
{
  g_clear_pointer (&account->times, g_array_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Account, account_clear)

/* Adds up the posts of an entry. */
static void
add_up (const Survey *survey, const Entry *entry, Account *account)
{
  account->times = g_array_sized_new (FALSE, FALSE, sizeof (double), entry->places->len);
  bmn_top_init (&account->best, BMN_TOPIC_MAX_EXAMPLES);
  bmn_top_init (&account->worst, BMN_TOPIC_MAX_EXAMPLES);
  for (guint i = 0; i < entry->places->len; i++)
    {
      guint place = g_array_index (entry->places, guint, i);
      const BmnRecord *record = g_ptr_array_index (survey->engine->records, place);
      double at = record->at / (double)G_USEC_PER_SEC;
      g_array_append_val (account->times, at);
      if (!record->has_lift)
        continue;
      double weight = weight_at (survey, at);
      account->n_counted++;
      account->weight += weight;
      account->sum += weight * record->lift;
      bmn_top_add (&account->best, place, record->lift);
      bmn_top_add (&account->worst, place, -record->lift);
    }
}

static void
set_lift (const Survey *survey, const Account *account, BmnTopic *topic)
{
  double weight = MAX (1e-9, survey->weight), mean = survey->sum / weight;
  double variance = MAX (0, survey->squares / weight - mean * mean);
  double margin = NORMAL_80 * sqrt (variance / (account->weight + DOUBT));
  topic->n_counted = account->n_counted;
  topic->lift = account->sum / (account->weight + DOUBT);
  topic->low = topic->lift - margin;
  topic->high = topic->lift + margin;
  topic->lifts = topic->low > 0;
  topic->sinks = topic->high < 0;
}

static void
set_rhythm (const Survey *survey, const Account *account, BmnTopic *topic)
{
  guint n = account->times->len, before = 0;
  const double *times = (const double *)account->times->data;
  for (guint i = 0; i < n; i++)
    {
      double age = (survey->now - times[i]) / DAY;
      topic->recent += age <= RECENT_DAYS ? 1 : 0;
      before += age > RECENT_DAYS && age <= RECENT_DAYS + BEFORE_DAYS ? 1 : 0;
    }
  topic->n = n;
  topic->last_at = (gint64)(times[n - 1] * G_USEC_PER_SEC);
  topic->days = MAX (0, survey->now - times[n - 1]) / DAY;
  topic->usual_days = (times[n - 1] - times[0]) / DAY / (n - 1);
  topic->expected = before * (double)RECENT_DAYS / BEFORE_DAYS;
  topic->rises = topic->recent >= MIN_RECENT && topic->recent > 2 * topic->expected
                 && topic->recent - topic->expected > 2 * sqrt (topic->expected + 1);
  topic->is_due = topic->days >= MAX (DUE_DAYS, DUE_GAPS * topic->usual_days) && topic->lift >= 0;
}

static GArray *
examples_of (const Survey *survey, const BmnTop *top)
{
  GArray *ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  for (guint i = 0; i < top->n; i++)
    bmn_reasons_add_example (survey->engine, ids, top->ids[i]);
  return ids;
}

static BmnTopic *
make_topic (const Survey *survey, const Entry *entry)
{
  g_auto (Account) account = { 0 };
  add_up (survey, entry, &account);
  BmnTopic *topic = g_new0 (BmnTopic, 1);
  topic->text = entry->second ? g_strconcat (entry->word, " ", entry->second, NULL)
                              : g_strdup (entry->word);
  topic->language = g_str_equal (entry->language, "und") ? NULL : g_strdup (entry->language);
  set_lift (survey, &account, topic);
  set_rhythm (survey, &account, topic);
  topic->best_posts = examples_of (survey, &account.best);
  topic->worst_posts = examples_of (survey, &account.worst);
  return topic;
}

static int
compare_topics (gconstpointer a, gconstpointer b)
{
  const BmnTopic *x = *(const BmnTopic *const *)a, *y = *(const BmnTopic *const *)b;
  if (x->n != y->n)
    return x->n < y->n ? 1 : -1;
  return g_strcmp0 (x->text, y->text);
}

/* The places of the newest posts that are no replies, by time; their texts are there. */
static GArray *
newest_posts (BmnEngine *engine)
{
  GArray *places = g_array_new (FALSE, FALSE, sizeof (guint));
  for (guint i = engine->events->len; i-- > 0 && places->len < MAX_POSTS;)
    {
      const BmnEvent *event = &g_array_index (engine->events, BmnEvent, i);
      const BmnRecord *record = g_ptr_array_index (engine->records, event->record);
      if (!event->is_counts && !record->is_reply && !record->is_excluded && !record->is_gone)
        g_array_append_val (places, event->record);
    }
  if (places->len > 0)
    {
      guint oldest = g_array_index (places, guint, places->len - 1);
      bmn_engine_fetch_texts (engine,
                              ((const BmnRecord *)g_ptr_array_index (engine->records, oldest))->at);
      bmn_engine_refresh (engine);
    }
  for (guint i = 0; i < places->len / 2; i++)
    {
      guint *values = (guint *)places->data, other = places->len - 1 - i;
      guint swapped = values[i];
      values[i] = values[other];
      values[other] = swapped;
    }
  return places;
}

GPtrArray *
bmn_engine_get_topics (BmnEngine *engine, gint64 now, guint max)
{
  bmn_engine_refresh (engine);
  g_auto (Survey) survey;
  survey_init (&survey, engine, now);
  g_autoptr (GArray) places = newest_posts (engine);
  for (guint i = 0; i < places->len; i++)
    if (((const BmnRecord *)g_ptr_array_index (engine->records, g_array_index (places, guint, i)))
            ->text)
      survey_post (&survey, g_array_index (places, guint, i));
  relate_phrases (&survey);

  GPtrArray *topics = g_ptr_array_new_with_free_func ((GDestroyNotify)bmn_topic_free);
  for (guint i = 0; i < survey.entries->len; i++)
    {
      const Entry *entry = entry_at (&survey, i);
      guint n = entry->places->len;
      if (n >= BMN_TOPIC_MIN_POSTS && entry->most_in_phrase < PHRASE_SHARE * n)
        g_ptr_array_add (topics, make_topic (&survey, entry));
    }
  g_ptr_array_sort (topics, compare_topics);
  if (topics->len > max)
    g_ptr_array_set_size (topics, (gint)max);
  return topics;
}
