#pragma once

#include "bmn-entity.h"
#include "bmn-text-dialect.h"

G_BEGIN_DECLS

/**
 * bmn_text_find_entities:
 * @text: NUL-terminated
 * @dialect: whose rules hold
 *
 * Finds hashtags, mentions and links, in time linear in the length of @text. Where two would
 * overlap, the one that begins first stays. May be called from any thread.
 *
 * The rules of %BMN_TEXT_DIALECT_X are those of twitter-text 3.1 without cashtags and without
 * lists (`@user/list`); those of %BMN_TEXT_DIALECT_BLUESKY are those of `@atproto/api`, with
 * tags held to the lexicon's 64 graphemes and 640 bytes; a Bluesky mention is a handle that
 * still has to be resolved. Top-level domains come from the Public Suffix List of libpsl.
 *
 * Returns: (transfer full) (element-type BmnEntity): in the order of the text, or %NULL with
 *   %BMN_ERROR_INVALID where @text is not UTF-8
 */
GPtrArray *bmn_text_find_entities (const char *text,
                                   BmnTextDialect dialect,
                                   GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
