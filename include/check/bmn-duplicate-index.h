#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * BmnDuplicateIndex:
 *
 * Earlier texts, kept so that a draft is compared with thousands of them in a moment: of each
 * its words and pairs of words as numbers, not the text itself. Used by one thread at a time.
 */
typedef struct _BmnDuplicateIndex BmnDuplicateIndex;

BmnDuplicateIndex *bmn_duplicate_index_new (void) G_GNUC_WARN_UNUSED_RESULT;
void bmn_duplicate_index_free (BmnDuplicateIndex *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BmnDuplicateIndex, bmn_duplicate_index_free)

/**
 * bmn_duplicate_index_add:
 * @post_id: the store's number of the post it belongs to; 0 for one that was not written here
 * @series_id: the post which that repeats, or 0
 * @text: one part of it; what is not valid UTF-8 is passed over
 */
void bmn_duplicate_index_add (BmnDuplicateIndex *self,
                              gint64 post_id,
                              gint64 series_id,
                              const char *text);

/**
 * bmn_duplicate_index_find:
 * @post_id: the draft's number or 0; texts of the same post are no copies
 * @series_id: the post which the draft repeats, or 0; nor are those of the same series
 * @text: of one part of the draft, valid UTF-8
 *
 * Compares a text with all of the index by the pairs of neighbouring words that both have
 * (Jaccard).
 *
 * Returns: likeness to the most similar text: 1 for the same text but for case and blanks at
 *   its ends, else below; 0 where there is nothing alike
 */
double bmn_duplicate_index_find (const BmnDuplicateIndex *self,
                                 gint64 post_id,
                                 gint64 series_id,
                                 const char *text);

G_END_DECLS
