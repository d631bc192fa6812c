#include "bmn-ledger-item.h"

#include <glib/gi18n.h>
#include <string.h>

struct _BmnLedgerItem
{
  GObject parent_instance;

  BmnLedgerEntry *entry; /* (owned) */
  char *account;         /* (owned) (nullable) */
};

G_DEFINE_FINAL_TYPE (BmnLedgerItem, bmn_ledger_item, G_TYPE_OBJECT)

static const struct
{
  const char *purpose;
  const char *words;
} reasons[] = {
  { "publish", N_ ("Publishing a post") },
  { "read-back", N_ ("Looking whether a post is there") },
  { "sign-in", N_ ("Signing in") },
  { "sign-out", N_ ("Signing out") },
  { "check", N_ ("Looking whether the account works") },
  { "sync", N_ ("Reading your posts and their counts") },
  { "refresh", N_ ("Renewing the sign-in") },
  { "try-link", N_ ("Looking whether a link works, as you asked") },
  { "link-card", N_ ("Reading a page for the preview of a link") },
};

BmnLedgerItem *
bmn_ledger_item_new (BmnLedgerEntry *entry, const char *account)
{
  BmnLedgerItem *self = g_object_new (BMN_TYPE_LEDGER_ITEM, NULL);
  self->entry = entry;
  self->account = g_strdup (account);
  return self;
}

const BmnLedgerEntry *
bmn_ledger_item_get_entry (BmnLedgerItem *self)
{
  return self->entry;
}

/* A purpose that is not known here is shown as the program calls it. */
static const char *
get_reason (BmnLedgerItem *self)
{
  for (gsize i = 0; i < G_N_ELEMENTS (reasons); i++)
    if (g_strcmp0 (reasons[i].purpose, self->entry->purpose) == 0)
      return _ (reasons[i].words);
  return self->entry->purpose;
}

char *
bmn_ledger_item_say_why (BmnLedgerItem *self)
{
  if (!self->account)
    return g_strdup (get_reason (self));
  /* Translators: why a host was contacted, and the account it was for. */
  return g_strdup_printf (_ ("%s · %s"), get_reason (self), self->account);
}

char *
bmn_ledger_item_say_how_much (BmnLedgerItem *self)
{
  g_autofree char *sent = g_format_size (self->entry->bytes_sent);
  g_autofree char *received = g_format_size (self->entry->bytes_received);
  if (self->entry->status == 0)
    /* Translators: %s is a size, such as 1.2 kB. */
    return g_strdup_printf (_ ("%s sent, no answer"), sent);
  /* Translators: both %s are sizes, such as 1.2 kB. */
  return g_strdup_printf (_ ("%s sent, %s received"), sent, received);
}

static gboolean
holds (const char *text, const char *words)
{
  g_autofree char *folded = text ? g_utf8_casefold (text, -1) : NULL;
  return folded && strstr (folded, words);
}

gboolean
bmn_ledger_item_matches (BmnLedgerItem *self, const char *words)
{
  return holds (self->entry->host, words) || holds (get_reason (self), words)
         || holds (self->account, words);
}

static void
bmn_ledger_item_finalize (GObject *object)
{
  BmnLedgerItem *self = BMN_LEDGER_ITEM (object);
  g_clear_pointer (&self->entry, bmn_ledger_entry_free);
  g_free (self->account);
  G_OBJECT_CLASS (bmn_ledger_item_parent_class)->finalize (object);
}

static void
bmn_ledger_item_class_init (BmnLedgerItemClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = bmn_ledger_item_finalize;
}

static void
bmn_ledger_item_init (BmnLedgerItem *self)
{
}
