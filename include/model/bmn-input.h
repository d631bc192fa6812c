#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * BmnInputKind:
 * @BMN_INPUT_TEXT: a line of text
 * @BMN_INPUT_URL: an http or https address; a host name alone is completed with https
 * @BMN_INPUT_FOLDER: a folder of the user's
 * @BMN_INPUT_SECRET: never an argument: on the command line `--NAME-stdin` reads it
 * @BMN_INPUT_FLAG: a choice that is made or not
 */
typedef enum
{
  BMN_INPUT_TEXT,
  BMN_INPUT_URL,
  BMN_INPUT_FOLDER,
  BMN_INPUT_SECRET,
  BMN_INPUT_FLAG,
} BmnInputKind;

/**
 * BmnInput:
 * @name: also the command line's option: `dir`, `base-url`
 * @required: whether an account cannot be added without it
 * @description: untranslated, marked with N_()
 *
 * One thing that a platform wants to know when an account is added.
 */
typedef struct
{
  const char *name;
  BmnInputKind kind;
  gboolean required;
  const char *description;
} BmnInput;

G_END_DECLS
