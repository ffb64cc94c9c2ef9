/* SPDX-License-Identifier: MIT */
#ifndef SHOPMGR_CLI_CLI_H
#define SHOPMGR_CLI_CLI_H

#include <stdbool.h>

#include "shopmgr/base/err.h"

/* The batch commands (a contract: docs/shopmgr.1). */

struct config;
struct session;

enum cli_format { FORMAT_TEXT, FORMAT_CSV, FORMAT_JSON };

struct cli_opts {
	const char *db; /* NULL: from the settings */
	const char *user;
	const char *password_file; /* "-": stdin */
	const char *code;          /* one-time; NULL: none */
	enum cli_format format;
	const struct config *config;
};

/* Exit codes. */
enum { CLI_OK, CLI_REFUSED, CLI_USAGE, CLI_NODB, CLI_DENIED };

bool cli_is_command(const char *name);
/* @argv[0] is the command. */
int cli_run(const struct cli_opts *opts, int argc, char **argv);
/* Log in by the user and the password file of @opts, both given. 0, or an exit
 * code after a message. */
int cli_login(const struct cli_opts *opts, struct session *s) MUST_CHECK;
/* When the terminal program has ended and its session is closed: the copy of
 * the shop @db that is due when nobody is left (backup_closing()), told on
 * stderr. */
void cli_closing(const char *db);

#endif
