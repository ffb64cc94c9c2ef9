/* SPDX-License-Identifier: MIT */
#include <assert.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "shopmgr/base/alloc.h"
#include "shopmgr/base/i18n.h"
#include "shopmgr/io/sheet_out.h"

#include "../core/csv_line.h"
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
	format_text(reason, sizeof(reason), fmt, ap);
	va_end(ap);
	reject_column(
	    j, f, row, field == F_MAX ? "" : field_header(f, field), reason);
}

/* As they stand in the files, whenever they were found. */
static int
by_line(const void *a, const void *b, void *arg)
{
	const struct import_reject *x = a, *y = b;
	const struct imp_file *f = reject_file(arg, x);
	const struct imp_file *g = reject_file(arg, y);

	if (f != g)
		return f < g ? -1 : 1;
	return (x->line > y->line) - (x->line < y->line);
}

/* At the end: how many of them are not on the list. */
void
rejects_end(struct job *j)
{
	int64_t more = j->im->sum.rejected_n - (int64_t)j->im->nrejects;

	if (j->im->nrejects > 0)
		qsort_r(j->im->rejects, j->im->nrejects,
		    sizeof(*j->im->rejects), by_line, j->im);
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

static const struct imp_file *
file_of(const struct import_refused *r)
{
	return reject_file(r->im, &r->im->rejects[r->which]);
}

static const char *
row_of(const struct import_refused *r)
{
	return r->row != NULL ? r->row : r->im->rejects[r->which].row;
}

/* The widest row there is to write; the reason comes behind it. */
static size_t
widest(const struct import_refused *rows, size_t n)
{
	size_t i, cells, most = 0;

	for (i = 0; i < n; i++) {
		cells = csv_count(row_of(&rows[i]));
		if (cells < file_of(&rows[i])->nheader)
			cells = file_of(&rows[i])->nheader;
		if (cells > most)
			most = cells;
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

static bool
same_header(const struct imp_file *a, const struct imp_file *b)
{
	size_t i;

	if (a == NULL || a->nheader != b->nheader)
		return false;
	for (i = 0; i < a->nheader; i++)
		if (strcmp(a->header[i], b->header[i]) != 0)
			return false;
	return true;
}

/* Rows under the header that they had; those that share one, under it. */
static int
write_rows(struct sheet_out *so, const struct import_refused *rows, size_t n,
    size_t ncols)
{
	const char **fields = xcalloc(ncols + 1, sizeof(*fields));
	const struct imp_file *file = NULL;
	size_t i, cells;
	int rc = 0;

	for (i = 0; rc == 0 && i < n; i++) {
		const struct import_refused *r = &rows[i];
		char *line = xstrdup(row_of(r));

		if (!same_header(file, file_of(r)))
			rc = write_header(so, file_of(r), fields, ncols);
		file = file_of(r);
		if (rc == 0) {
			cells = csv_split(line, fields, ncols);
			rc = write_row(so, fields, cells, ncols,
			    r->im->rejects[r->which].reason);
		}
		free(line);
	}
	free(fields);
	return rc;
}

static int
write_file(struct session *s, const struct import_refused *rows, size_t n,
    const struct imp_file *first, const char *path)
{
	struct sheet_opts opts = { .encoding = SHEET_UTF8_BOM, .raw = true };
	/* cppcheck-suppress nullPointer */
	size_t ncols = n > 0 ? widest(rows, n) : first->nheader, i;
	enum sheet_col *cols = xcalloc(ncols + 1, sizeof(*cols));
	const char **none = xcalloc(ncols + 1, sizeof(*none));
	struct sheet_out *so;
	int rc;

	for (i = 0; i <= ncols; i++)
		cols[i] = COL_TEXT;
	rc = sheet_out_open(&so, path, &opts, cols, ncols + 1, &s->err);
	if (rc == 0) {
		/* When nothing was refused, a header says so. */
		rc = n > 0 ? write_rows(so, rows, n, ncols)
			   : write_header(so, first, none, ncols);
		if (rc == 0)
			rc = sheet_out_finish(so);
		sheet_out_close(so);
	}
	free(none);
	free(cols);
	return rc;
}

int
import_refused_write(struct session *s, const struct import_refused *rows,
    size_t n, const char *path)
{
	assert(n > 0);
	return write_file(s, rows, n, NULL, path);
}

int
import_rejects_write(
    struct session *s, const struct import *im, const char *path)
{
	struct import_refused *rows = xcalloc(im->nrejects + 1, sizeof(*rows));
	size_t i;
	int rc;

	for (i = 0; i < im->nrejects; i++)
		rows[i] = (struct import_refused){ .im = im, .which = i };
	rc = write_file(s, rows, im->nrejects, &im->files[0], path);
	free(rows);
	return rc;
}
