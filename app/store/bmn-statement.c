#include "bmn-statement-private.h"
#include "bmn-error.h"
#include "bmn-history-post.h"

#include <glib/gi18n-lib.h>

static void
check (BmnStatement *self, int rc)
{
  if (rc != SQLITE_OK && !self->error)
    bmn_database_set_error (self->db, rc, &self->error);
}

BmnStatement *
bmn_statement_new (BmnTransaction *tx, const char *sql)
{
  BmnStatement *self = g_new0 (BmnStatement, 1);
  self->db = tx->db;
  gpointer handle;
  if (g_hash_table_steal_extended (tx->db->statements, sql, NULL, &handle))
    self->handle = handle;
  else
    check (self, sqlite3_prepare_v3 (tx->db->handle, sql, -1, SQLITE_PREPARE_PERSISTENT,
                                     &self->handle, NULL));
  return self;
}

void
bmn_statement_free (BmnStatement *self)
{
  if (self->handle)
    {
      sqlite3_reset (self->handle);
      sqlite3_clear_bindings (self->handle);
      g_hash_table_replace (self->db->statements, (char *)sqlite3_sql (self->handle), self->handle);
    }
  g_clear_error (&self->error);
  g_free (self);
}

void
bmn_statement_put_int (BmnStatement *self, gint64 value)
{
  if (!self->error)
    check (self, sqlite3_bind_int64 (self->handle, ++self->n_put, value));
}

void
bmn_statement_put_real (BmnStatement *self, double value)
{
  if (!self->error)
    check (self, sqlite3_bind_double (self->handle, ++self->n_put, value));
}

void
bmn_statement_put_text (BmnStatement *self, const char *value)
{
  if (self->error)
    return;
  if (value && !g_utf8_validate (value, -1, NULL))
    g_set_error_literal (&self->error, BMN_ERROR, BMN_ERROR_INVALID,
                         _ ("A text is not valid UTF-8 and cannot be stored."));
  else
    check (self, sqlite3_bind_text (self->handle, ++self->n_put, value, -1, SQLITE_TRANSIENT));
}

void
bmn_statement_put_bytes (BmnStatement *self, GBytes *value)
{
  if (self->error)
    return;
  gsize size = 0;
  gconstpointer data = value ? g_bytes_get_data (value, &size) : NULL;
  check (self, sqlite3_bind_blob64 (self->handle, ++self->n_put, data, size, SQLITE_TRANSIENT));
}

void
bmn_statement_put_id (BmnStatement *self, gint64 id)
{
  if (id != 0)
    bmn_statement_put_int (self, id);
  else
    bmn_statement_put_text (self, NULL);
}

void
bmn_statement_put_count (BmnStatement *self, gint64 count)
{
  if (count != BMN_COUNT_UNKNOWN)
    bmn_statement_put_int (self, count);
  else
    bmn_statement_put_text (self, NULL);
}

gboolean
bmn_statement_next (BmnStatement *self)
{
  if (self->error || !bmn_database_check_transaction (self->db, &self->error))
    return FALSE;
  self->n_taken = 0;
  int rc = sqlite3_step (self->handle);
  if (rc != SQLITE_ROW && rc != SQLITE_DONE)
    check (self, rc);
  return rc == SQLITE_ROW;
}

gboolean
bmn_statement_finish (BmnStatement *self, GError **error)
{
  if (!self->error)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&self->error));
  return FALSE;
}

gboolean
bmn_statement_run (BmnStatement *self, GError **error)
{
  while (bmn_statement_next (self))
    continue;
  return bmn_statement_finish (self, error);
}

gboolean
bmn_statement_insert (BmnStatement *self, gint64 *id, GError **error)
{
  if (!bmn_statement_run (self, error))
    return FALSE;
  *id = sqlite3_last_insert_rowid (self->db->handle);
  return TRUE;
}

gboolean
bmn_statement_change (BmnStatement *self, const char *missing, GError **error)
{
  if (!bmn_statement_run (self, error))
    return FALSE;
  if (sqlite3_changes (self->db->handle) > 0)
    return TRUE;
  g_set_error_literal (error, BMN_ERROR, BMN_ERROR_NOT_FOUND, missing);
  return FALSE;
}

gint64
bmn_statement_take_int (BmnStatement *self)
{
  return sqlite3_column_int64 (self->handle, self->n_taken++);
}

double
bmn_statement_take_real (BmnStatement *self)
{
  return sqlite3_column_double (self->handle, self->n_taken++);
}

const char *
bmn_statement_take_nick (BmnStatement *self)
{
  return (const char *)sqlite3_column_text (self->handle, self->n_taken++);
}

char *
bmn_statement_take_text (BmnStatement *self)
{
  const char *text = bmn_statement_take_nick (self);
  if (!text || g_utf8_validate (text, -1, NULL))
    return g_strdup (text);
  bmn_statement_set_damaged (self);
  return g_strdup ("");
}

GBytes *
bmn_statement_take_bytes (BmnStatement *self)
{
  gconstpointer data = sqlite3_column_blob (self->handle, self->n_taken);
  int size = sqlite3_column_bytes (self->handle, self->n_taken++);
  return data ? g_bytes_new (data, (gsize)size) : NULL;
}

gint64
bmn_statement_take_count (BmnStatement *self)
{
  if (sqlite3_column_type (self->handle, self->n_taken) != SQLITE_NULL)
    return bmn_statement_take_int (self);
  self->n_taken++;
  return BMN_COUNT_UNKNOWN;
}

void
bmn_statement_set_damaged (BmnStatement *self)
{
  if (!self->error)
    bmn_database_set_damaged (self->db->folder, &self->error);
}

GPtrArray *
bmn_statement_list (BmnStatement *self, BmnRowFunc take, GDestroyNotify free_func, GError **error)
{
  g_autoptr (GPtrArray) values = g_ptr_array_new_with_free_func (free_func);
  while (bmn_statement_next (self))
    g_ptr_array_add (values, take (self));
  if (!bmn_statement_finish (self, error))
    return NULL;
  return g_steal_pointer (&values);
}

GStrv
bmn_statement_take_texts (BmnStatement *self, GError **error)
{
  g_autoptr (GStrvBuilder) texts = g_strv_builder_new ();
  while (bmn_statement_next (self))
    {
      g_autofree char *text = bmn_statement_take_text (self);
      g_strv_builder_add (texts, text);
    }
  return bmn_statement_finish (self, error) ? g_strv_builder_end (texts) : NULL;
}

gpointer
bmn_statement_get (BmnStatement *self,
                   BmnRowFunc take,
                   GDestroyNotify free_func,
                   const char *missing,
                   GError **error)
{
  g_autoptr (GPtrArray) values = bmn_statement_list (self, take, free_func, error);
  if (!values)
    return NULL;
  if (values->len > 0)
    return g_ptr_array_steal_index (values, 0);
  g_set_error_literal (error, BMN_ERROR, BMN_ERROR_NOT_FOUND, missing);
  return NULL;
}

gint64
bmn_statement_limit (guint limit)
{
  return limit > 0 ? (gint64)limit : -1;
}
