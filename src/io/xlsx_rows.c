/* SPDX-License-Identifier: MIT */
#include <stdlib.h>
#include <string.h>

#include "shopmgr/base/alloc.h"
#include "shopmgr/base/i18n.h"
#include "shopmgr/base/str.h"
#include "source.h"
#include "xlsx_cell.h"
#include "xlsx_in.h"
#include "xlsx_text.h"
#include "xml.h"
#include "zip_in.h"

/*
 * The cells of a sheet, as the parser tells of them, become rows. Cells say
 * where they are, or else are beside the one before; what is not there is
 * empty. Rows end with their last cell that holds something, and those without
 * any are none.
 */

#define MOST_ROWS 1048576 /* of any sheet */

enum cell_type {
	CELL_NUMBER,
	CELL_SHARED, /* a number of a shared text */
	CELL_TEXT,   /* as it is */
	CELL_BOOL,
	CELL_ERROR,
	CELL_DATE, /* ISO 8601 */
};

struct cell {
	size_t at, len;
};

struct reading {
	struct xlsx *book;
	struct ring *ring;
	struct batch *batch;
	struct err err;
	int rc;
	/* the row: */
	int64_t line;
	struct str text; /* of its cells */
	struct cell cells[MAX_COLUMNS];
	size_t ncols, last; /* behind the last cell; the last that holds text */
	const char *bad;
	/* the cell: */
	size_t col; /* from 1 */
	enum cell_type type;
	unsigned kind;
	struct str value;
	bool in_row, in_cell, in_value;
	int phonetic;
};

/* The first thing that is wrong with a row is what is told. */
#define spoil(r, ...) \
	do { \
		if ((r)->bad == NULL) \
			(r)->bad = \
			    arena_printf(&(r)->batch->words, __VA_ARGS__); \
	} while (0)

static void
start_row(struct reading *r, const char **atts)
{
	const char *s = xml_att(atts, "r");
	long long line = s != NULL ? strtoll(s, NULL, 10) : 0;

	/* A row that says it is above the last one is below it, as it stands.
	 */
	r->line = line > r->line ? line : r->line + 1;
	if (r->line > MOST_ROWS)
		r->line = MOST_ROWS + 1;
	r->in_row = true;
	str_cut(&r->text, 0);
	memset(r->cells, 0, r->ncols * sizeof(r->cells[0]));
	r->ncols = r->last = r->col = 0;
	r->bad = NULL;
}

static enum cell_type
type_of(const char *t)
{
	static const struct {
		const char *name;
		enum cell_type type;
	} types[] = { { "s", CELL_SHARED }, { "inlineStr", CELL_TEXT },
		{ "str", CELL_TEXT }, { "b", CELL_BOOL }, { "e", CELL_ERROR },
		{ "d", CELL_DATE } };

	for (size_t i = 0; t != NULL && i < sizeof(types) / sizeof(types[0]);
	     i++)
		if (strcmp(t, types[i].name) == 0)
			return types[i].type;
	return CELL_NUMBER;
}

static void
start_cell(struct reading *r, const char **atts)
{
	const char *ref = NULL, *type = NULL, *style = NULL;
	size_t col = r->col + 1;
	char shown[24];
	int64_t row;

	for (; atts[0] != NULL; atts += 2) {
		if (strcmp(atts[0], "r") == 0)
			ref = atts[1];
		else if (strcmp(atts[0], "t") == 0)
			type = atts[1];
		else if (strcmp(atts[0], "s") == 0)
			style = atts[1];
	}
	if (ref != NULL && (col = cell_column(ref, &row)) == 0) {
		copy_text(shown, sizeof(shown), ref);
		spoil(r, _("There is no cell \"%s\" (column %zu)"), shown,
		    r->col + 1);
		col = r->col + 1;
	}
	r->col = col;
	r->type = type_of(type);
	r->kind = NUMBER_PLAIN;
	if (style != NULL && r->type == CELL_NUMBER) {
		size_t i = strtoul(style, NULL, 10);

		if (i < r->book->nkinds)
			r->kind = r->book->kinds[i];
	}
	str_cut(&r->value, 0);
	r->in_cell = true;
}

static void
on_start(struct xml *x, const char *name, const char **atts)
{
	struct reading *r = x->arg;

	if (name[0] == 'c' && name[1] == '\0')
		start_cell(r, atts);
	else if (strcmp(name, "row") == 0)
		start_row(r, atts);
	else if (strcmp(name, "rPh") == 0)
		r->phonetic++;
	r->in_value = r->in_cell && (name[0] == 'v' || name[0] == 't') &&
		      name[1] == '\0' && r->phonetic == 0;
}

static void
on_text(struct xml *x, const char *s, size_t n)
{
	struct reading *r = x->arg;

	if (r->in_value && r->value.len <= SOURCE_KEEP)
		str_addn(&r->value, s, n);
}

/* The text of a shared one, by its number, to the end of the row's. */
static int
add_shared(struct reading *r)
{
	struct str *v = &r->value;
	char *end, shown[24];
	size_t i = strtoul(v->s, &end, 10);

	if (v->len == 0)
		return 0;
	if (*end != '\0' || v->s[0] == '-' ||
	    i >= texts_count(r->book->texts)) {
		copy_text(shown, sizeof(shown), v->s);
		spoil(r,
		    _("The cell in column %zu names a text that is not there "
		      "(%s)"),
		    r->col, shown);
		return 0;
	}
	return texts_get(r->book->texts, i, &r->text, &r->err);
}

/* What stands in the cell, to the end of the row's text. */
static int
add_value(struct reading *r)
{
	struct str *v = &r->value;
	char number[NUMBER_SIZE];
	size_t n = v->len;

	switch (r->type) {
	case CELL_SHARED:
		return add_shared(r);
	case CELL_ERROR:
		return 0;
	case CELL_BOOL:
		str_add(&r->text, n == 0                     ? ""
				  : n == 1 && v->s[0] == '0' ? "FALSE"
							     : "TRUE");
		return 0;
	case CELL_NUMBER:
		if (n == 0)
			return 0;
		n = number_text(v->s, n, r->kind, r->book->epoch_1904, number);
		str_addn(&r->text, number, n);
		return 0;
	case CELL_TEXT:
		if (n > 0)
			n = unescape(v->s, n);
		break;
	case CELL_DATE:
		if (n > 0)
			n = iso_text(v->s, n);
		break;
	}
	str_addn(&r->text, v->s, n);
	return 0;
}

static void
end_cell(struct reading *r)
{
	size_t at = r->text.len;
	struct cell *cell;

	r->in_cell = false;
	/* The same bound as for a line of text. */
	if (at <= SOURCE_KEEP)
		r->rc = add_value(r);
	if (r->rc < 0)
		return;
	if (r->text.len > SOURCE_KEEP || r->value.len > SOURCE_KEEP) {
		spoil(r, _("The row is longer than %d bytes (column %zu)"),
		    (int)SOURCE_KEEP, r->col);
		str_cut(&r->text, at);
		return;
	}
	str_addc(&r->text, '\0');
	if (r->text.len - 1 > at && r->col > r->last)
		r->last = r->col;
	if (r->col > MAX_COLUMNS)
		return;
	/* Of two cells in one place the later one counts. */
	cell = &r->cells[r->col - 1];
	cell->at = at;
	cell->len = r->text.len - 1 - at;
	if (r->col > r->ncols)
		r->ncols = r->col;
}

/* Room for a row of @text bytes; false: nobody wants more. */
static bool
make_room(struct reading *r, size_t text)
{
	struct batch *b = r->batch;

	if (b->used + text > b->cap && b->nrows > 0) {
		const char *bad = r->bad;
		struct str words = STR_INIT;

		if (bad != NULL)
			str_add(&words, bad);
		ring_put(r->ring);
		b = r->batch = ring_fresh(r->ring);
		if (b != NULL && bad != NULL)
			r->bad = arena_strdup(&b->words, words.s);
		str_done(&words);
		if (b == NULL) {
			r->rc = ERR_CANCELLED;
			return false;
		}
		b->hash = r->book->src->hash;
	}
	batch_reserve(b, b->used + text);
	return true;
}

static void
add_fields(struct reading *r, size_t n)
{
	struct batch *b = r->batch;

	for (size_t i = 0; i < n; i++) {
		const struct cell *cell = &r->cells[i];

		batch_reserve_field(b);
		b->fields[b->nfields] = b->text + b->used;
		b->lens[b->nfields++] = cell->len;
		memcpy(b->text + b->used,
		    cell->len > 0 ? r->text.s + cell->at : "", cell->len);
		b->used += cell->len;
		b->text[b->used++] = '\0';
	}
}

static void
end_row(struct reading *r)
{
	size_t n = r->last < MAX_COLUMNS ? r->last : MAX_COLUMNS, text = n;
	struct batch_row *row;
	size_t first;

	if (r->last == 0 && r->bad == NULL)
		return;
	if (r->last > MAX_COLUMNS)
		spoil(r, _("The row has %zu columns; at most %d are read"),
		    r->last, MAX_COLUMNS);
	for (size_t i = 0; i < n; i++)
		text += r->cells[i].len;
	if (!make_room(r, text))
		return;
	first = r->batch->nfields;
	add_fields(r, n);
	row = batch_add_row(r->batch);
	*row = (struct batch_row){ .first = first,
		.n = n,
		.line = r->line,
		.bytes = (int64_t)(zip_progress(r->book->zip) *
				   (double)r->book->src->size),
		.bad = r->bad };
}

static void
on_end(struct xml *x, const char *name)
{
	struct reading *r = x->arg;

	r->in_value = false;
	if (name[0] == 'c' && name[1] == '\0') {
		if (r->in_cell) /* cells in one another end once */
			end_cell(r);
	} else if (strcmp(name, "row") == 0 && r->in_row) {
		r->in_row = false;
		if (r->line > MOST_ROWS)
			r->rc = err_set(&r->err, ERR_INVALID, "",
			    _("A sheet has no more than %d rows"), MOST_ROWS);
		else
			end_row(r);
	} else if (strcmp(name, "rPh") == 0 && r->phonetic > 0) {
		r->phonetic--;
	} else if (strcmp(name, "sheetData") == 0) {
		x->stop = true;
	}
	x->stop |= r->rc < 0;
}

/* What is there was read; where it ends too early is a row that is refused. */
static int
end_early(struct reading *r)
{
	r->bad = arena_printf(&r->batch->words,
	    _("What follows line %lld was not read: %s"), (long long)r->line,
	    r->err.text);
	r->last = 0;
	r->line++;
	r->rc = 0;
	end_row(r);
	return r->rc;
}

static int
read_sheet(struct reading *r)
{
	struct xml x = {
		.start = on_start, .end = on_end, .text = on_text, .arg = r
	};
	struct xlsx *book = r->book;
	int rc = source_hash(book->src, &book->src->hash, &r->err);

	if (rc < 0)
		return rc;
	r->batch->hash = book->src->hash;
	rc = xml_read(&x, book->zip, book->part, XLSX_MOST, &r->err);
	if (r->rc < 0)
		rc = r->rc;
	if (rc == ERR_NOTFOUND)
		rc = zip_damaged(book->zip, book->part, &r->err);
	return rc == ERR_INVALID ? end_early(r) : rc;
}

void
xlsx_run(struct xlsx *book, struct ring *ring)
{
	struct reading *r = xcalloc(1, sizeof(*r));

	r->book = book;
	r->ring = ring;
	r->text = r->value = (struct str)STR_INIT;
	r->batch = ring_fresh(ring);
	if (r->batch != NULL)
		r->rc = read_sheet(r);
	str_done(&r->text);
	str_done(&r->value);
	if (r->batch != NULL) {
		r->batch->rc = r->rc;
		r->batch->err = r->err;
		r->batch->hash = book->src->hash;
		ring_put(ring);
	}
	free(r);
}
