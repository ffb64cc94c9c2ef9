/* SPDX-License-Identifier: MIT */
#ifndef IMPORT_CLI_H
#define IMPORT_CLI_H

#include "cli_priv.h"

/* What the commands that import share; argv[0] is the verb. */

struct import_progress;

/* Shows how far it is; @arg: struct progress. */
int import_tick(void *arg, const struct import_progress *p);
int import_look_at(struct cli *c, int argc, char **argv);
int import_auto(struct cli *c, int argc, char **argv);

#endif
