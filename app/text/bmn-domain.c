#include "bmn-domain-private.h"

#include <libpsl.h>
#include <string.h>
#include <unicode/uidna.h>

#include "bmn-character-class-private.h"

/* RFC 1035. */
#define MAX_LABEL 63
/* The longest top-level domain has 24 characters, and is encoded; written out, the longest
 * is shorter. */
#define MAX_TLD 24

/* The Public Suffix List names suffixes, not top-level domains as such: some of those are there
 * only as a wildcard (`*.ck`) or by what stands below them (`co.za`).
 * @tld: lower case, without dots */
static gboolean
is_tld (const char *tld)
{
  static const char *const below[] = { "", "a.", "co." };
  for (guint i = 0; i < G_N_ELEMENTS (below); i++)
    {
      char suffix[MAX_TLD * 4 + 4];
      g_snprintf (suffix, sizeof suffix, "%s%s", below[i], tld);
      if (psl_is_public_suffix2 (psl_builtin (), suffix, PSL_TYPE_ICANN | PSL_TYPE_NO_STAR_RULE))
        return TRUE;
    }
  return FALSE;
}

gboolean
bmn_domain_is_known (const char *domain)
{
  const char *dot = strrchr (domain, '.');
  if (dot == NULL || dot == domain || dot[1] == '\0' || strlen (dot + 1) > MAX_TLD)
    return FALSE;
  g_autofree char *tld = g_ascii_strdown (dot + 1, -1);
  return is_tld (tld);
}

/* Whether a top-level domain may end before @at. */
static gboolean
may_end_at (const BmnCodePoints *points, gsize at, gsize limit)
{
  if (at >= limit)
    return TRUE;
  UChar32 c = points->chars[at];
  return !bmn_is_ascii_alnum (c) && c != '@' && c != '+' && c != '-';
}

static gsize
match_punycode_tld (const BmnCodePoints *points, gsize start, gsize limit)
{
  if (start + 4 >= limit || !bmn_code_points_has_at (points, start, "xn--"))
    return start;
  gsize end = start + 4;
  while (end < limit && (bmn_is_ascii_alnum (points->chars[end]) || points->chars[end] == '-'))
    end++;
  return end > start + 4 ? end : start;
}

/* Returns: where the top-level domain that begins at @start ends, or @start */
static gsize
match_tld (const BmnCodePoints *points, gsize start, gsize limit)
{
  char name[MAX_TLD * 4 + 1];
  gsize ends[MAX_TLD + 1];
  gsize n = 0;
  gsize n_ascii = 0;
  ends[0] = 0;
  for (gsize i = start; i < limit && n < MAX_TLD && bmn_is_letter (points->chars[i]); i++, n++)
    {
      UChar32 c = points->chars[i];
      if (c < 0x80 && n_ascii == n)
        n_ascii++;
      ends[n + 1] = ends[n] + g_unichar_to_utf8 (u_tolower (c), name + ends[n]);
    }
  if (n_ascii == n && n == MAX_TLD && start + n < limit && bmn_is_letter (points->chars[start + n]))
    return start;
  /* Inside a run of ASCII letters nothing may end, so only its end is tried there. */
  for (gsize length = n; length >= MAX (n_ascii, 2) && length > 0; length--)
    {
      name[ends[length]] = '\0';
      if (may_end_at (points, start + length, limit) && is_tld (name))
        return start + length;
    }
  return match_punycode_tld (points, start, limit);
}

static gboolean
is_label_char (UChar32 c, gboolean ascii)
{
  if (c == '-')
    return TRUE;
  if (ascii)
    return bmn_is_ascii_alnum (c) || bmn_is_latin_accent (c);
  return c == '_' || bmn_is_domain_char (c);
}

gsize
bmn_domain_match (
    const BmnCodePoints *points, gsize start, gsize limit, gboolean ascii, gsize *scanned)
{
  gsize end = start;
  gsize label = start;
  gboolean may_precede_tld = FALSE;
  for (;;)
    {
      gsize i = label;
      gboolean has_underscore = FALSE;
      if (may_precede_tld)
        {
          gsize tld_end = match_tld (points, label, limit);
          if (tld_end > label)
            end = tld_end;
        }
      for (; i < limit && is_label_char (points->chars[i], ascii); i++)
        has_underscore |= points->chars[i] == '_';
      *scanned = i;
      if (i == label || i >= limit || points->chars[i] != '.')
        return end;
      if (!ascii
          && (!bmn_is_domain_char (points->chars[label])
              || !bmn_is_domain_char (points->chars[i - 1])))
        return end;
      may_precede_tld = !has_underscore;
      label = i + 1;
    }
}

static gboolean
is_label_encodable (const BmnCodePoints *points, gsize start, gsize end, UIDNA **idna)
{
  gsize i = start;
  while (i < end && points->chars[i] < 0x80)
    i++;
  if (i == end || end - start > MAX_LABEL)
    return end - start <= MAX_LABEL;
  /* What is encoded already is ASCII. */
  if (bmn_code_points_has_at (points, start, "xn--"))
    return FALSE;
  UErrorCode status = U_ZERO_ERROR;
  if (*idna == NULL)
    *idna = uidna_openUTS46 (UIDNA_DEFAULT, &status);
  g_autofree char *label = bmn_code_points_substring (points, start, end);
  UIDNAInfo info = UIDNA_INFO_INITIALIZER;
  char encoded[MAX_LABEL * 6];
  uidna_labelToASCII_UTF8 (*idna, label, -1, encoded, sizeof encoded, &info, &status);
  return U_SUCCESS (status) && !(info.errors & UIDNA_ERROR_LABEL_TOO_LONG);
}

gboolean
bmn_domain_is_encodable (const BmnCodePoints *points, gsize start, gsize end)
{
  UIDNA *idna = NULL;
  gboolean encodable = TRUE;
  for (gsize label = start, i = start; i <= end && encodable; i++)
    if (i == end || points->chars[i] == '.')
      {
        encodable = is_label_encodable (points, label, i, &idna);
        label = i + 1;
      }
  uidna_close (idna);
  return encodable;
}
