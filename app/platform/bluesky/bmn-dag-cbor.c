#include "bmn-dag-cbor-private.h"
#include "bmn-error.h"
#include "bmn-json.h"

#include <cbor.h>
#include <glib/gi18n-lib.h>

/* CBOR's tag for a CID, whose bytes begin with the multibase prefix of binary, 0. */
#define TAG_CID 42

/* Multicodec: CIDv1, dag-cbor, sha2-256 of 32 bytes. */
static const guint8 cid_prefix[] = { 0x01, 0x71, 0x12, 0x20 };

static const char base32_letters[] = "abcdefghijklmnopqrstuvwxyz234567";

static char *
base32_encode (const guint8 *bytes, gsize length)
{
  GString *text = g_string_new (NULL);
  guint32 bits = 0;
  guint n_bits = 0;
  for (gsize i = 0; i < length; i++)
    {
      bits = bits << 8 | bytes[i];
      for (n_bits += 8; n_bits >= 5; n_bits -= 5)
        g_string_append_c (text, base32_letters[bits >> (n_bits - 5) & 31]);
    }
  if (n_bits > 0)
    g_string_append_c (text, base32_letters[bits << (5 - n_bits) & 31]);
  return g_string_free (text, FALSE);
}

/* Returns: (transfer full) (nullable): */
static GByteArray *
base32_decode (const char *text)
{
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  guint32 bits = 0;
  guint n_bits = 0;
  for (const char *c = text; *c; c++)
    {
      const char *letter = strchr (base32_letters, *c);
      if (!letter)
        return NULL;
      bits = bits << 5 | (guint32)(letter - base32_letters);
      n_bits += 5;
      if (n_bits < 8)
        continue;
      n_bits -= 8;
      const guint8 byte = bits >> n_bits & 0xff;
      g_byte_array_append (bytes, &byte, 1);
    }
  return g_steal_pointer (&bytes);
}

/* libcbor's heads need at most nine bytes. */
#define HEAD_SIZE 9

static void
append_head (GByteArray *out, size_t (*encode) (size_t, unsigned char *, size_t), gsize n)
{
  guint8 head[HEAD_SIZE];
  g_byte_array_append (out, head, encode (n, head, sizeof head));
}

static void
append_string (GByteArray *out, const char *text)
{
  gsize length = strlen (text);
  append_head (out, cbor_encode_string_start, length);
  g_byte_array_append (out, (const guint8 *)text, length);
}

static void
append_int (GByteArray *out, gint64 value)
{
  guint8 head[HEAD_SIZE];
  gsize length = value >= 0 ? cbor_encode_uint ((guint64)value, head, sizeof head)
                            : cbor_encode_negint ((guint64)(-(value + 1)), head, sizeof head);
  g_byte_array_append (out, head, length);
}

static gboolean
append_link (GByteArray *out, const char *cid)
{
  g_autoptr (GByteArray) bytes = *cid == 'b' ? base32_decode (cid + 1) : NULL;
  if (!bytes || bytes->len == 0)
    return FALSE;
  guint8 head[HEAD_SIZE];
  g_byte_array_append (out, head, cbor_encode_tag (TAG_CID, head, sizeof head));
  append_head (out, cbor_encode_bytestring_start, bytes->len + 1);
  g_byte_array_append (out, (const guint8 *)"", 1);
  g_byte_array_append (out, bytes->data, bytes->len);
  return TRUE;
}

/* The data model leaves the padding out, which GLib's decoder needs. */
static gboolean
append_bytes (GByteArray *out, const char *base64)
{
  gsize length;
  g_autofree char *padded = g_strconcat (base64, "===", NULL);
  padded[(strlen (base64) + 3) / 4 * 4] = '\0';
  g_autofree guint8 *bytes = g_base64_decode (padded, &length);
  append_head (out, cbor_encode_bytestring_start, length);
  g_byte_array_append (out, bytes, length);
  return TRUE;
}

static int
compare_keys (gconstpointer a, gconstpointer b)
{
  const char *left = a;
  const char *right = b;
  gsize left_length = strlen (left);
  gsize right_length = strlen (right);
  if (left_length != right_length)
    return left_length < right_length ? -1 : 1;
  return strcmp (left, right);
}

static gboolean append_node (GByteArray *out, JsonNode *node, guint depth);

static gboolean
append_object (GByteArray *out, JsonObject *object, guint depth)
{
  if (json_object_get_size (object) == 1)
    {
      const char *cid = bmn_json_get_string (object, "$link");
      if (cid)
        return append_link (out, cid);
      const char *base64 = bmn_json_get_string (object, "$bytes");
      if (base64)
        return append_bytes (out, base64);
    }
  g_autoptr (GList) keys = g_list_sort (json_object_get_members (object), compare_keys);
  append_head (out, cbor_encode_map_start, json_object_get_size (object));
  for (GList *key = keys; key; key = key->next)
    {
      append_string (out, key->data);
      if (!append_node (out, json_object_get_member (object, key->data), depth))
        return FALSE;
    }
  return TRUE;
}

static gboolean
append_array (GByteArray *out, JsonArray *array, guint depth)
{
  guint length = json_array_get_length (array);
  append_head (out, cbor_encode_array_start, length);
  for (guint i = 0; i < length; i++)
    if (!append_node (out, json_array_get_element (array, i), depth))
      return FALSE;
  return TRUE;
}

static gboolean
append_value (GByteArray *out, JsonNode *node)
{
  const GType type = json_node_get_value_type (node);
  if (type == G_TYPE_STRING)
    append_string (out, json_node_get_string (node));
  else if (type == G_TYPE_INT64)
    append_int (out, json_node_get_int (node));
  else if (type == G_TYPE_BOOLEAN)
    {
      guint8 byte;
      cbor_encode_bool (json_node_get_boolean (node), &byte, 1);
      g_byte_array_append (out, &byte, 1);
    }
  else
    return FALSE;
  return TRUE;
}

static gboolean
append_node (GByteArray *out, JsonNode *node, guint depth)
{
  if (depth == BMN_JSON_MAX_DEPTH)
    return FALSE;
  switch (json_node_get_node_type (node))
    {
    case JSON_NODE_OBJECT:
      return append_object (out, json_node_get_object (node), depth + 1);
    case JSON_NODE_ARRAY:
      return append_array (out, json_node_get_array (node), depth + 1);
    case JSON_NODE_VALUE:
      return append_value (out, node);
    case JSON_NODE_NULL:
      break;
    }
  guint8 byte;
  g_byte_array_append (out, &byte, cbor_encode_null (&byte, 1));
  return TRUE;
}

GBytes *
bmn_dag_cbor_encode (JsonNode *node, GError **error)
{
  g_autoptr (GByteArray) out = g_byte_array_new ();
  if (append_node (out, node, 0))
    return g_byte_array_free_to_bytes (g_steal_pointer (&out));
  g_set_error_literal (error, BMN_ERROR, BMN_ERROR_INVALID,
                       _ ("The post has something that AT Protocol records cannot hold."));
  return NULL;
}

char *
bmn_dag_cbor_cid (GBytes *record)
{
  guint8 cid[sizeof cid_prefix + 32];
  gsize digest_length = 32;
  memcpy (cid, cid_prefix, sizeof cid_prefix);
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
  g_checksum_update (checksum, g_bytes_get_data (record, NULL), g_bytes_get_size (record));
  g_checksum_get_digest (checksum, cid + sizeof cid_prefix, &digest_length);
  g_autofree char *text = base32_encode (cid, sizeof cid);
  return g_strconcat ("b", text, NULL);
}
