#include "bmn-bluesky-record-private.h"
#include "bmn-entity-finder.h"
#include "bmn-part.h"
#include "bmn-platform-error.h"

BmnBlueskyRef *
bmn_bluesky_ref_new (const char *uri, const char *cid)
{
  BmnBlueskyRef *ref = g_new0 (BmnBlueskyRef, 1);
  ref->uri = g_strdup (uri);
  ref->cid = g_strdup (cid);
  return ref;
}

void
bmn_bluesky_ref_free (BmnBlueskyRef *ref)
{
  g_free (ref->uri);
  g_free (ref->cid);
  g_free (ref);
}

BmnBlueskyImage *
bmn_bluesky_image_new (JsonNode *blob, const char *alt, int width, int height)
{
  BmnBlueskyImage *image = g_new0 (BmnBlueskyImage, 1);
  image->blob = json_node_copy (blob);
  image->alt = g_strdup (alt);
  image->width = width;
  image->height = height;
  return image;
}

void
bmn_bluesky_image_free (BmnBlueskyImage *image)
{
  json_node_unref (image->blob);
  g_free (image->alt);
  g_free (image);
}

void
bmn_bluesky_card_free (BmnBlueskyCard *card)
{
  g_free (card->url);
  g_free (card->title);
  g_free (card->description);
  g_clear_pointer (&card->thumb, json_node_unref);
  g_free (card);
}

BmnBlueskyPart *
bmn_bluesky_part_new (const char *text, GError **error)
{
  g_autoptr (GError) invalid = NULL;
  GPtrArray *entities = bmn_text_find_entities (text, BMN_TEXT_DIALECT_BLUESKY, &invalid);
  if (!entities)
    {
      g_set_error_literal (error, BMN_PLATFORM_ERROR, BMN_PLATFORM_ERROR_REJECTED,
                           invalid->message);
      return NULL;
    }
  BmnBlueskyPart *part = g_new0 (BmnBlueskyPart, 1);
  part->text = g_strdup (text);
  part->entities = entities;
  part->dids = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  part->images = g_ptr_array_new_with_free_func ((GDestroyNotify)bmn_bluesky_image_free);
  return part;
}

void
bmn_bluesky_part_free (BmnBlueskyPart *part)
{
  g_free (part->text);
  g_ptr_array_unref (part->entities);
  g_hash_table_unref (part->dids);
  g_ptr_array_unref (part->images);
  g_clear_pointer (&part->card, bmn_bluesky_card_free);
  g_clear_pointer (&part->quote, bmn_bluesky_ref_free);
  g_free (part);
}

char *
bmn_bluesky_text_of_part (const BmnPost *post, GPtrArray *parts, guint index)
{
  const BmnPart *part = parts->pdata[index];
  const char *warning = post->content_warning;
  if (index > 0 || !warning || !*warning)
    return g_strdup (part->text);
  return *part->text ? g_strconcat (warning, "\n\n", part->text, NULL) : g_strdup (warning);
}
