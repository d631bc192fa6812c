#include "bmn-check-private.h"
#include "bmn-picture-location.h"

#include <glib/gi18n-lib.h>

/* "IMG_2041.jpg" as a description was put there by a camera, not by a person. */
static gboolean
is_described (const BmnMedia *media)
{
  if (!media->alt)
    return FALSE;
  g_autofree char *alt = g_strstrip (g_strdup (media->alt));
  g_autofree char *name = media->path ? g_path_get_basename (media->path) : NULL;
  return *alt && g_strcmp0 (alt, name) != 0;
}

static gboolean
has_location (const BmnMedia *media)
{
  if (!media->path || !media->mime_type || !g_str_has_prefix (media->mime_type, "image/"))
    return FALSE;
  g_autoptr (GMappedFile) file = g_mapped_file_new (media->path, FALSE, NULL);
  return file
         && bmn_picture_has_location ((const guint8 *)g_mapped_file_get_contents (file),
                                      g_mapped_file_get_length (file));
}

static gboolean
is_seen (const BmnMedia *media)
{
  return media->mime_type
         && (g_str_has_prefix (media->mime_type, "image/")
             || g_str_has_prefix (media->mime_type, "video/"));
}

static void
add (BmnCheckRun *run,
     const BmnCheckPart *part,
     guint index,
     BmnCheckKind kind,
     char *message,
     BmnFixAction action,
     const char *label)
{
  BmnFinding *finding = bmn_check_run_add (run, part, kind, BMN_SEVERITY_WARNING, 0, 0, message);
  finding->media = (int)index;
  finding->action = action;
  finding->fix_label = g_strdup (label);
}

void
bmn_check_media (BmnCheckRun *run, const BmnCheckPart *part)
{
  for (guint i = 0; i < part->part->media->len; i++)
    {
      const BmnMedia *media = part->part->media->pdata[i];
      if (is_seen (media) && !is_described (media))
        add (run, part, i, BMN_CHECK_MISSING_ALT,
             g_strdup_printf (_ ("Picture or video %u has no description. People who cannot see "
                                 "it will not know what it shows."),
                              i + 1),
             /* Translators: a button that opens the description of a picture */
             BMN_FIX_DESCRIBE, _ ("Describe It"));
      if (has_location (media))
        add (run, part, i, BMN_CHECK_PICTURE_LOCATION,
             g_strdup_printf (_ ("Picture %u says where it was taken. Anyone who saves it may be "
                                 "able to read that."),
                              i + 1),
             /* Translators: a button that saves a picture without its place */
             BMN_FIX_REMOVE_LOCATION, _ ("Remove the Place"));
    }
}
