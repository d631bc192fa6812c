#pragma once

#include "bmn-code-points-private.h"
#include "bmn-entity.h"

G_BEGIN_DECLS

/* Lists of entities under construction; what the finders of all dialects share. */

/* A list that frees its entities. */
GPtrArray *bmn_entity_list_new (void) G_GNUC_WARN_UNUSED_RESULT;

/* Adds the hashtag or mention whose sigil stands at @start. */
void bmn_entity_list_add_sigil (
    GPtrArray *entities, const BmnCodePoints *points, BmnEntityKind kind, gsize start, gsize end);

/* Adds a link. */
void bmn_entity_list_add_link (
    GPtrArray *entities, const BmnCodePoints *points, gsize start, gsize end, gboolean has_scheme);

/* Sorts by place and removes what overlaps an entity that begins earlier. */
void bmn_entity_list_settle (GPtrArray *entities);

G_END_DECLS
