#pragma once

#include "bmn-checks.h"
#include "bmn-entity.h"

G_BEGIN_DECLS

/**
 * BmnCheckPart:
 * @index: in the thread
 * @part: (transfer none): its text is valid UTF-8
 * @entities: (owned) (element-type BmnEntity): hashtags, mentions and links, in order
 *
 * One part of a post under examination.
 */
typedef struct
{
  guint index;
  const BmnPart *part;
  GPtrArray *entities;
} BmnCheckPart;

/**
 * BmnCheckRun:
 * @parts: (element-type BmnCheckPart):
 * @findings: (element-type BmnFinding): what has been found so far
 *
 * One examination of one post, which each check adds its findings to.
 */
typedef struct
{
  const BmnPost *post;
  const BmnCheckContext *context;
  GPtrArray *parts;    /* (owned) */
  GPtrArray *findings; /* (owned) */
} BmnCheckRun;

/**
 * bmn_check_run_add:
 * @part: (nullable): %NULL for the first
 * @message: (transfer full):
 *
 * Returns: (transfer none): a finding about the text without a fix, for the caller to complete
 */
BmnFinding *bmn_check_run_add (BmnCheckRun *run,
                               const BmnCheckPart *part,
                               BmnCheckKind kind,
                               BmnSeverity severity,
                               gsize start,
                               gsize end,
                               char *message);

/* So many findings of one kind about one part are enough: the user reads no more of them, and a
 * text made to have thousands must not hold up the program. */
#define BMN_CHECK_MOST 20

/* Whether there are already %BMN_CHECK_MOST findings of @kind about @part. */
gboolean
bmn_check_run_is_full (const BmnCheckRun *run, const BmnCheckPart *part, BmnCheckKind kind);

/* Sets the fix of a finding: put @replacement in the place of its span. */
void bmn_finding_set_replacement (BmnFinding *finding, const char *label, const char *replacement);

/* Whether a hashtag, mention or link of the part reaches into [@start, @end). */
gboolean bmn_check_part_has_entity (const BmnCheckPart *part, gsize start, gsize end);

/* The checks: one function per kind or two that belong together. */
void bmn_check_tone (BmnCheckRun *run, const BmnCheckPart *part);
void bmn_check_private_data (BmnCheckRun *run, const BmnCheckPart *part);
void bmn_check_media (BmnCheckRun *run, const BmnCheckPart *part);
void bmn_check_shouting (BmnCheckRun *run, const BmnCheckPart *part);
void bmn_check_tags (BmnCheckRun *run, const BmnCheckPart *part);
void bmn_check_tag_words (BmnCheckRun *run, const BmnCheckPart *part);
void bmn_check_links (BmnCheckRun *run, const BmnCheckPart *part);
void bmn_check_mentions (BmnCheckRun *run, const BmnCheckPart *part);
void bmn_check_numbers (BmnCheckRun *run, const BmnCheckPart *part);
void bmn_check_duplicate (BmnCheckRun *run, const BmnCheckPart *part);

G_END_DECLS
