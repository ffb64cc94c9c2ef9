/* SPDX-License-Identifier: MIT */
#ifndef TUI_CHART_PRIV_H
#define TUI_CHART_PRIV_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "shopmgr/tui/canvas.h"

/* What the kinds of pictures share: scales over the whole of int64_t without an
 * overflow, and the texts beneath an axis. */

/* No blocks and no braille here. */
bool chart_plain(void);

/* How far @v is above @lo; also where the difference is no int64_t. */
uint64_t chart_above(int64_t v, int64_t lo);
/* The same way back. */
int64_t chart_at(int64_t lo, uint64_t above);

/*
 * @part of @whole in @steps, rounded; never more than @steps, and never less
 * for a larger part. A part that is not nothing is a step at least when
 * @least is set.
 */
int chart_steps(uint64_t part, uint64_t whole, int steps, bool least);

/*
 * Texts on the line @y around the columns @at, as many as fit without touching
 * each other: the last one, and every so many before it. NULLs are left out.
 */
void chart_labels(struct canvas *c, int y, int x, int w,
    const char *const *text, const int *at, size_t n);

/* Cuts a rectangle to what has any room. */
bool chart_room(const struct rect *r);

#endif
