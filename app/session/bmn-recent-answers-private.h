#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/**
 * BmnRecentAnswers:
 *
 * What servers answered a short while ago, by what they were asked. Any thread.
 */
typedef struct _BmnRecentAnswers BmnRecentAnswers;

/* How long an answer is good for: µs. */
#define BMN_RECENT_ANSWERS_LIFE G_TIME_SPAN_HOUR

/* Copies an answer; freed with the other function. */
typedef gpointer (*BmnCopyAnswer) (gconstpointer answer);

BmnRecentAnswers *
bmn_recent_answers_new (BmnCopyAnswer copy, GDestroyNotify destroy) G_GNUC_WARN_UNUSED_RESULT;
void bmn_recent_answers_free (BmnRecentAnswers *self);

/* @answer: (transfer full): @now: µs */
void
bmn_recent_answers_put (BmnRecentAnswers *self, const char *question, gpointer answer, gint64 now);

/* Returns: (transfer full) (nullable): %NULL for what was not asked, or too long ago */
gpointer bmn_recent_answers_get (BmnRecentAnswers *self,
                                 const char *question,
                                 gint64 now) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
