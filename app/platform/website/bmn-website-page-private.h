#pragma once

#include "bmn-publish-request.h"

#include <json-glib/json-glib.h>

/**
 * BmnWebsitePage:
 * @key: the file's name without its ending, never changed
 * @author: the account's name
 * @date: when it was meant to be out, µs
 * @updated: when it was last edited, µs; as @date where it was not
 * @parts: (element-type BmnPart): media without paths, as they are in `media/`
 *
 * One post as a page. Its file is Markdown behind YAML front matter, in which each value is
 * JSON as well (a subset of YAML), so that any text is safe. The fields for site generators are
 * `title`, `date`, `lastmod`, `language`, `tags`, `summary`, `content_warning`, `sensitive`,
 * `id` and `media`; the one named `bellman` has all of the page, and is the only one that is
 * ever read again: what a user changes elsewhere in the file is left to the site.
 *
 * The parts of a thread are divided by a rule and a heading `Part N`, which Hugo and Jekyll
 * give the anchor `part-N`.
 */
typedef struct
{
  char *key;             /* (owned) */
  char *author;          /* (owned) */
  char *title;           /* (owned) (nullable) */
  char *language;        /* (owned) (nullable) */
  char *content_warning; /* (owned) (nullable) */
  gboolean sensitive;
  gint64 date;
  gint64 updated;
  GPtrArray *parts; /* (owned) (element-type BmnPart) */
} BmnWebsitePage;

/* Returns: whether @key can be a file's name here */
gboolean bmn_website_key_is_safe (const char *key);

BmnWebsitePage *bmn_website_page_new (const BmnPublishRequest *request,
                                      const char *key,
                                      const char *author,
                                      gint64 date) G_GNUC_WARN_UNUSED_RESULT;
void bmn_website_page_free (BmnWebsitePage *page);

/* Returns: (transfer full) (nullable): %NULL for what is not a whole page of ours */
BmnWebsitePage *bmn_website_page_parse (const char *text, gsize length) G_GNUC_WARN_UNUSED_RESULT;

/* @base_url: (nullable): with a slash at its end. Returns: (transfer full): the file's content */
char *bmn_website_page_to_markdown (const BmnWebsitePage *page,
                                    const char *base_url) G_GNUC_WARN_UNUSED_RESULT;

/* Returns: (transfer full): the content for feeds */
char *bmn_website_page_to_html (const BmnWebsitePage *page,
                                const char *base_url) G_GNUC_WARN_UNUSED_RESULT;

/* Returns: whether both say the same, whenever and by whom */
gboolean bmn_website_page_same_content (const BmnWebsitePage *a, const BmnWebsitePage *b);

/* Returns: (transfer full): the title, or the first words */
char *bmn_website_page_headline (const BmnWebsitePage *page) G_GNUC_WARN_UNUSED_RESULT;

/* Returns: (transfer full): `urn:uuid:…`, made from the key, so that it never changes */
char *bmn_website_page_id (const BmnWebsitePage *page) G_GNUC_WARN_UNUSED_RESULT;

/* Returns: (transfer full) (nullable): where the page is served; %NULL without @base_url */
char *
bmn_website_page_url (const BmnWebsitePage *page, const char *base_url) G_GNUC_WARN_UNUSED_RESULT;

/* Returns: (transfer full): the hashtags of all parts without #, each once, in order */
GStrv bmn_website_page_hashtags (const BmnWebsitePage *page) G_GNUC_WARN_UNUSED_RESULT;

/* Returns: (transfer full): `SHA256.EXT` */
char *bmn_website_media_name (const BmnMedia *media) G_GNUC_WARN_UNUSED_RESULT;

/* Returns: (transfer full): `urn:uuid:…`, a UUID of version 8 (RFC 9562) made from @text */
char *bmn_website_urn (const char *text) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BmnWebsitePage, bmn_website_page_free)
