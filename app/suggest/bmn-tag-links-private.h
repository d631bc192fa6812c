#pragma once

#include "bmn-key-map-private.h"

G_BEGIN_DECLS

/* How often one tag went with one thing. */
typedef struct
{
  guint tag;
  guint count;
  double decayed; /* the same with the weight of each use halved every 45 days, as at @at */
  double at;      /* seconds: when it was last used so */
} BmnTagLink;

/* What went with one thing (a word, a pair of words, a domain, another tag). */
typedef struct
{
  guint n;        /* posts with the thing */
  double decayed; /* likewise, as at @at */
  double at;
  GArray *links; /* (owned) (nullable) (element-type BmnTagLink): by tag */
} BmnTagLinks;

/* BmnLinkTable: the tags that went with each thing, by its key. */
typedef struct
{
  BmnKeyMap places;
  GArray *rows; /* (owned) (element-type BmnTagLinks) */
} BmnLinkTable;

void bmn_link_table_init (BmnLinkTable *table);
void bmn_link_table_clear (BmnLinkTable *table);

/* Returns: (nullable): what is known of @key */
const BmnTagLinks *bmn_link_table_lookup (const BmnLinkTable *table, guint64 key);

/* Counts one post with @key that had @tags. */
void
bmn_link_table_count (BmnLinkTable *table, guint64 key, const guint *tags, guint n_tags, double at);

/* Likewise, for one row that stands alone. */
void bmn_tag_links_count (BmnTagLinks *row, const guint *tags, guint n_tags, double at);

/* Returns: how often @tag went with the thing */
guint bmn_tag_links_get (const BmnTagLinks *row, guint tag);

/* Returns: @value of @at seen from @now, halved every 45 days */
double bmn_tag_links_decay (double value, double at, double now);

G_END_DECLS
