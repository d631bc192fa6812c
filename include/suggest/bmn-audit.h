#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * BmnExposure:
 * @name: a hashtag or a language
 * @suggested: its share of all suggestions
 * @used: its share of all uses in the same posts
 */
typedef struct
{
  char *name; /* (owned) */
  double suggested;
  double used;
} BmnExposure;

/**
 * BmnAudit:
 * @n_drafts: posts of the history that were taken as drafts, each with what was known before
 * @effective_posts: on how many posts the likeness to earlier posts rests, as if all weighed
 *   the same: (Σw)² / Σw², mean over the drafts
 * @top_post_share: share of that weight which the one most similar post has, likewise
 * @popularity_bias: how common the suggested hashtags are in the history against those that
 *   were really used; above 1 the common ones are favoured
 * @tags: (element-type BmnExposure): by hashtag, the largest difference first
 * @languages: (element-type BmnExposure): by the language of the posts a hashtag is used in
 *   most, likewise
 *
 * On what suggestions rest, and what they favour.
 */
typedef struct
{
  guint n_drafts;
  double effective_posts;
  double top_post_share;
  double popularity_bias;
  GPtrArray *tags;      /* (owned) (element-type BmnExposure) */
  GPtrArray *languages; /* (owned) (element-type BmnExposure) */
} BmnAudit;

void bmn_audit_free (BmnAudit *audit);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BmnAudit, bmn_audit_free)

G_END_DECLS
