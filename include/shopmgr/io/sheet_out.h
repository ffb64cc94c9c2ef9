/* SPDX-License-Identifier: MIT */
#ifndef SHOPMGR_IO_SHEET_OUT_H
#define SHOPMGR_IO_SHEET_OUT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "shopmgr/base/err.h"

/*
 * Writing a table: CSV (any encoding) or .xlsx (libxlsxwriter, its one user).
 * The file is written beside its name and takes it at the end, so that nobody
 * finds half of one. A text that a spreadsheet would take for a formula is
 * defused with a leading '; digits that it would damage are protected. Read by
 * sheet_in and cleaned by field_clean(), each text is again what it was, but
 * for blanks at its ends and the text "null".
 */

struct sheet_out;

enum sheet_col {
	COL_TEXT,
	COL_ID,    /* digits that are a name: order numbers, phones, waybills */
	COL_COUNT, /* whole number */
	COL_MONEY, /* "12.50" */
	COL_TIME,
};

enum sheet_encoding { SHEET_UTF8_BOM, SHEET_UTF8, SHEET_GB18030 };

struct sheet_opts {
	enum sheet_encoding encoding;
	bool protect_ids; /* a trailing TAB after ids in CSV; off by default */
	bool protect_equals; /* ="..." around them instead, as Taobao did */
	bool raw;            /* fields as they are: for files given back */
};

/* ".xlsx" by the name, else CSV; "-" is stdout. @err is kept, and filled in by
 * what fails later. */
int sheet_out_open(struct sheet_out **out, const char *path,
    const struct sheet_opts *opts, const enum sheet_col *cols, size_t ncols,
    struct err *err) MUST_CHECK;
/* A row of @ncols texts; the first one is the header. */
int sheet_out_row(struct sheet_out *so, const char *const *fields) MUST_CHECK;
/* Rows so far become the file. */
int sheet_out_finish(struct sheet_out *so) MUST_CHECK;
/*
 * The same in two steps, for several files of which all appear or none: with
 * the first all is on the disk but the name, which may be another by then.
 */
int sheet_out_seal(struct sheet_out *so) MUST_CHECK;
int sheet_out_rename(struct sheet_out *so, const char *path) MUST_CHECK;
/* Frees; without sheet_out_finish() there is no file. */
void sheet_out_close(struct sheet_out *so);
/* Characters the encoding did not have, written as '?'. */
int64_t sheet_out_lost(const struct sheet_out *so);
/* Bytes of the rows so far, of a CSV or as they would be there; and as much as
 * one of @fields could add. */
int64_t sheet_out_size(struct sheet_out *so);
int64_t sheet_out_bound(const struct sheet_out *so, const char *const *fields);
/* Written straight: stdout, pipes and devices take no other name. */
bool sheet_out_streams(const struct sheet_out *so);

#endif
