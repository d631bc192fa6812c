#include "check-support.h"

/* The first finding's span, or NULL where there must be none. */
static const struct
{
  const char *text;
  const char *span;
  BmnSeverity severity;
} cases[] = {
  /* E-mail. */
  { "Write to jo.doe+x@mail.example.com please", "jo.doe+x@mail.example.com",
    BMN_SEVERITY_WARNING },
  { "😀 שלום: anna@example.org!", "anna@example.org", BMN_SEVERITY_WARNING },
  { "müller@example.de", "müller@example.de", BMN_SEVERITY_WARNING },
  { "ask @anna@example.social", NULL, 0 },
  { "a @ b and foo@bar", NULL, 0 },
  { "https://example.org/?mail=a@b.example", NULL, 0 },
  /* IBAN: the check digits decide (ISO 13616's own examples). */
  { "Pay to DE89 3704 0044 0532 0130 00 today", "DE89 3704 0044 0532 0130 00",
    BMN_SEVERITY_SEVERE },
  { "GB82WEST12345698765432", "GB82WEST12345698765432", BMN_SEVERITY_SEVERE },
  { "DE88370400440532013000", NULL, 0 },
  /* Cards: Luhn decides (well-known test numbers). */
  { "card 4111 1111 1111 1111 ok", "4111 1111 1111 1111", BMN_SEVERITY_SEVERE },
  { "5500-0000-0000-0004", "5500-0000-0000-0004", BMN_SEVERITY_SEVERE },
  { "4111 1111 1111 1112", NULL, 0 },
  { "order 1111111111111111", NULL, 0 },
  /* Telephone numbers. */
  { "Call +49 221 1234567 now", "+49 221 1234567", BMN_SEVERITY_WARNING },
  { "☎ 0221/123456-78", "0221/123456-78", BMN_SEVERITY_WARNING },
  { "(555) 123-4567", "(555) 123-4567", BMN_SEVERITY_WARNING },
  { "06 12 34 56 78 merci", "06 12 34 56 78", BMN_SEVERITY_WARNING },
  { "on 2026-12-01 at 09:00", NULL, 0 },
  { "01.12.2026", NULL, 0 },
  { "12,345,678 people", NULL, 0 },
  { "room 0815", NULL, 0 },
  { "1984", NULL, 0 },
  { "", NULL, 0 },
};

static void
test_table (void)
{
  const BmnCheckContext context = { 0 };
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GPtrArray) findings
          = find_in_text (cases[i].text, BMN_CHECK_PRIVATE_DATA, &context);
      g_autofree char *span = first_span (findings, cases[i].text);
      g_assert_cmpstr (span, ==, cases[i].span);
      if (!span)
        continue;
      const BmnFinding *finding = findings->pdata[0];
      g_assert_cmpuint (findings->len, ==, 1);
      g_assert_cmpint (finding->severity, ==, cases[i].severity);
      g_assert_cmpint (finding->action, ==, BMN_FIX_REPLACE);
      g_assert_cmpstr (finding->replacement, ==, "");
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/check/private-data/table", test_table);
  return g_test_run ();
}
