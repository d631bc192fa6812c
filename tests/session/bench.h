#pragma once

#include "bmn-error.h"
#include "bmn-fake-clock.h"
#include "bmn-fake-platform.h"
#include "bmn-sample.h"
#include "bmn-session-accounts.h"
#include "bmn-session-posts.h"
#include "bmn-session-private.h"
#include "bmn-session-slots.h"

G_BEGIN_DECLS

/* A session on a folder of its own, with a clock that tests move, secrets in memory, and a
 * server that every account lives on. The platform is called `website` for its inputs. */
typedef struct
{
  char *root;              /* (owned) */
  char *folder;            /* (owned) the data folder */
  BmnFakeClock *clock;     /* (owned) */
  BmnSecretStore *secrets; /* (owned) */
  BmnFakeServer *server;   /* (owned) */
  BmnSession *session;     /* (owned) */
} Bench;

/* It is 2026-06-01 12:00 UTC, a Monday. */
Bench *bench_new (void);
void bench_free (Bench *bench);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Bench, bench_free)

/* Runs the main context until nothing is left to do. */
void bench_settle (Bench *bench);
/* Time passes; then bench_settle(). */
void bench_pass (Bench *bench, gint64 seconds);

/* Each waits for the end of the operation. */
BmnAccount *
bench_try_add_account (Bench *bench, const char *handle, const char *secret, GError **error);
BmnAccount *
bench_try_sign_in (Bench *bench, gint64 id, const char *handle, const char *secret, GError **error);
gboolean bench_try_check (Bench *bench, gint64 id, GError **error);
gboolean bench_try_remove_account (Bench *bench, gint64 id, char **warning, GError **error);
gboolean bench_try_delete (Bench *bench, gint64 id, gboolean remote, GError **error);

/* Returns: the id of an account in zone UTC */
gint64 bench_add_account (Bench *bench, const char *handle);

/**
 * bench_add:
 * @when: must work
 * @text: of its only part, or of its first one
 * @recurrence: (nullable):
 *
 * Returns: the new post's id
 */
gint64 bench_add (
    Bench *bench, gint64 account_id, const BmnWhen *when, const char *text, const char *recurrence);
/* Adds a thread of two parts that is due now. */
gint64 bench_add_thread (Bench *bench, gint64 account_id);

/* Publishes what is due and stops again. */
void bench_publish (Bench *bench);

/* Returns: (transfer full): the target of a post that has one */
BmnTarget *bench_get_target (Bench *bench, gint64 post_id);
/* Returns: (transfer full): the text of its first part */
char *bench_get_text (Bench *bench, gint64 post_id);
/* Returns: how many targets are in the state */
guint bench_count (Bench *bench, BmnTargetState state);

#define bench_assert_state(bench, post_id, expected)                                               \
  G_STMT_START                                                                                     \
  {                                                                                                \
    g_autoptr (BmnTarget) target_ = bench_get_target (bench, post_id);                             \
    g_assert_cmpstr (bmn_target_state_to_nick (target_->state), ==,                                \
                     bmn_target_state_to_nick (expected));                                         \
  }                                                                                                \
  G_STMT_END

G_END_DECLS
