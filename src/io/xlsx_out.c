/* SPDX-License-Identifier: MIT */
#include <ctype.h>
#include <errno.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <xlsxwriter.h>

#include "field.h"
#include "shopmgr/base/alloc.h"
#include "shopmgr/base/i18n.h"
#include "shopmgr/base/str.h"
#include "shopmgr/base/utf8.h"
#include "xlsx_out.h"

#define MAX_ROWS  1048576
#define MAX_CHARS 32767 /* of a cell */
#define MAX_DIGIT 15    /* that a double holds exactly */

struct xlsx_out {
	char *path;
	lxw_workbook *book;
	lxw_worksheet *sheet;
	lxw_format *bold, *count, *money, *day, *time;
	enum sheet_col *cols;
	size_t ncols;
	lxw_row_t row;
	bool raw;
	struct str cell, guarded;
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

int
xlsx_out_open(struct xlsx_out **out, const char *path,
    const enum sheet_col *cols, size_t ncols, bool raw, struct err *err)
{
	lxw_workbook_options opts = { .constant_memory = LXW_TRUE };
	struct xlsx_out *x = xcalloc(1, sizeof(*x));

	*x = (struct xlsx_out){ .cell = STR_INIT,
		.guarded = STR_INIT,
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
	x->count = format(x->book, "0");
	x->money = format(x->book, "0.00");
	x->day = format(x->book, "yyyy-mm-dd");
	x->time = format(x->book, "yyyy-mm-dd hh:mm:ss");
	worksheet_freeze_panes(x->sheet, 1, 0);
	*out = x;
	return 0;
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

	if (len <= MAX_CHARS && !has_controls(s) && utf8_valid(s, len) &&
	    strstr(s, "\xEF\xBF") == NULL)
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
number(const char *s, double *v)
{
	size_t digits = 0, dots = 0;

	for (const char *p = s + (*s == '-'); *p != '\0'; p++) {
		digits += isdigit((unsigned char)*p) != 0;
		dots += *p == '.';
		if (!isdigit((unsigned char)*p) && *p != '.')
			return false;
	}
	if (digits == 0 || digits > MAX_DIGIT || dots > 1)
		return false;
	*v = strtod(s, NULL);
	return true;
}

/* "2024-05-28 09:12:33" or its first half. */
static bool
moment(const char *s, lxw_datetime *t, bool *day)
{
	static const char shape[] = "0000-00-00 00:00:00";
	size_t n = strlen(s);

	if (n != 10 && n != 19)
		return false;
	for (size_t i = 0; i < n; i++)
		if (shape[i] == '0' ? !isdigit((unsigned char)s[i])
				    : s[i] != shape[i])
			return false;
	*t = (lxw_datetime){
		.year = atoi(s), .month = atoi(s + 5), .day = atoi(s + 8)
	};
	*day = n == 10;
	if (!*day) {
		t->hour = atoi(s + 11);
		t->min = atoi(s + 14);
		t->sec = atoi(s + 17);
	}
	return t->year >= 1900 && t->year <= 9999 && t->month >= 1 &&
	       t->month <= 12 && t->day >= 1 && t->day <= 31;
}

static lxw_error
write_cell(struct xlsx_out *x, lxw_col_t col, const char *s)
{
	enum sheet_col type = x->cols[col];
	lxw_datetime t;
	bool day;
	double v;

	if (*s == '\0')
		return LXW_NO_ERROR;
	if (type == COL_COUNT && number(s, &v))
		return worksheet_write_number(
		    x->sheet, x->row, col, v, x->count);
	if (type == COL_MONEY && number(s, &v))
		return worksheet_write_number(
		    x->sheet, x->row, col, v, x->money);
	if (type == COL_TIME && moment(s, &t, &day))
		return worksheet_write_datetime(
		    x->sheet, x->row, col, &t, day ? x->day : x->time);
	return worksheet_write_string(
	    x->sheet, x->row, col, guarded(x, s), NULL);
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

static int
failed(struct xlsx_out *x, const char *why)
{
	return err_set(
	    x->err, ERR_IO, "", _("The workbook cannot be written: %s"), why);
}

int
xlsx_out_row(struct xlsx_out *x, const char *const *fields)
{
	lxw_error e = LXW_NO_ERROR;

	if (x->row == MAX_ROWS)
		return err_set(x->err, ERR_INVALID, "",
		    _("An .xlsx sheet holds no more than %d rows: write CSV, "
		      "or fewer rows"),
		    MAX_ROWS);
	for (size_t i = 0; i < x->ncols && e == LXW_NO_ERROR; i++)
		e = x->row == 0 ? write_header(x, (lxw_col_t)i, fields[i])
				: write_cell(x, (lxw_col_t)i, fields[i]);
	if (e != LXW_NO_ERROR)
		return failed(x, lxw_strerror(e));
	x->row++;
	return 0;
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
	free(x->cols);
	free(x->path);
	free(x);
}
