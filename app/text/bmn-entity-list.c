#include "bmn-entity-list-private.h"

GPtrArray *
bmn_entity_list_new (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify)bmn_entity_free);
}

static BmnEntity *
add (GPtrArray *entities,
     const BmnCodePoints *points,
     BmnEntityKind kind,
     gsize start,
     gsize end,
     gsize text_start)
{
  BmnEntity *entity = g_new0 (BmnEntity, 1);
  entity->kind = kind;
  entity->start = start;
  entity->end = end;
  entity->byte_start = points->offsets[start];
  entity->byte_end = points->offsets[end];
  entity->text = bmn_code_points_substring (points, text_start, end);
  g_ptr_array_add (entities, entity);
  return entity;
}

void
bmn_entity_list_add_sigil (
    GPtrArray *entities, const BmnCodePoints *points, BmnEntityKind kind, gsize start, gsize end)
{
  add (entities, points, kind, start, end, start + 1);
}

void
bmn_entity_list_add_link (
    GPtrArray *entities, const BmnCodePoints *points, gsize start, gsize end, gboolean has_scheme)
{
  BmnEntity *link = add (entities, points, BMN_ENTITY_LINK, start, end, start);
  link->url = g_strconcat (has_scheme ? "" : "https://", link->text, NULL);
}

static int
compare_starts (gconstpointer a, gconstpointer b)
{
  const BmnEntity *first = *(const BmnEntity *const *)a;
  const BmnEntity *second = *(const BmnEntity *const *)b;
  return (first->start > second->start) - (first->start < second->start);
}

void
bmn_entity_list_settle (GPtrArray *entities)
{
  g_ptr_array_sort (entities, compare_starts);
  gsize end = 0;
  guint n_kept = 0;
  for (guint i = 0; i < entities->len; i++)
    {
      BmnEntity *entity = entities->pdata[i];
      if (entity->start < end)
        continue;
      end = entity->end;
      /* Those that go are gathered at the end, where shrinking the list frees them. */
      entities->pdata[i] = entities->pdata[n_kept];
      entities->pdata[n_kept++] = entity;
    }
  g_ptr_array_set_size (entities, n_kept);
}
