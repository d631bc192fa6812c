#include "bmn-text-split.h"

#include <glib/gi18n-lib.h>
#include <string.h>
#include <unicode/uchar.h>

#include "bmn-error.h"
#include "bmn-language.h"
#include "bmn-text-borders-private.h"
#include "bmn-text-count.h"
#include "bmn-text-units-private.h"

/* More parts than this would not be read by anybody, and would not be a thread. */
#define MAX_DIGITS 6

typedef struct
{
  const char *text;
  gsize n_bytes;
  const BmnLimits *limits;
  guint8 *borders; /* (owned) */
  GArray *units;   /* (owned) (element-type BmnTextUnit) */
} Splitter;

/* What a part holds: bytes of the text without the blanks around them. */
typedef struct
{
  gsize start;
  gsize end;
} Range;

static gsize
skip_blanks (const Splitter *splitter, gsize at)
{
  while (at < splitter->n_bytes && u_isUWhiteSpace (g_utf8_get_char (splitter->text + at)))
    at = g_utf8_next_char (splitter->text + at) - splitter->text;
  return at;
}

static gsize
trim_blanks (const Splitter *splitter, gsize start, gsize end)
{
  while (end > start)
    {
      const char *last = g_utf8_prev_char (splitter->text + end);
      if (!u_isUWhiteSpace (g_utf8_get_char (last)))
        break;
      end = last - splitter->text;
    }
  return end;
}

/* The counter is of ASCII, which every rule counts as one each. */
static gsize
counter_length (guint index, guint n_digits)
{
  gsize length = strlen (" 1/") + n_digits;
  for (guint i = index; i >= 10; i /= 10)
    length++;
  return length;
}

static gboolean
leaves_room (const BmnLimits *limits, gsize counter)
{
  return (limits->max_length == 0 || limits->max_length > counter)
         && (limits->max_bytes == 0 || limits->max_bytes > counter);
}

/* A limit without the room for the counter; 0 stands for no limit. */
static gsize
reduce (gsize limit, gsize counter)
{
  return limit ? limit - counter : 0;
}

/* Whether the bytes up to @end make a part that keeps the limits together with its counter.
 * @fitting_end: (out) (optional): how much of them would */
static gboolean
fits (const Splitter *splitter, gsize start, gsize end, gsize counter, gsize *fitting_end)
{
  const BmnLimits limits = {
    .rule = splitter->limits->rule,
    .url_length = splitter->limits->url_length,
    .max_length = reduce (splitter->limits->max_length, counter),
    .max_bytes = reduce (splitter->limits->max_bytes, counter),
  };
  BmnTextCount count;
  end = trim_blanks (splitter, start, end);
  g_autofree char *part = g_strndup (splitter->text + start, end - start);
  /* What was checked as a whole is UTF-8 in its parts too. */
  if (!bmn_text_count (part, &limits, &count, NULL))
    return FALSE;
  if (fitting_end)
    *fitting_end = start + count.valid_end_byte;
  return count.fits;
}

/* Units are looked up from where the last part ended, so that all parts together walk over
 * them once.
 * Returns: the end of the longest run of units from @start that should fit */
static gsize
reach (const Splitter *splitter, gsize start, gsize counter, guint *first_unit)
{
  const BmnLimits *limits = splitter->limits;
  gsize length = counter;
  gsize end = start;
  guint i = *first_unit;
  while (i < splitter->units->len && g_array_index (splitter->units, BmnTextUnit, i).end <= start)
    i++;
  *first_unit = i;
  for (; i < splitter->units->len; i++)
    {
      const BmnTextUnit *unit = &g_array_index (splitter->units, BmnTextUnit, i);
      length += unit->weight;
      if ((limits->max_length > 0 && length > limits->max_length)
          || (limits->max_bytes > 0 && unit->end - start + counter > limits->max_bytes))
        break;
      end = unit->end;
    }
  return end;
}

/* Returns: the last border of at least @border after @start and not after @end, or @start */
static gsize
last_border (const Splitter *splitter, gsize start, gsize end, BmnTextBorder border)
{
  while (end > start && splitter->borders[end] < border)
    end--;
  return end;
}

/* Whether the sentence that begins at @start is too long for a part of its own. */
static gboolean
is_long_sentence (const Splitter *splitter, gsize start, gsize counter, guint first_unit)
{
  gsize end = reach (splitter, start, counter, &first_unit);
  return end < splitter->n_bytes
         && last_border (splitter, start, skip_blanks (splitter, end), BMN_TEXT_BORDER_SENTENCE)
                == start;
}

/* Returns: the best place to cut after @start and not after @end; @start where there is none */
static gsize
best_cut (const Splitter *splitter, gsize start, gsize end, gsize counter, guint first_unit)
{
  gsize sentence = last_border (splitter, start, end, BMN_TEXT_BORDER_SENTENCE);
  gsize word = last_border (splitter, start, end, BMN_TEXT_BORDER_WORD);
  /* A sentence that has to be cut anyway had better fill up a part that would be half empty. */
  if (sentence > start
      && ((sentence - start) * 2 >= end - start
          || !is_long_sentence (splitter, skip_blanks (splitter, sentence), counter, first_unit)))
    return sentence;
  if (word > start)
    return word;
  for (int border = BMN_TEXT_BORDER_LINE; border > BMN_TEXT_BORDER_NONE; border--)
    {
      gsize cut = last_border (splitter, start, end, border);
      if (cut > start)
        return cut;
    }
  return start;
}

/* Returns: the first place from @at on that is not inside a character */
static gsize
next_code_point (const Splitter *splitter, gsize at)
{
  while (at < splitter->n_bytes && splitter->borders[at] == BMN_TEXT_BORDER_NONE)
    at++;
  return at;
}

/* Where not even one unit fits, because it is a very long link or a pile of combining marks,
 * it is cut between code points. The place is first approached in growing steps, so that the
 * work depends on the part and not on the unit.
 * Returns: where, or @start where not one fits */
static gsize
cut_unit (const Splitter *splitter, gsize start, gsize unit_end, gsize counter)
{
  gsize fitting = start;
  gsize step = 1;
  gsize too_far = unit_end;
  while (fitting < unit_end)
    {
      gsize tried = MIN (next_code_point (splitter, fitting + step), unit_end);
      if (!fits (splitter, start, tried, counter, NULL))
        {
          too_far = tried;
          break;
        }
      fitting = tried;
      step *= 2;
    }
  for (;;)
    {
      gsize middle = next_code_point (splitter, fitting + (too_far - fitting + 1) / 2);
      if (middle >= too_far)
        middle = next_code_point (splitter, fitting + 1);
      if (middle >= too_far)
        return fitting;
      if (fits (splitter, start, middle, counter, NULL))
        fitting = middle;
      else
        too_far = middle;
    }
}

/* Returns: where the part that begins at @start ends; @start where there is no room at all */
static gsize
next_cut (const Splitter *splitter, gsize start, gsize counter, guint *first_unit)
{
  gsize end = reach (splitter, start, counter, first_unit);
  /* Units were counted in the whole text. A cut can change what they are, so that the part
   * counts for more than its units did; then it is made shorter. */
  while (end > start)
    {
      /* Blanks at the end go, so they need no room. */
      gsize wide_end = skip_blanks (splitter, end);
      gsize fitting_end;
      gsize cut = wide_end == splitter->n_bytes
                      ? wide_end
                      : best_cut (splitter, start, wide_end, counter, *first_unit);
      if (cut == start)
        break;
      if (fits (splitter, start, cut, counter, &fitting_end))
        return cut;
      end = last_border (splitter, start, MIN (fitting_end, cut - 1), BMN_TEXT_BORDER_CODE_POINT);
    }
  if (*first_unit >= splitter->units->len)
    return start;
  return cut_unit (splitter, start, g_array_index (splitter->units, BmnTextUnit, *first_unit).end,
                   counter);
}

static void
set_no_room (GError **error)
{
  g_set_error_literal (error, BMN_ERROR, BMN_ERROR_INVALID,
                       _ ("This text cannot be split: the limit leaves no room for a character "
                          "and a counter. Allow longer parts."));
}

/* @complete: (out): whether @n_digits are enough for the number of parts
 * Returns: (transfer full) (nullable) (element-type Range): the parts */
static GArray *
cut_all (const Splitter *splitter, guint n_digits, gboolean *complete, GError **error)
{
  g_autoptr (GArray) ranges = g_array_new (FALSE, FALSE, sizeof (Range));
  guint max_parts = 1;
  guint first_unit = 0;
  for (guint i = 0; i < n_digits; i++)
    max_parts *= 10;
  *complete = FALSE;
  for (gsize start = skip_blanks (splitter, 0); start < splitter->n_bytes;)
    {
      if (ranges->len + 1 >= max_parts)
        return g_steal_pointer (&ranges);
      gsize counter = counter_length (ranges->len + 1, n_digits);
      gsize cut = leaves_room (splitter->limits, counter)
                      ? next_cut (splitter, start, counter, &first_unit)
                      : start;
      if (cut == start)
        {
          set_no_room (error);
          return NULL;
        }
      Range range = { start, trim_blanks (splitter, start, cut) };
      g_array_append_val (ranges, range);
      start = skip_blanks (splitter, cut);
    }
  *complete = TRUE;
  return g_steal_pointer (&ranges);
}

static GPtrArray *
one_part (const char *text, gsize n_bytes)
{
  GPtrArray *parts = g_ptr_array_new_with_free_func (g_free);
  g_ptr_array_add (parts, g_strndup (text, n_bytes));
  return parts;
}

static GPtrArray *
number_parts (const Splitter *splitter, GArray *ranges)
{
  GPtrArray *parts = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < ranges->len; i++)
    {
      Range range = g_array_index (ranges, Range, i);
      g_ptr_array_add (parts, g_strdup_printf ("%.*s %u/%u", (int)(range.end - range.start),
                                               splitter->text + range.start, i + 1, ranges->len));
    }
  return parts;
}

static GPtrArray *
split (const Splitter *splitter, GError **error)
{
  for (guint n_digits = 1; n_digits <= MAX_DIGITS; n_digits++)
    {
      gboolean complete;
      g_autoptr (GArray) ranges = cut_all (splitter, n_digits, &complete, error);
      if (ranges == NULL)
        return NULL;
      if (splitter->limits->max_parts > 0 && ranges->len > splitter->limits->max_parts)
        break;
      if (complete)
        return number_parts (splitter, ranges);
    }
  g_set_error_literal (error, BMN_ERROR, BMN_ERROR_INVALID,
                       _ ("This text needs more parts than a thread may have here. Shorten it."));
  return NULL;
}

/* Returns: (nullable): the language of @text, if it says */
static const char *
guess_language (const char *text)
{
  const char *tag = bmn_language_guess (text).tag;
  return strcmp (tag, BMN_LANGUAGE_UNKNOWN) == 0 ? NULL : tag;
}

GPtrArray *
bmn_text_split (const char *text,
                BmnTextDialect dialect,
                const BmnLimits *limits,
                const char *language,
                GError **error)
{
  BmnTextCount count;
  if (!bmn_text_count (text, limits, &count, error))
    return NULL;
  if (count.fits)
    return one_part (text, count.bytes);
  if (language == NULL)
    language = guess_language (text);
  g_autofree guint8 *borders = bmn_text_borders_new (text, dialect, language);
  g_autoptr (GArray) units = bmn_text_units_new (text, limits, error);
  if (units == NULL)
    return NULL;
  const Splitter splitter = { text, count.bytes, limits, borders, units };
  gsize start = skip_blanks (&splitter, 0);
  gsize end = trim_blanks (&splitter, start, count.bytes);
  if (fits (&splitter, start, end, 0, NULL))
    return one_part (text + start, end - start);
  return split (&splitter, error);
}
