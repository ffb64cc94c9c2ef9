/* SPDX-License-Identifier: MIT */
#ifndef SHOPMGR_IO_SHEET_IN_H
#define SHOPMGR_IO_SHEET_IN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "shopmgr/base/err.h"

/*
 * A table in a file, read row by row as UTF-8 fields, whatever container and
 * encoding it came in. CSV goes through libcsv (its one user) with its traps
 * closed: a row over 1 MiB, a NUL, an unclosed quote, too many columns are
 * rows refused with their line, not memory. Of a workbook (.xlsx) one sheet is
 * read; where a file is broken off, a refused row says so and is the last.
 * Memory is bounded whatever the file holds. Decoding and parsing run ahead of
 * the reader.
 */

struct sheet;

struct sheet_row {
	/* Until the next sheet_next(). The memory is the reader's to change
	 * meanwhile: (char *)fields[i] may go to field_clean(). */
	const char *const *fields;
	const size_t *lens;
	size_t n;
	int64_t line;  /* where it begins in the file, or the number of the
			  sheet's row; 1 is the first */
	int64_t bytes; /* read of the file so far, for progress */
	/* Translated sentence when this row could not be read (bad bytes, a
	 * field too long); fields then hold what there is. NULL: fine. */
	const char *bad;
};

/*
 * Open @path and look at its first bytes. ERR_NOTFOUND, ERR_IO, or ERR_INVALID
 * for containers that are not read: old xls, HTML called .xls, what has a
 * password, is damaged, or made to hurt; the sentence says what to do ("save it
 * as .xlsx or CSV"). @err is kept, and filled in by what fails later.
 */
int sheet_open(struct sheet **out, const char *path, struct err *err)
    MUST_CHECK;
/* How a file is to be read where its bytes do not say, or say it wrongly.
 * ERR_INVALID names "encoding" or "sheet" when there is none such. */
struct sheet_in_opts {
	const char *encoding; /* "utf-8", "gb18030", "big5", "utf-16le",
				 "utf-16be", "shift-jis", "euc-kr",
				 "windows-1252", and other names for these;
				 NULL: by its bytes */
	char delimiter;       /* ',', ';', TAB; 0: as the first rows tell */
	const char *sheet;    /* of a workbook; NULL: the first that is shown
				 and has rows */
};
int sheet_open_as(struct sheet **out, const char *path,
    const struct sheet_in_opts *opts, struct err *err) MUST_CHECK;
/* "CSV", "CSV ;", "TAB", "xlsx (export)". */
const char *sheet_container(const struct sheet *sh);
/* The encoding is a guess that may be wrong (Big5 passes for GB18030, a few
 * characters prove nothing): show it to somebody. */
bool sheet_doubtful(const struct sheet *sh);
/* 1 for a row, 0 at the end, or a failure. Blank lines are skipped. */
int sheet_next(struct sheet *sh, struct sheet_row *row) MUST_CHECK;
/* Of a workbook: the name of the sheet that is read, "" for a text; how many
 * there are that are shown and have rows; and to the next of these, from the
 * last to the first. */
const char *sheet_name(const struct sheet *sh);
size_t sheet_count(const struct sheet *sh);
int sheet_turn(struct sheet *sh) MUST_CHECK;
/* A text whose last line has no end. */
bool sheet_ends_open(const struct sheet *sh);
int64_t sheet_size(const struct sheet *sh); /* bytes of the file */
/* "GB18030", "UTF-8 BOM"; "" for a workbook. */
const char *sheet_encoding(const struct sheet *sh);
/* Of the bytes read so far, which run ahead; at the end, of the file. */
uint64_t sheet_hash(const struct sheet *sh);
/* From the first row again. */
int sheet_rewind(struct sheet *sh) MUST_CHECK;
void sheet_close(struct sheet *sh);

/*
 * Clean a field in place (formats §0.4): BOM, NBSP, zero-width, blanks, TABs
 * at the ends, ="..." and a leading ' unwrapped; "null", "-", "--", "\N" and
 * 无 become "". Returns the new start; *@len is updated. The result is
 * terminated.
 */
char *field_clean(char *s, size_t *len);
/* Append the row as one CSV line without its end, in UTF-8. */
struct str;
void row_csv(const struct sheet_row *row, struct str *out);

#endif
