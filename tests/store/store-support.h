#pragma once

#include "bmn-accounts.h"
#include "bmn-error.h"
#include "bmn-posts.h"
#include "bmn-store.h"
#include "bmn-targets.h"

G_BEGIN_DECLS

/* A data folder of its own for each test, deleted with it. */
typedef struct
{
  char *folder;    /* (owned) */
  BmnStore *store; /* (owned) (nullable) */
} Fixture;

#define fixture_add(path, test)                                                                    \
  g_test_add (path, Fixture, NULL, fixture_set_up, test, fixture_tear_down)

void fixture_set_up (Fixture *fixture, gconstpointer data);
void fixture_tear_down (Fixture *fixture, gconstpointer data);
/* Closes the store and opens it again. */
void fixture_reopen (Fixture *fixture);
/* Returns: (transfer full): a path in the data folder */
char *fixture_path (Fixture *fixture, const char *name);

void remove_tree (const char *path);
/* Stands in for the words of app/text: blanks stay, each ideograph is a word. */
char *cut_words (const char *text);

/* Opens the folder, which must work. */
BmnStore *open_store (const char *folder);
/* Run a function in a transaction that must succeed. */
void write_ok (BmnStore *store, BmnStoreFunc func, gpointer data);
void read_ok (BmnStore *store, BmnStoreFunc func, gpointer data);

/* Each is one transaction that must succeed. Returns: the new id */
gint64 add_account (BmnStore *store, const char *name);
gint64 add_post (BmnStore *store, const char *text);
gint64 add_target (
    BmnStore *store, gint64 post_id, gint64 account_id, BmnTargetState state, gint64 due_at);

/* Returns: (transfer full): */
BmnPost *get_post (BmnStore *store, gint64 id);
BmnTarget *get_target (BmnStore *store, gint64 id);

BmnPost *new_post (const char *text);
/* Runs SQL on the file itself, as no program should. */
void run_sql (const char *folder, const char *sql);
/* Returns: the number that the SQL asks for */
gint64 read_number (const char *folder, const char *sql);

/* Returns: (transfer full): the text that the SQL asks for in a database of any name */
char *read_text_in_file (const char *path, const char *sql);

/* Lets the default main context run until @flag is set. */
void wait_for (const gboolean *flag);

G_END_DECLS
