#pragma once

#include "bmn-state-private.h"
#include "bmn-key-map-private.h"

G_BEGIN_DECLS

/* How often one tag went with one thing. */
typedef struct
{
  guint tag;
  guint count;
  float decayed; /* the same with the weight of each use halved every 45 days, as at @minute */
  gint32 minute; /* since the epoch: when it was last used so */
} BmnTagLink;

/* What went with one thing (a word, a domain, another tag). */
typedef struct
{
  guint n;       /* posts with the thing */
  float decayed; /* likewise, as at @minute */
  gint32 minute;
  guint n_links;
  BmnTagLink *links; /* (owned) (nullable) (array length=n_links): by tag; room for the next
                        power of two */
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

/* Returns: (nullable): what is known of @tag and the thing */
const BmnTagLink *bmn_tag_links_find (const BmnTagLinks *row, guint tag);

/* Returns: the place of the first link from @place on whose tag is not below @tag; quick
 *   where that is near */
guint bmn_tag_links_find_from (const BmnTagLinks *row, guint place, guint tag);

/* Returns: how often @tag went with the thing */
guint bmn_tag_links_get (const BmnTagLinks *row, guint tag);

void bmn_tag_links_clear (BmnTagLinks *row);

/* Returns: @value of @minute seen from @now, halved every 45 days; @now: seconds */
double bmn_tag_links_decay (double value, gint32 minute, double now);

void bmn_tag_links_save (const BmnTagLinks *row, BmnStateWriter *writer);

/* Fills an empty @row, whose tags are below @n_tags. */
void bmn_tag_links_load (BmnTagLinks *row, BmnStateReader *reader, guint n_tags);

void bmn_link_table_save (const BmnLinkTable *table, BmnStateWriter *writer);

/* Fills an empty @table likewise. */
void bmn_link_table_load (BmnLinkTable *table, BmnStateReader *reader, guint n_tags);

G_END_DECLS
