#pragma once

#include "bmn-reading-private.h"

G_BEGIN_DECLS

/* BmnReader: turns texts into readings; holds what ICU needs for that. */
typedef struct _BmnReader BmnReader;

BmnReader *bmn_reader_new (void) G_GNUC_WARN_UNUSED_RESULT;
void bmn_reader_free (BmnReader *reader);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BmnReader, bmn_reader_free)

/**
 * bmn_reader_read:
 * @vocabulary: where its words get their numbers from
 * @learn: whether new words enter @vocabulary; a question leaves it as it is
 * @text: any bytes; what is no UTF-8 is replaced
 *
 * Returns: (transfer full): what stands in @text
 */
BmnReading *bmn_reader_read (BmnReader *reader,
                             BmnVocabulary *vocabulary,
                             gboolean learn,
                             const char *text) G_GNUC_WARN_UNUSED_RESULT;

/* Returns: (transfer full): valid UTF-8 of at most %BMN_READING_MAX_BYTES */
char *bmn_reader_sanitise (const char *text) G_GNUC_WARN_UNUSED_RESULT;

/* Returns: (transfer full): @text in lower case by Unicode's rules, no language's own */
char *bmn_reader_lower (BmnReader *reader, const char *text) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
