#pragma once

#include "bmn-account.h"
#include "bmn-history-post.h"
#include "bmn-post.h"
#include "bmn-target.h"

#include <stdio.h>

G_BEGIN_DECLS

/* How single rows of each format are written; errors of the stream are looked for later. */

/* CSV. */
void bmn_export_csv_begin (FILE *stream);
void bmn_export_csv_post (FILE *stream, const BmnHistoryPost *post);

/* Bellman's own history file: a JSON object a line. */
void bmn_export_json_begin (FILE *stream, gint64 now);
/* @snapshots: (element-type BmnMetricSnapshot): */
void bmn_export_json_post (FILE *stream, const BmnHistoryPost *post, GArray *snapshots);

/* A calendar. @folder_id: makes the names of events unique */
void bmn_export_ics_begin (FILE *stream);
void bmn_export_ics_target (FILE *stream,
                            const BmnAccount *account,
                            const BmnTarget *target,
                            const BmnPost *post,
                            const char *folder_id,
                            gint64 now);
void bmn_export_ics_post (FILE *stream,
                          const BmnAccount *account,
                          const BmnHistoryPost *post,
                          const char *folder_id,
                          gint64 now);
void bmn_export_ics_end (FILE *stream);

G_END_DECLS
