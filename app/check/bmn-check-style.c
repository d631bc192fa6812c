#include "bmn-check-private.h"

#include "bmn-segmenter.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* One abbreviation, or a name and one, is not shouting; three long words in a row are. */
#define LOUD_WORDS 3
#define LOUD_LETTERS 12
#define LOUD_MARKS 4

/* Studies and platforms' own advice agree on one to three tags; more than five is rarely
 * read as anything but advertising. */
#define MANY_TAGS 5
#define FAR_TOO_MANY_TAGS 10

/* Words in capitals one after another. */
typedef struct
{
  gsize start;
  gsize end;
  guint words;
  guint letters;
} Run;

/* -1: a word in small letters, 0: neither (digits, scripts without case), else its capitals */
static int
count_capitals (const char *text, gsize start, gsize end)
{
  int capitals = 0;
  for (const char *p = text + start; p < text + end; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);
      if (g_unichar_islower (c))
        return -1;
      capitals += g_unichar_isupper (c);
    }
  return capitals;
}

/* "AS A RULE" becomes "As a rule". */
static char *
quieten (const char *text)
{
  g_autofree char *lower = g_utf8_strdown (text, -1);
  const char *rest = g_utf8_next_char (lower);
  g_autofree char *first = g_strndup (lower, (gsize)(rest - lower));
  g_autofree char *upper = g_utf8_strup (first, -1);
  return g_strconcat (upper, rest, NULL);
}

static void
close_run (BmnCheckRun *run, const BmnCheckPart *part, Run *loud)
{
  if (loud->words >= LOUD_WORDS && loud->letters >= LOUD_LETTERS
      && !bmn_check_run_is_full (run, part, BMN_CHECK_SHOUTING))
    {
      BmnFinding *finding = bmn_check_run_add (
          run, part, BMN_CHECK_SHOUTING, BMN_SEVERITY_INFO, loud->start, loud->end,
          g_strdup (_ ("Words in capitals read as shouting, and screen readers may spell them "
                       "out.")));
      g_autofree char *text = g_strndup (part->part->text + loud->start, loud->end - loud->start);
      g_autofree char *quiet = quieten (text);
      /* Translators: a button that turns words in capitals into small letters */
      bmn_finding_set_replacement (finding, _ ("Use Small Letters"), quiet);
    }
  *loud = (Run){ 0 };
}

static void
check_capitals (BmnCheckRun *run, const BmnCheckPart *part)
{
  const char *text = part->part->text;
  g_autoptr (BmnSegmenter) words = bmn_segmenter_new (BMN_SEGMENT_WORDS, NULL);
  if (!bmn_segmenter_set_text (words, text, -1, NULL))
    return;
  Run loud = { 0 };
  BmnSegment word;
  guint next_entity = 0;
  while (bmn_segmenter_next (words, &word))
    {
      const BmnEntity *entity = NULL;
      while (next_entity < part->entities->len
             && (entity = part->entities->pdata[next_entity])->byte_end <= word.start)
        next_entity++;
      gboolean in_entity
          = next_entity < part->entities->len
            && ((BmnEntity *)part->entities->pdata[next_entity])->byte_start < word.end;
      int capitals = in_entity ? -1 : count_capitals (text, word.start, word.end);
      if (capitals < 0)
        close_run (run, part, &loud);
      if (capitals <= 0)
        continue;
      if (loud.words == 0)
        loud.start = word.start;
      loud.end = word.end;
      loud.words++;
      loud.letters += (guint)capitals;
    }
  close_run (run, part, &loud);
}

static void
check_marks (BmnCheckRun *run, const BmnCheckPart *part)
{
  const char *text = part->part->text;
  for (const char *p = strpbrk (text, "!?"); p; p = strpbrk (p, "!?"))
    {
      gsize length = strspn (p, "!?");
      gsize start = (gsize)(p - text);
      if (length >= LOUD_MARKS && !bmn_check_run_is_full (run, part, BMN_CHECK_SHOUTING))
        {
          BmnFinding *finding = bmn_check_run_add (
              run, part, BMN_CHECK_SHOUTING, BMN_SEVERITY_INFO, start, start + length,
              g_strdup (_ ("That many marks in a row read as shouting. One is enough.")));
          gboolean asks = memchr (p, '?', length) != NULL;
          /* Translators: a button that leaves one of many exclamation marks */
          bmn_finding_set_replacement (finding, _ ("Leave One"), asks ? "?" : "!");
        }
      p += length;
    }
}

void
bmn_check_shouting (BmnCheckRun *run, const BmnCheckPart *part)
{
  check_capitals (run, part);
  check_marks (run, part);
}

void
bmn_check_tags (BmnCheckRun *run, const BmnCheckPart *part)
{
  guint n = 0;
  const BmnEntity *first_extra = NULL;
  const BmnEntity *last = NULL;
  for (guint i = 0; i < part->entities->len; i++)
    {
      const BmnEntity *entity = part->entities->pdata[i];
      if (entity->kind != BMN_ENTITY_HASHTAG)
        continue;
      if (++n == MANY_TAGS + 1)
        first_extra = entity;
      last = entity;
    }
  if (!first_extra)
    return;
  bmn_check_run_add (run, part, BMN_CHECK_TAG_STUFFING,
                     n > FAR_TOO_MANY_TAGS ? BMN_SEVERITY_WARNING : BMN_SEVERITY_INFO,
                     first_extra->byte_start, last->byte_end,
                     g_strdup_printf (ngettext ("%u hashtag is more than people read. Keep the "
                                                "few that fit best.",
                                                "%u hashtags are more than people read. Keep the "
                                                "few that fit best.",
                                                n),
                                      n));
}

void
bmn_check_tag_words (BmnCheckRun *run, const BmnCheckPart *part)
{
  const BmnCheckContext *context = run->context;
  for (guint i = 0; context->make_readable && i < part->entities->len; i++)
    {
      const BmnEntity *entity = part->entities->pdata[i];
      if (entity->kind != BMN_ENTITY_HASHTAG
          || bmn_check_run_is_full (run, part, BMN_CHECK_TAG_WORDS))
        continue;
      g_autofree char *readable = context->make_readable (entity->text, context->user_data);
      if (!readable)
        continue;
      BmnFinding *finding = bmn_check_run_add (
          run, part, BMN_CHECK_TAG_WORDS, BMN_SEVERITY_INFO, entity->byte_start, entity->byte_end,
          g_strdup_printf (_ ("Screen readers cannot tell the words of #%s apart. With a capital "
                              "for each word they can."),
                           entity->text));
      g_autofree char *tag = g_strconcat ("#", readable, NULL);
      /* Translators: a button that writes a hashtag with a capital for each of its words */
      bmn_finding_set_replacement (finding, _ ("Use Capitals"), tag);
    }
}
