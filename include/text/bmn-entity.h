#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum
{
  BMN_ENTITY_HASHTAG,
  BMN_ENTITY_MENTION,
  BMN_ENTITY_LINK,
} BmnEntityKind;

/**
 * BmnEntity:
 * @kind: what it is
 * @start: index of its first code point, the sigil (# or @) included
 * @end: index of the code point after its last
 * @byte_start: as @start, in bytes of UTF-8
 * @byte_end: as @end, in bytes of UTF-8
 * @text: a hashtag without #, a mention without @, a link as it stands in the text
 * @url: (nullable): of a link: @text, with `https://` before it where it has no scheme
 *
 * A part of a text that a platform makes clickable.
 */
typedef struct
{
  BmnEntityKind kind;
  gsize start;
  gsize end;
  gsize byte_start;
  gsize byte_end;
  char *text; /* (owned) */
  char *url;  /* (owned) (nullable) */
} BmnEntity;

void bmn_entity_free (BmnEntity *entity);

/* Stable names for JSON: `hashtag`, `mention`, `link`. */
const char *bmn_entity_kind_to_nick (BmnEntityKind kind);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BmnEntity, bmn_entity_free)

G_END_DECLS
