#include "bmn-stop-words-private.h"

#include <string.h>

/* clang-format off */
static const char *const english[] = {
  "a", "about", "after", "again", "all", "also", "am", "an", "and", "any", "are", "as", "at", "be",
  "because", "been", "before", "being", "but", "by", "can", "can't", "cannot", "could", "did",
  "didn't", "do", "does", "doesn't", "don't", "done", "each", "even", "for", "from", "get", "got",
  "had", "has", "have", "having", "he", "he's", "her", "here", "hers", "him", "his", "how", "i",
  "i'd", "i'll", "i'm", "i've", "if", "in", "into", "is", "isn't", "it", "it's", "its", "just",
  "let", "let's", "like", "may", "me", "might", "mine", "more", "most", "much", "must", "my", "no",
  "nor", "not", "of", "off", "on", "one", "only", "or", "other", "our", "ours", "out", "over",
  "own", "same", "shall", "she", "she's", "should", "so", "some", "such", "than", "that", "that's",
  "the", "their", "them", "then", "there", "there's", "these", "they", "they're", "this", "those",
  "to", "too", "under", "until", "up", "us", "very", "via", "was", "wasn't", "we", "we'll",
  "we're", "we've", "were", "what", "what's", "when", "where", "which", "while", "who", "who's",
  "whom", "why", "will", "with", "won't", "would", "you", "you'll", "you're", "you've", "your",
  "yours", "rt", "amp", NULL
};

static const char *const french[] = {
  "à", "ai", "ainsi", "alors", "après", "as", "au", "aucun", "aussi", "autre", "aux", "avant",
  "avec", "avez", "avons", "c'est", "ce", "cela", "ces", "cet", "cette", "ceux", "chez", "comme",
  "d'un", "d'une", "dans", "de", "depuis", "des", "donc", "dont", "du", "elle", "elles", "en",
  "encore", "entre", "es", "est", "et", "été", "être", "eu", "eux", "fait", "ici", "il", "ils",
  "j'ai", "je", "la", "le", "les", "leur", "leurs", "lui", "ma", "mais", "me", "même", "mes",
  "moi", "mon", "ne", "ni", "nos", "notre", "nous", "on", "ont", "ou", "où", "par", "pas", "peu",
  "peut", "plus", "pour", "pourquoi", "qu'il", "quand", "que", "quel", "quelle", "qui", "quoi",
  "sa", "sans", "se", "sera", "ses", "si", "son", "sont", "sous", "suis", "sur", "ta", "te",
  "tes", "toi", "ton", "tous", "tout", "toute", "toutes", "très", "tu", "un", "une", "vers",
  "vos", "votre", "vous", "y", NULL
};

static const char *const spanish[] = {
  "a", "al", "algo", "antes", "aquí", "así", "aunque", "cada", "como", "cómo", "con", "contra",
  "cual", "cuando", "de", "del", "desde", "donde", "dos", "e", "el", "él", "ella", "ellas",
  "ellos", "en", "entre", "era", "es", "esa", "ese", "eso", "esta", "está", "están", "estas",
  "este", "esto", "estos", "fue", "ha", "había", "han", "hasta", "hay", "he", "hemos", "la", "las",
  "le", "les", "lo", "los", "más", "me", "mi", "mis", "mucho", "muy", "nada", "ni", "no", "nos",
  "nosotros", "nuestra", "nuestras", "nuestro", "nuestros", "o", "os", "otra", "otro", "para",
  "pero", "poco", "por", "porque", "que", "qué", "quien", "se", "sea", "ser", "si", "sí", "sin",
  "sobre", "son", "soy", "su", "sus", "también", "tan", "te", "tiene", "todo", "todos", "tu",
  "tus", "un", "una", "uno", "unos", "vos", "y", "ya", "yo", NULL
};

static const char *const portuguese[] = {
  "a", "à", "ainda", "ao", "aos", "aqui", "as", "às", "até", "cada", "com", "como", "da", "das",
  "de", "dela", "dele", "depois", "do", "dos", "e", "é", "ela", "elas", "ele", "eles", "em",
  "entre", "era", "essa", "esse", "esta", "está", "estão", "este", "eu", "foi", "foram", "há",
  "isso", "isto", "já", "lhe", "mais", "mas", "me", "mesmo", "meu", "minha", "muito", "na", "não",
  "nas", "nem", "no", "nos", "nós", "nossa", "nosso", "num", "numa", "o", "os", "ou", "para",
  "pela", "pelas", "pelo", "pelos", "por", "porque", "pra", "quando", "que", "quem", "se", "sem",
  "ser", "seu", "seus", "só", "sobre", "sua", "suas", "também", "te", "tem", "têm", "tudo", "um",
  "uma", "vai", "você", "vocês", NULL
};

static const char *const german[] = {
  "aber", "alle", "allem", "allen", "als", "also", "am", "an", "auch", "auf", "aus", "bei", "beim",
  "bin", "bis", "bist", "da", "damit", "dann", "das", "dass", "dein", "dem", "den", "denn", "der",
  "des", "die", "dies", "diese", "diesem", "diesen", "dieser", "dieses", "dir", "doch", "du",
  "durch", "ein", "eine", "einem", "einen", "einer", "eines", "er", "es", "etwas", "euch", "euer",
  "für", "gegen", "habe", "haben", "hat", "hatte", "hier", "ich", "ihm", "ihn", "ihr", "ihre",
  "ihren", "im", "in", "ins", "ist", "ja", "kann", "kein", "keine", "man", "mehr", "mein",
  "meine", "mich", "mir", "mit", "nach", "nicht", "noch", "nun", "nur", "ob", "oder", "ohne",
  "schon", "sehr", "sein", "seine", "seit", "sich", "sie", "sind", "so", "über", "um", "und",
  "uns", "unser", "unsere", "unter", "vom", "von", "vor", "war", "waren", "was", "wenn", "wer",
  "werden", "wie", "wieder", "wir", "wird", "wo", "wurde", "zu", "zum", "zur", NULL
};

static const char *const italian[] = {
  "a", "ad", "ai", "al", "alla", "alle", "allo", "anche", "ancora", "c'è", "che", "chi", "ci",
  "come", "con", "cosa", "così", "cui", "da", "dai", "dal", "dalla", "dalle", "degli", "dei",
  "del", "della", "delle", "dello", "di", "dopo", "dove", "e", "è", "ed", "era", "fra", "gli",
  "ha", "hai", "hanno", "ho", "i", "il", "in", "io", "la", "le", "lei", "lo", "loro", "lui", "ma",
  "mi", "mia", "mio", "molto", "ne", "negli", "nei", "nel", "nella", "nelle", "noi", "non",
  "nostra", "nostro", "o", "per", "perché", "più", "poi", "prima", "quando", "quella", "quello",
  "questa", "queste", "questi", "questo", "qui", "se", "sei", "senza", "si", "siamo", "solo",
  "sono", "sta", "su", "sua", "sue", "sugli", "sul", "sulla", "suo", "suoi", "ti", "tra", "tu",
  "tutti", "tutto", "un", "un'", "una", "uno", "vi", "voi", NULL
};

static const char *const dutch[] = {
  "aan", "al", "als", "bij", "dan", "dat", "de", "deze", "die", "dit", "door", "een", "en", "er",
  "ga", "geen", "had", "heb", "hebben", "heeft", "hem", "het", "hier", "hij", "hoe", "hun", "ik",
  "in", "is", "je", "kan", "maar", "me", "meer", "met", "mij", "mijn", "naar", "niet", "nog", "nu",
  "of", "om", "onder", "ons", "onze", "ook", "op", "over", "te", "toch", "toen", "tot", "u", "uit",
  "uw", "van", "veel", "voor", "waar", "was", "wat", "we", "wel", "werd", "wij", "wil", "worden",
  "wordt", "ze", "zich", "zij", "zijn", "zo", "zou", NULL
};
/* clang-format on */

static const struct
{
  const char *language;
  const char *const *words;
} lists[] = {
  { "en", english }, { "fr", french },  { "es", spanish }, { "pt", portuguese },
  { "de", german },  { "it", italian }, { "nl", dutch },
};

const char *const *
bmn_stop_words_get (const char *language)
{
  gsize length = strcspn (language, "-_");
  for (gsize i = 0; i < G_N_ELEMENTS (lists); i++)
    {
      if (strlen (lists[i].language) == length
          && g_ascii_strncasecmp (lists[i].language, language, length) == 0)
        return lists[i].words;
    }
  return NULL;
}

const char *const *
bmn_stop_words_get_languages (void)
{
  static const char *const languages[] = { "en", "fr", "es", "pt", "de", "it", "nl", NULL };
  G_STATIC_ASSERT (G_N_ELEMENTS (languages) == G_N_ELEMENTS (lists) + 1);
  return languages;
}
