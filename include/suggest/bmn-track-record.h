#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * BmnTrackRecord:
 * @n_tagged: posts for which hashtags were suggested from what was known before each
 * @hit5: share of them that carry one of the first five suggested
 * @plain_hit5: the same for the better of two plain lists: the hashtags used last, and those
 *   used most of late
 * @hashtags_help: whether the engine hit more often than the plain list
 * @n_forecasts: posts that were forecast from what was known before each
 * @covered: share of those with an 80 % interval whose engagement lay in it
 * @n_intervals: how many had one
 * @pair_accuracy: share of pairs of posts near each other of which the better was named
 * @plain_pair_accuracy: the same when only the hour of the week is looked at
 * @forecast_helps: whether the engine named it more often than the hour did
 *
 * How the engine would have done on the account's own history. A history longer than some
 * thousand posts is sampled.
 */
typedef struct
{
  guint n_tagged;
  double hit5;
  double plain_hit5;
  gboolean hashtags_help;
  guint n_forecasts;
  guint n_intervals;
  double covered;
  double pair_accuracy;
  double plain_pair_accuracy;
  gboolean forecast_helps;
} BmnTrackRecord;

/* Below so many posts a record says nothing, and helps is %TRUE as nothing speaks against. */
#define BMN_TRACK_RECORD_MIN 50

void bmn_track_record_free (BmnTrackRecord *record);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BmnTrackRecord, bmn_track_record_free)

/* Returns: (transfer full): how suggestions did, as a translated sentence */
char *bmn_track_record_describe_hashtags (const BmnTrackRecord *record) G_GNUC_WARN_UNUSED_RESULT;

/* Returns: (transfer full): how forecasts did, likewise */
char *bmn_track_record_describe_forecasts (const BmnTrackRecord *record) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
