#include "bmn-part.h"

BmnPart *
bmn_part_new (const char *text)
{
  BmnPart *part = g_new0 (BmnPart, 1);
  part->text = g_strdup (text ? text : "");
  part->media = g_ptr_array_new_with_free_func ((GDestroyNotify)bmn_media_free);
  return part;
}

BmnPart *
bmn_part_copy (const BmnPart *part)
{
  BmnPart *copy = bmn_part_new (part->text);
  for (guint i = 0; i < part->media->len; i++)
    g_ptr_array_add (copy->media, bmn_media_copy (part->media->pdata[i]));
  return copy;
}

void
bmn_part_free (BmnPart *part)
{
  g_free (part->text);
  g_ptr_array_unref (part->media);
  g_free (part);
}

GPtrArray *
bmn_parts_new (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify)bmn_part_free);
}

GPtrArray *
bmn_parts_copy (GPtrArray *parts)
{
  if (!parts)
    return NULL;
  GPtrArray *copy = bmn_parts_new ();
  for (guint i = 0; i < parts->len; i++)
    g_ptr_array_add (copy, bmn_part_copy (parts->pdata[i]));
  return copy;
}
