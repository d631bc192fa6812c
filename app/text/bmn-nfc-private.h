#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * BmnNfc:
 * @text: the normalised text
 * @marks: (nullable) (element-type BmnNfcMark): where both texts correspond, in order and with
 *   their ends; %NULL where they are the same
 *
 * A text in Normalization Form C that remembers which part came from where.
 */
typedef struct
{
  char *text;    /* (owned) */
  GArray *marks; /* (owned) (nullable) (element-type BmnNfcMark) */
} BmnNfc;

/* A byte of the normalised text and the byte of the original that it begins with. */
typedef struct
{
  guint32 normalised;
  guint32 original;
} BmnNfcMark;

/* @text: valid UTF-8 */
BmnNfc *bmn_nfc_new (const char *text) G_GNUC_WARN_UNUSED_RESULT;
void bmn_nfc_free (BmnNfc *nfc);

/**
 * bmn_nfc_to_original:
 * @byte: in the normalised text
 *
 * Returns: the byte of the original where the stretch that @byte lies in begins
 */
gsize bmn_nfc_to_original (const BmnNfc *nfc, gsize byte);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BmnNfc, bmn_nfc_free)

G_END_DECLS
