/* SPDX-License-Identifier: MIT */
#include <assert.h>
#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "charset.h"
#include "field.h"
#include "out_file.h"
#include "shopmgr/base/alloc.h"
#include "shopmgr/base/str.h"
#include "shopmgr/io/sheet_out.h"
#include "xlsx_out.h"

#define FLUSH_AT ((size_t)256 << 10)

struct sheet_out {
	struct out_file file;
	struct sheet_opts opts;
	enum sheet_col *cols;
	size_t ncols;
	char *buf; /* rows not yet written, as UTF-8 */
	size_t len, cap;
	struct str coded;
	struct xlsx_out *xlsx;     /* NULL: CSV */
	int64_t rows, lost, bytes; /* bytes: those that are written */
	bool sealed;
	int rc; /* the first failure */
	struct err *err;
};

static bool
is_xlsx(const char *path)
{
	size_t n = strlen(path);

	return n > 5 && strcasecmp(path + n - 5, ".xlsx") == 0;
}

int
sheet_out_open(struct sheet_out **out, const char *path,
    const struct sheet_opts *opts, const enum sheet_col *cols, size_t ncols,
    struct err *err)
{
	struct sheet_out *so = xcalloc(1, sizeof(*so));
	int rc;

	so->err = err;
	so->coded = (struct str)STR_INIT;
	so->ncols = ncols;
	so->cols = xreallocarray(NULL, ncols, sizeof(*cols));
	memcpy(so->cols, cols, ncols * sizeof(*cols));
	if (opts != NULL)
		so->opts = *opts;
	so->cap = 2 * FLUSH_AT;
	so->buf = xmalloc(so->cap);
	rc = out_file_open(&so->file, path, err);
	if (rc == 0 && so->file.temp != NULL && is_xlsx(path))
		rc = xlsx_out_open(
		    &so->xlsx, so->file.temp, cols, ncols, so->opts.raw, err);
	if (rc != 0) {
		sheet_out_close(so);
		return rc;
	}
	if (so->xlsx == NULL && so->opts.encoding == SHEET_UTF8_BOM) {
		memcpy(so->buf, "\xEF\xBB\xBF", 3);
		so->len = 3;
	}
	*out = so;
	return 0;
}

static int
write_all(struct sheet_out *so, const char *s, size_t len)
{
	so->rc = out_file_write(&so->file, s, len);
	so->bytes += so->rc == 0 ? (int64_t)len : 0;
	return so->rc;
}

static int
flush(struct sheet_out *so)
{
	const char *s = so->buf;
	size_t len = so->len;

	if (so->opts.encoding == SHEET_GB18030) {
		str_cut(&so->coded, 0);
		so->lost += (int64_t)encode_gb18030(&so->coded, s, len);
		s = so->coded.s;
		len = so->coded.len;
	}
	so->len = 0;
	return write_all(so, s, len);
}

/* Signed numbers may stand, where they belong. */
static bool
is_number(const char *s)
{
	return (*s == '+' || *s == '-') && s[1] != '\0' &&
	       s[1 + strspn(s + 1, "0123456789.,- ")] == '\0';
}

static bool
needs_guard(const char *s, size_t n, enum sheet_col type)
{
	/* Most begin with a letter or a digit. */
	if (n == 0 || (isalnum((unsigned char)*s) && *s != 'n'))
		return false;
	if (type != COL_TEXT && is_number(s))
		return false;
	return field_is_formula(s, n) || field_is_altered(s, n);
}

static char *
put_quoted(char *to, const char *s, size_t n, bool guard)
{
	*to++ = '"';
	if (guard)
		*to++ = '\'';
	for (size_t i = 0; i < n; i++) {
		if (s[i] == '"')
			*to++ = '"';
		*to++ = s[i];
	}
	*to++ = '"';
	return to;
}

static bool
needs_quotes(const char *s, size_t n)
{
	static const bool mark[256] = {
		[','] = true, ['"'] = true, ['\n'] = true, ['\r'] = true
	};

	if (n == 0)
		return false;
	if (s[0] == ' ' || s[0] == '\t' || s[n - 1] == ' ' || s[n - 1] == '\t')
		return true;
	for (size_t i = 0; i < n; i++)
		if (mark[(unsigned char)s[i]])
			return true;
	return false;
}

/* Ids of other characters than these are no longer digits to a spreadsheet. */
static bool
is_plain_id(const char *s)
{
	for (; *s != '\0'; s++)
		if (!isalnum((unsigned char)*s) && *s != '-' && *s != '_')
			return false;
	return true;
}

static char *
put_bytes(char *to, const char *s, size_t n)
{
	memcpy(to, s, n);
	return to + n;
}

static void
put_field(struct sheet_out *so, const char *s, enum sheet_col type)
{
	size_t n = strlen(s);
	bool id = type == COL_ID && n > 0 && is_plain_id(s);
	bool guard = !so->opts.raw && needs_guard(s, n, type);
	char *to;

	if (so->cap - so->len < 2 * n + 8) {
		so->cap = so->cap * 2 + 2 * n;
		so->buf = xrealloc(so->buf, so->cap);
	}
	to = so->buf + so->len;
	if (id && so->opts.protect_equals) {
		to = put_bytes(to, "=\"", 2);
		to = put_bytes(to, s, n);
		*to++ = '"';
	} else if (needs_quotes(s, n)) {
		to = put_quoted(to, s, n, guard);
	} else {
		if (guard)
			*to++ = '\'';
		to = put_bytes(to, s, n);
		if (id && so->opts.protect_ids)
			*to++ = '\t';
	}
	so->len = (size_t)(to - so->buf);
}

static void
put_char(struct sheet_out *so, char c)
{
	so->buf[so->len++] = c; /* put_field() leaves room */
}

int
sheet_out_row(struct sheet_out *so, const char *const *fields)
{
	if (so->rc != 0)
		return so->rc;
	if (so->xlsx != NULL) {
		so->bytes += sheet_out_bound(so, fields);
		so->rc = xlsx_out_row(so->xlsx, fields);
		return so->rc;
	}
	for (size_t i = 0; i < so->ncols; i++) {
		if (i > 0)
			put_char(so, ',');
		put_field(
		    so, fields[i], so->rows == 0 ? COL_TEXT : so->cols[i]);
	}
	put_char(so, '\r');
	put_char(so, '\n');
	so->rows++;
	return so->len < FLUSH_AT ? 0 : flush(so);
}

/* The workbook's memory, or the rows', is free after this: many parts of one
 * export may be sealed. */
int
sheet_out_seal(struct sheet_out *so)
{
	if (so->rc == 0 && so->xlsx != NULL)
		so->rc = xlsx_out_finish(so->xlsx);
	else if (so->rc == 0)
		so->rc = flush(so);
	if (so->rc != 0)
		return so->rc;
	so->sealed = true;
	if (so->file.temp == NULL)
		return 0;
	if ((so->rc = out_file_seal(&so->file)) < 0)
		return so->rc;
	xlsx_out_free(so->xlsx);
	so->xlsx = NULL;
	free(so->buf);
	so->buf = NULL;
	so->len = so->cap = 0;
	str_done(&so->coded);
	so->coded = (struct str)STR_INIT;
	return 0;
}

int
sheet_out_rename(struct sheet_out *so, const char *path)
{
	assert(so->sealed);
	so->rc = out_file_rename(&so->file, path);
	return so->rc;
}

int
sheet_out_finish(struct sheet_out *so)
{
	int rc = sheet_out_seal(so);

	return rc != 0 ? rc : sheet_out_rename(so, so->file.path);
}

void
sheet_out_close(struct sheet_out *so)
{
	if (so == NULL)
		return;
	xlsx_out_free(so->xlsx);
	out_file_close(&so->file);
	free(so->cols);
	free(so->buf);
	str_done(&so->coded);
	free(so);
}

int64_t
sheet_out_lost(const struct sheet_out *so)
{
	return so->lost;
}

int64_t
sheet_out_size(struct sheet_out *so)
{
	/* What the encoding makes of the rows is known when they are in it. */
	if (so->xlsx == NULL && so->opts.encoding == SHEET_GB18030 &&
	    so->rc == 0)
		so->rc = flush(so);
	return so->bytes + (int64_t)so->len;
}

int64_t
sheet_out_bound(const struct sheet_out *so, const char *const *fields)
{
	size_t n = 2, i;

	for (i = 0; i < so->ncols; i++)
		n += 2 * strlen(fields[i]) + 4;
	return (int64_t)n;
}

bool
sheet_out_streams(const struct sheet_out *so)
{
	return so->file.temp == NULL && !so->sealed;
}
