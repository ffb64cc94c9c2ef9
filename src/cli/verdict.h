/* SPDX-License-Identifier: MIT */
#ifndef CLI_VERDICT_H
#define CLI_VERDICT_H

#include <stdbool.h>

#include "cli_priv.h"

/*
 * What a proof of many checks tells: findings go to stderr as they come, checks
 * that hold to the output; for scripts all of it is one object at the end.
 */

struct verdict {
	struct cli *c;
	struct str good, bad; /* a line each */
};

#define VERDICT(cli) \
	{ \
		.c = (cli), .good = STR_INIT, .bad = STR_INIT \
	}

/* For shopdb_verify() and backup_rehearse(), with the verdict as arg. */
void verdict_tell(void *arg, bool bad, const char *text);
/* The exit code for what they returned; @file, if there is one, stands in the
 * object, and @sound is said when all holds. */
int verdict_end(struct verdict *v, int rc, const char *file, const char *sound);

#endif
