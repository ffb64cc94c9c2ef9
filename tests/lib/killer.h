/* SPDX-License-Identifier: MIT */
#ifndef TESTS_KILLER_H
#define TESTS_KILLER_H

#include <stdbool.h>

#include "shop.h"

/*
 * The program on a shop, killed at random moments. KILLS says how often;
 * KILL_SEED, printed at the start, repeats a run.
 */

#define KILLER_NEVER (-1L)

/* $KILLS, or @otherwise. */
long killer_asked(long otherwise);
/* From here on there are @kills to be made. */
void killer_begin(long kills);
/* Whether some of them are not made yet. */
bool killer_more(void);
/* How many milliseconds of @within the next of them is after the program's
 * start; KILLER_NEVER when all are made. */
long killer_moment(long within);
/* Milliseconds, to measure how long something takes. */
long killer_clock(void);
/*
 * Run "shopmgr -d DB" with @args as the owner and send it @sig after @ms,
 * unless that is KILLER_NEVER. What it wrote is in the files acks and errors of
 * the shop's folder. Returns whether it ended well by itself.
 */
bool killer_run(struct shop *sh, const char *args, long ms, int sig);

#endif
