#include "bmn-export-rows-private.h"
#include "bmn-history.h"
#include "bmn-instant.h"
#include "bmn-json.h"

/* The members are described in data/formats/history.md. */

static void
add_instant (JsonBuilder *builder, const char *member, gint64 instant)
{
  g_autofree char *text = instant != 0 ? bmn_instant_format (instant) : NULL;
  bmn_json_add_string (builder, member, text);
}

static void
add_count (JsonBuilder *builder, const char *member, gint64 count)
{
  json_builder_set_member_name (builder, member);
  if (count == BMN_COUNT_UNKNOWN)
    json_builder_add_null_value (builder);
  else
    json_builder_add_int_value (builder, count);
}

static void
write_line (FILE *stream, JsonBuilder *builder)
{
  json_builder_end_object (builder);
  g_autoptr (JsonNode) root = json_builder_get_root (builder);
  g_autofree char *text = bmn_json_to_string (root);
  fprintf (stream, "%s\n", text);
}

void
bmn_export_json_begin (FILE *stream, gint64 now)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  json_builder_begin_object (builder);
  bmn_json_add_string (builder, "format", "bellman-history");
  bmn_json_add_int (builder, "version", 1);
  add_instant (builder, "exported_at", now);
  write_line (stream, builder);
}

static void
add_snapshots (JsonBuilder *builder, GArray *snapshots)
{
  json_builder_set_member_name (builder, "snapshots");
  json_builder_begin_array (builder);
  for (guint i = 0; i < snapshots->len; i++)
    {
      const BmnMetricSnapshot *snapshot = &g_array_index (snapshots, BmnMetricSnapshot, i);
      json_builder_begin_object (builder);
      add_instant (builder, "counted_at", snapshot->counted_at);
      add_count (builder, "likes", snapshot->likes);
      add_count (builder, "reposts", snapshot->reposts);
      add_count (builder, "replies", snapshot->replies);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
}

void
bmn_export_json_post (FILE *stream, const BmnHistoryPost *post, GArray *snapshots)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  json_builder_begin_object (builder);
  bmn_json_add_string (builder, "remote_id", post->remote_id);
  bmn_json_add_string (builder, "text", post->text);
  json_builder_set_member_name (builder, "published_at");
  g_autofree char *published_at = bmn_instant_format (post->published_at);
  json_builder_add_string_value (builder, published_at);
  bmn_json_add_string (builder, "url", post->url);
  bmn_json_add_string (builder, "language", post->language);
  bmn_json_add_bool (builder, "is_reply", post->is_reply);
  bmn_json_add_int (builder, "n_media", post->n_media);
  add_count (builder, "likes", post->likes);
  add_count (builder, "reposts", post->reposts);
  add_count (builder, "replies", post->replies);
  add_instant (builder, "counted_at", post->counted_at);
  add_instant (builder, "gone_at", post->gone_at);
  bmn_json_add_int (builder, "account", post->account_id);
  add_snapshots (builder, snapshots);
  write_line (stream, builder);
}
