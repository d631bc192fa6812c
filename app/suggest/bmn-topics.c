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

/* One word or phrase in the making. */
typedef struct
{
  char *text;           /* (owned): as first written */
  const char *language; /* static or of a record */
  GArray *times;        /* (owned) (element-type double): of its posts */
  guint last_place;     /* of the last post counted, + 1 */
  guint n_counted;
  double weight;
  double sum;
  BmnTop best;
  BmnTop worst;
  guint most_in_phrase; /* posts in which the most common phrase with it stands */
  gboolean is_phrase;
  char *first;  /* (owned) (nullable): keys of the words of a phrase */
  char *second; /* likewise */
} Entry;

typedef struct
{
  BmnEngine *engine;
  double now;
  GHashTable *entries;  /* (element-type utf8 Entry): by key */
  GHashTable *stemmers; /* (element-type utf8 sb_stemmer): by language */
  double weight;
  double sum;
  double squares;
} Survey;

static void
free_entry (gpointer data)
{
  Entry *entry = data;
  g_free (entry->text);
  g_array_unref (entry->times);
  g_free (entry->first);
  g_free (entry->second);
  g_free (entry);
}

static void
free_stemmer (gpointer data)
{
  if (data)
    sb_stemmer_delete (data);
}

/* Returns: (transfer full): the key of a word: its language and stem */
static char *
key_of (Survey *survey, const char *language, const char *word)
{
  g_autofree char *base = g_strndup (language, strcspn (language, "-_"));
  struct sb_stemmer *stemmer;
  if (!g_hash_table_lookup_extended (survey->stemmers, base, NULL, (gpointer *)&stemmer))
    {
      stemmer = sb_stemmer_new (base, "UTF_8");
      g_hash_table_insert (survey->stemmers, g_strdup (base), stemmer);
    }
  const sb_symbol *stem
      = stemmer ? sb_stemmer_stem (stemmer, (const sb_symbol *)word, (int)strlen (word)) : NULL;
  return g_strconcat (base, " ", stem ? (const char *)stem : word, NULL);
}

static Entry *
ensure (Survey *survey, const char *key, const char *text, const char *language)
{
  Entry *entry = g_hash_table_lookup (survey->entries, key);
  if (!entry)
    {
      entry = g_new0 (Entry, 1);
      entry->text = g_strdup (text);
      entry->language = language;
      entry->times = g_array_new (FALSE, FALSE, sizeof (double));
      bmn_top_init (&entry->best, BMN_TOPIC_MAX_EXAMPLES);
      bmn_top_init (&entry->worst, BMN_TOPIC_MAX_EXAMPLES);
      g_hash_table_insert (survey->entries, g_strdup (key), entry);
    }
  return entry;
}

static double
weight_at (const Survey *survey, double at)
{
  double half_life = survey->engine->levers.half_life;
  return half_life > 0 ? exp2 (-MAX (0, survey->now - at) / DAY / half_life) : 1;
}

/* Counts a post for an entry, once. */
static void
count (Survey *survey, Entry *entry, guint place)
{
  const BmnRecord *record = g_ptr_array_index (survey->engine->records, place);
  double at = record->at / (double)G_USEC_PER_SEC;
  if (entry->last_place == place + 1)
    return;
  entry->last_place = place + 1;
  g_array_append_val (entry->times, at);
  if (!record->has_lift)
    return;
  double weight = weight_at (survey, at);
  entry->n_counted++;
  entry->weight += weight;
  entry->sum += weight * record->lift;
  bmn_top_add (&entry->best, place, record->lift);
  bmn_top_add (&entry->worst, place, -record->lift);
}

static void
add_phrase (Survey *survey,
            const char *lower,
            const char *first,
            const char *second,
            const char *first_key,
            const char *second_key,
            const char *language,
            guint place)
{
  g_autofree char *text = g_strconcat (first, " ", second, NULL);
  /* Words on both sides of a function word or a comma are no phrase. */
  if (!strstr (lower, text))
    return;
  g_autofree char *key = g_strconcat (first_key, " + ", second_key, NULL);
  Entry *entry = ensure (survey, key, text, language);
  if (!entry->is_phrase)
    {
      entry->is_phrase = TRUE;
      entry->first = g_strdup (first_key);
      entry->second = g_strdup (second_key);
    }
  count (survey, entry, place);
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
  g_autofree char *last_key = NULL;
  const char *last = NULL;
  for (guint i = 0; i < reading->sequence->len; i++)
    {
      guint id = g_array_index (reading->sequence, guint, i);
      if (id >= engine->vocabulary.words->len)
        continue;
      const char *word = bmn_vocabulary_get (&engine->vocabulary, id);
      g_autofree char *key = key_of (survey, language, word);
      count (survey, ensure (survey, key, word, language), place);
      if (last)
        add_phrase (survey, lower, last, word, last_key, key, language, place);
      last = word;
      g_free (last_key);
      last_key = g_steal_pointer (&key);
    }
}

/* Tells words how often they stand in their most common phrase. */
static void
relate_phrases (Survey *survey)
{
  GHashTableIter iter;
  gpointer value;
  g_hash_table_iter_init (&iter, survey->entries);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      const Entry *phrase = value;
      if (!phrase->is_phrase || phrase->times->len < BMN_TOPIC_MIN_POSTS)
        continue;
      Entry *first = g_hash_table_lookup (survey->entries, phrase->first);
      Entry *second = g_hash_table_lookup (survey->entries, phrase->second);
      first->most_in_phrase = MAX (first->most_in_phrase, phrase->times->len);
      second->most_in_phrase = MAX (second->most_in_phrase, phrase->times->len);
    }
}

static void
set_lift (const Survey *survey, const Entry *entry, BmnTopic *topic)
{
  double weight = MAX (1e-9, survey->weight), mean = survey->sum / weight;
  double variance = MAX (0, survey->squares / weight - mean * mean);
  double margin = NORMAL_80 * sqrt (variance / (entry->weight + DOUBT));
  topic->n_counted = entry->n_counted;
  topic->lift = entry->sum / (entry->weight + DOUBT);
  topic->low = topic->lift - margin;
  topic->high = topic->lift + margin;
  topic->lifts = topic->low > 0;
  topic->sinks = topic->high < 0;
}

static void
set_rhythm (const Survey *survey, const Entry *entry, BmnTopic *topic)
{
  guint n = entry->times->len, before = 0;
  const double *times = (const double *)entry->times->data;
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
  BmnTopic *topic = g_new0 (BmnTopic, 1);
  topic->text = g_strdup (entry->text);
  topic->language = g_str_equal (entry->language, "und") ? NULL : g_strdup (entry->language);
  set_lift (survey, entry, topic);
  set_rhythm (survey, entry, topic);
  topic->best_posts = examples_of (survey, &entry->best);
  topic->worst_posts = examples_of (survey, &entry->worst);
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
  g_autoptr (GHashTable) entries
      = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, free_entry);
  g_autoptr (GHashTable) stemmers
      = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, free_stemmer);
  Survey survey = { engine, now / (double)G_USEC_PER_SEC, entries, stemmers };
  g_autoptr (GArray) places = newest_posts (engine);
  for (guint i = 0; i < places->len; i++)
    if (((const BmnRecord *)g_ptr_array_index (engine->records, g_array_index (places, guint, i)))
            ->text)
      survey_post (&survey, g_array_index (places, guint, i));
  relate_phrases (&survey);

  GPtrArray *topics = g_ptr_array_new_with_free_func ((GDestroyNotify)bmn_topic_free);
  GHashTableIter iter;
  gpointer value;
  g_hash_table_iter_init (&iter, entries);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      const Entry *entry = value;
      if (entry->times->len >= BMN_TOPIC_MIN_POSTS
          && entry->most_in_phrase < PHRASE_SHARE * entry->times->len)
        g_ptr_array_add (topics, make_topic (&survey, entry));
    }
  g_ptr_array_sort (topics, compare_topics);
  if (topics->len > max)
    g_ptr_array_set_size (topics, (gint)max);
  return topics;
}
