#pragma once

#include "bmn-accounts.h"
#include "bmn-attempts.h"
#include "bmn-error.h"
#include "bmn-fake-clock.h"
#include "bmn-fake-platform.h"
#include "bmn-posts.h"
#include "bmn-publisher.h"
#include "bmn-targets.h"

G_BEGIN_DECLS

/*
 * A world for a publisher: a data folder, a clock that tests move, and a server that lives on
 * while the program is killed. Nothing waits for real time: world_settle() returns once
 * neither the store nor the main context has anything left to do.
 */
typedef struct
{
  char *root;              /* (owned) */
  char *folder;            /* (owned) the data folder, a new one after each crash */
  guint n_folders;         /* made so far */
  BmnFakeClock *clock;     /* (owned) */
  BmnFakeServer *server;   /* (owned) */
  BmnStore *store;         /* (owned) */
  BmnPublisher *publisher; /* (owned) (nullable) while the program runs */
  GError *no_platform;     /* (owned) (nullable) what asking for a platform answers */
  guint n_troubles;
  guint n_settled;
  guint n_idle;
} World;

/* It is 2026-06-01 12:00 UTC. */
World *world_new (BmnIdempotency idempotency);
void world_free (World *world);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (World, world_free)

gint64 world_now (World *world);

/* Returns: the id of an account that holds missed posts after 15 minutes, without a gap */
gint64 world_add_account (World *world, const char *name);
/* Reads, lets the caller change, and stores the account. */
BmnAccount *world_get_account (World *world, gint64 id);
/* @account: (transfer full): */
void world_set_account (World *world, BmnAccount *account);

/**
 * world_add_target:
 * @due_in: seconds from now
 * @...: the texts of its parts, ends with %NULL
 *
 * Returns: the id of the target of a new post
 */
gint64
world_add_target (World *world, gint64 account_id, gint64 due_in, ...) G_GNUC_NULL_TERMINATED;
/* Returns: (transfer full): */
BmnTarget *world_get_target (World *world, gint64 id);
/* Stores the target, whatever its state is. @target: (transfer full): */
void world_set_target (World *world, BmnTarget *target);
/* Returns: (transfer full) (element-type BmnAttempt): */
GPtrArray *world_get_attempts (World *world, gint64 target_id);
/* Returns: (transfer full): `publish lost, read-back done`, and so on */
char *world_describe_attempts (World *world, gint64 target_id);

#define world_assert_state(world, id, expected)                                                    \
  G_STMT_START                                                                                     \
  {                                                                                                \
    g_autoptr (BmnTarget) target_ = world_get_target (world, id);                                  \
    g_assert_cmpstr (bmn_target_state_to_nick (target_->state), ==,                                \
                     bmn_target_state_to_nick (expected));                                         \
  }                                                                                                \
  G_STMT_END

/* The program is started, stopped as a user stops it, or killed. */
void world_start (World *world);
void world_stop (World *world);
void world_crash (World *world);

/* Lets the program run until it waits for time to pass, or a request hangs. */
void world_settle (World *world);
/* Time passes, for everybody; then world_settle(). */
void world_pass (World *world, gint64 seconds);
/* Somebody sets the computer's clock; then world_settle(). */
void world_set_clock_by (World *world, gint64 seconds);
/* The computer sleeps; then world_settle(). */
void world_sleep (World *world, gint64 seconds);

/* Returns: when the next target is to be looked at, µs; 0 for none */
gint64 world_next_try_at (World *world);
/* Time passes from one try to the next, at most @limit times, until there is none. */
void world_run_out (World *world, guint limit);

/* Runs in a transaction that must succeed. */
void world_write (World *world, BmnStoreFunc func, gpointer data);
void world_read (World *world, BmnStoreFunc func, gpointer data);

/* Changes the file itself, as a failing disk would. */
void world_run_sql (World *world, const char *sql);

G_END_DECLS
