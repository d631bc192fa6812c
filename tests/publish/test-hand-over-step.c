#include "bmn-hand-over-step-private.h"
#include "bmn-platform-error.h"

#include <string.h>

/* Seconds in the tables count from here; what is planned is due at DUE. */
#define EPOCH G_GINT64_CONSTANT (1780000000)
#define AT(seconds) ((EPOCH + (seconds)) * G_USEC_PER_SEC)
#define DUE 10000
/* Three times the life of a request after it, nothing comes out any more. */
#define GRACE (DUE + 3 * 120)

static const BmnCapabilities keys = {
  .idempotency = BMN_IDEMPOTENCY_SERVER_KEY,
  .key_life = 3600,
  .request_life = 120,
  .can_read_back = TRUE,
  .can_schedule = TRUE,
  .schedule_ahead = 300,
};

static const BmnCapabilities no_keys
    = { .request_life = 120, .can_read_back = TRUE, .can_schedule = TRUE, .schedule_ahead = 300 };

static const BmnCapabilities no_schedules = { .request_life = 120, .can_read_back = TRUE };

/* A record is written as words, each `WHAT@SECONDS`. */
static const struct
{
  const char *word;
  BmnAttemptKind kind;
  BmnAttemptOutcome outcome;
  const char *error_kind;
} words[] = {
  { "handed", BMN_ATTEMPT_HAND_OVER, BMN_ATTEMPT_DONE, NULL },
  { "lost", BMN_ATTEMPT_HAND_OVER, BMN_ATTEMPT_LOST, "unknown-outcome" },
  { "refused", BMN_ATTEMPT_HAND_OVER, BMN_ATTEMPT_REFUSED, "server" },
  { "rejected", BMN_ATTEMPT_HAND_OVER, BMN_ATTEMPT_REFUSED, "rejected" },
  { "held", BMN_ATTEMPT_CHECK_SCHEDULE, BMN_ATTEMPT_DONE, NULL },
  { "none", BMN_ATTEMPT_CHECK_SCHEDULE, BMN_ATTEMPT_NOT_FOUND, NULL },
  { "unclear", BMN_ATTEMPT_CHECK_SCHEDULE, BMN_ATTEMPT_REFUSED, "server" },
  { "back", BMN_ATTEMPT_TAKE_BACK, BMN_ATTEMPT_DONE, NULL },
  { "gone", BMN_ATTEMPT_TAKE_BACK, BMN_ATTEMPT_NOT_FOUND, NULL },
  { "kept", BMN_ATTEMPT_TAKE_BACK, BMN_ATTEMPT_REFUSED, "server" },
};

static BmnAttempt *
parse_attempt (const char *text)
{
  g_auto (GStrv) halves = g_strsplit (text, "@", 2);
  for (gsize i = 0; i < G_N_ELEMENTS (words); i++)
    {
      if (!g_str_equal (words[i].word, halves[0]))
        continue;
      BmnAttempt *attempt = bmn_attempt_new (1, 0, words[i].kind);
      attempt->outcome = words[i].outcome;
      attempt->error_kind = g_strdup (words[i].error_kind);
      attempt->started_at = attempt->finished_at = AT (atoi (halves[1]));
      return attempt;
    }
  g_error ("“%s” is no word of a record", text);
}

static GPtrArray *
parse_record (const char *text)
{
  GPtrArray *attempts = g_ptr_array_new_with_free_func ((GDestroyNotify)bmn_attempt_free);
  g_auto (GStrv) parts = g_strsplit (text, " ", -1);
  for (guint i = 0; parts[i]; i++)
    if (*parts[i])
      g_ptr_array_add (attempts, parse_attempt (parts[i]));
  return attempts;
}

typedef enum
{
  AS_PLANNED,
  NOT_WANTED, /* the user lets this computer publish it */
  CANCELLED,
  PAUSED,
  MOVED,   /* here, after it was handed over */
  CHANGED, /* likewise */
  THREAD,
  ASKED,      /* the user was, and said nothing yet */
  LOOKED_FOR, /* the user wants another look */
} Wish;

typedef struct
{
  const char *name;
  const BmnCapabilities *caps;
  const char *id; /* the server's, "" for not known */
  Wish wish;
  const char *record;
  int now;
  BmnHandOverStep step;
  int at; /* of NONE, 0 for never */
} Case;

#define NONE BMN_HAND_OVER_STEP_NONE
#define SEND BMN_HAND_OVER_STEP_SEND
#define TAKE BMN_HAND_OVER_STEP_TAKE_BACK
#define LOOK BMN_HAND_OVER_STEP_LOOK
#define RELEASE BMN_HAND_OVER_STEP_RELEASE
#define GONE BMN_HAND_OVER_STEP_GONE
#define ASK BMN_HAND_OVER_STEP_ASK

#define FIVE_UNCLEAR "unclear@1 unclear@2 unclear@3 unclear@4 unclear@5"

static const Case cases[] = {
  { "wanted", &keys, NULL, AS_PLANNED, "", 0, SEND },
  { "not wanted", &keys, NULL, NOT_WANTED, "", 0, NONE },
  { "of a paused account", &keys, NULL, PAUSED, "", 0, NONE },
  { "a thread", &keys, NULL, THREAD, "", 0, NONE },
  { "a server without schedules", &no_schedules, NULL, AS_PLANNED, "", 0, NONE },
  { "just far enough ahead", &keys, NULL, AS_PLANNED, "", DUE - 300, SEND },
  { "too near", &keys, NULL, AS_PLANNED, "", DUE - 299, NONE },
  { "refused for now", &keys, NULL, AS_PLANNED, "refused@0", 1, NONE, 5 },
  { "refused, some time later", &keys, NULL, AS_PLANNED, "refused@0", 5, SEND },
  { "refused twice", &keys, NULL, AS_PLANNED, "refused@0 refused@5", 6, NONE, 15 },
  { "refused before the clock was set back", &keys, NULL, AS_PLANNED, "refused@100", 1, SEND },

  { "held", &keys, "7", AS_PLANNED, "handed@0", 1, NONE, DUE + 5 },
  { "held, its time has come", &keys, "7", AS_PLANNED, "handed@0", DUE + 5, LOOK },
  { "not out yet", &keys, "7", AS_PLANNED, "handed@0 none@10005", DUE + 6, NONE, DUE + 10 },
  { "not out yet, some time later", &keys, "7", AS_PLANNED, "handed@0 none@10005", DUE + 10, LOOK },
  { "nothing came out", &keys, "7", AS_PLANNED, "handed@0 none@10360", GRACE + 1, GONE },
  { "not looked for long enough", &keys, "7", AS_PLANNED, "handed@0 none@10359", GRACE + 1000,
    LOOK },
  { "held past its time", &keys, "7", AS_PLANNED, "handed@0 held@10005", DUE + 6, NONE, DUE + 10 },
  { "held long past its time", &keys, "7", AS_PLANNED, "handed@0 held@10005", GRACE + 50, LOOK },
  { "found at the next start", &keys, "7", AS_PLANNED, "handed@0", DUE + 90000, LOOK },
  { "cannot be read", &keys, "7", AS_PLANNED, "handed@0 " FIVE_UNCLEAR " " FIVE_UNCLEAR, DUE + 9000,
    ASK },

  { "taken back", &keys, "7", NOT_WANTED, "handed@0", 1, TAKE },
  { "cancelled", &keys, "7", CANCELLED, "handed@0", 1, TAKE },
  { "paused", &keys, "7", PAUSED, "handed@0", 1, TAKE },
  { "moved", &keys, "7", MOVED, "handed@0", 1, TAKE },
  { "changed", &keys, "7", CHANGED, "handed@0", 1, TAKE },
  { "changed, and cannot be taken back yet", &keys, "7", CHANGED, "handed@0 kept@1", 2, NONE, 6 },
  { "changed, and tried again", &keys, "7", CHANGED, "handed@0 kept@1", 6, TAKE },
  { "cancelled when its time had come", &keys, "7", CANCELLED, "handed@0", DUE + 6, LOOK },
  { "cancelled, and still held past its time", &keys, "7", CANCELLED, "handed@0 held@10006",
    DUE + 7, TAKE },
  { "gone when it was to be taken back", &keys, "7", CANCELLED, "handed@0 gone@9990", DUE - 9,
    LOOK },
  { "gone, and nothing came out", &keys, "7", CANCELLED, "handed@0 gone@9990 none@10361", GRACE + 2,
    GONE },
  { "lost once, and found held", &keys, "7", CANCELLED, "lost@0 held@5", 6, TAKE },
  { "a lost request may still arrive", &keys, "7", CANCELLED, "lost@0 handed@5", 6, NONE, 120 },
  { "it cannot any more", &keys, "7", CANCELLED, "lost@0 handed@5", 120, TAKE },
  { "there is no time to wait for it", &keys, "7", CANCELLED, "lost@9900 handed@9905", 9906, TAKE },
  { "handed over anew", &keys, NULL, AS_PLANNED, "handed@0 back@1", 2, SEND },

  { "B: lost", &keys, "", AS_PLANNED, "lost@0", 5, SEND },
  { "B: lost just now", &keys, "", AS_PLANNED, "lost@0", 1, NONE, 5 },
  { "B: lost, and the key is old", &keys, "", AS_PLANNED, "lost@0", 3600, LOOK },
  { "B: lost, and cancelled meanwhile", &keys, "", CANCELLED, "lost@0", 5, LOOK },
  { "B: a repetition was turned away", &keys, "", AS_PLANNED, "lost@0 rejected@5", 6, LOOK },
  { "C: lost", &no_keys, "", AS_PLANNED, "lost@0", 1, LOOK },
  { "C: lost, not there yet", &no_keys, "", AS_PLANNED, "lost@0 none@1", 10, NONE, 120 },
  { "C: lost, and it can no longer arrive", &no_keys, "", AS_PLANNED, "lost@0 none@1", 120, LOOK },
  { "C: lost for sure", &no_keys, "", AS_PLANNED, "lost@0 none@120", 121, RELEASE },
  { "C: lost for sure, and cancelled", &no_keys, "", CANCELLED, "lost@0 none@120", 121, RELEASE },
  { "C: may be coming out just now", &no_keys, "", AS_PLANNED, "lost@0 none@10001", DUE + 7, LOOK },
  { "C: did not come out", &no_keys, "", AS_PLANNED, "lost@0 none@10360", GRACE + 1, RELEASE },
  { "C: cannot be read", &no_keys, "", AS_PLANNED, "lost@0 " FIVE_UNCLEAR " " FIVE_UNCLEAR, 99,
    ASK },
  { "the user is asked", &keys, "", ASKED, "lost@0", 5, NONE },
  { "the user wants a look", &keys, "", LOOKED_FOR, "lost@0", 5, LOOK },
};

static void
make_wish (Wish wish, BmnTarget *target, BmnHandOverFacts *facts)
{
  switch (wish)
    {
    case AS_PLANNED:
      break;
    case NOT_WANTED:
      target->hand_over = FALSE;
      break;
    case CANCELLED:
      target->state = BMN_TARGET_CANCELLED;
      break;
    case PAUSED:
      facts->paused = TRUE;
      break;
    case MOVED:
      target->due_at += 60 * G_USEC_PER_SEC;
      break;
    case CHANGED:
      facts->revision++;
      break;
    case THREAD:
      facts->n_parts = 2;
      break;
    case ASKED:
    case LOOKED_FOR:
      target->state = BMN_TARGET_UNKNOWN;
      target->next_try_at = wish == ASKED ? 0 : AT (1);
      break;
    }
}

static void
test_case (gconstpointer data)
{
  const Case *row = data;
  g_autoptr (BmnTarget) target = bmn_target_new (1);
  target->state = BMN_TARGET_SCHEDULED;
  target->hand_over = TRUE;
  target->due_at = target->next_try_at = AT (DUE);
  target->remote_schedule_id = g_strdup (row->id);
  target->remote_schedule_at = row->id ? AT (DUE) : 0;
  target->remote_revision = row->id ? 1 : 0;
  g_autoptr (GPtrArray) attempts = parse_record (row->record);
  BmnHandOverFacts facts = {
    .target = target,
    .revision = 1,
    .n_parts = 1,
    .untouched = TRUE,
    .attempts = attempts,
    .caps = row->caps,
    .now = AT (row->now),
    .steady = AT (row->now),
  };
  make_wish (row->wish, target, &facts);
  gint64 at;
  g_assert_cmpint (bmn_hand_over_next_step (&facts, &at), ==, row->step);
  if (row->step == NONE)
    g_assert_cmpint (at, ==, row->at ? AT (row->at) : 0);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strdup_printf ("/publish/hand-over-step/%s", cases[i].name);
      g_test_add_data_func (path, &cases[i], test_case);
    }
  return g_test_run ();
}
