#pragma once

#include "bmn-media.h"

G_BEGIN_DECLS

/**
 * BmnPart:
 * @text: valid UTF-8; may be empty where there is media
 * @media: (element-type BmnMedia): in the order shown
 *
 * One message of a thread; an ordinary post has one part.
 */
typedef struct
{
  char *text;       /* (owned) */
  GPtrArray *media; /* (owned) (element-type BmnMedia) */
} BmnPart;

/**
 * bmn_part_new:
 * @text: (nullable): copied; %NULL counts as empty
 */
BmnPart *bmn_part_new (const char *text) G_GNUC_WARN_UNUSED_RESULT;
BmnPart *bmn_part_copy (const BmnPart *part) G_GNUC_WARN_UNUSED_RESULT;
void bmn_part_free (BmnPart *part);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BmnPart, bmn_part_free)

/**
 * bmn_parts_new:
 *
 * Returns: (transfer full) (element-type BmnPart): an empty list that frees its parts
 */
GPtrArray *bmn_parts_new (void) G_GNUC_WARN_UNUSED_RESULT;

/**
 * bmn_parts_copy:
 * @parts: (nullable) (element-type BmnPart):
 *
 * Returns: (nullable) (transfer full): a deep copy
 */
GPtrArray *bmn_parts_copy (GPtrArray *parts) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
