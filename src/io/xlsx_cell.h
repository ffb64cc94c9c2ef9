/* SPDX-License-Identifier: MIT */
#ifndef SHOPMGR_IO_XLSX_CELL_H
#define SHOPMGR_IO_XLSX_CELL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * What stands in a cell as a person would read it: numbers by their format,
 * texts without their escapes.
 */

/* What a number format makes of a number, as far as that matters here. */
enum number_kind {
	NUMBER_PLAIN,
	NUMBER_DATE,    /* days since the epoch: a date, a time, or both */
	NUMBER_ELAPSED, /* hours may pass 24 */
	NUMBER_ZEROS,   /* + n: no fewer than n digits */
	NUMBER_MOST = NUMBER_ZEROS + 15,
};

/* Of a built-in format, and of one that is written out. */
unsigned number_kind_builtin(long id);
unsigned number_kind_code(const char *code);

#define NUMBER_SIZE 48
/*
 * The text of a number cell; returns its length. More than 15 digits are not
 * what was once typed in: they come out as 3.12E+18, which nobody takes for an
 * order number.
 */
size_t number_text(const char *v, size_t n, unsigned kind, bool epoch_1904,
    char out[NUMBER_SIZE]);
/* An ISO 8601 date as the others are; in place, returns the length. */
size_t iso_text(char *s, size_t n);
/* _x000D_ and its like, in place; returns the length. */
size_t unescape(char *s, size_t n);
/* "BC23" is 55; 0: no column is called so. *@row gets 23, or 0. */
size_t cell_column(const char *ref, int64_t *row);

#endif
