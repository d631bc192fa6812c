#include "bmn-reason.h"

#include <glib/gi18n-lib.h>
#include <math.h>

static const char *const nicks[] = {
  "recent",
  "often",
  "similar",
  "words",
  "spelled",
  "weekday",
  "hour",
  "rhythm",
  "follows",
  "mention",
  "link",
  "form",
  "pinned",
  "plain",
  "followed",
  "trending",
  "draft",
  "other-account",
  "pooled",
  "too-little",
  "lift-words",
  "lift-similar",
  "lift-tags",
  "lift-mention",
  "lift-link",
  "lift-time",
  "lift-level",
  "lift-density",
  "lift-length",
  "lift-style",
  "lift-repetition",
};
G_STATIC_ASSERT (G_N_ELEMENTS (nicks) == BMN_REASON_LIFT_REPETITION + 1);

BmnReason *
bmn_reason_new (BmnReasonKind kind, double effect)
{
  BmnReason *reason = g_new0 (BmnReason, 1);
  reason->kind = kind;
  reason->effect = effect;
  reason->posts_for = g_array_new (FALSE, FALSE, sizeof (gint64));
  reason->posts_against = g_array_new (FALSE, FALSE, sizeof (gint64));
  return reason;
}

void
bmn_reason_free (BmnReason *reason)
{
  g_strfreev (reason->words);
  g_array_unref (reason->posts_for);
  g_array_unref (reason->posts_against);
  g_free (reason);
}

GPtrArray *
bmn_reasons_new (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify)bmn_reason_free);
}

const char *
bmn_reason_kind_to_nick (BmnReasonKind kind)
{
  return nicks[kind];
}

static const char *
weekday_name (int weekday)
{
  switch (weekday)
    {
    case 0:
      return _ ("Mondays");
    case 1:
      return _ ("Tuesdays");
    case 2:
      return _ ("Wednesdays");
    case 3:
      return _ ("Thursdays");
    case 4:
      return _ ("Fridays");
    case 5:
      return _ ("Saturdays");
    default:
      return _ ("Sundays");
    }
}

static char *
date_of (gint64 instant)
{
  g_autoptr (GDateTime) time = g_date_time_new_from_unix_utc (instant / G_USEC_PER_SEC);
  return time ? g_date_time_format (time, "%x") : g_strdup ("");
}

/* The words as a list of data, each in quotation marks. */
static char *
quote_words (const BmnReason *reason)
{
  GString *list = g_string_new (NULL);
  for (guint i = 0; reason->words && reason->words[i]; i++)
    {
      if (i > 0)
        /* Translators: stands between the items of a list of words. */
        g_string_append (list, C_ ("list", ", "));
      /* Translators: a word in the quotation marks of your language. */
      g_string_append_printf (list, C_ ("list", "“%s”"), reason->words[i]);
    }
  return g_string_free (list, FALSE);
}

static char *
tag_sentence (const BmnReason *reason, const char *words)
{
  guint n = reason->n, of = reason->of;
  g_autofree char *from = date_of (reason->from);
  switch (reason->kind)
    {
    case BMN_REASON_RECENT:
      return g_strdup_printf (ngettext ("You used it in %u of your last %u posts with hashtags.",
                                        "You used it in %u of your last %u posts with hashtags.",
                                        of),
                              n, of);
    case BMN_REASON_OFTEN:
      /* Translators: %s is a date. */
      return g_strdup_printf (
          ngettext ("You used it in %u post since %s.", "You used it in %u posts since %s.", n), n,
          from);
    case BMN_REASON_SIMILAR:
      return g_strdup_printf (ngettext ("%u of the %u most similar earlier posts carries it.",
                                        "%u of the %u most similar earlier posts carry it.", n),
                              n, of);
    case BMN_REASON_WORDS:
      return g_strdup_printf (
          ngettext ("%u of %u earlier posts with hashtags and the words %s carries it.",
                    "%u of %u earlier posts with hashtags and the words %s carry it.", n),
          n, of, words);
    case BMN_REASON_SPELLED:
      return g_strdup (_ ("Your draft spells it out."));
    case BMN_REASON_WEEKDAY:
      /* Translators: %s is a day of the week in the plural, such as “Mondays”. */
      return g_strdup_printf (
          ngettext ("%u of its %u uses was on %s.", "%u of its %u uses were on %s.", n), n, of,
          weekday_name (reason->weekday));
    case BMN_REASON_HOUR:
      return g_strdup_printf (ngettext ("%u of its %u uses was within an hour of %d:00.",
                                        "%u of its %u uses were within an hour of %d:00.", n),
                              n, of, reason->hour);
    case BMN_REASON_RHYTHM:
      return g_strdup_printf (_ ("You use it about every %.1f days, the last time %.1f days ago."),
                              reason->usual_days, reason->days);
    case BMN_REASON_FOLLOWS:
      return g_strdup_printf (ngettext ("%u of the %u posts right after one with %s carried it.",
                                        "%u of the %u posts right after one with %s carried it.",
                                        of),
                              n, of, words);
    case BMN_REASON_MENTION:
      return g_strdup_printf (ngettext ("%u of the %u posts that mention %s carries it.",
                                        "%u of the %u posts that mention %s carry it.", n),
                              n, of, words);
    case BMN_REASON_LINK:
      return g_strdup_printf (
          ngettext ("%u of the %u posts with hashtags and a link to %s carries it.",
                    "%u of the %u posts with hashtags and a link to %s carry it.", n),
          n, of, words);
    case BMN_REASON_FORM:
      return g_strdup (_ ("You use it in posts of this length and form."));
    default:
      return NULL;
    }
}

static char *
other_sentence (const BmnReason *reason, const char *words)
{
  switch (reason->kind)
    {
    case BMN_REASON_PINNED:
      return g_strdup (_ ("You pinned it."));
    case BMN_REASON_PLAIN:
      return g_strdup (_ ("It is one of the hashtags you used last. For this account, ranking "
                          "by the draft did no better than that."));
    case BMN_REASON_FOLLOWED:
      return g_strdup (_ ("An experiment: you follow it, your draft is about it, and you never "
                          "used it."));
    case BMN_REASON_TRENDING:
      return g_strdup (_ ("An experiment: it is trending on your server, your draft is about it, "
                          "and you never used it."));
    case BMN_REASON_DRAFT:
      return g_strdup_printf (
          _ ("An experiment: made of the words %s in your draft; you never used it."), words);
    case BMN_REASON_OTHER_ACCOUNT:
      return g_strdup_printf (
          _ ("An experiment: your account %s would use it here; this one never did."), words);
    case BMN_REASON_POOLED:
      /* Translators: the last %s is the name of another account. */
      return g_strdup_printf (ngettext ("This account has few posts yet; %u of the %u posts with "
                                        "hashtags of %s carries it.",
                                        "This account has few posts yet; %u of the %u posts with "
                                        "hashtags of %s carry it.",
                                        reason->n),
                              reason->n, reason->of, words);
    case BMN_REASON_TOO_LITTLE:
      return g_strdup_printf (ngettext ("Not enough data: %u post is known, and %u are needed.",
                                        "Not enough data: %u posts are known, and %u are needed.",
                                        reason->n),
                              reason->n, reason->of);
    default:
      return NULL;
    }
}

/* What is said of causes that have no number of their own but their effect. */
static char *
effect_sentence (const BmnReason *reason)
{
  double times = exp (reason->effect);
  switch (reason->kind)
    {
    case BMN_REASON_LIFT_LINK:
      return g_strdup_printf (_ ("What it links to, or that it does not, makes the forecast %.2f "
                                 "times what it would be."),
                              times);
    case BMN_REASON_LIFT_LEVEL:
      return g_strdup_printf (
          _ ("How your latest posts did makes the forecast %.2f times what it would be."), times);
    case BMN_REASON_LIFT_DENSITY:
      return g_strdup_printf (_ ("How long ago and how often you posted makes the forecast %.2f "
                                 "times what it would be."),
                              times);
    case BMN_REASON_LIFT_LENGTH:
      return g_strdup_printf (
          _ ("The length of the text makes the forecast %.2f times what it would be."), times);
    case BMN_REASON_LIFT_STYLE:
      return g_strdup_printf (_ ("Its form (questions, quotes, emoji, capitals, digits) makes the "
                                 "forecast %.2f times what it would be."),
                              times);
    case BMN_REASON_LIFT_REPETITION:
      return g_strdup_printf (_ ("How near it is to an earlier post makes the forecast %.2f times "
                                 "what it would be."),
                              times);
    default:
      return NULL;
    }
}

static char *
lift_sentence (const BmnReason *reason, const char *words)
{
  guint n = reason->n;
  double factor = reason->factor;
  switch (reason->kind)
    {
    case BMN_REASON_LIFT_WORDS:
      return g_strdup_printf (
          ngettext ("%u earlier post with the words %s did %.2f times your median.",
                    "%u earlier posts with the words %s did %.2f times your median.", n),
          n, words, factor);
    case BMN_REASON_LIFT_SIMILAR:
      return g_strdup_printf (
          ngettext ("The %u most similar earlier post did %.2f times your median.",
                    "The %u most similar earlier posts did %.2f times your median.", n),
          n, factor);
    case BMN_REASON_LIFT_TAGS:
      return g_strdup_printf (
          ngettext ("%u earlier post with the hashtags %s did %.2f times your median.",
                    "%u earlier posts with the hashtags %s did %.2f times your median.", n),
          n, words, factor);
    case BMN_REASON_LIFT_MENTION:
      return g_strdup_printf (
          ngettext ("%u earlier post that mentions %s did %.2f times your median.",
                    "%u earlier posts that mention %s did %.2f times your median.", n),
          n, words, factor);
    case BMN_REASON_LIFT_TIME:
      return g_strdup_printf (
          ngettext ("%u earlier post on %s around %d:00 did %.2f times your median.",
                    "%u earlier posts on %s around %d:00 did %.2f times your median.", n),
          n, weekday_name (reason->weekday), reason->hour, factor);
    default:
      return NULL;
    }
}

char *
bmn_reason_to_sentence (const BmnReason *reason)
{
  g_autofree char *words = quote_words (reason);
  char *sentence = tag_sentence (reason, words);
  if (!sentence)
    sentence = other_sentence (reason, words);
  if (!sentence)
    sentence = lift_sentence (reason, words);
  if (!sentence)
    sentence = effect_sentence (reason);
  return sentence;
}
