#pragma once

#include "bmn-database-private.h"

G_BEGIN_DECLS

/*
 * One use of a prepared statement. Values are put in the order of the statement's parameters
 * and taken in the order of its columns. The first error sticks, makes everything after it do
 * nothing, and is told by bmn_statement_finish(): so a table's function reads as a list of
 * its columns.
 */
typedef struct
{
  BmnDatabase *db;
  sqlite3_stmt *handle; /* (owned) (nullable) */
  int n_put;
  int n_taken;
  GError *error; /* (owned) (nullable) */
} BmnStatement;

/**
 * bmn_statement_new:
 * @sql: constant text without any value in it
 *
 * Takes the statement from those prepared before, or prepares it.
 *
 * Returns: (transfer full): never %NULL; an error waits for bmn_statement_finish()
 */
BmnStatement *bmn_statement_new (BmnTransaction *tx, const char *sql) G_GNUC_WARN_UNUSED_RESULT;
/* Keeps the prepared statement for the next use. */
void bmn_statement_free (BmnStatement *self);

void bmn_statement_put_int (BmnStatement *self, gint64 value);
void bmn_statement_put_real (BmnStatement *self, double value);
/* @value: (nullable): valid UTF-8, else %BMN_ERROR_INVALID */
void bmn_statement_put_text (BmnStatement *self, const char *value);
/* @value: (nullable): */
void bmn_statement_put_bytes (BmnStatement *self, GBytes *value);
/* 0 becomes NULL: a reference to nothing. */
void bmn_statement_put_id (BmnStatement *self, gint64 id);
/* %BMN_COUNT_UNKNOWN becomes NULL. */
void bmn_statement_put_count (BmnStatement *self, gint64 count);

/* Returns: whether there is a row to take from; %FALSE at the end and after an error */
gboolean bmn_statement_next (BmnStatement *self);
/* Returns: %FALSE with the first error of all calls before */
gboolean bmn_statement_finish (BmnStatement *self, GError **error);
/* Runs a statement without rows to its end. */
gboolean bmn_statement_run (BmnStatement *self, GError **error);
/* Runs an INSERT; @id: (out): the new row's */
gboolean bmn_statement_insert (BmnStatement *self, gint64 *id, GError **error);
/* Runs a change of one row that must be there; else %BMN_ERROR_NOT_FOUND with @missing. */
gboolean bmn_statement_change (BmnStatement *self, const char *missing, GError **error);

/* NULL gives 0. */
gint64 bmn_statement_take_int (BmnStatement *self);
double bmn_statement_take_real (BmnStatement *self);
/* Returns: (transfer full) (nullable) */
char *bmn_statement_take_text (BmnStatement *self) G_GNUC_WARN_UNUSED_RESULT;
/* Returns: (transfer full) (nullable) */
GBytes *bmn_statement_take_bytes (BmnStatement *self) G_GNUC_WARN_UNUSED_RESULT;
/* NULL gives %BMN_COUNT_UNKNOWN. */
gint64 bmn_statement_take_count (BmnStatement *self);
/* Returns: (transfer none): valid until the next row */
const char *bmn_statement_take_nick (BmnStatement *self);
/* What was taken cannot be what this program stored. */
void bmn_statement_set_damaged (BmnStatement *self);

/* Takes the stable name of an enumeration's value. */
#define BMN_STATEMENT_TAKE_NICK(self, from_nick, value)                                            \
  G_STMT_START                                                                                     \
  {                                                                                                \
    if (!from_nick (bmn_statement_take_nick (self), (value)))                                      \
      bmn_statement_set_damaged (self);                                                            \
  }                                                                                                \
  G_STMT_END

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BmnStatement, bmn_statement_free)

/**
 * BmnRowFunc:
 *
 * Returns: (transfer full): a value made of the row's columns
 */
typedef gpointer (*BmnRowFunc) (BmnStatement *row);

/**
 * bmn_statement_list:
 * @free_func: how values of @take are freed
 *
 * Returns: (transfer full): the values of all rows, %NULL with @error
 */
GPtrArray *bmn_statement_list (BmnStatement *self,
                               BmnRowFunc take,
                               GDestroyNotify free_func,
                               GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* Returns: (transfer full): the texts of a statement with one column; %NULL with @error */
GStrv bmn_statement_take_texts (BmnStatement *self, GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* Returns: (transfer full): the value of the one row; %NULL with @error, which is
 * %BMN_ERROR_NOT_FOUND with @missing where there is none */
gpointer bmn_statement_get (BmnStatement *self,
                            BmnRowFunc take,
                            GDestroyNotify free_func,
                            const char *missing,
                            GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* Returns: what LIMIT takes for @limit: 0 means that there is no limit */
gint64 bmn_statement_limit (guint limit);

G_END_DECLS
