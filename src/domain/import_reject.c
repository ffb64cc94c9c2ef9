/* SPDX-License-Identifier: MIT */
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "shopmgr/base/alloc.h"
#include "shopmgr/base/i18n.h"
#include "shopmgr/io/sheet_out.h"

#include "csv_line.h"
#include "import_priv.h"

/* Refused rows: kept as they were read, with where and why. */

/* Of a file that is all wrong no more are kept than anybody would read: memory
 * stays bounded, the count is exact. */
#define KEPT_ROWS  50000u
#define KEPT_BYTES ((size_t)16 << 20)

static void
keep(struct job *j, const struct imp_file *f, int64_t line, const char *column,
    const char *csv, const char *reason)
{
	struct import *im = j->im;

	if (im->nrejects == im->cap_rejects) {
		im->cap_rejects =
		    im->cap_rejects != 0 ? im->cap_rejects * 2 : 16;
		im->rejects = xreallocarray(
		    im->rejects, im->cap_rejects, sizeof(*im->rejects));
	}
	im->rejects[im->nrejects++] = (struct import_reject){
		.file = f->name,
		.line = line,
		.column = column,
		.reason = arena_strdup(&im->arena, reason),
		.row = arena_strdup(&im->arena, csv),
	};
	im->reject_bytes += strlen(reason) + strlen(csv);
}

void
reject_column(struct job *j, const struct imp_file *f,
    const struct sheet_row *row, const char *column, const char *reason)
{
	struct str csv = STR_INIT;

	if (j->quiet)
		return;
	j->im->sum.rejected_n++;
	if (j->im->nrejects >= KEPT_ROWS || j->im->reject_bytes >= KEPT_BYTES)
		return;
	row_csv(row, &csv);
	keep(j, f, row->line, column, csv.s, reason);
	str_done(&csv);
}

void
reject(struct job *j, const struct imp_file *f, const struct sheet_row *row,
    enum imp_field field, const char *fmt, ...)
{
	char reason[600];
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(reason, sizeof(reason), fmt, ap);
	va_end(ap);
	reject_column(
	    j, f, row, field == F_MAX ? "" : field_header(f, field), reason);
}

/* At the end: how many of them are not on the list. */
void
rejects_end(struct job *j)
{
	int64_t more = j->im->sum.rejected_n - (int64_t)j->im->nrejects;

	if (more > 0)
		warn(j,
		    ngettext("%lld more row was refused and is not listed",
			"%lld more rows were refused and are not listed",
			(unsigned long)more),
		    (long long)more);
}

const struct import_reject *
import_rejects(const struct import *im, size_t *n)
{
	*n = im->nrejects;
	return im->rejects;
}

const struct imp_file *
reject_file(const struct import *im, const struct import_reject *r)
{
	size_t i = 0;

	while (im->files[i].name != r->file)
		i++;
	return &im->files[i];
}

/* The widest row there is to write; the reason comes behind it. */
static size_t
widest(const struct import *im)
{
	size_t i, n, most = im->files[0].nheader;

	for (i = 0; i < im->nrejects; i++) {
		n = csv_count(im->rejects[i].row);
		if (n < reject_file(im, &im->rejects[i])->nheader)
			n = reject_file(im, &im->rejects[i])->nheader;
		if (n > most)
			most = n;
	}
	return most;
}

static int
write_row(struct sheet_out *so, const char **fields, size_t n, size_t ncols,
    const char *last)
{
	for (; n < ncols; n++)
		fields[n] = "";
	fields[ncols] = last;
	return sheet_out_row(so, fields);
}

static int
write_header(struct sheet_out *so, const struct imp_file *file,
    const char **fields, size_t ncols)
{
	size_t n;

	for (n = 0; n < file->nheader; n++)
		fields[n] = file->header[n];
	return write_row(so, fields, n, ncols, _("Refused why"));
}

/* When nothing was refused, a header says so. */
static int
write_rows(struct sheet_out *so, const struct import *im, size_t ncols)
{
	const char **fields = xcalloc(ncols + 1, sizeof(*fields));
	const struct imp_file *file = NULL;
	size_t i, n;
	int rc = 0;

	if (im->nrejects == 0)
		rc = write_header(so, &im->files[0], fields, ncols);
	for (i = 0; rc == 0 && i < im->nrejects; i++) {
		const struct import_reject *r = &im->rejects[i];
		char *line = xstrdup(r->row);

		if (file != reject_file(im, r)) {
			file = reject_file(im, r);
			rc = write_header(so, file, fields, ncols);
		}
		if (rc == 0) {
			n = csv_split(line, fields, ncols);
			rc = write_row(so, fields, n, ncols, r->reason);
		}
		free(line);
	}
	free(fields);
	return rc;
}

int
import_rejects_write(
    struct session *s, const struct import *im, const char *path)
{
	struct sheet_opts opts = { .encoding = SHEET_UTF8_BOM, .raw = true };
	size_t ncols = widest(im), i;
	enum sheet_col *cols = xcalloc(ncols + 1, sizeof(*cols));
	struct sheet_out *so;
	int rc;

	for (i = 0; i <= ncols; i++)
		cols[i] = COL_TEXT;
	rc = sheet_out_open(&so, path, &opts, cols, ncols + 1, &s->err);
	if (rc == 0) {
		rc = write_rows(so, im, ncols);
		if (rc == 0)
			rc = sheet_out_finish(so);
		sheet_out_close(so);
	}
	free(cols);
	return rc;
}
