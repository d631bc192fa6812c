#include "check-support.h"

static BmnTextModels *models;

/* One text that brings a finding of each kind about wording and one that does not. */
static const struct
{
  BmnCheckKind kind;
  const char *text;
  const char *span; /* NULL: no finding */
  const char *replacement;
} cases[] = {
  { BMN_CHECK_SHOUTING, "😀 Hey, THIS SALE ENDS TODAY ok", "THIS SALE ENDS TODAY",
    "This sale ends today" },
  { BMN_CHECK_SHOUTING, "DAS IST SCHÖN HEUTE", "DAS IST SCHÖN HEUTE", "Das ist schön heute" },
  { BMN_CHECK_SHOUTING, "Come now!!!!!", "!!!!!", "!" },
  { BMN_CHECK_SHOUTING, "What?!?!", "?!?!", "?" },
  { BMN_CHECK_SHOUTING, "NASA and ESA meet in the USA!", NULL, NULL },
  { BMN_CHECK_SHOUTING, "#ONE #TWO #THREE #FOURTEEN", NULL, NULL },
  { BMN_CHECK_SHOUTING, "Good!!!", NULL, NULL },
  { BMN_CHECK_SHOUTING, "يوم جميل جدا اليوم", NULL, NULL },
  { BMN_CHECK_TAG_STUFFING, "é #a1 #b1 #c1 #d1 #e1 #f1 #g1 end", "#f1 #g1", NULL },
  { BMN_CHECK_TAG_STUFFING, "#a1 #b1 #c1 #d1 #e1", NULL, NULL },
  { BMN_CHECK_UNSOURCED_NUMBER, "😀 Now 73 % of cyclists wear helmets.", "73 %", NULL },
  { BMN_CHECK_UNSOURCED_NUMBER, "Die Stadt gab 4,5 Millionen dafür aus.", "4,5 Millionen", NULL },
  { BMN_CHECK_UNSOURCED_NUMBER, "73% do: https://example.org/study", NULL, NULL },
  { BMN_CHECK_UNSOURCED_NUMBER, "According to the council 73% agree.", NULL, NULL },
  { BMN_CHECK_UNSOURCED_NUMBER, "20% off all coats today", NULL, NULL },
  { BMN_CHECK_UNSOURCED_NUMBER, "I agree 100%", NULL, NULL },
  { BMN_CHECK_UNSOURCED_NUMBER, "3 of us came", NULL, NULL },
  { BMN_CHECK_SPAM, "See you at the town hall on Friday.", NULL, NULL },
  { BMN_CHECK_HOSTILE, "We open at nine and close at five.", NULL, NULL },
  { BMN_CHECK_HOSTILE, "😀 Du Arschloch", "Arschloch", NULL },
};

static void
test_table (void)
{
  const BmnCheckContext context = { .models = models };
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (BmnPost) post = post_with_text (cases[i].text);
      if (cases[i].kind == BMN_CHECK_HOSTILE)
        post->language = g_strdup (strstr (cases[i].text, "Du ") ? "de" : "en");
      g_autoptr (GPtrArray) findings = find_in_post (post, cases[i].kind, &context);
      g_autofree char *span = first_span (findings, cases[i].text);
      g_assert_cmpstr (span, ==, cases[i].span);
      if (!span)
        continue;
      const BmnFinding *finding = findings->pdata[0];
      g_assert_cmpuint (findings->len, ==, 1);
      g_assert_cmpstr (finding->replacement, ==, cases[i].replacement);
      g_assert_cmpint (finding->severity, <=, BMN_SEVERITY_WARNING);
    }
}

/* The models' guesses name the words they rest on. */
static void
test_words_are_named (void)
{
  const BmnCheckContext context = { .models = models };
  const struct
  {
    BmnCheckKind kind;
    const char *text;
    const char *word;
  } guesses[] = {
    { BMN_CHECK_SPAM, "Claim your cash prize now, text WIN to 80888!", "“Claim”" },
    { BMN_CHECK_HOSTILE, "you stupid bitch, shut up", "“bitch”" },
  };
  for (gsize i = 0; i < G_N_ELEMENTS (guesses); i++)
    {
      g_autoptr (BmnPost) post = post_with_text (guesses[i].text);
      post->language = g_strdup ("en");
      g_autoptr (GPtrArray) findings = find_in_post (post, guesses[i].kind, &context);
      g_assert_cmpuint (findings->len, ==, 1);
      const BmnFinding *finding = findings->pdata[0];
      g_assert_nonnull (strstr (finding->message, guesses[i].word));
      g_assert_cmpint (finding->severity, <=, BMN_SEVERITY_WARNING);
      g_assert_cmpuint (finding->end, >, finding->start);
    }
  /* Nothing is guessed without the models. */
  const BmnCheckContext none = { 0 };
  g_autoptr (GPtrArray) findings = find_in_text (guesses[0].text, BMN_CHECK_SPAM, &none);
  g_assert_cmpuint (findings->len, ==, 0);
}

static void
test_switched_off (void)
{
  const char *text = "COME TO THE SALE!!!!! jo@example.org";
  for (guint kind = 0; kind < BMN_N_CHECK_KINDS; kind++)
    {
      const BmnCheckContext off = { .models = models, .switched_off = 1u << kind };
      g_autoptr (GPtrArray) findings = find_in_text (text, kind, &off);
      g_assert_cmpuint (findings->len, ==, 0);
    }
  const BmnCheckContext all = { 0 };
  g_autoptr (GPtrArray) loud = find_in_text (text, BMN_CHECK_SHOUTING, &all);
  g_assert_cmpuint (loud->len, ==, 2);
}

static void
test_order_and_parts (void)
{
  const BmnCheckContext context = { 0 };
  g_autoptr (BmnPost) post = post_with_text ("Nice!!!!! DE89370400440532013000");
  g_ptr_array_add (post->parts, bmn_part_new ("broken \xff jo@example.org"));
  g_ptr_array_add (post->parts, bmn_part_new ("jo@example.org"));
  g_autoptr (GPtrArray) findings = bmn_checks_run (post, NULL, &context);
  g_assert_cmpuint (findings->len, ==, 3);
  const BmnFinding *first = findings->pdata[0];
  const BmnFinding *second = findings->pdata[1];
  const BmnFinding *third = findings->pdata[2];
  g_assert_cmpint (first->kind, ==, BMN_CHECK_PRIVATE_DATA);
  g_assert_cmpint (second->kind, ==, BMN_CHECK_SHOUTING);
  g_assert_cmpuint (third->part, ==, 2);
}

static void
test_nicks (void)
{
  for (guint kind = 0; kind < BMN_N_CHECK_KINDS; kind++)
    {
      BmnCheckKind back;
      g_assert_true (bmn_check_kind_from_nick (bmn_check_kind_to_nick (kind), &back));
      g_assert_cmpuint (back, ==, kind);
    }
  BmnCheckKind none;
  g_assert_false (bmn_check_kind_from_nick ("nothing", &none));
  g_assert_false (bmn_check_kind_from_nick (NULL, &none));
}

/* A megabyte of what each pattern could trip over. */
static void
test_hostile_input (void)
{
  const char *known[] = { "somebody@example.com", NULL };
  const char *distrusted[] = { "example.net", NULL };
  g_autoptr (BmnDuplicateIndex) published = bmn_duplicate_index_new ();
  bmn_duplicate_index_add (published, 1, 0, "Something else entirely, and long enough");
  const BmnCheckContext context = {
    .models = models,
    .published = published,
    .distrusted = distrusted,
    .known = known,
  };
  const char *pieces[] = {
    "a",
    "1",
    "1 ",
    "a.",
    "a@",
    "@",
    "#",
    "#a1 ",
    "!",
    "DE12 ",
    "A",
    "AA ",
    "+49 ",
    "0 ",
    "(",
    "😀",
    "م",
    "%",
    "1% ",
    "http://",
    "\xe2\x80\xae"
    "abc ",
    "-",
    "1.",
    "1,",
    "a@b.",
    "%@",
    "a@b.com ",
    "DE89370400440532013000 ",
    "WHAT ARE YOU DOING a ",
    "!!!! ",
    "https://a.com/ ",
    "@a@b.com ",
  };
  for (gsize i = 0; i < G_N_ELEMENTS (pieces); i++)
    {
      g_autoptr (GString) text = g_string_new (NULL);
      while (text->len < 1 << 20)
        g_string_append (text, pieces[i]);
      g_autoptr (BmnPost) post = post_with_text (text->str);
      g_autoptr (GPtrArray) findings = bmn_checks_run (post, NULL, &context);
      g_assert_cmpuint (findings->len, <=, 20 * BMN_N_CHECK_KINDS);
      for (guint j = 0; j < findings->len; j++)
        g_assert_cmpuint (((BmnFinding *)findings->pdata[j])->end, <=, text->len);
    }
  g_autoptr (BmnPost) empty = bmn_post_new ();
  g_autoptr (GPtrArray) nothing = bmn_checks_run (empty, NULL, &context);
  g_assert_cmpuint (nothing->len, ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  models = bmn_text_models_new (NULL, NULL);
  g_test_add_func ("/check/checks/table", test_table);
  g_test_add_func ("/check/checks/words-are-named", test_words_are_named);
  g_test_add_func ("/check/checks/switched-off", test_switched_off);
  g_test_add_func ("/check/checks/order-and-parts", test_order_and_parts);
  g_test_add_func ("/check/checks/nicks", test_nicks);
  g_test_add_func ("/check/checks/hostile-input", test_hostile_input);
  int result = g_test_run ();
  bmn_text_models_unref (models);
  return result;
}
