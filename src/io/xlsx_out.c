/* SPDX-License-Identifier: MIT */
#include <ctype.h>
#include <dlfcn.h>
#include <errno.h>
#include <inttypes.h>
#include <minizip/zip.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <xlsxwriter.h>

#include "field.h"
#include "shopmgr/base/alloc.h"
#include "shopmgr/base/i18n.h"
#include "shopmgr/base/str.h"
#include "shopmgr/base/utf8.h"
#include "xlsx_out.h"

#define MAX_ROWS   1048576
#define MAX_CHARS  32767 /* of a cell */
#define PACK_LEVEL 2     /* of 9 */
#define MAX_DIGIT  15    /* that a double holds exactly */

struct xlsx_out {
	char *path;
	lxw_workbook *book;
	lxw_worksheet *sheet;
	lxw_format *bold;
	char count[16], money[16], day[16], time[16]; /* a cell's style */
	enum sheet_col *cols;
	size_t ncols;
	lxw_row_t row;
	bool raw;
	struct str cell, guarded, out; /* out: of the row */
	char (*letters)[4];            /* of the columns: "A", "AB" */
	const char *row_no;
	size_t row_no_len;
	struct err *err;
};

static lxw_format *
format(lxw_workbook *book, const char *num)
{
	lxw_format *f = workbook_add_format(book);

	if (f != NULL && num != NULL)
		format_set_num_format(f, num);
	return f;
}

/* What a cell of this format is marked with. */
static void
style(struct xlsx_out *x, char *mark, size_t size, const char *num)
{
	lxw_format *f = format(x->book, num);

	snprintf(mark, size, " s=\"%d\"", (int)lxw_format_get_xf_index(f));
}

int
xlsx_out_open(struct xlsx_out **out, const char *path,
    const enum sheet_col *cols, size_t ncols, bool raw, struct err *err)
{
	lxw_workbook_options opts = { .constant_memory = LXW_TRUE };
	struct xlsx_out *x = xcalloc(1, sizeof(*x));

	*x = (struct xlsx_out){ .cell = STR_INIT,
		.guarded = STR_INIT,
		.out = STR_INIT,
		.ncols = ncols,
		.raw = raw,
		.err = err };
	x->cols = xmalloc(ncols * sizeof(*cols));
	memcpy(x->cols, cols, ncols * sizeof(*cols));
	x->path = xstrdup(path);
	x->book = workbook_new_opt(path, &opts);
	if (x->book != NULL)
		x->sheet = workbook_add_worksheet(x->book, NULL);
	if (x->sheet == NULL) {
		xlsx_out_free(x);
		return err_set(err, ERR_IO, "",
		    _("The workbook cannot be begun: there is no room for "
		      "temporary files"));
	}
	x->bold = format(x->book, NULL);
	format_set_bold(x->bold);
	style(x, x->count, sizeof(x->count), "0");
	style(x, x->money, sizeof(x->money), "0.00");
	style(x, x->day, sizeof(x->day), "yyyy-mm-dd");
	style(x, x->time, sizeof(x->time), "yyyy-mm-dd hh:mm:ss");
	x->letters = xcalloc(ncols, sizeof(*x->letters));
	for (size_t i = 0; i < ncols; i++)
		lxw_col_to_name(x->letters[i], (lxw_col_t)i, LXW_FALSE);
	worksheet_freeze_panes(x->sheet, 1, 0);
	*out = x;
	return 0;
}

static bool
is_plain_ascii(const char *s)
{
	while (*s >= 0x20 && *s < 0x7F)
		s++;
	return *s == '\0';
}

static bool
has_controls(const char *s)
{
	for (; *s != '\0'; s++)
		if ((unsigned char)*s < 0x20)
			return true;
	return false;
}

/* What may stand in a cell: the file could not be opened otherwise. */
static const char *
clean(struct xlsx_out *x, const char *s)
{
	size_t len = strlen(s), n, chars = 0;
	uint32_t cp;
	char buf[4];

	if (len <= MAX_CHARS &&
	    (is_plain_ascii(s) || (!has_controls(s) && utf8_valid(s, len) &&
				      strstr(s, "\xEF\xBF") == NULL)))
		return s;
	str_cut(&x->cell, 0);
	for (size_t i = 0; i < len && chars < MAX_CHARS; i += n) {
		n = utf8_decode(s + i, len - i, &cp);
		if (cp < 0x20 && cp != '\t' && cp != '\n')
			continue;
		if (cp == 0xFFFE || cp == 0xFFFF)
			cp = UTF8_BAD;
		str_addn(&x->cell, buf, utf8_encode(cp, buf));
		chars++;
	}
	return x->cell.s;
}

/* Nothing is calculated in a cell of text; but what reads it would take some of
 * it for something else. */
static const char *
guarded(struct xlsx_out *x, const char *s)
{
	if (x->raw || !field_is_altered(s, strlen(s)))
		return clean(x, s);
	str_cut(&x->guarded, 0);
	str_addf(&x->guarded, "'%s", s);
	return clean(x, x->guarded.s);
}

/* "-12.50": nothing but a number, which a double holds. */
static bool
is_number(const char *s)
{
	size_t digits = 0, dots = 0;

	for (const char *p = s + (*s == '-'); *p != '\0'; p++) {
		digits += isdigit((unsigned char)*p) != 0;
		dots += *p == '.';
		if (!isdigit((unsigned char)*p) && *p != '.')
			return false;
	}
	return digits > 0 && digits <= MAX_DIGIT && dots <= 1;
}

static int
failed(struct xlsx_out *x, const char *why)
{
	return err_set(
	    x->err, ERR_IO, "", _("The workbook cannot be written: %s"), why);
}

static int64_t
digits_at(const char *s, int n)
{
	int64_t v = 0;

	while (n-- > 0)
		v = v * 10 + (*s++ - '0');
	return v;
}

/* Days from 1899-12-30, as workbooks count them. */
static int64_t
day_number(int64_t y, int64_t m, int64_t d)
{
	int64_t era_day, year_day;

	y -= m <= 2;
	year_day = (153 * (m > 2 ? m - 3 : m + 9) + 2) / 5 + d - 1;
	era_day = 365 * y + y / 4 - y / 100 + y / 400 + year_day;
	return era_day - 693899;
}

/* "2024-05-28 09:12:33" or its first half: the day's number, and the second in
 * it; -1: only the day. */
static bool
moment(const char *s, int64_t *day, int64_t *second)
{
	static const char shape[] = "0000-00-00 00:00:00";
	size_t n = strlen(s);
	int64_t y, m, d;

	if (n != 10 && n != 19)
		return false;
	for (size_t i = 0; i < n; i++)
		if (shape[i] == '0' ? !isdigit((unsigned char)s[i])
				    : s[i] != shape[i])
			return false;
	y = digits_at(s, 4);
	m = digits_at(s + 5, 2);
	d = digits_at(s + 8, 2);
	*day = day_number(y, m, d);
	*second = n == 10
		      ? -1
		      : digits_at(s + 11, 2) * 3600 +
			    digits_at(s + 14, 2) * 60 + digits_at(s + 17, 2);
	/* The year 1900 had a 29th of February there. */
	return y >= 1901 && m >= 1 && m <= 12 && d >= 1 && d <= 31;
}

/* "_x0041_" would be read as an A. */
static bool
is_escape(const char *s)
{
	return s[0] == '_' && s[1] == 'x' &&
	       strspn(s + 2, "0123456789abcdefABCDEF") >= 4 && s[6] == '_';
}

/* The text of a cell: what means something there is written otherwise. */
static void
put_escaped(struct str *to, const char *s)
{
	size_t n;

	for (;; s += n + 1) {
		n = strcspn(s, "<>&_");
		str_addn(to, s, n);
		switch (s[n]) {
		case '\0':
			return;
		case '<':
			str_add(to, "&lt;");
			break;
		case '>':
			str_add(to, "&gt;");
			break;
		case '&':
			str_add(to, "&amp;");
			break;
		default:
			str_add(to, is_escape(s + n) ? "_x005F_" : "_");
			break;
		}
	}
}

static bool
has_end_blanks(const char *s)
{
	return isspace((unsigned char)s[0]) ||
	       isspace((unsigned char)s[strlen(s) - 1]);
}

/* "<c r="B7" s="2"" */
static void
begin_cell(struct xlsx_out *x, size_t col, const char *mark)
{
	str_addn(&x->out, "<c r=\"", 6);
	str_add(&x->out, x->letters[col]);
	str_addn(&x->out, x->row_no, x->row_no_len);
	str_addc(&x->out, '"');
	str_add(&x->out, mark);
}

static void
put_value(struct xlsx_out *x, size_t col, const char *mark, const char *s)
{
	begin_cell(x, col, mark);
	str_addn(&x->out, "><v>", 4);
	str_add(&x->out, s);
	str_addn(&x->out, "</v></c>", 8);
}

/* The digits of @v end at @end, at least @least; where they begin. */
static char *
digits_to(char *end, int64_t v, int least)
{
	do {
		*--end = (char)('0' + v % 10);
		v /= 10;
	} while (--least > 0 || v > 0);
	return end;
}

static void
put_moment(struct xlsx_out *x, size_t col, int64_t day, int64_t second)
{
	char text[32] = { 0 }, *end = text + sizeof(text) - 1;

	/* To the thousand-millionth of a day: a tenth of a millisecond. */
	if (second >= 0) {
		end = digits_to(end, (second * 1000000000 + 43200) / 86400, 9);
		*--end = '.';
	}
	put_value(
	    x, col, second < 0 ? x->day : x->time, digits_to(end, day, 1));
}

static void
put_text(struct xlsx_out *x, size_t col, const char *s)
{
	begin_cell(x, col, " t=\"inlineStr\"><is><t");
	str_add(&x->out, has_end_blanks(s) ? " xml:space=\"preserve\">" : ">");
	put_escaped(&x->out, s);
	str_addn(&x->out, "</t></is></c>", 13);
}

/*
 * The rows go straight to where the library keeps them in its constant memory:
 * it would look at each cell several times, and most of the time of an export
 * would be its.
 */
static void
put_cell(struct xlsx_out *x, size_t col, const char *s)
{
	enum sheet_col type = x->cols[col];
	int64_t day, second;

	if (*s == '\0')
		return;
	if ((type == COL_COUNT || type == COL_MONEY) && is_number(s)) {
		put_value(x, col, type == COL_COUNT ? x->count : x->money, s);
		return;
	}
	if (type == COL_TIME && moment(s, &day, &second)) {
		put_moment(x, col, day, second);
		return;
	}
	s = guarded(x, s);
	if (*s != '\0')
		put_text(x, col, s);
}

static int
put_row(struct xlsx_out *x, const char *const *fields)
{
	char row_no[16];
	size_t i;

	x->row_no = row_no;
	x->row_no_len = (size_t)snprintf(
	    row_no, sizeof(row_no), "%u", (unsigned)x->row + 1);
	str_cut(&x->out, 0);
	str_addf(&x->out, "<row r=\"%s\">", row_no);
	for (i = 0; i < x->ncols; i++)
		put_cell(x, i, fields[i]);
	str_add(&x->out, "</row>");
	x->sheet->dim_rowmax = x->row;
	if (fwrite(x->out.s, 1, x->out.len, x->sheet->optimize_tmpfile) <
	    x->out.len)
		return failed(x, strerror(ENOSPC));
	return 0;
}

static lxw_error
write_header(struct xlsx_out *x, lxw_col_t col, const char *s)
{
	static const int least[] = { [COL_TEXT] = 16,
		[COL_ID] = 21,
		[COL_COUNT] = 8,
		[COL_MONEY] = 11,
		[COL_TIME] = 19 };
	int width = text_width(s) + 2;

	if (width < least[x->cols[col]])
		width = least[x->cols[col]];
	worksheet_set_column(x->sheet, col, col, width, NULL);
	return worksheet_write_string(
	    x->sheet, x->row, col, clean(x, s), x->bold);
}

int
xlsx_out_row(struct xlsx_out *x, const char *const *fields)
{
	lxw_error e = LXW_NO_ERROR;
	int rc;

	if (x->row == MAX_ROWS)
		return err_set(x->err, ERR_INVALID, "",
		    _("An .xlsx sheet holds no more than %d rows: write CSV, "
		      "or fewer rows"),
		    MAX_ROWS);
	if (x->row > 0) {
		if ((rc = put_row(x, fields)) < 0)
			return rc;
		x->row++;
		return 0;
	}
	for (size_t i = 0; i < x->ncols && e == LXW_NO_ERROR; i++)
		e = write_header(x, (lxw_col_t)i, fields[i]);
	if (e != LXW_NO_ERROR)
		return failed(x, lxw_strerror(e));
	lxw_worksheet_write_single_row(x->sheet);
	x->row++;
	return 0;
}

/*
 * Nobody can tell the library how hard to pack, and as hard as zlib does by
 * itself is most of an export, for a fifth less in size. So what it calls for
 * each part of a workbook is this, which asks for less and goes on to minizip.
 */
int
zipOpenNewFileInZip4_64(zipFile file, const char *name,
    const zip_fileinfo *info, const void *extra_local, uInt extra_local_len,
    const void *extra_global, uInt extra_global_len, const char *comment,
    int method, int level, int raw, int window_bits, int mem_level,
    int strategy, const char *password, uLong crc, uLong made_by, uLong flags,
    int zip64)
{
	int (*next)(zipFile, const char *, const zip_fileinfo *, const void *,
	    uInt, const void *, uInt, const char *, int, int, int, int, int,
	    int, const char *, uLong, uLong, uLong, int);

	*(void **)&next = dlsym(RTLD_NEXT, "zipOpenNewFileInZip4_64");
	if (next == NULL)
		return ZIP_INTERNALERROR;
	return next(file, name, info, extra_local, extra_local_len,
	    extra_global, extra_global_len, comment, method,
	    level == Z_DEFAULT_COMPRESSION ? PACK_LEVEL : level, raw,
	    window_bits, mem_level, strategy, password, crc, made_by, flags,
	    zip64);
}

static uint32_t
number_at(const unsigned char *p)
{
	return (uint32_t)p[0] | (uint32_t)p[1] << 8 | (uint32_t)p[2] << 16 |
	       (uint32_t)p[3] << 24;
}

/* The sheet's size in the zip's directory, unpacked; -1: it is not there. */
static long
sheet_size_in(const char *path)
{
	static const char name[] = "xl/worksheets/sheet1.xml";
	unsigned char tail[16384];
	const unsigned char *p = tail, *end;
	FILE *f = fopen(path, "rb");

	if (f == NULL)
		return -1;
	if (fseek(f, -(long)sizeof(tail), SEEK_END) < 0)
		rewind(f);
	end = tail + fread(tail, 1, sizeof(tail), f);
	fclose(f);
	while ((p = memmem(p, (size_t)(end - p), "PK\1\2", 4)) != NULL) {
		if (end - p < 46 + (long)sizeof(name))
			break;
		if (memcmp(p + 46, name, sizeof(name) - 1) == 0)
			return (long)number_at(p + 24);
		p += 4;
	}
	return -1;
}

/*
 * The library does not look whether its temporary files could be written: on
 * a full disk it packs a sheet that breaks off. So its size is checked.
 */
int
xlsx_out_finish(struct xlsx_out *x)
{
	FILE *rows = x->sheet->optimize_tmpfile;
	lxw_error e;
	long size;

	lxw_worksheet_write_single_row(x->sheet);
	if (fflush(rows) != 0 || ferror(rows))
		return failed(x, strerror(ENOSPC));
	size = ftell(rows);
	e = workbook_close(x->book);
	x->book = NULL; /* freed, whatever came of it */
	if (e != LXW_NO_ERROR)
		return failed(x, lxw_strerror(e));
	if (sheet_size_in(x->path) <= size)
		return failed(x, strerror(ENOSPC));
	return 0;
}

void
xlsx_out_free(struct xlsx_out *x)
{
	if (x == NULL)
		return;
	lxw_workbook_free(x->book);
	str_done(&x->cell);
	str_done(&x->guarded);
	str_done(&x->out);
	free(x->letters);
	free(x->cols);
	free(x->path);
	free(x);
}
