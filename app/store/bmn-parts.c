#include "bmn-parts-private.h"

#include <string.h>

static gboolean
media_equal (const BmnMedia *a, const BmnMedia *b)
{
  return g_strcmp0 (a->path, b->path) == 0 && g_strcmp0 (a->alt, b->alt) == 0
         && g_strcmp0 (a->mime_type, b->mime_type) == 0 && a->size == b->size
         && g_strcmp0 (a->sha256, b->sha256) == 0 && a->width == b->width && a->height == b->height
         && a->focus_x == b->focus_x && a->focus_y == b->focus_y;
}

static gboolean
part_equal (const BmnPart *a, const BmnPart *b)
{
  if (!g_str_equal (a->text, b->text) || a->media->len != b->media->len)
    return FALSE;
  for (guint i = 0; i < a->media->len; i++)
    if (!media_equal (a->media->pdata[i], b->media->pdata[i]))
      return FALSE;
  return TRUE;
}

gboolean
bmn_parts_equal (GPtrArray *a, GPtrArray *b)
{
  guint n = a ? a->len : 0;
  if (n != (b ? b->len : 0))
    return FALSE;
  for (guint i = 0; i < n; i++)
    if (!part_equal (a->pdata[i], b->pdata[i]))
      return FALSE;
  return TRUE;
}

/* Returns: (transfer none): @path as it is stored: relative where it is inside the folder */
static const char *
path_to_stored (BmnTransaction *tx, const char *path)
{
  gsize length = strlen (tx->db->folder);
  if (path && g_str_has_prefix (path, tx->db->folder) && path[length] == G_DIR_SEPARATOR)
    return path + length + 1;
  return path;
}

char *
bmn_parts_resolve_path (BmnTransaction *tx, const char *stored)
{
  if (!stored || g_path_is_absolute (stored))
    return g_strdup (stored);
  return g_build_filename (tx->db->folder, stored, NULL);
}

static gpointer
take_media (BmnStatement *row)
{
  BmnMedia *media = bmn_media_new ();
  media->path = bmn_statement_take_text (row);
  media->alt = bmn_statement_take_text (row);
  media->mime_type = bmn_statement_take_text (row);
  media->size = bmn_statement_take_int (row);
  media->sha256 = bmn_statement_take_text (row);
  media->width = bmn_statement_take_int (row);
  media->height = bmn_statement_take_int (row);
  media->focus_x = bmn_statement_take_real (row);
  media->focus_y = bmn_statement_take_real (row);
  return media;
}

static gboolean
load_media (BmnTransaction *tx, gint64 part_id, BmnPart *part, GError **error)
{
  g_autoptr (BmnStatement) query
      = bmn_statement_new (tx, "SELECT path, alt, mime_type, size, sha256, width, height, focus_x, "
                               "focus_y FROM media WHERE part_id = ? ORDER BY position");
  bmn_statement_put_int (query, part_id);
  g_autoptr (GPtrArray) media
      = bmn_statement_list (query, take_media, (GDestroyNotify)bmn_media_free, error);
  if (!media)
    return FALSE;
  for (guint i = 0; i < media->len; i++)
    {
      BmnMedia *medium = media->pdata[i];
      g_autofree char *stored = g_steal_pointer (&medium->path);
      medium->path = bmn_parts_resolve_path (tx, stored);
    }
  g_ptr_array_extend_and_steal (part->media, g_steal_pointer (&media));
  return TRUE;
}

static BmnStatement *
select_parts (BmnTransaction *tx, BmnPartsOwner owner, gint64 id)
{
  BmnStatement *query = bmn_statement_new (
      tx, owner == BMN_PARTS_OF_POST
              ? "SELECT id, text FROM part WHERE post_id = ? ORDER BY position"
              : "SELECT id, text FROM part WHERE target_id = ? ORDER BY position");
  bmn_statement_put_int (query, id);
  return query;
}

GPtrArray *
bmn_parts_load (BmnTransaction *tx, BmnPartsOwner owner, gint64 id, GError **error)
{
  g_autoptr (GPtrArray) parts = bmn_parts_new ();
  g_autoptr (BmnStatement) query = select_parts (tx, owner, id);
  while (bmn_statement_next (query))
    {
      gint64 part_id = bmn_statement_take_int (query);
      g_autofree char *text = bmn_statement_take_text (query);
      BmnPart *part = bmn_part_new (text);
      g_ptr_array_add (parts, part);
      if (!load_media (tx, part_id, part, error))
        return NULL;
    }
  if (!bmn_statement_finish (query, error))
    return NULL;
  return g_steal_pointer (&parts);
}

#define MANY(owner)                                                                                \
  "SELECT part." owner ", part.position, part.text, media.part_id, media.path, media.alt, "        \
  "media.mime_type, media.size, media.sha256, media.width, media.height, media.focus_x, "          \
  "media.focus_y FROM part LEFT JOIN media ON media.part_id = part.id "                            \
  "WHERE part." owner " IN (SELECT value FROM json_each (?)) "                                     \
  "ORDER BY part." owner ", part.position, media.position"

/* Returns: (transfer none): the parts of @owner, a new list where there is none yet */
static GPtrArray *
get_parts_of (GHashTable *parts_by_owner, gint64 owner)
{
  GPtrArray *parts = g_hash_table_lookup (parts_by_owner, &owner);
  if (parts)
    return parts;
  parts = bmn_parts_new ();
  g_hash_table_insert (parts_by_owner, g_memdup2 (&owner, sizeof owner), parts);
  return parts;
}

/* A row is a medium, or a part that has none. */
GHashTable *
bmn_parts_load_many (BmnTransaction *tx, BmnPartsOwner owner, const char *ids, GError **error)
{
  g_autoptr (GHashTable) parts_by_owner = g_hash_table_new_full (
      g_int64_hash, g_int64_equal, g_free, (GDestroyNotify)g_ptr_array_unref);
  g_autoptr (BmnStatement) query
      = bmn_statement_new (tx, owner == BMN_PARTS_OF_POST ? MANY ("post_id") : MANY ("target_id"));
  bmn_statement_put_text (query, ids);
  while (bmn_statement_next (query))
    {
      GPtrArray *parts = get_parts_of (parts_by_owner, bmn_statement_take_int (query));
      gint64 position = bmn_statement_take_int (query);
      g_autofree char *text = bmn_statement_take_text (query);
      if (position >= parts->len)
        g_ptr_array_add (parts, bmn_part_new (text));
      if (bmn_statement_take_int (query) == 0)
        continue;
      BmnPart *part = parts->pdata[parts->len - 1];
      BmnMedia *medium = take_media (query);
      g_autofree char *stored = g_steal_pointer (&medium->path);
      medium->path = bmn_parts_resolve_path (tx, stored);
      g_ptr_array_add (part->media, medium);
    }
  if (!bmn_statement_finish (query, error))
    return NULL;
  return g_steal_pointer (&parts_by_owner);
}

static gboolean
insert_media (
    BmnTransaction *tx, gint64 part_id, guint position, const BmnMedia *media, GError **error)
{
  g_autoptr (BmnStatement) insert = bmn_statement_new (
      tx, "INSERT INTO media (part_id, position, path, alt, mime_type, size, sha256, width, "
          "height, focus_x, focus_y) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
  bmn_statement_put_int (insert, part_id);
  bmn_statement_put_int (insert, position);
  bmn_statement_put_text (insert, path_to_stored (tx, media->path));
  bmn_statement_put_text (insert, media->alt);
  bmn_statement_put_text (insert, media->mime_type);
  bmn_statement_put_int (insert, media->size);
  bmn_statement_put_text (insert, media->sha256);
  bmn_statement_put_int (insert, media->width);
  bmn_statement_put_int (insert, media->height);
  bmn_statement_put_real (insert, media->focus_x);
  bmn_statement_put_real (insert, media->focus_y);
  return bmn_statement_run (insert, error);
}

static gboolean
insert_part (BmnTransaction *tx,
             BmnPartsOwner owner,
             gint64 owner_id,
             guint position,
             const BmnPart *part,
             GError **error)
{
  g_autoptr (BmnStatement) insert = bmn_statement_new (
      tx, owner == BMN_PARTS_OF_POST
              ? "INSERT INTO part (post_id, position, text) VALUES (?, ?, ?)"
              : "INSERT INTO part (target_id, position, text) VALUES (?, ?, ?)");
  bmn_statement_put_int (insert, owner_id);
  bmn_statement_put_int (insert, position);
  bmn_statement_put_text (insert, part->text);
  gint64 part_id;
  if (!bmn_statement_insert (insert, &part_id, error))
    return FALSE;
  for (guint i = 0; i < part->media->len; i++)
    if (!insert_media (tx, part_id, i, part->media->pdata[i], error))
      return FALSE;
  return TRUE;
}

gboolean
bmn_parts_replace (BmnTransaction *tx,
                   BmnPartsOwner owner,
                   gint64 id,
                   GPtrArray *parts,
                   gboolean *changed,
                   GError **error)
{
  g_autoptr (GPtrArray) stored = bmn_parts_load (tx, owner, id, error);
  if (!stored)
    return FALSE;
  *changed = !bmn_parts_equal (stored, parts);
  if (!*changed)
    return TRUE;
  g_autoptr (BmnStatement) delete
      = bmn_statement_new (tx, owner == BMN_PARTS_OF_POST ? "DELETE FROM part WHERE post_id = ?"
                                                          : "DELETE FROM part WHERE target_id = ?");
  bmn_statement_put_int (delete, id);
  if (!bmn_statement_run (delete, error))
    return FALSE;
  for (guint i = 0; parts && i < parts->len; i++)
    if (!insert_part (tx, owner, id, i, parts->pdata[i], error))
      return FALSE;
  return TRUE;
}
