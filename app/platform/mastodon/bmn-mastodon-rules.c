#include "bmn-mastodon-rules-private.h"
#include "bmn-json.h"

#include <string.h>

/* Where each number stands in `configuration`, how older servers call it, and the default. */
typedef struct
{
  const char *name; /* in the fact */
  const char *section;
  const char *member;
  const char *old_section; /* (nullable) */
  const char *old_member;  /* (nullable) */
  gsize offset;
  gint64 fallback;
} BmnMastodonRule;

#define OFFSET(field) G_STRUCT_OFFSET (BmnMastodonRules, field)

static const BmnMastodonRule rule_table[] = {
  { "max-characters", "statuses", "max_characters", NULL, "max_toot_chars", OFFSET (max_characters),
    500 },
  { "url-length", "statuses", "characters_reserved_per_url", NULL, NULL, OFFSET (url_length), 23 },
  { "max-media", "statuses", "max_media_attachments", NULL, "max_media_attachments",
    OFFSET (max_media), 4 },
  { "alt-length", "media_attachments", "description_limit", NULL, "description_limit",
    OFFSET (alt_length), 1500 },
  { "image-bytes", "media_attachments", "image_size_limit", NULL, "upload_limit",
    OFFSET (image_bytes), 16777216 },
  { "image-pixels", "media_attachments", "image_matrix_limit", NULL, NULL, OFFSET (image_pixels),
    33177600 },
  { "video-bytes", "media_attachments", "video_size_limit", NULL, "upload_limit",
    OFFSET (video_bytes), 103809024 },
  { "poll-options", "polls", "max_options", "poll_limits", "max_options", OFFSET (poll_options),
    4 },
  { "poll-option-length", "polls", "max_characters_per_option", "poll_limits", "max_option_chars",
    OFFSET (poll_option_length), 50 },
  { "poll-min", "polls", "min_expiration", "poll_limits", "min_expiration", OFFSET (poll_min),
    300 },
  { "poll-max", "polls", "max_expiration", "poll_limits", "max_expiration", OFFSET (poll_max),
    2629746 },
};

/* Larger is a slip of the server's, and would overflow where it is counted with. */
#define MAX_NUMBER (G_GINT64_CONSTANT (1) << 40)
#define MAX_MIME_TYPES 200

static gint64 *
field (BmnMastodonRules *rules, const BmnMastodonRule *rule)
{
  return G_STRUCT_MEMBER_P (rules, rule->offset);
}

/* Returns: whether @object has a number that makes sense */
static gboolean
read_number (JsonObject *object, const char *member, gint64 *value)
{
  gint64 number;
  if (!member || !bmn_json_get_int (object, member, &number) || number < 1 || number > MAX_NUMBER)
    return FALSE;
  *value = number;
  return TRUE;
}

static BmnMastodonRules *
rules_new (void)
{
  BmnMastodonRules *rules = g_new0 (BmnMastodonRules, 1);
  for (gsize i = 0; i < G_N_ELEMENTS (rule_table); i++)
    *field (rules, &rule_table[i]) = rule_table[i].fallback;
  return rules;
}

/* Returns: (nullable) (transfer full): the strings of @array; %NULL where there are none */
static GStrv
read_strings (JsonArray *array)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  guint n = array ? MIN (json_array_get_length (array), MAX_MIME_TYPES) : 0;
  guint n_strings = 0;
  for (guint i = 0; i < n; i++)
    {
      JsonNode *node = json_array_get_element (array, i);
      if (!JSON_NODE_HOLDS_VALUE (node) || json_node_get_value_type (node) != G_TYPE_STRING)
        continue;
      g_strv_builder_add (builder, json_node_get_string (node));
      n_strings++;
    }
  return n_strings > 0 ? g_strv_builder_end (builder) : NULL;
}

BmnMastodonRules *
bmn_mastodon_rules_new_from_instance (JsonObject *instance)
{
  BmnMastodonRules *rules = rules_new ();
  JsonObject *configuration = bmn_json_get_object (instance, "configuration");
  for (gsize i = 0; i < G_N_ELEMENTS (rule_table); i++)
    {
      const BmnMastodonRule *rule = &rule_table[i];
      JsonObject *section = bmn_json_get_object (configuration, rule->section);
      JsonObject *old
          = rule->old_section ? bmn_json_get_object (instance, rule->old_section) : instance;
      if (!read_number (section, rule->member, field (rules, rule)))
        read_number (old, rule->old_member, field (rules, rule));
    }
  JsonObject *media = bmn_json_get_object (configuration, "media_attachments");
  rules->mime_types = read_strings (bmn_json_get_array (media, "supported_mime_types"));
  const char *domain = bmn_json_get_string (instance, "domain");
  rules->domain = g_strdup (domain ? domain : bmn_json_get_string (instance, "uri"));
  return rules;
}

BmnMastodonRules *
bmn_mastodon_rules_new_from_text (const char *text)
{
  BmnMastodonRules *rules = rules_new ();
  g_autoptr (GBytes) bytes = text ? g_bytes_new (text, strlen (text)) : NULL;
  g_autoptr (JsonNode) node = bytes ? bmn_json_parse (bytes, NULL) : NULL;
  JsonObject *object = bmn_json_node_object (node);
  for (gsize i = 0; i < G_N_ELEMENTS (rule_table); i++)
    read_number (object, rule_table[i].name, field (rules, &rule_table[i]));
  rules->mime_types = read_strings (bmn_json_get_array (object, "mime-types"));
  rules->domain = g_strdup (bmn_json_get_string (object, "domain"));
  return rules;
}

char *
bmn_mastodon_rules_to_text (const BmnMastodonRules *rules)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  json_builder_begin_object (builder);
  for (gsize i = 0; i < G_N_ELEMENTS (rule_table); i++)
    bmn_json_add_int (builder, rule_table[i].name,
                      *field ((BmnMastodonRules *)rules, &rule_table[i]));
  if (rules->mime_types)
    {
      json_builder_set_member_name (builder, "mime-types");
      json_builder_begin_array (builder);
      for (guint i = 0; rules->mime_types[i]; i++)
        json_builder_add_string_value (builder, rules->mime_types[i]);
      json_builder_end_array (builder);
    }
  bmn_json_add_string (builder, "domain", rules->domain);
  json_builder_end_object (builder);
  g_autoptr (JsonNode) node = json_builder_get_root (builder);
  return bmn_json_to_string (node);
}

void
bmn_mastodon_rules_free (BmnMastodonRules *rules)
{
  g_strfreev (rules->mime_types);
  g_free (rules->domain);
  g_free (rules);
}

BmnLimits *
bmn_mastodon_rules_to_limits (const BmnMastodonRules *rules)
{
  BmnLimits *limits = bmn_limits_new ();
  limits->rule = BMN_COUNT_MASTODON;
  limits->max_length = rules->max_characters;
  limits->url_length = rules->url_length;
  limits->max_media = rules->max_media;
  limits->max_alt_length = rules->alt_length;
  limits->max_image_bytes = rules->image_bytes;
  limits->max_video_bytes = rules->video_bytes;
  limits->max_poll_options = rules->poll_options;
  limits->max_poll_option_length = rules->poll_option_length;
  limits->mime_types = g_strdupv (rules->mime_types);
  return limits;
}
