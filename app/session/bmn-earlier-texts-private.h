#pragma once

#include "bmn-duplicate-index.h"
#include "bmn-store.h"

G_BEGIN_DECLS

/**
 * BmnEarlierTexts:
 *
 * What one account wrote before and has planned, for checks of a draft; kept in step with the
 * store. Used by one thread at a time.
 */
typedef struct _BmnEarlierTexts BmnEarlierTexts;

/* @store: borrowed */
BmnEarlierTexts *
bmn_earlier_texts_new (BmnStore *store, gint64 account_id) G_GNUC_WARN_UNUSED_RESULT;
void bmn_earlier_texts_free (BmnEarlierTexts *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BmnEarlierTexts, bmn_earlier_texts_free)

/* Reads what is new. */
gboolean bmn_earlier_texts_update (BmnEarlierTexts *self, GError **error);

/* Each of these after bmn_earlier_texts_update(); (transfer none). */
const BmnDuplicateIndex *bmn_earlier_texts_get_published (const BmnEarlierTexts *self);
const BmnDuplicateIndex *bmn_earlier_texts_get_queued (const BmnEarlierTexts *self);

/* Adds to @handles whom the account mentioned so often that it knows them. */
void bmn_earlier_texts_add_familiar (const BmnEarlierTexts *self, GStrvBuilder *handles);

G_END_DECLS
