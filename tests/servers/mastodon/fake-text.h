#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The grapheme clusters of @text (ICU). */
gint64 fake_text_count_graphemes (const char *text);
/* The length of @text by Mastodon's rule: each http(s) link counts as @per_url characters, of
 * @user@domain only @user counts, and characters are grapheme clusters.
 * https://docs.joinmastodon.org/user/posting/#links and #mentions */
gint64 fake_text_length (const char *text, gint64 per_url);

/* Whether @text mentions the local account @username. */
gboolean fake_text_mentions (const char *text, const char *username);
/* The hashtags of @text in lower case, each once, in order; none of digits alone.
 * https://docs.joinmastodon.org/user/posting/#hashtags */
GStrv fake_text_hashtags (const char *text) G_GNUC_WARN_UNUSED_RESULT;

/* @text as Mastodon shows it: paragraphs, line breaks, links with their spans, hashtags and
 * mentions of @usernames, all else escaped. @base is the server's URL.
 * https://docs.joinmastodon.org/api/guidelines/#formatting */
char *fake_text_to_html (const char *text,
                         const char *base,
                         const char *const *usernames) G_GNUC_WARN_UNUSED_RESULT;

/* Whether @code is a language of ISO 639-1, with or without a region ("pt-BR"). */
gboolean fake_text_is_language (const char *code);

G_END_DECLS
