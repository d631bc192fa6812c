#pragma once

#include "bmn-engine-private.h"

#include <stdio.h>

G_BEGIN_DECLS

/*
 * What data/engine/train.py learns from, written while an engine replays histories. Numbers
 * are in this machine's byte order:
 *
 *   'A' u32 length, name                            another account begins
 *   'T' u32 rows, u32 tags of the post, f32 the account's mean number of tags, u8 whether a
 *       row's tag was used (each), f32 score (each), f32 features (each row)
 *   'L' f32 median, f32 log-engagement, f32 forecast lift, f32 features
 */
void engine_trace_begin (FILE *file, const char *account);

/* Makes @engine write to @file. */
void engine_trace_install (BmnEngine *engine, FILE *file);

G_END_DECLS
