#pragma once

#include "bmn-part.h"
#include "bmn-statement-private.h"

G_BEGIN_DECLS

/* Thread parts with their media: those of a post, or a target's own. */
typedef enum
{
  BMN_PARTS_OF_POST,
  BMN_PARTS_OF_TARGET,
} BmnPartsOwner;

/* Returns: (transfer full) (element-type BmnPart): empty where there are none */
GPtrArray *bmn_parts_load (BmnTransaction *tx, BmnPartsOwner owner, gint64 id, GError **error)
    G_GNUC_WARN_UNUSED_RESULT;

/**
 * bmn_parts_load_many:
 * @ids: a JSON array of the owners' numbers
 *
 * As bmn_parts_load(), in one query however many owners there are.
 *
 * Returns: (transfer full) (element-type gint64 GPtrArray): parts by owner; owners without any
 *   are missing
 */
GHashTable *bmn_parts_load_many (BmnTransaction *tx,
                                 BmnPartsOwner owner,
                                 const char *ids,
                                 GError **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * bmn_parts_replace:
 * @parts: (nullable):
 * @changed: (out): whether they were others before; else nothing is written
 */
gboolean bmn_parts_replace (BmnTransaction *tx,
                            BmnPartsOwner owner,
                            gint64 id,
                            GPtrArray *parts,
                            gboolean *changed,
                            GError **error);

/* Returns: (transfer full) (nullable): the absolute path of a medium that is stored as @stored */
char *bmn_parts_resolve_path (BmnTransaction *tx, const char *stored) G_GNUC_WARN_UNUSED_RESULT;

/* @a, @b: (nullable): %NULL counts as empty */
gboolean bmn_parts_equal (GPtrArray *a, GPtrArray *b);

G_END_DECLS
