#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * BmnPoll:
 * @options: (element-type utf8): the answers, in order
 * @duration: seconds from publishing until it closes
 * @multiple: whether more than one answer may be given
 * @hide_totals: whether counts stay hidden until it closes
 */
typedef struct
{
  GStrv options; /* (owned) */
  gint64 duration;
  gboolean multiple;
  gboolean hide_totals;
} BmnPoll;

BmnPoll *bmn_poll_new (const char *const *options, gint64 duration) G_GNUC_WARN_UNUSED_RESULT;
/* @poll: (nullable): gives %NULL */
BmnPoll *bmn_poll_copy (const BmnPoll *poll) G_GNUC_WARN_UNUSED_RESULT;
void bmn_poll_free (BmnPoll *poll);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BmnPoll, bmn_poll_free)

G_END_DECLS
