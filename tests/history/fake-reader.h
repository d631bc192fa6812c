#pragma once

#include "bmn-platform-reader.h"

G_BEGIN_DECLS

/*
 * A platform whose posts are in memory, for tests of what reads them.
 */

typedef struct
{
  char *id; /* (owned) */
  gint64 published_at;
  gint64 likes; /* or %BMN_COUNT_UNKNOWN */
  gboolean deleted;
} FakePost;

typedef struct
{
  GPtrArray *posts; /* (owned) (element-type FakePost): oldest first */
  guint page_size;
  gboolean lists_counts;         /* whether a list tells counts, as Mastodon's does */
  gboolean refuses_counts;       /* single posts are not told of, as without an AppView */
  gboolean forgets_places;       /* a place in the list is refused */
  gint64 followers;              /* %BMN_COUNT_UNKNOWN: refused */
  int n_until_error;             /* so many calls work; −1 for all */
  GError *error;                 /* (owned) (nullable): then this */
  GCancellable *cancel_at_error; /* (nullable): cancelled instead */

  guint n_lists;
  guint n_counts; /* posts asked for */
} FakeServer;

FakeServer *fake_server_new (void) G_GNUC_WARN_UNUSED_RESULT;
void fake_server_free (FakeServer *server);
FakePost *fake_server_add (FakeServer *server, const char *id, gint64 published_at, gint64 likes);
/* Adds @n posts, an hour between two, the newest at @newest. */
void fake_server_add_many (FakeServer *server, guint n, gint64 newest);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (FakeServer, fake_server_free)

#define FAKE_TYPE_READER (fake_reader_get_type ())
G_DECLARE_FINAL_TYPE (FakeReader, fake_reader, FAKE, READER, BmnPlatform)

/* @server: outlives the platform */
BmnPlatform *
fake_reader_new (const BmnAccount *account, FakeServer *server) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
