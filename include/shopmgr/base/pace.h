/* SPDX-License-Identifier: MIT */
#ifndef SHOPMGR_BASE_PACE_H
#define SHOPMGR_BASE_PACE_H

#include <stdint.h>

/*
 * How fast a long work goes and how long it still takes, as far as the phase
 * tells that it is in: each goes at a speed of its own.
 */

struct pace {
	char phase[80];
	int64_t since, from, rows; /* when it began: ns, done, rows */
	int64_t last;              /* done: less is a new beginning */
};

struct pace_told {
	int64_t rows;  /* gone through in this phase */
	int64_t speed; /* rows a second; -1: not known yet */
	int64_t left;  /* seconds; -1: not known yet */
};

/* @done of @total of the phase is done by @now (time_ticks()), and so many rows
 * were read. Begin with all zeros. */
struct pace_told pace_take(struct pace *p, const char *phase, int64_t done,
    int64_t total, int64_t rows, int64_t now);

#endif
