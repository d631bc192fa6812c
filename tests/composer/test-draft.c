#include "bmn-draft.h"

static guint told;

static void
on_changed (BmnDraft *draft, guint what, gpointer data)
{
  told |= what;
}

static BmnDraft *
make_draft (void)
{
  BmnDraft *draft = bmn_draft_new ();
  told = 0;
  g_signal_connect (draft, "changed", G_CALLBACK (on_changed), NULL);
  return draft;
}

#define assert_told(what)                                                                          \
  G_STMT_START                                                                                     \
  {                                                                                                \
    g_assert_cmpuint (told, ==, (guint)(what));                                                    \
    told = 0;                                                                                      \
  }                                                                                                \
  G_STMT_END

static void
test_empty (void)
{
  g_autoptr (BmnDraft) draft = make_draft ();
  g_assert_true (bmn_draft_is_empty (draft));
  bmn_draft_set_text (draft, BMN_DRAFT_ALL, 0, " \n\t");
  g_assert_true (bmn_draft_is_empty (draft));
  bmn_draft_set_text (draft, BMN_DRAFT_ALL, 0, "Hello");
  g_assert_false (bmn_draft_is_empty (draft));
  assert_told (BMN_DRAFT_CHANGE_TEXT);
}

static void
test_same_again_is_no_change (void)
{
  g_autoptr (BmnDraft) draft = make_draft ();
  bmn_draft_set_text (draft, BMN_DRAFT_ALL, 0, "");
  bmn_draft_set_account (draft, 1, FALSE);
  bmn_draft_set_language (draft, NULL);
  bmn_draft_set_visibility (draft, BMN_VISIBILITY_DEFAULT);
  bmn_draft_set_content_warning (draft, "");
  bmn_draft_set_sensitive (draft, FALSE);
  bmn_draft_set_poll (draft, NULL);
  bmn_draft_remove_part (draft, BMN_DRAFT_ALL, 0);
  bmn_draft_remove_media (draft, BMN_DRAFT_ALL, 0, 0);
  bmn_draft_move_media (draft, BMN_DRAFT_ALL, 0, 0, 1);
  bmn_draft_set_text (draft, BMN_DRAFT_ALL, 7, "nowhere");
  assert_told (0);
  g_assert_cmpuint (bmn_draft_get_serial (draft), ==, 0);
}

static void
test_own_text (void)
{
  g_autoptr (BmnDraft) draft = make_draft ();
  bmn_draft_set_account (draft, 1, TRUE);
  bmn_draft_set_account (draft, 2, TRUE);
  bmn_draft_set_text (draft, BMN_DRAFT_ALL, 0, "For all");
  told = 0;
  bmn_draft_customise (draft, 2);
  assert_told (BMN_DRAFT_CHANGE_PARTS | BMN_DRAFT_CHANGE_ACCOUNTS);
  g_assert_cmpstr (bmn_draft_get_text (draft, 2, 0), ==, "For all");
  bmn_draft_set_text (draft, 2, 0, "For the second");
  bmn_draft_set_text (draft, 1, 0, "For the others");
  g_assert_cmpstr (bmn_draft_get_text (draft, BMN_DRAFT_ALL, 0), ==, "For the others");
  g_autoptr (BmnPost) post = bmn_draft_make_post (draft, 2);
  g_assert_cmpstr (((BmnPart *)post->parts->pdata[0])->text, ==, "For the second");
  g_autoptr (GPtrArray) targets = bmn_draft_make_targets (draft);
  g_assert_cmpuint (targets->len, ==, 2);
  g_assert_null (((BmnTarget *)targets->pdata[0])->parts);
  g_assert_nonnull (((BmnTarget *)targets->pdata[1])->parts);
  bmn_draft_reset (draft, 2);
  g_assert_cmpstr (bmn_draft_get_text (draft, 2, 0), ==, "For the others");
}

static void
test_account_left_out_keeps_its_text (void)
{
  g_autoptr (BmnDraft) draft = make_draft ();
  bmn_draft_set_account (draft, 2, TRUE);
  bmn_draft_customise (draft, 2);
  bmn_draft_set_text (draft, 2, 0, "Own");
  bmn_draft_set_account (draft, 2, FALSE);
  g_autoptr (GPtrArray) targets = bmn_draft_make_targets (draft);
  g_assert_cmpuint (targets->len, ==, 0);
  bmn_draft_set_account (draft, 2, TRUE);
  g_assert_cmpstr (bmn_draft_get_text (draft, 2, 0), ==, "Own");
}

static BmnMedia *
make_media (const char *path)
{
  BmnMedia *media = bmn_media_new ();
  media->path = g_strdup (path);
  return media;
}

static const char *
get_path (BmnDraft *draft, guint index)
{
  const BmnPart *part = bmn_draft_get_parts (draft, BMN_DRAFT_ALL)->pdata[0];
  return ((BmnMedia *)part->media->pdata[index])->path;
}

static void
test_media (void)
{
  g_autoptr (BmnDraft) draft = make_draft ();
  const char *const paths[] = { "/a", "/b", "/c" };
  for (guint i = 0; i < G_N_ELEMENTS (paths); i++)
    bmn_draft_add_media (draft, BMN_DRAFT_ALL, 0, make_media (paths[i]));
  bmn_draft_move_media (draft, BMN_DRAFT_ALL, 0, 0, 2);
  g_assert_cmpstr (get_path (draft, 0), ==, "/b");
  g_assert_cmpstr (get_path (draft, 2), ==, "/a");
  bmn_draft_move_media (draft, BMN_DRAFT_ALL, 0, 2, 0);
  g_assert_cmpstr (get_path (draft, 0), ==, "/a");
  bmn_draft_replace_media (draft, BMN_DRAFT_ALL, 0, 1, make_media ("/new"));
  bmn_draft_remove_media (draft, BMN_DRAFT_ALL, 0, 0);
  g_assert_cmpstr (get_path (draft, 0), ==, "/new");
  bmn_draft_add_media (draft, BMN_DRAFT_ALL, 5, make_media ("/nowhere"));
  assert_told (BMN_DRAFT_CHANGE_MEDIA);
}

static void
test_split (void)
{
  g_autoptr (BmnDraft) draft = make_draft ();
  g_autoptr (GPtrArray) texts = g_ptr_array_new ();
  g_ptr_array_add (texts, (gpointer) "one 1/2");
  g_ptr_array_add (texts, (gpointer) "two 2/2");
  bmn_draft_set_text (draft, BMN_DRAFT_ALL, 0, "one two");
  bmn_draft_add_media (draft, BMN_DRAFT_ALL, 0, make_media ("/a"));
  bmn_draft_insert_part (draft, BMN_DRAFT_ALL, 1, "three");
  bmn_draft_split_part (draft, BMN_DRAFT_ALL, 0, texts);
  g_assert_cmpuint (bmn_draft_get_parts (draft, BMN_DRAFT_ALL)->len, ==, 3);
  g_assert_cmpstr (bmn_draft_get_text (draft, BMN_DRAFT_ALL, 1), ==, "two 2/2");
  g_assert_cmpstr (bmn_draft_get_text (draft, BMN_DRAFT_ALL, 2), ==, "three");
  g_assert_cmpstr (get_path (draft, 0), ==, "/a");
  bmn_draft_remove_part (draft, BMN_DRAFT_ALL, 0);
  g_assert_cmpstr (bmn_draft_get_text (draft, BMN_DRAFT_ALL, 0), ==, "two 2/2");
}

static void
test_round_trip (void)
{
  g_autoptr (BmnDraft) draft = make_draft ();
  bmn_draft_set_account (draft, 3, TRUE);
  bmn_draft_set_account (draft, 4, TRUE);
  bmn_draft_customise (draft, 4);
  bmn_draft_set_text (draft, BMN_DRAFT_ALL, 0, "All");
  bmn_draft_set_text (draft, 4, 0, "Four");
  bmn_draft_set_id (draft, 9);
  g_autoptr (GPtrArray) targets = bmn_draft_make_targets (draft);
  g_autoptr (BmnDraft) again = bmn_draft_new_from (bmn_draft_get_post (draft), targets);
  g_assert_cmpint (bmn_draft_get_post (again)->id, ==, 9);
  g_assert_true (bmn_draft_has_account (again, 3));
  g_assert_false (bmn_draft_has_own (again, 3));
  g_assert_cmpstr (bmn_draft_get_text (again, 4, 0), ==, "Four");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/composer/draft/empty", test_empty);
  g_test_add_func ("/composer/draft/same-again", test_same_again_is_no_change);
  g_test_add_func ("/composer/draft/own-text", test_own_text);
  g_test_add_func ("/composer/draft/left-out", test_account_left_out_keeps_its_text);
  g_test_add_func ("/composer/draft/media", test_media);
  g_test_add_func ("/composer/draft/split", test_split);
  g_test_add_func ("/composer/draft/round-trip", test_round_trip);
  return g_test_run ();
}
