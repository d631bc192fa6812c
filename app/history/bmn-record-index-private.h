#pragma once

#include <glib.h>

G_BEGIN_DECLS

/*
 * BmnRecordIndex: which keys the records of a repository have, by their content. In few
 * bytes a record, as a repository may have millions.
 */
typedef struct _BmnRecordIndex BmnRecordIndex;

BmnRecordIndex *bmn_record_index_new (void) G_GNUC_WARN_UNUSED_RESULT;
void bmn_record_index_free (BmnRecordIndex *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BmnRecordIndex, bmn_record_index_free)

/* @digest: the 32 bytes of the record's CID; @key: its record key */
void bmn_record_index_add (BmnRecordIndex *self, const guint8 *digest, const char *key);
/* Sorts what was added; nothing can be added any more. */
void bmn_record_index_close (BmnRecordIndex *self);

/**
 * bmn_record_index_take:
 *
 * Returns: (transfer full) (element-type utf8): the keys of the records with this content,
 *   each told once however often its block is in the file; maybe empty
 */
GPtrArray *
bmn_record_index_take (BmnRecordIndex *self, const guint8 *digest) G_GNUC_WARN_UNUSED_RESULT;

/* Returns: how many records were added and not taken */
guint64 bmn_record_index_get_left (BmnRecordIndex *self);

G_END_DECLS
