#pragma once

#include "bmn-session.h"
#include "bmn-snippet.h"

G_BEGIN_DECLS

/*
 * What the user writes again and again. Every function waits for the disk, briefly, and may be
 * called on any thread.
 */

/* Returns: (transfer full) (element-type BmnSnippet): templates, then groups of hashtags, each by
 * name */
GPtrArray *bmn_session_list_snippets (BmnSession *self, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * bmn_session_put_snippet:
 * @snippet: with id 0 stored as a new one, which sets its id; else changed. Blanks around its
 *   name are taken off. Hashtags may be given with or without their sign, separated by blanks or
 *   commas; they are stored with it, each once
 *
 * Returns: %FALSE with %BMN_ERROR_INVALID (see bmn_snippet_validate(); something that is no
 *   hashtag among hashtags), %BMN_ERROR_CONFLICT where another of the kind has the name,
 *   %BMN_ERROR_NOT_FOUND or the store's error
 */
gboolean bmn_session_put_snippet (BmnSession *self, BmnSnippet *snippet, GError **error);
gboolean bmn_session_remove_snippet (BmnSession *self, gint64 id, GError **error);

G_END_DECLS
