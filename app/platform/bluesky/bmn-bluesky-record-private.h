#pragma once

#include "bmn-post.h"

#include <gio/gio.h>
#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/*
 * Records of `app.bsky.feed.post`, in the JSON form of the AT Protocol's data model. All here
 * is pure: what has to be asked of servers first is in a #BmnBlueskyPart.
 */

#define BMN_BLUESKY_POSTS "app.bsky.feed.post"

/* @uri: at://…; @cid: its content. What a record needs to name another one. */
typedef struct
{
  char *uri; /* (owned) */
  char *cid; /* (owned) */
} BmnBlueskyRef;

BmnBlueskyRef *bmn_bluesky_ref_new (const char *uri, const char *cid) G_GNUC_WARN_UNUSED_RESULT;
void bmn_bluesky_ref_free (BmnBlueskyRef *ref);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BmnBlueskyRef, bmn_bluesky_ref_free)

/* @blob: as uploadBlob answered; @alt: (nullable):; sizes in pixels, as people see it */
typedef struct
{
  JsonNode *blob; /* (owned) */
  char *alt;      /* (owned) (nullable) */
  int width;
  int height;
} BmnBlueskyImage;

BmnBlueskyImage *bmn_bluesky_image_new (JsonNode *blob, const char *alt, int width, int height)
    G_GNUC_WARN_UNUSED_RESULT;
void bmn_bluesky_image_free (BmnBlueskyImage *image);

/* What is shown of the page that a post links to. */
typedef struct
{
  char *url;         /* (owned) */
  char *title;       /* (owned) */
  char *description; /* (owned) */
  JsonNode *thumb;   /* (owned) (nullable): a blob */
} BmnBlueskyCard;

void bmn_bluesky_card_free (BmnBlueskyCard *card);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BmnBlueskyCard, bmn_bluesky_card_free)

/**
 * BmnBlueskyPart:
 * @text: as it goes out
 * @entities: (element-type BmnEntity): hashtags, mentions and links in @text
 * @dids: (element-type utf8 utf8): handle → DID; a mention that is not here stays plain text
 * @images: (element-type BmnBlueskyImage):
 * @card: (nullable):
 * @quote: (nullable):
 *
 * One post of a thread with all that servers had to be asked for.
 */
typedef struct
{
  char *text;           /* (owned) */
  GPtrArray *entities;  /* (owned) */
  GHashTable *dids;     /* (owned) */
  GPtrArray *images;    /* (owned) */
  BmnBlueskyCard *card; /* (owned) (nullable) */
  BmnBlueskyRef *quote; /* (owned) (nullable) */
} BmnBlueskyPart;

/* Returns: %NULL with %BMN_PLATFORM_ERROR_REJECTED where @text is not UTF-8 */
BmnBlueskyPart *bmn_bluesky_part_new (const char *text, GError **error) G_GNUC_WARN_UNUSED_RESULT;
void bmn_bluesky_part_free (BmnBlueskyPart *part);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BmnBlueskyPart, bmn_bluesky_part_free)

/**
 * bmn_bluesky_text_of_part:
 * @parts: (element-type BmnPart): what the account gets
 * @index: which
 *
 * Returns: (transfer full): what goes out: the text, the first one after the post's content
 *   warning, as Bluesky hides no texts
 */
char *bmn_bluesky_text_of_part (const BmnPost *post,
                                GPtrArray *parts,
                                guint index) G_GNUC_WARN_UNUSED_RESULT;

/**
 * bmn_bluesky_record_new:
 * @post: its language, and whether its media are to be hidden
 * @created_at: µs since the epoch
 * @root: (nullable): first post of the thread that this one continues
 * @parent: (nullable): the post it follows
 *
 * Returns: (transfer full): the record. A facet is left out rather than sent with offsets that
 *   are not within the text, as servers accept those.
 */
JsonNode *bmn_bluesky_record_new (const BmnPost *post,
                                  const BmnBlueskyPart *part,
                                  gint64 created_at,
                                  const BmnBlueskyRef *root,
                                  const BmnBlueskyRef *parent) G_GNUC_WARN_UNUSED_RESULT;

/**
 * bmn_bluesky_thread_new:
 * @did: the account
 * @key: TID of the first post; the others' follow from it
 * @parts: (element-type BmnBlueskyPart):
 * @refs: (out) (transfer full) (element-type BmnBlueskyRef): what each post will be called
 *
 * Returns: (transfer full): the input of `com.atproto.repo.applyWrites` that creates all posts
 *   at once, or none: each names its forerunner by a content identifier computed here.
 *   %NULL with %BMN_ERROR_INVALID
 */
JsonNode *bmn_bluesky_thread_new (const BmnPost *post,
                                  const char *did,
                                  const char *key,
                                  GPtrArray *parts,
                                  GPtrArray **refs,
                                  GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Returns: (transfer full) (nullable): record key of part @index, %NULL where @key is no TID */
char *bmn_bluesky_part_key (const char *key, guint index) G_GNUC_WARN_UNUSED_RESULT;
/* Returns: when the part's record says it was made, µs */
gint64 bmn_bluesky_part_time (const char *part_key);

G_END_DECLS
