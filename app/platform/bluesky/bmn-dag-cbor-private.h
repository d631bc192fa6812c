#pragma once

#include <gio/gio.h>
#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/*
 * DAG-CBOR and CIDs, as the AT Protocol's data model uses them: the same record has the same
 * bytes everywhere, so its content identifier is known before a server has seen it.
 */

/**
 * bmn_dag_cbor_encode:
 * @node: a record in the JSON form of the data model: `{"$link": CID}` stands for a link and
 *   `{"$bytes": base64}` for bytes
 *
 * Encodes @node canonically (shortest numbers; keys by length, then by bytes).
 *
 * Returns: (transfer full): %NULL with %BMN_ERROR_INVALID for what the data model lacks:
 *   fractions, CIDs that are none, nesting deeper than %BMN_JSON_MAX_DEPTH
 */
GBytes *bmn_dag_cbor_encode (JsonNode *node, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Returns: (transfer full): the CID (version 1, dag-cbor, SHA-256, base32) of a record's bytes */
char *bmn_dag_cbor_cid (GBytes *record) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
