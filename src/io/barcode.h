/* SPDX-License-Identifier: MIT */
#ifndef SHOPMGR_IO_BARCODE_H
#define SHOPMGR_IO_BARCODE_H

#include <stdbool.h>

#include "shopmgr/base/arena.h"
#include "shopmgr/base/err.h"
#include "shopmgr/io/paper.h"

/* Texts as barcodes, by zint, its one user: dark and light modules. */

struct barcode {
	enum paper_symbol symbol;
	int width, rows;           /* 1 row, or as many as the width */
	int quiet;                 /* modules that stay light on each side */
	const unsigned char *bits; /* rows of (width + 7) / 8 bytes */
	const char *digits;        /* EAN-13: with the check digit */
};

int barcode_make(struct barcode *out, enum paper_symbol symbol,
    const char *text, struct arena *arena, struct err *err) MUST_CHECK;

static inline bool
barcode_dark(const struct barcode *code, int row, int col)
{
	const unsigned char *bits =
	    code->bits + (size_t)row * (((size_t)code->width + 7) / 8);

	return (bits[col / 8] >> (col % 8) & 1) != 0;
}

#endif
