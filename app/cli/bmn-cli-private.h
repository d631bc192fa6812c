#pragma once

#include "bmn-session.h"

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/*
 * What the commands of bellmanctl share. A command parses its own arguments, calls the
 * session and prints; it knows nothing of how things are done.
 */

/* Exit codes, for scripts. */
typedef enum
{
  BMN_CLI_DONE = 0,
  BMN_CLI_FAILED = 1,
  BMN_CLI_WRONG_USAGE = 2,
} BmnCliExit;

/**
 * BmnCli:
 * @data: (nullable): the data folder; %NULL for the user's own
 * @json: whether to print JSON: one document, or a line each for lists
 * @command: the words of the command under way, for messages
 * @helped: help was printed, and the command ends with %BMN_CLI_DONE whatever it returns
 */
typedef struct
{
  char *data; /* (owned) (nullable) */
  gboolean json;
  const char *command;
  gboolean helped;
  BmnSession *session; /* (owned) (nullable) */
} BmnCli;

/**
 * BmnCommand:
 * @name: one or two words
 * @arguments: (nullable): what follows the options, for the help
 * @summary: untranslated, marked with N_()
 * @run: gets the arguments after the words of the command
 */
typedef struct
{
  const char *name;
  const char *arguments;
  const char *summary;
  BmnCliExit (*run) (BmnCli *cli, GStrv arguments);
} BmnCommand;

/* Each file of commands hands over its own; the last has no name. */
extern const BmnCommand bmn_account_commands[];
extern const BmnCommand bmn_post_commands[];
extern const BmnCommand bmn_slots_commands[];
extern const BmnCommand bmn_agent_commands[];
extern const BmnCommand bmn_text_commands[];
extern const BmnCommand bmn_sample_commands[];
extern const BmnCommand bmn_suggest_commands[];
extern const BmnCommand bmn_lever_commands[];
extern const BmnCommand bmn_trust_commands[];
extern const BmnCommand bmn_check_commands[];
extern const BmnCommand bmn_judge_commands[];
extern const BmnCommand bmn_import_commands[];
extern const BmnCommand bmn_ledger_commands[];
extern const BmnCommand bmn_sync_commands[];
extern const BmnCommand bmn_export_commands[];
extern const BmnCommand bmn_backup_commands[];
extern const BmnCommand bmn_snippet_commands[];
extern const BmnCommand bmn_privacy_commands[];

/* Returns: (nullable) (transfer none): the session, opened when first asked for; %NULL after
 *   a message on stderr */
BmnSession *bmn_cli_get_session (BmnCli *cli);

/**
 * bmn_cli_parse:
 * @entries: the command's own options
 * @arguments: (inout): without the options afterwards
 *
 * Parses the options of a command; `--help` prints its help.
 *
 * Returns: %FALSE after that, or after a message on stderr; the command then ends with
 *   %BMN_CLI_WRONG_USAGE
 */
gboolean bmn_cli_parse (BmnCli *cli, const GOptionEntry *entries, gpointer data, GStrv *arguments);

/* Prints a message on stderr. Returns: %BMN_CLI_FAILED or %BMN_CLI_WRONG_USAGE */
BmnCliExit bmn_cli_fail (const GError *error);
BmnCliExit bmn_cli_wrong_usage (BmnCli *cli, const char *format, ...) G_GNUC_PRINTF (2, 3);

/* Reads a decimal number above 0. Returns: whether it was one; otherwise after a message */
gboolean bmn_cli_parse_id (BmnCli *cli, const char *text, gint64 *id);

/* Exactly one id must be left over in @arguments. */
gboolean bmn_cli_take_id (BmnCli *cli, GStrv arguments, gint64 *id);

/* One id or more must be left over in @arguments. Returns: (element-type gint64): or %NULL
 * after a message */
GArray *bmn_cli_take_ids (BmnCli *cli, GStrv arguments) G_GNUC_WARN_UNUSED_RESULT;

/* Reads all of stdin as UTF-8 text, without one newline at its end. %NULL after a message */
char *bmn_cli_read_stdin (BmnCli *cli) G_GNUC_WARN_UNUSED_RESULT;

/**
 * BmnCliTextFunc:
 *
 * Returns: (transfer full): what a command makes of one text
 */
typedef JsonNode *(*BmnCliTextFunc) (const char *text, gpointer data, GError **error);

/**
 * bmn_cli_run_on_texts:
 * @jsonl: whether stdin has a JSON string a line, each answered by a document a line; otherwise
 *   all of it is one text
 *
 * Returns: the exit code; %BMN_CLI_FAILED after a message
 */
BmnCliExit bmn_cli_run_on_texts (BmnCli *cli, gboolean jsonl, BmnCliTextFunc func, gpointer data);

/* Prints one JSON document on a line of its own. @node: (transfer full): */
void bmn_cli_print_json (JsonNode *node);

/* Runs the default main context until @result is set by bmn_cli_take_result(). */
GAsyncResult *bmn_cli_wait (GAsyncResult **result) G_GNUC_WARN_UNUSED_RESULT;
/* A #GAsyncReadyCallback for bmn_cli_wait(); @data is the address of the result. */
void bmn_cli_take_result (GObject *source, GAsyncResult *result, gpointer data);

G_END_DECLS
