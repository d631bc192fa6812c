#include "bmn-platform-error.h"
#include "bmn-publish-memory-private.h"
#include "bmn-publish-step-private.h"

#include "bmn-fake-clock.h"

#include <string.h>

/* Seconds in the tables count from here. */
#define EPOCH G_GINT64_CONSTANT (1780000000)
#define AT(seconds) ((EPOCH + (seconds)) * G_USEC_PER_SEC)

static const BmnCapabilities record_key = {
  .idempotency = BMN_IDEMPOTENCY_RECORD_KEY,
  .request_life = 120,
  .can_read_back = TRUE,
};

static const BmnCapabilities server_key = {
  .idempotency = BMN_IDEMPOTENCY_SERVER_KEY,
  .key_life = 3600,
  .request_life = 120,
  .can_read_back = TRUE,
};

static const BmnCapabilities no_key = { .request_life = 120, .can_read_back = TRUE };
static const BmnCapabilities blind = { .request_life = 120 };

/*
 * A record is written as words, each `WHAT@SECONDS`, of part 0 or `WHAT/PART@SECONDS`:
 * done, lost, open, refused, rejected, auth (of publishing), seen, unseen, unclear, offline,
 * unheard (of looking), removed.
 */
typedef struct
{
  const char *word;
  BmnAttemptKind kind;
  BmnAttemptOutcome outcome;
  const char *error_kind;
} Word;

static const Word words[] = {
  { "done", BMN_ATTEMPT_PUBLISH, BMN_ATTEMPT_DONE, NULL },
  { "lost", BMN_ATTEMPT_PUBLISH, BMN_ATTEMPT_LOST, "unknown-outcome" },
  { "open", BMN_ATTEMPT_PUBLISH, BMN_ATTEMPT_OPEN, NULL },
  { "refused", BMN_ATTEMPT_PUBLISH, BMN_ATTEMPT_REFUSED, "server" },
  { "rejected", BMN_ATTEMPT_PUBLISH, BMN_ATTEMPT_REFUSED, "rejected" },
  { "auth", BMN_ATTEMPT_PUBLISH, BMN_ATTEMPT_REFUSED, "auth-expired" },
  { "seen", BMN_ATTEMPT_READ_BACK, BMN_ATTEMPT_DONE, NULL },
  { "unseen", BMN_ATTEMPT_READ_BACK, BMN_ATTEMPT_NOT_FOUND, NULL },
  { "unclear", BMN_ATTEMPT_READ_BACK, BMN_ATTEMPT_REFUSED, "server" },
  { "offline", BMN_ATTEMPT_READ_BACK, BMN_ATTEMPT_REFUSED, "offline" },
  { "unheard", BMN_ATTEMPT_READ_BACK, BMN_ATTEMPT_LOST, NULL },
  { "removed", BMN_ATTEMPT_REMOVE, BMN_ATTEMPT_DONE, NULL },
};

static BmnAttempt *
parse_attempt (const char *text)
{
  g_auto (GStrv) halves = g_strsplit (text, "@", 2);
  g_auto (GStrv) name = g_strsplit (halves[0], "/", 2);
  for (gsize i = 0; i < G_N_ELEMENTS (words); i++)
    {
      if (!g_str_equal (words[i].word, name[0]))
        continue;
      BmnAttempt *attempt = bmn_attempt_new (1, name[1] ? atoi (name[1]) : 0, words[i].kind);
      attempt->outcome = words[i].outcome;
      attempt->error_kind = g_strdup (words[i].error_kind);
      attempt->started_at = AT (atoi (halves[1]));
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

typedef struct
{
  const char *name;
  const BmnCapabilities *caps;
  const char *record;
  gboolean has_receipt;
  int now;
  int steady;
  BmnPublishStep step;
  int at; /* of a wait */
} Case;

#define SEND BMN_PUBLISH_STEP_SEND
#define LOOK BMN_PUBLISH_STEP_LOOK
#define WAIT BMN_PUBLISH_STEP_WAIT
#define ASK BMN_PUBLISH_STEP_ASK
#define DONE BMN_PUBLISH_STEP_DONE

#define SIX "unseen@1 unseen@2 unseen@3 unseen@4 unseen@5 unseen@6"
#define FIVE_UNCLEAR "unclear@1 unclear@2 unclear@3 unclear@4 unclear@5"

static const Case cases[] = {
  { "nothing was tried", &no_key, "", FALSE, 0, 0, SEND },
  { "refused with certainty", &no_key, "refused@0", FALSE, 1, 1, SEND },
  { "another part was lost", &no_key, "lost/1@0", FALSE, 1, 1, SEND },
  { "accepted", &no_key, "done@0", TRUE, 1, 1, LOOK },
  { "accepted by one that cannot be read", &blind, "done@0", TRUE, 1, 1, DONE },
  { "accepted and seen", &no_key, "done@0 seen@1", TRUE, 2, 2, DONE },
  { "accepted, not shown yet", &no_key, "done@0 unseen@1", TRUE, 2, 2, LOOK },
  { "accepted, never shown", &no_key, "done@0 " SIX, TRUE, 9, 9, ASK },
  { "accepted, shown in the end", &no_key, "done@0 " SIX " seen@9", TRUE, 10, 10, DONE },
  { "accepted, cannot be read any more", &no_key, "done@0 " FIVE_UNCLEAR " " FIVE_UNCLEAR, TRUE, 9,
    9, ASK },
  { "being offline says nothing", &no_key,
    "done@0 " FIVE_UNCLEAR " offline@6 offline@7 offline@8 offline@9 offline@10 offline@11", TRUE,
    12, 12, LOOK },
  { "the user saw it", &no_key, "lost@0 seen@9", FALSE, 10, 10, DONE },
  { "deleted from the platform", &no_key, "done@0 seen@1 removed@2", FALSE, 3, 3, SEND },
  { "another part, deleted with the first", &no_key, "done@0 seen@1 removed/1@2", FALSE, 3, 3,
    SEND },

  { "A: lost", &record_key, "lost@0", FALSE, 1, 1, LOOK },
  { "A: left open by a crash", &record_key, "open@0", FALSE, 1, 1, LOOK },
  { "A: lost and not there", &record_key, "lost@0 unseen@1", FALSE, 2, 2, SEND },
  { "A: lost and there", &record_key, "lost@0 seen@1", TRUE, 2, 2, DONE },
  { "A: lost twice", &record_key, "lost@0 unseen@1 lost@2", FALSE, 3, 3, LOOK },
  { "A: cannot be read", &record_key, "lost@0 " FIVE_UNCLEAR " " FIVE_UNCLEAR, FALSE, 9, 9, ASK },

  { "B: lost", &server_key, "lost@0", FALSE, 1, 1, SEND },
  { "B: just within the key's life", &server_key, "lost@0", FALSE, 2999, 2999, SEND },
  { "B: near the key's end", &server_key, "lost@0", FALSE, 3000, 3000, LOOK },
  { "B: the first of two losses counts", &server_key, "lost@0 lost@2990", FALSE, 3000, 3000, LOOK },
  { "B: after the key, still on its way", &server_key, "lost@0 lost@2990 unseen@3001", FALSE, 3002,
    3002, WAIT, 3110 },
  { "B: after the key, gone", &server_key, "lost@0 lost@2990 unseen@3110", FALSE, 3111, 3111,
    SEND },
  { "B: a repetition was rejected", &server_key, "lost@0 rejected@9", FALSE, 10, 10, LOOK },
  { "B: a repetition needs a sign-in", &server_key, "lost@0 auth@9", FALSE, 10, 10, LOOK },
  { "B: a repetition met trouble", &server_key, "lost@0 refused@9", FALSE, 10, 10, SEND },
  { "B: the clock was set back", &server_key, "lost@0", FALSE, -5, 5, LOOK },
  { "B: the clock was set ahead", &server_key, "lost@0", FALSE, 5000, 5, LOOK },

  { "C: lost", &no_key, "lost@0", FALSE, 1, 1, LOOK },
  { "C: nobody can look", &blind, "lost@0", FALSE, 9999, 9999, ASK },
  { "C: looked too early", &no_key, "lost@0 unseen@1", FALSE, 2, 2, WAIT, 120 },
  { "C: looked a second too early", &no_key, "lost@0 unseen@119", FALSE, 119, 119, WAIT, 120 },
  { "C: time to look again", &no_key, "lost@0 unseen@1", FALSE, 120, 120, LOOK },
  { "C: gone for good", &no_key, "lost@0 unseen@120", FALSE, 121, 121, SEND },
  { "C: the latest of two losses counts", &no_key, "lost@0 lost@60 unseen@120", FALSE, 121, 121,
    WAIT, 180 },
  { "C: the clock was set ahead", &no_key, "lost@0 unseen@1", FALSE, 5000, 5, WAIT, 120 },
  { "C: the clock was set back, not looked", &no_key, "lost@0", FALSE, -100, -100, LOOK },
  { "C: the clock was set back, looked", &no_key, "lost@0 unseen@-99", FALSE, -98, -98, ASK },
  { "C: looking was not heard of", &no_key, "lost@0 unheard@1", FALSE, 2, 2, LOOK },
  { "C: cannot be read", &no_key, "lost@0 " FIVE_UNCLEAR " " FIVE_UNCLEAR, FALSE, 9, 9, ASK },
  { "C: open counts as lost", &no_key, "open@0 unseen@1", FALSE, 2, 2, WAIT, 120 },
};

static void
test_case (gconstpointer data)
{
  const Case *c = data;
  g_autoptr (GPtrArray) attempts = parse_record (c->record);
  gint64 at = -1;
  BmnPublishStep step = bmn_publish_next_step (attempts, 0, c->has_receipt, c->caps, AT (c->now),
                                               AT (c->steady), &at);
  g_assert_cmpint (step, ==, c->step);
  g_assert_cmpint (at, ==, c->step == WAIT ? AT (c->at) : 0);
}

static void
test_uncertain (void)
{
  static const struct
  {
    const char *record;
    int first_sent; /* −1 for not uncertain */
  } rows[] = {
    { "", -1 },
    { "refused@0", -1 },
    { "lost@3", 3 },
    { "lost@3 lost@5", 3 },
    { "open@3 unseen@4", 3 },
    { "lost@3 unseen@123", -1 },
    { "lost@3 unseen@123 lost@200", 200 },
    { "lost@3 done@5", -1 },
    { "lost@3 seen@5", -1 },
    { "lost@3 removed@5", -1 },
  };
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GPtrArray) attempts = parse_record (rows[i].record);
      gboolean uncertain = rows[i].first_sent >= 0;
      g_assert_cmpint (bmn_publish_is_uncertain (attempts, 0, &no_key), ==, uncertain);
      g_assert_cmpint (bmn_publish_first_sent_at (attempts, 0, &no_key), ==,
                       uncertain ? AT (rows[i].first_sent) : 0);
    }
}

static void
test_memory (void)
{
  g_autoptr (BmnFakeClock) clock = bmn_fake_clock_new (AT (0));
  g_autoptr (BmnPublishMemory) memory = bmn_publish_memory_new (BMN_CLOCK (clock));
  g_assert_cmpint (bmn_publish_memory_get_steady_now (memory, 1), ==, AT (0));
  g_assert_false (bmn_publish_memory_knows_request (memory, 1));
  bmn_publish_memory_note_request (memory, 1, AT (0));
  bmn_fake_clock_advance (clock, 10 * G_USEC_PER_SEC);
  g_assert_cmpint (bmn_publish_memory_get_steady_now (memory, 1), ==, AT (10));
  bmn_fake_clock_step (clock, G_TIME_SPAN_HOUR);
  g_assert_cmpint (bmn_publish_memory_get_steady_now (memory, 1), ==, AT (10));
  g_assert_cmpint (bmn_publish_memory_to_wall (memory, 1, AT (120)), ==, AT (10 + 3600 + 110));
  bmn_fake_clock_suspend (clock, 50 * G_USEC_PER_SEC);
  g_assert_cmpint (bmn_publish_memory_get_steady_now (memory, 1), ==, AT (10));
  bmn_publish_memory_forget_request (memory, 1);
  g_assert_cmpint (bmn_publish_memory_get_steady_now (memory, 1), ==, AT (3660));
}

static void
test_memory_of_gaps (void)
{
  g_autoptr (BmnFakeClock) clock = bmn_fake_clock_new (AT (0));
  g_autoptr (BmnPublishMemory) memory = bmn_publish_memory_new (BMN_CLOCK (clock));
  g_assert_cmpint (bmn_publish_memory_get_last_out (memory, 7), ==, 0);
  bmn_publish_memory_note_out (memory, 7);
  bmn_fake_clock_advance (clock, 10 * G_USEC_PER_SEC);
  g_assert_cmpint (bmn_publish_memory_get_last_out (memory, 7), ==, AT (0));
  /* Sleep counts, a clock that was set back does not. */
  bmn_fake_clock_suspend (clock, 50 * G_USEC_PER_SEC);
  g_assert_cmpint (bmn_publish_memory_get_last_out (memory, 7), ==, AT (0));
  bmn_fake_clock_step (clock, -1000 * G_USEC_PER_SEC);
  g_assert_cmpint (bmn_publish_memory_get_last_out (memory, 7), ==, AT (60 - 1000 - 10));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strdup_printf ("/publish/step/%s", cases[i].name);
      g_strdelimit (path + strlen ("/publish/step/"), "/", '-');
      g_test_add_data_func (path, &cases[i], test_case);
    }
  g_test_add_func ("/publish/uncertain", test_uncertain);
  g_test_add_func ("/publish/memory/requests", test_memory);
  g_test_add_func ("/publish/memory/gaps", test_memory_of_gaps);
  return g_test_run ();
}
