/* SPDX-License-Identifier: MIT */
#ifndef SCREENS_SHELF_H
#define SCREENS_SHELF_H

#include <stdint.h>

/* What is done to slips, transfers and what lies in bins, wherever they are
 * shown; 0 also when the user gave up. */

struct cmd;
struct screen;
struct stock_slip;
struct transfer;
struct transfer_line;

struct bin_arg { /* "bin"; "bins": of this warehouse, NULL: where one works */
	int64_t id;
};
struct slip_arg { /* "slip" */
	int64_t id;
};
struct transfer_arg { /* "transfer" */
	int64_t id;
};

/* Asks why. 1 when there is a counter-slip now. */
int act_slip_reverse(struct screen *sc, const struct stock_slip *l);

/* *@id of the new one; as it is when it was given up. */
int act_transfer_new(struct screen *sc, int64_t *id);
int act_transfer_head(struct screen *sc, const struct transfer *t);
/* @l NULL: one more. */
int act_transfer_line(
    struct screen *sc, const struct transfer *t, const struct transfer_line *l);
int act_transfer_send(struct screen *sc, const struct transfer *t);
/* All that is under way; with @code, so many of this product. */
int act_transfer_arrive(
    struct screen *sc, const struct transfer *t, const char *code);
int act_transfer_lose(struct screen *sc, const struct transfer *t);
int act_transfer_cancel(struct screen *sc, const struct transfer *t);
const char *transfer_label(const struct cmd *cmd, const struct transfer *t);

#endif
