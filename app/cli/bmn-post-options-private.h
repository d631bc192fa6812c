#pragma once

#include "bmn-cli-private.h"

#include "bmn-post.h"
#include "bmn-when.h"

G_BEGIN_DECLS

/**
 * BmnPostOptions:
 *
 * What `post add` and `post edit` were told. The order between options counts: media belong
 * to the part before them and descriptions to the media before them.
 */
typedef struct
{
  GArray *accounts; /* (owned) (element-type gint64) */
  GPtrArray *parts; /* (owned) (element-type BmnPart): the media only name the user's files yet */
  gboolean has_text;
  gboolean text_stdin;
  char *at;   /* (owned) (nullable) */
  char *zone; /* (owned) (nullable) */
  char *in;   /* (owned) (nullable) */
  gboolean next_slot;
  gboolean now;
  gboolean draft;
  gboolean hand_over;
  char *title;      /* (owned) (nullable) */
  char *language;   /* (owned) (nullable) */
  char *warning;    /* (owned) (nullable) */
  char *visibility; /* (owned) (nullable) */
  char *repeat;     /* (owned) (nullable) */
  char *note;       /* (owned) (nullable) */
  GStrv tags;       /* (owned) (nullable) */
  gboolean sensitive;
  GStrv poll_options;  /* (owned) (nullable) */
  char *poll_duration; /* (owned) (nullable) */
  gboolean poll_multiple;
  gboolean poll_hide_totals;
} BmnPostOptions;

BmnPostOptions *bmn_post_options_new (void) G_GNUC_WARN_UNUSED_RESULT;
void bmn_post_options_free (BmnPostOptions *options);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BmnPostOptions, bmn_post_options_free)

/**
 * bmn_post_options_parse:
 * @more: (nullable): further entries of the command
 * @arguments: (inout): what is left over afterwards
 *
 * Returns: %FALSE after a message
 */
gboolean bmn_post_options_parse (BmnPostOptions *options,
                                 BmnCli *cli,
                                 const GOptionEntry *more,
                                 GStrv *arguments);

/* Returns: %FALSE after a message; @has_when is whether any time was given */
gboolean
bmn_post_options_get_when (BmnPostOptions *options, BmnCli *cli, BmnWhen *when, gboolean *has_when);

/**
 * bmn_post_options_apply:
 *
 * Writes what was given into @post; takes the media into the data folder.
 *
 * Returns: %BMN_CLI_DONE, or another code after a message
 */
BmnCliExit bmn_post_options_apply (BmnPostOptions *options, BmnCli *cli, BmnPost *post);

G_END_DECLS
