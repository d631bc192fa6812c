#pragma once

#include "bmn-vocabulary-private.h"

G_BEGIN_DECLS

/* What is longer is cut: no platform's post is, and each question stays fast. */
#define BMN_READING_MAX_BYTES 20000
#define BMN_READING_MAX_WORDS 512
#define BMN_READING_MAX_TAGS 100

/* One distinct word of a text. */
typedef struct
{
  guint id;    /* of the vocabulary, or past its end where the word is unknown */
  guint count; /* how often it stands in the text */
  gboolean is_mention;
} BmnReadWord;

/* One distinct hashtag of a text. */
typedef struct
{
  char *name;     /* (owned): lower case, without the sign */
  char *spelling; /* (owned): as written */
  guint id;       /* of `#name` in the vocabulary, like a word's */
} BmnReadTag;

/*
 * BmnReading: what the engine sees in one text.
 *
 * The draft is the text without its hashtags, because that is what a writer has before
 * choosing them; words are those of the draft.
 */
typedef struct
{
  gatomicrefcount references;
  char *text;          /* (owned): valid UTF-8 */
  char *draft;         /* (owned): hashtags removed, white space collapsed */
  char *plain;         /* (owned): the draft without links */
  GArray *sequence;    /* (owned) (element-type guint): ids of its words in order, without
                          function words */
  GArray *words;       /* (owned) (element-type BmnReadWord): in the order of first sight */
  GArray *tags;        /* (owned) (element-type BmnReadTag): likewise */
  GArray *domains;     /* (owned) (element-type guint): ids of the hosts it links to */
  guint n_links;       /* in the text */
  guint n_draft_links; /* in the draft */
} BmnReading;

BmnReading *bmn_reading_ref (BmnReading *reading);
void bmn_reading_unref (BmnReading *reading);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BmnReading, bmn_reading_unref)

/* Returns: how many characters of @text @test holds for, at most @max */
guint bmn_reading_count (const char *text, gboolean (*test) (gunichar c), guint max);

G_END_DECLS
