#pragma once

#include "bmn-code-points-private.h"
#include "bmn-text-dialect.h"

G_BEGIN_DECLS

/* The finders of the dialects: each adds what it finds, in any order, overlaps included. */
void bmn_entity_finder_x (const BmnCodePoints *points, GPtrArray *entities);
void bmn_entity_finder_bluesky (const BmnCodePoints *points, GPtrArray *entities);
void bmn_entity_finder_mastodon (const BmnCodePoints *points, GPtrArray *entities);
void bmn_entity_finder_website (const BmnCodePoints *points, GPtrArray *entities);

/* As bmn_text_find_entities(), for a text that was laid out already. */
GPtrArray *bmn_code_points_find_entities (const BmnCodePoints *points,
                                          BmnTextDialect dialect) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
