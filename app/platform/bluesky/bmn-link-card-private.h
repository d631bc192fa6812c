#pragma once

#include "bmn-http-client.h"

G_BEGIN_DECLS

/**
 * BmnLinkCard:
 * @title: of the page; may be empty
 * @description: likewise
 * @image_url: (nullable): absolute http or https address of its picture
 *
 * What a web page says about itself for those who link to it: OpenGraph (ogp.me), else the
 * page's own title and description.
 */
typedef struct
{
  char *title;       /* (owned) */
  char *description; /* (owned) */
  char *image_url;   /* (owned) (nullable) */
} BmnLinkCard;

void bmn_link_card_free (BmnLinkCard *card);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BmnLinkCard, bmn_link_card_free)

/* Reads an HTML page. @url: where it came from, for relative addresses. Returns: (transfer full)
 *   (nullable): %NULL where the page says nothing about itself */
BmnLinkCard *bmn_link_card_parse (GBytes *html, const char *url) G_GNUC_WARN_UNUSED_RESULT;

/**
 * bmn_link_card_request:
 * @url: a page or a picture that a user's text leads to
 * @max_body: bytes
 * @public_only: see #BmnHttpRequest
 *
 * Returns: (transfer full): a request that says nothing about us and reaches nothing private
 */
BmnHttpRequest *bmn_link_card_request (const char *url,
                                       gsize max_body,
                                       gboolean public_only) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
