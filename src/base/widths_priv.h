/* SPDX-License-Identifier: MIT */
#ifndef SHOPMGR_BASE_WIDTHS_PRIV_H
#define SHOPMGR_BASE_WIDTHS_PRIV_H

#include <stdint.h>

/* The table behind cp_width(): ranges in order, all else is one column. */

enum width_kind {
	WIDTH_MARK, /* 0: goes on the character before it */
	WIDTH_ONE,
	WIDTH_WIDE,
	WIDTH_AMBIGUOUS,
	WIDTH_BAD, /* must not reach the terminal */
};

struct width_range {
	uint32_t first, last;
	enum width_kind kind;
};

extern const struct width_range width_ranges[];
extern const unsigned width_nranges;

#endif
