#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * BmnError:
 * @BMN_ERROR_INVALID: what was given cannot be used (a value, a file, an argument)
 * @BMN_ERROR_NOT_FOUND: no such account, post, target, file
 * @BMN_ERROR_CONFLICT: the thing changed meanwhile, or its state does not allow this
 * @BMN_ERROR_DAMAGED: a file of ours cannot be read; the message names it and its backup
 * @BMN_ERROR_STORAGE: the disk is full, read-only or failed
 * @BMN_ERROR_LOCKED: the keyring is locked
 * @BMN_ERROR_NO_KEYRING: no keyring service answers
 * @BMN_ERROR_NO_SECRET: the keyring works but holds nothing for this account
 *
 * Errors of Bellman itself. Every message is a translated sentence that a user can act on.
 */
typedef enum
{
  BMN_ERROR_INVALID,
  BMN_ERROR_NOT_FOUND,
  BMN_ERROR_CONFLICT,
  BMN_ERROR_DAMAGED,
  BMN_ERROR_STORAGE,
  BMN_ERROR_LOCKED,
  BMN_ERROR_NO_KEYRING,
  BMN_ERROR_NO_SECRET,
} BmnError;

#define BMN_ERROR (bmn_error_quark ())
GQuark bmn_error_quark (void);

G_END_DECLS
