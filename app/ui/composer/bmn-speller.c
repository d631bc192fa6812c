#include "bmn-speller.h"

#include <enchant.h>

#define MAX_SUGGESTIONS 6

struct _BmnSpeller
{
  GObject parent_instance;

  EnchantBroker *broker; /* (owned) */
  EnchantDict *dict;     /* (nullable) the broker's */
  char *language;        /* (owned) (nullable) */
};

G_DEFINE_FINAL_TYPE (BmnSpeller, bmn_speller, G_TYPE_OBJECT)

enum
{
  CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

/* The best dictionary for a language: its own, or that of one of its regions. */
typedef struct
{
  const char *language; /* with an underscore */
  char *found;          /* (owned) (nullable) */
} Search;

static void
find_dictionary (const char *tag, const char *name, const char *desc, const char *file, void *data)
{
  Search *search = data;
  gsize length = strlen (search->language);
  if (!g_str_has_prefix (tag, search->language) || (tag[length] != '\0' && tag[length] != '_'))
    return;
  const char *const *wishes = g_get_language_names ();
  gboolean is_wished = g_strv_contains (wishes, tag);
  if (search->found && !is_wished && strlen (tag) >= strlen (search->found))
    return;
  g_free (search->found);
  search->found = g_strdup (tag);
}

void
bmn_speller_set_language (BmnSpeller *self, const char *language)
{
  if (g_strcmp0 (self->language, language) == 0)
    return;
  g_free (self->language);
  self->language = g_strdup (language);
  if (self->dict)
    enchant_broker_free_dict (self->broker, self->dict);
  self->dict = NULL;
  if (language)
    {
      g_autofree char *name = g_strdelimit (g_strdup (language), "-", '_');
      Search search = { .language = name };
      enchant_broker_list_dicts (self->broker, find_dictionary, &search);
      if (search.found)
        self->dict = enchant_broker_request_dict (self->broker, search.found);
      g_free (search.found);
    }
  g_signal_emit (self, signals[CHANGED], 0);
}

gboolean
bmn_speller_is_on (BmnSpeller *self)
{
  return self->dict != NULL;
}

gboolean
bmn_speller_check (BmnSpeller *self, const char *word, gssize length)
{
  return !self->dict || length == 0 || enchant_dict_check (self->dict, word, length) == 0;
}

GStrv
bmn_speller_suggest (BmnSpeller *self, const char *word)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  size_t n = 0;
  char **found = self->dict ? enchant_dict_suggest (self->dict, word, -1, &n) : NULL;
  for (size_t i = 0; i < MIN (n, MAX_SUGGESTIONS); i++)
    g_strv_builder_add (builder, found[i]);
  if (found)
    enchant_dict_free_string_list (self->dict, found);
  return g_strv_builder_end (builder);
}

void
bmn_speller_add (BmnSpeller *self, const char *word)
{
  if (!self->dict)
    return;
  enchant_dict_add (self->dict, word, -1);
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
bmn_speller_finalize (GObject *object)
{
  BmnSpeller *self = BMN_SPELLER (object);
  if (self->dict)
    enchant_broker_free_dict (self->broker, self->dict);
  enchant_broker_free (self->broker);
  g_free (self->language);
  G_OBJECT_CLASS (bmn_speller_parent_class)->finalize (object);
}

static void
bmn_speller_class_init (BmnSpellerClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = bmn_speller_finalize;
  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);
}

static void
bmn_speller_init (BmnSpeller *self)
{
  self->broker = enchant_broker_init ();
}

BmnSpeller *
bmn_speller_new (void)
{
  return g_object_new (BMN_TYPE_SPELLER, NULL);
}
