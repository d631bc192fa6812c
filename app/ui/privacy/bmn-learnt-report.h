#pragma once

#include "bmn-session-thread.h"

G_BEGIN_DECLS

/**
 * BmnLearntReport:
 * @account_id: whose engine was asked
 * @n_learnt: posts it learnt from
 * @n_excluded: posts of the history that it does not learn from
 * @sentences: what its suggestions rest on and how they did, translated
 * @exposures: (element-type utf8): hashtags and languages that are suggested more or less than
 *   they are used, a title and then a sentence for each
 */
typedef struct
{
  gint64 account_id;
  guint n_learnt;
  guint n_excluded;
  GStrv sentences;      /* (owned) */
  GPtrArray *exposures; /* (owned) */
} BmnLearntReport;

void bmn_learnt_report_free (BmnLearntReport *report);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BmnLearntReport, bmn_learnt_report_free)

/* Replays the account's history, which takes a while for a long one. */
void bmn_learnt_report_async (BmnSessionThread *session,
                              gint64 account_id,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data);
/* Returns: (transfer full) */
BmnLearntReport *bmn_learnt_report_finish (BmnSessionThread *session,
                                           GAsyncResult *result,
                                           GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
