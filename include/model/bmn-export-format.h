#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * BmnExportFormat:
 * @BMN_EXPORT_CSV: a table of the history: RFC 4180, UTF-8, the columns named as in
 *   data/formats/history.md. A text that a spreadsheet would take for a formula has an
 *   apostrophe before it, and so has one that begins with an apostrophe
 * @BMN_EXPORT_JSON: the history with all readings of its counts, data/formats/history.md
 * @BMN_EXPORT_ICS: a calendar of what is planned and what was published, RFC 5545
 */
typedef enum
{
  BMN_EXPORT_CSV,
  BMN_EXPORT_JSON,
  BMN_EXPORT_ICS,
} BmnExportFormat;

/* Stable names: `csv`, `json`, `ics`. */
const char *bmn_export_format_to_nick (BmnExportFormat format);
gboolean bmn_export_format_from_nick (const char *nick, BmnExportFormat *format);

G_END_DECLS
