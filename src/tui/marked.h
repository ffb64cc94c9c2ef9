/* SPDX-License-Identifier: MIT */
#ifndef TUI_MARKED_H
#define TUI_MARKED_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Rows that somebody has marked, by their ids, in the order it was done. */

struct marked {
	int64_t *ids;
	size_t n, cap;
};

bool marked_has(const struct marked *m, int64_t id);
void marked_set(struct marked *m, int64_t id, bool on);
void marked_clear(struct marked *m);
void marked_done(struct marked *m);

#endif
