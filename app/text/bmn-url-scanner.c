#include "bmn-url-scanner-private.h"

#include <string.h>

#include "bmn-character-class-private.h"
#include "bmn-domain-private.h"

/* twitter-text's bounds on links and on the names of its own short links. */
#define MAX_URL 4096
#define MAX_TCO_SLUG 40

typedef struct
{
  const BmnCodePoints *points;
  const BmnUrlGrammar *grammar;
  BmnUrlFound found;
  gpointer user_data;
} Scan;

static inline UChar32
at (const Scan *scan, gsize i)
{
  return bmn_code_points_at (scan->points, i);
}

static gsize
skip_path_chars (const Scan *scan, gsize i)
{
  while (scan->grammar->is_path_char (at (scan, i)))
    i++;
  return i;
}

/* Parentheses that close again and hold at most one more pair.
 * Returns: where the group that begins at @start ends, or @start */
static gsize
match_parentheses (const Scan *scan, gsize start)
{
  gsize i = skip_path_chars (scan, start + 1);
  if (at (scan, i) == ')' && i > start + 1)
    return i + 1;
  if (at (scan, i) != '(')
    return start;
  gsize inner = i + 1;
  i = skip_path_chars (scan, inner);
  if (i == inner || at (scan, i) != ')')
    return start;
  i = skip_path_chars (scan, i + 1);
  return at (scan, i) == ')' ? i + 1 : start;
}

static gsize
match_path (const Scan *scan, gsize start)
{
  if (at (scan, start) != '/')
    return start;
  gsize end = start + 1;
  for (gsize i = end;;)
    {
      UChar32 c = at (scan, i);
      if (scan->grammar->is_path_char (c))
        {
          i++;
          if (scan->grammar->is_path_end (c))
            end = i;
        }
      else if (c == '(')
        {
          gsize group_end = match_parentheses (scan, i);
          if (group_end == i)
            return end;
          i = end = group_end;
        }
      else
        return end;
    }
}

static gsize
match_query (const Scan *scan, gsize start)
{
  gsize end = start;
  if (at (scan, start) != '?')
    return start;
  for (gsize i = start + 1; scan->grammar->is_query_char (at (scan, i)); i++)
    if (scan->grammar->is_query_end (at (scan, i)))
      end = i + 1;
  return end;
}

static gsize
match_port (const Scan *scan, gsize start)
{
  gsize i = start + 1;
  if (at (scan, start) != ':')
    return start;
  while (at (scan, i) < 0x80 && g_ascii_isdigit (at (scan, i)))
    i++;
  return i > start + 1 ? i : start;
}

static gsize
match_scheme (const Scan *scan, gsize start)
{
  for (const char *const *scheme = scan->grammar->schemes; *scheme; scheme++)
    if (bmn_code_points_has_at (scan->points, start, *scheme))
      return start + strlen (*scheme);
  return start;
}

/* Links of X's own shortener end with their name and a query.
 * Returns: where the link that ends at @end really ends; 0 where it is none */
static gsize
trim_tco (const Scan *scan, gsize domain, gsize end)
{
  if (!bmn_code_points_has_at (scan->points, domain, "t.co/"))
    return end;
  gsize slug = domain + strlen ("t.co/");
  gsize i = slug;
  while (bmn_is_ascii_alnum (at (scan, i)))
    i++;
  if (i == slug)
    return end;
  return i - slug > MAX_TCO_SLUG ? 0 : match_query (scan, i);
}

static void
report_with_scheme (const Scan *scan, gsize start, gsize domain, gsize end)
{
  end = trim_tco (scan, domain, end);
  if (end > start)
    scan->found (scan->points, start, end, TRUE, scan->user_data);
}

/* Text of other scripts may touch a link without a scheme, as in `見てexample.comを`: only
 * the Latin part of what looks like one domain is a link. The last one takes the path. */
static void
report_bare (const Scan *scan, gsize start, gsize domain_end, gsize path_end)
{
  gsize last_start = 0;
  gsize last_end = 0;
  for (gsize i = start; i < domain_end;)
    {
      gsize scanned;
      gsize end = bmn_domain_match (scan->points, i, domain_end, TRUE, &scanned);
      if (end > i)
        {
          if (last_end > 0)
            scan->found (scan->points, last_start, last_end, FALSE, scan->user_data);
          last_start = i;
          last_end = end;
        }
      i = MAX (MAX (end, scanned), i + 1);
    }
  if (last_end > 0)
    scan->found (scan->points, last_start, path_end > domain_end ? path_end : last_end, FALSE,
                 scan->user_data);
}

static gboolean
may_precede (UChar32 c)
{
  return !bmn_is_ascii_alnum (c) && !bmn_is_at_sign (c) && !bmn_is_hash_sign (c) && c != '$'
         && !bmn_is_x_refused (c);
}

static gboolean
may_precede_bare (UChar32 c)
{
  return c != '-' && c != '_' && c != '.' && c != '/';
}

/* @domain: where the domain begins after the scheme that begins at @start
 * Returns: where the scan goes on; @start where no link begins here */
static gsize
scan_at (const Scan *scan, gsize start, gsize domain, gsize *scanned)
{
  gboolean has_scheme = domain > start;
  gsize domain_end = bmn_domain_match (scan->points, domain, scan->points->n, FALSE, scanned);
  if (domain_end == domain)
    return start;
  gsize port_end = match_port (scan, domain_end);
  gsize path_end = match_path (scan, port_end);
  gsize end = match_query (scan, path_end);
  if (end - start > MAX_URL || !bmn_domain_is_encodable (scan->points, domain, domain_end))
    return end;
  if (has_scheme)
    report_with_scheme (scan, start, domain, end);
  else if (start == 0 || may_precede_bare (at (scan, start - 1)))
    report_bare (scan, start, domain_end, path_end > port_end ? end : domain_end);
  return end;
}

/* At its very beginning, twitter-text's expression takes the first character for what precedes
 * a link before it takes it for part of one. So the second place is looked at first. */
static gsize
nth_start (const BmnCodePoints *points, gsize n)
{
  return n < 2 && points->n > 1 && may_precede (points->chars[0]) ? 1 - n : n;
}

void
bmn_url_scan (const BmnCodePoints *points,
              const BmnUrlGrammar *grammar,
              BmnUrlFound found,
              gpointer user_data)
{
  Scan scan = { points, grammar, found, user_data };
  gsize consumed = 0;
  /* No bare link begins before this: the labels up to it were looked at and lead nowhere. */
  gsize barren = 0;
  for (gsize n = 0; n < points->n; n++)
    {
      gsize start = nth_start (points, n);
      if (start > 0 && (start <= consumed || !may_precede (points->chars[start - 1])))
        continue;
      gsize domain = match_scheme (&scan, start);
      gboolean has_scheme = domain > start;
      if (!has_scheme && (!grammar->bare || (start > 0 && start < barren)))
        continue;
      gsize scanned;
      gsize end = scan_at (&scan, start, domain, &scanned);
      if (end > start)
        {
          consumed = end;
          n = end - 1;
        }
      else if (!has_scheme)
        barren = MAX (barren, scanned);
    }
}
