#pragma once

#include "bmn-state-private.h"
#include "bmn-shape-private.h"
#include "bmn-spelling-private.h"
#include "bmn-tag-links-private.h"

G_BEGIN_DECLS

/* When and in which tagged post a tag was used. */
typedef struct
{
  double at;      /* seconds */
  guint document; /* its place among the tagged posts, see #BmnTagHistory */
} BmnTagUse;

/* One way the account writes a tag. */
typedef struct
{
  char *text; /* (owned) */
  guint count;
} BmnTagSpelling;

/* The three speeds at which uses are forgotten. */
typedef enum
{
  BMN_FADE_2_DAYS,
  BMN_FADE_14_DAYS,
  BMN_FADE_90_DAYS,
  BMN_N_FADES,
} BmnFade;

/* BmnTag: all that an account's history says about one of its hashtags. */
typedef struct
{
  char *name;        /* (owned): lower case, without the sign */
  GArray *spellings; /* (owned) (element-type BmnTagSpelling): in the order of first use */
  BmnTagUse *uses;   /* (owned) (array length=n_uses): by time; room for the next power
                        of two */
  guint n_uses;
  double faded[BMN_N_FADES]; /* uses, each halved per half-life, as at the last one */
  guint last_post;           /* how many posts there were, at the last use */
  guint last_tagged;         /* how many tagged posts */
  guint by_weekday[7];
  guint by_part_of_day[8]; /* three hours each */
  guint by_hour[24];
  guint by_trait[BMN_N_TRAITS];
  double mean_log_gap;      /* moving, of log (1 + hours between uses) */
  double mean_log_post_gap; /* moving, of log (1 + posts between uses) */
  double repeat;            /* moving share of "the next tagged post has it again" */
  BmnTagLinks next;         /* tags of the tagged post after one with this tag */
  BmnTagLinks next_but_one; /* and of the one after that */
  GArray *grams;            /* (owned) (element-type guint64) */
  guint gram_length;
  guint n_letters;
  GArray *part_starts; /* (owned) (element-type guint64) */
  guint64 start;
} BmnTag;

BmnTag *
bmn_tag_new (const char *name, const char *spelling, double repeat) G_GNUC_WARN_UNUSED_RESULT;
void bmn_tag_free (BmnTag *tag);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BmnTag, bmn_tag_free)

/* A moment as the features see it. */
typedef struct
{
  double at;   /* seconds since the epoch */
  int weekday; /* 0 Monday … 6, in the account's zone */
  int hour;    /* 0–23, likewise */
} BmnMoment;

/**
 * bmn_tag_use:
 * @document: number of the tagged post
 * @n_posts: posts of the history so far, this one counted
 * @n_tagged: tagged posts before this one
 */
void bmn_tag_use (BmnTag *tag,
                  const char *spelling,
                  const BmnMoment *moment,
                  guint document,
                  guint n_posts,
                  guint n_tagged);

static inline guint
bmn_tag_count (const BmnTag *tag)
{
  return tag->n_uses;
}

static inline const BmnTagUse *
bmn_tag_get_use (const BmnTag *tag, guint i)
{
  return &tag->uses[i];
}

double bmn_tag_first_at (const BmnTag *tag);
double bmn_tag_last_at (const BmnTag *tag);

/* Returns: the faded count as seen from @at */
double bmn_tag_get_faded (const BmnTag *tag, BmnFade fade, double at);

/* Returns: a number that grows with the faded count and does not change between uses */
double bmn_tag_get_fade_rank (const BmnTag *tag, BmnFade fade);

/* Returns: whether it was used from @from up to @to, both included */
gboolean bmn_tag_used_between (const BmnTag *tag, double from, double to);

/* Returns: (transfer none): the way the account writes it most; of equals the first */
const char *bmn_tag_get_spelling (const BmnTag *tag);

/* Enters a use by itself, without what follows from it. */
void bmn_tag_append_use (BmnTag *tag, double at, guint document);

/* How many bytes a saved tag takes at least. */
#define BMN_TAG_MIN_BYTES 100

/* Uses are those of the documents. */
void bmn_tag_save (const BmnTag *tag, BmnStateWriter *writer);

/* Returns: (transfer full) (nullable): a tag without its uses, or %NULL where the reader
 *   failed; tags that go along with it are below @n_tags */
BmnTag *bmn_tag_load (BmnStateReader *reader, guint n_tags) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
