#include "store-support.h"

#include "bmn-agenda.h"

typedef struct
{
  BmnAgendaFilter filter;
  GPtrArray *items; /* (owned) */
} Listing;

static gboolean
list (BmnTransaction *tx, gpointer data, GError **error)
{
  Listing *listing = data;
  listing->items = bmn_agenda_list (tx, &listing->filter, error);
  return listing->items != NULL;
}

static GPtrArray *
list_items (Fixture *fixture, BmnAgendaFilter filter)
{
  Listing listing = { filter, NULL };
  read_ok (fixture->store, list, &listing);
  return listing.items;
}

/* What is listed: `post@time×targets`, in order. */
static void
assert_lists (Fixture *fixture, BmnAgendaFilter filter, const char *expected)
{
  g_autoptr (GPtrArray) items = list_items (fixture, filter);
  g_autoptr (GString) found = g_string_new (NULL);
  for (guint i = 0; i < items->len; i++)
    {
      const BmnAgendaItem *item = items->pdata[i];
      g_string_append_printf (found, "%s%d@%d×%u", i > 0 ? " " : "", (int)item->post_id,
                              (int)item->at, item->targets->len);
    }
  g_assert_cmpstr (found->str, ==, expected);
}

static gboolean
set_published (BmnTransaction *tx, gpointer data, GError **error)
{
  BmnTarget *target = data;
  target->state = BMN_TARGET_PUBLISHED;
  return bmn_targets_update (tx, target, BMN_TARGET_SCHEDULED, error);
}

static void
test_filters (Fixture *fixture, gconstpointer data)
{
  BmnStore *store = fixture->store;
  gint64 a = add_account (store, "a"), b = add_account (store, "b");
  gint64 rye = add_post (store, "Rye   bread\nfrom the oven"); /* 1: two accounts at once */
  add_target (store, rye, a, BMN_TARGET_SCHEDULED, 100);
  add_target (store, rye, b, BMN_TARGET_HELD, 100);
  gint64 plum = add_post (store, "Plum cake"); /* 2: two times */
  add_target (store, plum, a, BMN_TARGET_SCHEDULED, 200);
  add_target (store, plum, b, BMN_TARGET_SCHEDULED, 300);
  gint64 late = add_post (store, "Late bread"); /* 3: due at 150, out at 250 */
  g_autoptr (BmnTarget) out
      = get_target (store, add_target (store, late, a, BMN_TARGET_SCHEDULED, 150));
  out->published_at = 250;
  write_ok (store, set_published, out);
  gint64 draft = add_post (store, "Draft bread"); /* 4 */
  add_target (store, draft, b, BMN_TARGET_DRAFT, 0);
  add_post (store, "No account yet"); /* 5 */

  assert_lists (fixture, (BmnAgendaFilter){ 0 }, "1@100×2 2@200×1 3@250×1 2@300×1");
  assert_lists (fixture, (BmnAgendaFilter){ .drafts = TRUE },
                "1@100×2 2@200×1 3@250×1 2@300×1 4@0×1 5@0×0");
  assert_lists (fixture, (BmnAgendaFilter){ .from = 100, .until = 250 }, "1@100×2 2@200×1");
  assert_lists (fixture, (BmnAgendaFilter){ .from = 201, .until = 300 }, "3@250×1");
  assert_lists (fixture, (BmnAgendaFilter){ .from = 201, .until = 300, .drafts = TRUE },
                "3@250×1 4@0×1");
  assert_lists (fixture, (BmnAgendaFilter){ .states = 1 << BMN_TARGET_HELD }, "1@100×1");
  assert_lists (fixture, (BmnAgendaFilter){ .states = 1 << BMN_TARGET_DRAFT, .drafts = TRUE },
                "4@0×1 5@0×0");
  assert_lists (fixture, (BmnAgendaFilter){ .words = "bread", .drafts = TRUE },
                "1@100×2 3@250×1 4@0×1");
  assert_lists (fixture, (BmnAgendaFilter){ .words = "bread", .from = 1, .until = 200 }, "1@100×2");
  assert_lists (fixture, (BmnAgendaFilter){ .offset = 1, .limit = 2 }, "2@200×1 3@250×1");
  assert_lists (fixture, (BmnAgendaFilter){ .limit = 1 }, "1@100×2");
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_array_append_val (ids, b);
  assert_lists (fixture, (BmnAgendaFilter){ .account_ids = ids }, "1@100×1 2@300×1");

  g_autoptr (GPtrArray) items = list_items (fixture, (BmnAgendaFilter){ .limit = 1 });
  const BmnAgendaItem *first = items->pdata[0];
  g_assert_cmpstr (first->excerpt, ==, "Rye bread from the oven");
  g_assert_cmpuint (first->n_parts, ==, 1);
  g_assert_cmpint (bmn_agenda_item_get_state (first), ==, BMN_TARGET_HELD);
  g_assert_true (bmn_agenda_item_can_move (first));
}

static gboolean
insert_many (BmnTransaction *tx, gpointer data, GError **error)
{
  gint64 account_id = *(gint64 *)data;
  for (int i = 1; i <= 10000; i++)
    {
      g_autofree char *text = g_strdup_printf ("Post number %d", i);
      g_autoptr (BmnPost) post = new_post (text);
      g_autoptr (BmnTarget) target = bmn_target_new (account_id);
      if (!bmn_posts_insert (tx, post, 1, error))
        return FALSE;
      target->post_id = post->id;
      target->state = BMN_TARGET_SCHEDULED;
      target->due_at = target->next_try_at = (gint64)i * 1000;
      if (!bmn_targets_insert (tx, target, error))
        return FALSE;
    }
  return TRUE;
}

static void
test_many (Fixture *fixture, gconstpointer data)
{
  gint64 account = add_account (fixture->store, "a");
  write_ok (fixture->store, insert_many, &account);
  gint64 start = g_get_monotonic_time ();
  g_autoptr (GPtrArray) month
      = list_items (fixture, (BmnAgendaFilter){ .from = 5000000, .until = 5200000 });
  g_test_message ("200 of 10 000: %.1f ms", (g_get_monotonic_time () - start) / 1000.0);
  g_assert_cmpuint (month->len, ==, 200);
  g_assert_cmpint (((BmnAgendaItem *)month->pdata[0])->at, ==, 5000000);
  start = g_get_monotonic_time ();
  g_autoptr (GPtrArray) all = list_items (fixture, (BmnAgendaFilter){ 0 });
  g_test_message ("all 10 000: %.1f ms", (g_get_monotonic_time () - start) / 1000.0);
  g_assert_cmpuint (all->len, ==, 10000);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  fixture_add ("/store/agenda/filters", test_filters);
  fixture_add ("/store/agenda/many", test_many);
  return g_test_run ();
}
