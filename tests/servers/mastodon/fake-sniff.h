#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct
{
  const char *mime;      /* NULL for what no server takes */
  const char *kind;      /* image, gifv, video, audio */
  guint width, height;   /* 0 where not looked for */
  gboolean has_metadata; /* EXIF in a JPEG */
} FakeSniff;

/* Looks at the bytes, never at a declared type. */
FakeSniff fake_sniff (GBytes *file);

/* The types that Mastodon names in its configuration; NULL-terminated. */
extern const char *const fake_mime_types[];

G_END_DECLS
