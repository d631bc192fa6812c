#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * BmnReasonKind:
 * @BMN_REASON_RECENT: in @n of the last @of posts with hashtags
 * @BMN_REASON_OFTEN: in @n posts since @from
 * @BMN_REASON_SIMILAR: @n of the @of most similar earlier posts carry it
 * @BMN_REASON_WORDS: @n of the @of posts with one of @words carry it
 * @BMN_REASON_SPELLED: the draft itself spells it
 * @BMN_REASON_WEEKDAY: @n of its @of uses were on @weekday
 * @BMN_REASON_HOUR: @n of its @of uses were within an hour of @hour
 * @BMN_REASON_RHYTHM: used about every @usual_days days, the last time @days days ago
 * @BMN_REASON_FOLLOWS: @n of the @of posts after one with the hashtag in @words carried it
 * @BMN_REASON_MENTION: @n of the @of posts that mention the account in @words carry it
 * @BMN_REASON_LINK: @n of the @of posts with hashtags that link to the host in @words carry it
 * @BMN_REASON_FORM: it goes with posts of this length and form
 * @BMN_REASON_PINNED: the user pinned it
 * @BMN_REASON_PLAIN: one of the hashtags used last; ranking did no better here
 * @BMN_REASON_FOLLOWED: an experiment: a hashtag that the account follows and the draft spells
 * @BMN_REASON_TRENDING: an experiment: likewise, of those trending
 * @BMN_REASON_DRAFT: an experiment: from words of the draft
 * @BMN_REASON_OTHER_ACCOUNT: an experiment: the account in @words would use it here
 * @BMN_REASON_POOLED: this account has little history; @n of the @of posts with hashtags of the
 *   account in @words carry it, and it would use it here
 * @BMN_REASON_TOO_LITTLE: only @n posts are known where @of are needed
 * @BMN_REASON_LIFT_WORDS: posts with one of @words did @factor times the median
 * @BMN_REASON_LIFT_SIMILAR: the @n most similar earlier posts did @factor times the median
 * @BMN_REASON_LIFT_TAGS: as @BMN_REASON_LIFT_WORDS, of hashtags
 * @BMN_REASON_LIFT_MENTION: likewise, of mentioned accounts
 * @BMN_REASON_LIFT_LINK: what the draft links to, or that it does not
 * @BMN_REASON_LIFT_TIME: posts on @weekday around @hour
 * @BMN_REASON_LIFT_LEVEL: how the latest posts did
 * @BMN_REASON_LIFT_DENSITY: how long ago and how often the account posted
 * @BMN_REASON_LIFT_LENGTH: how long the text is
 * @BMN_REASON_LIFT_STYLE: questions, quotes, emoji, capitals, digits
 * @BMN_REASON_LIFT_REPETITION: how near it is to an earlier post
 */
typedef enum
{
  BMN_REASON_RECENT,
  BMN_REASON_OFTEN,
  BMN_REASON_SIMILAR,
  BMN_REASON_WORDS,
  BMN_REASON_SPELLED,
  BMN_REASON_WEEKDAY,
  BMN_REASON_HOUR,
  BMN_REASON_RHYTHM,
  BMN_REASON_FOLLOWS,
  BMN_REASON_MENTION,
  BMN_REASON_LINK,
  BMN_REASON_FORM,
  BMN_REASON_PINNED,
  BMN_REASON_PLAIN,
  BMN_REASON_FOLLOWED,
  BMN_REASON_TRENDING,
  BMN_REASON_DRAFT,
  BMN_REASON_OTHER_ACCOUNT,
  BMN_REASON_POOLED,
  BMN_REASON_TOO_LITTLE,
  BMN_REASON_LIFT_WORDS,
  BMN_REASON_LIFT_SIMILAR,
  BMN_REASON_LIFT_TAGS,
  BMN_REASON_LIFT_MENTION,
  BMN_REASON_LIFT_LINK,
  BMN_REASON_LIFT_TIME,
  BMN_REASON_LIFT_LEVEL,
  BMN_REASON_LIFT_DENSITY,
  BMN_REASON_LIFT_LENGTH,
  BMN_REASON_LIFT_STYLE,
  BMN_REASON_LIFT_REPETITION,
} BmnReasonKind;

/**
 * BmnReason:
 * @effect: by how much the score (of a hashtag) or the log-engagement (of a forecast) would
 *   fall, were all that is named here as it is on average over all histories; below 0 for
 *   what holds a forecast down; 0 for reasons that no score is about
 * @n: what was counted
 * @of: out of how many; 0 where that means nothing
 * @factor: engagement against the account's median; 0 where the reason is not about it
 * @from: µs: start of the period the numbers are about; 0 where there is none
 * @to: µs: its end
 * @days: days since the last use; 0 where the reason is not about a rhythm
 * @usual_days: days between uses
 * @weekday: 0 Monday … 6
 * @hour: 0–23 in the account's zone
 * @words: (nullable): words, hashtags, accounts or hosts it is about
 * @posts_for: (element-type gint64): ids of posts that speak for it, newest first, a few
 * @posts_against: (element-type gint64): likewise of posts that do not
 *
 * One reason with its numbers. Only what @kind documents is set.
 */
typedef struct
{
  BmnReasonKind kind;
  double effect;
  guint n;
  guint of;
  double factor;
  gint64 from;
  gint64 to;
  double days;
  double usual_days;
  int weekday;
  int hour;
  GStrv words;           /* (owned) (nullable) */
  GArray *posts_for;     /* (owned) (element-type gint64) */
  GArray *posts_against; /* (owned) (element-type gint64) */
} BmnReason;

/* How many example posts a reason names on each side. */
#define BMN_REASON_MAX_EXAMPLES 3

BmnReason *bmn_reason_new (BmnReasonKind kind, double effect) G_GNUC_WARN_UNUSED_RESULT;
void bmn_reason_free (BmnReason *reason);

/* Stable names for JSON: `recent`, `often`, `similar`, …, `lift-words`, … */
const char *bmn_reason_kind_to_nick (BmnReasonKind kind);

/* Returns: (transfer full): the reason as a translated sentence */
char *bmn_reason_to_sentence (const BmnReason *reason) G_GNUC_WARN_UNUSED_RESULT;

/* Returns: (transfer full) (element-type BmnReason): an empty list that frees its reasons */
GPtrArray *bmn_reasons_new (void) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BmnReason, bmn_reason_free)

G_END_DECLS
