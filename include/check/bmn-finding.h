#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * BmnCheckKind:
 * @BMN_CHECK_SPAM: reads like advertising by strangers
 * @BMN_CHECK_HOSTILE: may be taken as hostile or harmful
 * @BMN_CHECK_PRIVATE_DATA: an e-mail address, telephone number, IBAN or card number
 * @BMN_CHECK_PICTURE_LOCATION: a picture that says where it was taken
 * @BMN_CHECK_SHOUTING: words in capitals in a row, or many exclamation marks
 * @BMN_CHECK_TAG_STUFFING: more hashtags than help
 * @BMN_CHECK_MISSING_ALT: media without a description
 * @BMN_CHECK_LINK: a link that is dead or leads elsewhere
 * @BMN_CHECK_DISTRUSTED_LINK: a link to a domain on the user's own list
 * @BMN_CHECK_DUPLICATE: nearly the same as an earlier post
 * @BMN_CHECK_UNSOURCED_NUMBER: a figure that nothing backs
 * @BMN_CHECK_LOOKALIKE: a mention that resembles an account the user knows
 * @BMN_CHECK_TAG_WORDS: a hashtag that runs words together, so that screen readers cannot tell
 *   them apart
 */
typedef enum
{
  BMN_CHECK_SPAM,
  BMN_CHECK_HOSTILE,
  BMN_CHECK_PRIVATE_DATA,
  BMN_CHECK_PICTURE_LOCATION,
  BMN_CHECK_SHOUTING,
  BMN_CHECK_TAG_STUFFING,
  BMN_CHECK_MISSING_ALT,
  BMN_CHECK_LINK,
  BMN_CHECK_DISTRUSTED_LINK,
  BMN_CHECK_DUPLICATE,
  BMN_CHECK_UNSOURCED_NUMBER,
  BMN_CHECK_LOOKALIKE,
  BMN_CHECK_TAG_WORDS,
} BmnCheckKind;

#define BMN_N_CHECK_KINDS (BMN_CHECK_TAG_WORDS + 1)

/* Stable names for JSON and settings, such as `private-data`. */
const char *bmn_check_kind_to_nick (BmnCheckKind kind);
/* @nick: (nullable): Returns: whether it names a kind, written to @kind */
gboolean bmn_check_kind_from_nick (const char *nick, BmnCheckKind *kind);

/**
 * BmnSeverity:
 * @BMN_SEVERITY_INFO: worth knowing
 * @BMN_SEVERITY_WARNING: worth a second look; what a model guesses is never more
 * @BMN_SEVERITY_SEVERE: a known fact that the user would hardly want to publish
 *
 * No finding keeps a post from going out; that is for the user to decide.
 */
typedef enum
{
  BMN_SEVERITY_INFO,
  BMN_SEVERITY_WARNING,
  BMN_SEVERITY_SEVERE,
} BmnSeverity;

/* Stable names for JSON: `info`, `warning`, `severe`. */
const char *bmn_severity_to_nick (BmnSeverity severity);

/**
 * BmnFixAction:
 * @BMN_FIX_NONE: there is nothing to be done at a click
 * @BMN_FIX_REPLACE: put @replacement in the place of the span; an empty one deletes it
 * @BMN_FIX_DESCRIBE: open the description of the medium
 * @BMN_FIX_REMOVE_LOCATION: save the picture again without its location
 */
typedef enum
{
  BMN_FIX_NONE,
  BMN_FIX_REPLACE,
  BMN_FIX_DESCRIBE,
  BMN_FIX_REMOVE_LOCATION,
} BmnFixAction;

/* Stable names for JSON: `none`, `replace`, `describe`, `remove-location`. */
const char *bmn_fix_action_to_nick (BmnFixAction action);

/**
 * BmnFinding:
 * @part: which part of the thread, from 0
 * @media: which medium of the part, from 0; -1 where the text is meant
 * @start: in bytes of the part's text
 * @end: in bytes of the part's text; the same as @start where no place is meant
 * @message: a plain sentence, translated
 * @action: what @fix_label does
 * @fix_label: (nullable): what a button for the fix says, translated
 * @replacement: (nullable): for %BMN_FIX_REPLACE
 *
 * One thing that the user may want to look at before publishing.
 */
typedef struct
{
  BmnCheckKind kind;
  BmnSeverity severity;
  guint part;
  int media;
  gsize start;
  gsize end;
  char *message; /* (owned) */
  BmnFixAction action;
  char *fix_label;   /* (owned) (nullable) */
  char *replacement; /* (owned) (nullable) */
} BmnFinding;

void bmn_finding_free (BmnFinding *finding);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BmnFinding, bmn_finding_free)

G_END_DECLS
