#include "bmn-json-importer-private.h"
#include "bmn-error.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define PIECE_SIZE (64 * 1024)

typedef struct
{
  BmnImportSource *source; /* (owned) */
  BmnJsonRows *rows;       /* (owned) */
  gboolean in_member;
  gboolean found;         /* a member that has rows */
  gboolean before_script; /* the assignment before the JSON was not passed yet */
  GError *refusal;        /* (owned) (nullable): of a row */
} BmnJsonImporterPrivate;

G_DEFINE_ABSTRACT_TYPE_WITH_PRIVATE (BmnJsonImporter, bmn_json_importer, BMN_TYPE_IMPORTER)

static BmnJsonImporterPrivate *
get_private (BmnJsonImporter *self)
{
  return bmn_json_importer_get_instance_private (self);
}

static void
bmn_json_importer_finalize (GObject *object)
{
  BmnJsonImporterPrivate *priv = get_private (BMN_JSON_IMPORTER (object));
  g_clear_pointer (&priv->source, bmn_import_source_free);
  g_clear_pointer (&priv->rows, bmn_json_rows_free);
  g_clear_error (&priv->refusal);
  G_OBJECT_CLASS (bmn_json_importer_parent_class)->finalize (object);
}

static void
on_row (const BmnJsonRow *row, gpointer data)
{
  BmnJsonImporter *self = data;
  BmnJsonImporterPrivate *priv = get_private (self);
  if (priv->refusal)
    return;
  if (row->problem)
    bmn_importer_add_bad (BMN_IMPORTER (self), row->number, row->problem);
  else
    (void)BMN_JSON_IMPORTER_GET_CLASS (self)->take_row (self, row, &priv->refusal);
}

static gboolean
bmn_json_importer_open (BmnImporter *importer, GError **error)
{
  BmnJsonImporter *self = BMN_JSON_IMPORTER (importer);
  BmnJsonImporterPrivate *priv = get_private (self);
  const BmnJsonImporterClass *klass = BMN_JSON_IMPORTER_GET_CLASS (self);
  priv->rows = bmn_json_rows_new (klass->places, klass->fields, on_row, self);
  priv->source = bmn_import_source_open (bmn_importer_get_path (importer), error);
  return priv->source != NULL;
}

/* Goes to the next member that has rows; @at_end: set where there is none */
static gboolean
next_member (BmnJsonImporter *self, gboolean *at_end, GError **error)
{
  BmnJsonImporterPrivate *priv = get_private (self);
  const BmnJsonImporterClass *klass = BMN_JSON_IMPORTER_GET_CLASS (self);
  GError *failure = NULL;
  const char *path;
  while ((path = bmn_import_source_next (priv->source, &failure)))
    if (!bmn_import_source_is_archive (priv->source) || klass->wants (path))
      {
        priv->in_member = TRUE;
        priv->found = TRUE;
        priv->before_script = klass->is_script;
        bmn_json_rows_restart (priv->rows);
        return TRUE;
      }
  *at_end = TRUE;
  if (!failure && !priv->found)
    g_set_error_literal (&failure, BMN_ERROR, BMN_ERROR_INVALID, _ (klass->missing));
  if (!failure)
    return TRUE;
  g_propagate_error (error, failure);
  return FALSE;
}

/* Passes over `window.YTD.tweets.part0 =`, whose names differ; what begins as JSON has no
 * assignment. Returns: how many bytes that is */
static gsize
skip_assignment (const char *bytes, gsize length)
{
  gsize blank = 0;
  while (blank < length && g_ascii_isspace (bytes[blank]))
    blank++;
  if (blank == length || bytes[blank] == '[' || bytes[blank] == '{')
    return blank;
  const char *sign = memchr (bytes, '=', length);
  return sign ? (gsize)(sign - bytes) + 1 : 0;
}

static gboolean
bmn_json_importer_read_more (BmnImporter *importer, gboolean *at_end, GError **error)
{
  BmnJsonImporter *self = BMN_JSON_IMPORTER (importer);
  BmnJsonImporterPrivate *priv = get_private (self);
  char piece[PIECE_SIZE];
  if (!priv->in_member)
    return next_member (self, at_end, error);
  gssize length = bmn_import_source_read (priv->source, piece, sizeof piece, error);
  if (length < 0)
    return FALSE;
  priv->in_member = length > 0;
  gsize start = priv->before_script ? skip_assignment (piece, length) : 0;
  priv->before_script = FALSE;
  gboolean read = length > 0 ? bmn_json_rows_feed (priv->rows, piece + start, length - start, error)
                             : bmn_json_rows_finish (priv->rows, error);
  if (!priv->refusal)
    return read;
  g_clear_error (error);
  g_propagate_error (error, g_steal_pointer (&priv->refusal));
  return FALSE;
}

static gint64
bmn_json_importer_get_position (BmnImporter *importer, gint64 *size)
{
  BmnJsonImporterPrivate *priv = get_private (BMN_JSON_IMPORTER (importer));
  *size = bmn_import_source_get_size (priv->source);
  return bmn_import_source_get_position (priv->source);
}

gint64
bmn_json_importer_get_written_at (BmnJsonImporter *self)
{
  gint64 written_at = bmn_import_source_get_written_at (get_private (self)->source);
  return written_at <= bmn_importer_get_now (BMN_IMPORTER (self)) ? written_at : 0;
}

static void
bmn_json_importer_class_init (BmnJsonImporterClass *klass)
{
  BmnImporterClass *importer_class = BMN_IMPORTER_CLASS (klass);
  G_OBJECT_CLASS (klass)->finalize = bmn_json_importer_finalize;
  importer_class->open = bmn_json_importer_open;
  importer_class->read_more = bmn_json_importer_read_more;
  importer_class->get_position = bmn_json_importer_get_position;
}

static void
bmn_json_importer_init (BmnJsonImporter *self)
{
}
