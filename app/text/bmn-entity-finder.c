#include "bmn-entity-finder.h"

#include "bmn-entity-finder-private.h"
#include "bmn-entity-list-private.h"

GPtrArray *
bmn_code_points_find_entities (const BmnCodePoints *points, BmnTextDialect dialect)
{
  static void (*const finders[BMN_TEXT_N_DIALECTS]) (const BmnCodePoints *, GPtrArray *) = {
    [BMN_TEXT_DIALECT_X] = bmn_entity_finder_x,
    [BMN_TEXT_DIALECT_BLUESKY] = bmn_entity_finder_bluesky,
    [BMN_TEXT_DIALECT_MASTODON] = bmn_entity_finder_mastodon,
    [BMN_TEXT_DIALECT_WEBSITE] = bmn_entity_finder_website,
  };
  GPtrArray *entities = bmn_entity_list_new ();
  g_return_val_if_fail ((guint)dialect < BMN_TEXT_N_DIALECTS, entities);
  finders[dialect](points, entities);
  bmn_entity_list_settle (entities);
  return entities;
}

GPtrArray *
bmn_text_find_entities (const char *text, BmnTextDialect dialect, GError **error)
{
  g_autoptr (BmnCodePoints) points = bmn_code_points_new (text, error);
  return points ? bmn_code_points_find_entities (points, dialect) : NULL;
}
