/* SPDX-License-Identifier: MIT */
#ifndef SHOPMGR_IO_XLSX_IN_H
#define SHOPMGR_IO_XLSX_IN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "rows.h"
#include "shopmgr/base/err.h"

/*
 * A workbook (.xlsx): one of its sheets as rows. The sheet is read in a stream;
 * what its cells share, texts and formats, is read when it is opened.
 */

/* Of a part: the sheet and the texts; the rest, which names things. */
#define XLSX_MOST       ((int64_t)4 << 30)
#define XLSX_MOST_SMALL ((int64_t)4 << 20)

struct source;
struct texts;
struct zip;

struct xlsx {
	struct source *src; /* the file; the opener's */
	struct zip *zip;
	struct texts *texts;
	unsigned char *kinds; /* number_kind of each format */
	size_t nkinds;
	bool epoch_1904;
	const char *sheet, *part; /* chosen: its name, and where it is */
	/* All that are shown and have rows, with the chosen one. */
	struct xlsx_sheet {
		const char *name, *part;
	} * sheets;
	size_t nsheets, at;
	struct arena arena;
};

/* @sheet: a name, or NULL: the first that is shown and has rows. */
int xlsx_open(struct xlsx **out, struct source *src, const char *sheet,
    struct err *err) MUST_CHECK;
/* To the next sheet, from the last to the first. */
void xlsx_turn(struct xlsx *book);
/* All rows into @ring: what the thread runs. */
void xlsx_run(struct xlsx *book, struct ring *ring);
void xlsx_close(struct xlsx *book);

/* xlsx_styles.c */
int xlsx_styles(struct xlsx *book, const char *part, struct err *err)
    MUST_CHECK;

#endif
