#pragma once

#include "bmn-bluesky-client-private.h"
#include "bmn-publish-request.h"

G_BEGIN_DECLS

/* Bytes of a picture that Bluesky takes (lexicon `app.bsky.embed.images`). */
#define BMN_BLUESKY_MAX_IMAGE 1000000

/**
 * bmn_bluesky_draft_async:
 * @request: kept until the end
 * @with_cards: whether to show the page that a post without pictures links to
 *
 * Does all that has to be done before posts can be sent, and creates nothing that anybody sees:
 * finds who is mentioned, makes pictures fit and uploads them, reads the page that is linked
 * to or the post that is quoted. A mention of nobody stays text; a page that cannot be read
 * or a post that is gone gets no card; anything else that fails is an error.
 */
void bmn_bluesky_draft_async (BmnBlueskyClient *client,
                              BmnHttpClient *http,
                              BmnPublishRequest *request,
                              gboolean with_cards,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data);

/* Returns: (transfer full) (element-type BmnBlueskyPart): one for each part of the request */
GPtrArray *
bmn_bluesky_draft_finish (GAsyncResult *result, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* @actor: (out) (transfer full): handle or DID; @rkey: (out) (transfer full):
 * Returns: whether @url is that of a post on bsky.app */
gboolean bmn_bluesky_parse_post_url (const char *url, char **actor, char **rkey);

G_END_DECLS
