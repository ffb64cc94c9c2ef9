/* SPDX-License-Identifier: MIT */
#ifndef CLI_STOCK_CLI_H
#define CLI_STOCK_CLI_H

#include "cli_priv.h"

/* What the commands about stock share. */

extern const struct command stock_count_verbs[];

/* Tells the moves of a slip. */
int slip_told(struct cli *c, int64_t slip_id);

int verb_stock_where(struct cli *c, int argc, char **argv);
int verb_stock_bins(struct cli *c, int argc, char **argv);
int verb_stock_below(struct cli *c, int argc, char **argv);
int verb_stock_at(struct cli *c, int argc, char **argv);
int verb_stock_levels(struct cli *c, int argc, char **argv);

#endif
