/* SPDX-License-Identifier: MIT */
#ifndef TUI_CHART_AXIS_H
#define TUI_CHART_AXIS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* The side of a picture: from a round value to a round value, by steps of 1, 2
 * or 5 times a power of ten. */

struct axis {
	int64_t lo, hi;
	uint64_t step;
	int rows;
};

typedef char *chart_text_fn(int64_t value, char *buf, size_t size);

void axis_init(struct axis *a, int64_t lo, int64_t hi, int rows);
/* Which of @dots, counted from below, a value is at. */
int axis_dot(const struct axis *a, int64_t v, int dots);
/* The round values on it, from below. */
bool axis_first(const struct axis *a, int64_t *v);
bool axis_next(const struct axis *a, int64_t *v);
/* Columns of the widest of them. */
int axis_width(const struct axis *a, chart_text_fn *text);

#endif
