#include "bmn-entity.h"

void
bmn_entity_free (BmnEntity *entity)
{
  g_free (entity->text);
  g_free (entity->url);
  g_free (entity);
}

const char *
bmn_entity_kind_to_nick (BmnEntityKind kind)
{
  static const char *const nicks[] = {
    [BMN_ENTITY_HASHTAG] = "hashtag",
    [BMN_ENTITY_MENTION] = "mention",
    [BMN_ENTITY_LINK] = "link",
  };
  g_return_val_if_fail ((guint)kind < G_N_ELEMENTS (nicks), nicks[0]);
  return nicks[kind];
}
