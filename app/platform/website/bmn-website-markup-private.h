#pragma once

#include "bmn-media.h"

/*
 * Plain text and media as Markdown and as HTML, so that a reader sees the text as written.
 * All functions append.
 */

/**
 * bmn_website_append_markdown:
 *
 * Escapes @text for CommonMark and kramdown: characters that could be markup get a backslash,
 * those that template engines, HTML or extensions also look at (`<>&{}~^`) become numeric
 * references. A line break stays one, an empty line begins a paragraph, leading blanks stay,
 * links are made links. What a generator does with plain text (curly quotes, say) is its own.
 */
void bmn_website_append_markdown (GString *out, const char *text);

/* A picture, or a link to another file. @url: where it is, already a valid URI reference */
void bmn_website_append_markdown_media (GString *out, const BmnMedia *media, const char *url);

/* Escapes @text for HTML and XML; what XML 1.0 cannot hold becomes U+FFFD. */
void bmn_website_append_escaped (GString *out, const char *text);

/* Paragraphs with line breaks. */
void bmn_website_append_html (GString *out, const char *text);

void bmn_website_append_html_media (GString *out, const BmnMedia *media, const char *url);

/* Returns: (transfer none): the ending that media of this type get, without a dot */
const char *bmn_website_extension (const char *mime_type);
