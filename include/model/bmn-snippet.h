#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * BmnSnippetKind:
 * @BMN_SNIPPET_TEMPLATE: a text to begin with or to put in
 * @BMN_SNIPPET_HASHTAGS: hashtags that belong together
 */
typedef enum
{
  BMN_SNIPPET_TEMPLATE,
  BMN_SNIPPET_HASHTAGS,
} BmnSnippetKind;

/* Stable names for the store, the command line and JSON: `template`, `hashtags`. */
const char *bmn_snippet_kind_to_nick (BmnSnippetKind kind);
/* Returns: whether @nick names a kind, written to @kind */
gboolean bmn_snippet_kind_from_nick (const char *nick, BmnSnippetKind *kind);

/**
 * BmnSnippet:
 * @id: the store's number, 0 until stored
 * @name: what the user calls it; no two of a kind have the same
 * @text: what is put into a draft; of hashtags each with its sign, separated by blanks
 *
 * A piece of text that is written again and again.
 */
typedef struct
{
  gint64 id;
  BmnSnippetKind kind;
  char *name; /* (owned) */
  char *text; /* (owned) */
} BmnSnippet;

/* The longest name and text, in code points. */
#define BMN_SNIPPET_MAX_NAME 80
#define BMN_SNIPPET_MAX_TEXT 10000

/* @name: copied; @text: copied */
BmnSnippet *
bmn_snippet_new (BmnSnippetKind kind, const char *name, const char *text) G_GNUC_WARN_UNUSED_RESULT;
BmnSnippet *bmn_snippet_copy (const BmnSnippet *snippet) G_GNUC_WARN_UNUSED_RESULT;
void bmn_snippet_free (BmnSnippet *snippet);

/**
 * bmn_snippet_validate:
 *
 * Checks that both strings are UTF-8, there and not too long, and that the name is one line.
 *
 * Returns: %FALSE with %BMN_ERROR_INVALID otherwise
 */
gboolean bmn_snippet_validate (const BmnSnippet *snippet, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BmnSnippet, bmn_snippet_free)

G_END_DECLS
