#include "bmn-check-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* Each pattern begins where a run begins and is bounded, so that a long text without a match
 * costs time in proportion to its length. */
#define EMAIL "(?<![\\w.%+@/-])[\\w.%+-]{1,64}@(?:[\\w-]{1,63}\\.){1,8}[^\\W\\d_]{2,24}(?![\\w@])"
#define IBAN "(?<!\\w)[A-Za-z]{2}\\d{2}(?: ?[A-Za-z0-9]){11,30}(?!\\w)"
#define CARD "(?<![\\w.,+-])\\d(?:[ -]?\\d){12,18}(?![\\w-])"
/* A country code, or a leading 0, or the American 555-123-4567: what else has as many digits
 * is more often a date, a price or an order number. */
#define TELEPHONE                                                                                  \
  "(?<![\\w.,/+(-])(?:\\+\\d{1,3}[ .()/-]{0,3}(?:\\d[ .()/-]{0,3}){6,12}\\d"                       \
  "|\\(?0[ ()/-]{0,2}(?:\\d[ ()/-]{0,3}){7,12}\\d"                                                 \
  "|\\(?[2-9]\\d\\d\\)?[ .-]{1,2}\\d{3}[ .-]\\d{4})(?![\\w-])"

typedef gboolean (*IsValid) (const char *match);

/* The digits of @text; a caller that wants letters as well says so. */
static char *
compact (const char *text, gboolean letters)
{
  g_autoptr (GString) plain = g_string_new (NULL);
  for (const char *p = text; *p; p++)
    if (g_ascii_isdigit (*p) || (letters && g_ascii_isalpha (*p)))
      g_string_append_c (plain, g_ascii_toupper (*p));
  return g_string_free (g_steal_pointer (&plain), FALSE);
}

/* ISO 7064 MOD 97-10 as ISO 13616 applies it: country and check digits go to the end, letters
 * count from 10, and the whole leaves 1. */
static gboolean
is_iban (const char *match)
{
  g_autofree char *plain = compact (match, TRUE);
  gsize length = strlen (plain);
  if (length < 15 || length > 34)
    return FALSE;
  guint rest = 0;
  for (gsize i = 0; i < length; i++)
    {
      char c = plain[(i + 4) % length];
      guint value = g_ascii_isdigit (c) ? (guint)(c - '0') : (guint)(c - 'A') + 10;
      rest = (rest * (value < 10 ? 10 : 100) + value) % 97;
    }
  return rest == 1;
}

/* Luhn's check (ISO/IEC 7812-1); a row of one digit passes it and is no card. */
static gboolean
is_card (const char *match)
{
  g_autofree char *digits = compact (match, FALSE);
  gsize length = strlen (digits);
  if (length < 13 || length > 19 || strspn (digits, (char[]){ digits[0], '\0' }) == length
      || digits[0] == '0')
    return FALSE;
  guint sum = 0;
  for (gsize i = 0; i < length; i++)
    {
      guint digit = (guint)(digits[length - 1 - i] - '0') * (i % 2 ? 2 : 1);
      sum += digit > 9 ? digit - 9 : digit;
    }
  return sum % 10 == 0;
}

/* ITU-T E.164 allows fifteen digits; below eight it is hardly a number to call. */
static gboolean
is_telephone (const char *match)
{
  g_autofree char *digits = compact (match, FALSE);
  gsize length = strlen (digits);
  return length >= 8 && length <= 15;
}

static gboolean
is_anything (const char *match)
{
  return TRUE;
}

static const struct
{
  const char *pattern;
  IsValid is_valid;
  BmnSeverity severity;
  const char *message;
} rules[] = {
  { IBAN, is_iban, BMN_SEVERITY_SEVERE,
    N_ ("This is a bank account number (IBAN). Anyone can read it once the post is out.") },
  { CARD, is_card, BMN_SEVERITY_SEVERE,
    N_ ("This looks like the number of a payment card. Anyone can read it once the post is "
        "out.") },
  { EMAIL, is_anything, BMN_SEVERITY_WARNING,
    N_ ("This is an e-mail address. Leave it in only if everyone may write to it.") },
  { TELEPHONE, is_telephone, BMN_SEVERITY_WARNING,
    N_ ("This looks like a telephone number. Leave it in only if everyone may call it.") },
};

/* A longer number that was found already is not reported again as a telephone number. */
static gboolean
is_known (const BmnCheckRun *run, const BmnCheckPart *part, gsize start, gsize end)
{
  for (guint i = 0; i < run->findings->len; i++)
    {
      const BmnFinding *finding = run->findings->pdata[i];
      if (finding->kind == BMN_CHECK_PRIVATE_DATA && finding->part == part->index
          && finding->start < end && finding->end > start)
        return TRUE;
    }
  return FALSE;
}

static void
report (BmnCheckRun *run, const BmnCheckPart *part, gsize rule, gsize start, gsize end)
{
  g_autofree char *match = g_strndup (part->part->text + start, end - start);
  /* The pattern of a number in groups may have taken the next words for groups. */
  char *blank;
  while (!rules[rule].is_valid (match) && (blank = strrchr (match, ' ')))
    *blank = '\0';
  end = start + strlen (match);
  if (!rules[rule].is_valid (match) || bmn_check_part_has_entity (part, start, end)
      || bmn_check_run_is_full (run, part, BMN_CHECK_PRIVATE_DATA)
      || is_known (run, part, start, end))
    return;
  BmnFinding *finding = bmn_check_run_add (run, part, BMN_CHECK_PRIVATE_DATA, rules[rule].severity,
                                           start, end, g_strdup (_ (rules[rule].message)));
  /* Translators: a button that deletes what was found from the post */
  bmn_finding_set_replacement (finding, _ ("Remove It"), "");
}

void
bmn_check_private_data (BmnCheckRun *run, const BmnCheckPart *part)
{
  for (gsize i = 0; i < G_N_ELEMENTS (rules); i++)
    {
      g_autoptr (GRegex) regex = g_regex_new (rules[i].pattern, G_REGEX_OPTIMIZE, 0, NULL);
      g_autoptr (GMatchInfo) match = NULL;
      g_regex_match (regex, part->part->text, 0, &match);
      for (; g_match_info_matches (match); g_match_info_next (match, NULL))
        {
          int start, end;
          if (g_match_info_fetch_pos (match, 0, &start, &end))
            report (run, part, i, (gsize)start, (gsize)end);
        }
    }
}
