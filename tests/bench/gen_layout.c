/* SPDX-License-Identifier: MIT */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "gen_out.h"

/*
 * Layouts are data, as they are for the program (layouts.tsv): which cell of
 * which header says what, in the words of that platform. What a layout does
 * not speak of stays empty.
 */

#define MAX_COLUMN 96
#define MAX_PIECE  12
#define MAX_LINES  20000 /* characters of a file of layouts' line */

enum shape { ORDERS, ITEMS, ROWS, FILL, SUMMARY, SINGLE };
enum level { NONE, ORDER, LINE, BOTH };

static const char *const shapes[] = { "orders", "items", "rows", "fill",
	"summary", "single", NULL };
static const char *const levels[] = { "", "order", "line", "both", NULL };
static const char *const states[] = { "unpaid", "paid", "part_shipped",
	"shipped", "done", "closed", NULL };

/* A cell: texts, and values between braces. */
struct cell {
	enum level level;
	const char *text[MAX_PIECE]; /* NULL: a value */
	const struct value *value[MAX_PIECE];
	size_t n;
};

struct table {
	char *name, *header;
	enum shape shape;
	struct cell cells[MAX_COLUMN];
	char *columns[MAX_COLUMN];
	size_t ncolumns;
	bool below, end; /* around the rows, as eBay has it */
	struct out out;
	int64_t rows;
};

struct layout {
	struct words words;
	const char *encoding, *empty, *tail;
	bool all_quoted;
	struct table tables[2];
	size_t n;
};

static _Noreturn void
fault(const char *what, const char *name)
{
	fprintf(stderr, "gen: %s \"%s\"\n", what, name);
	exit(1);
}

static int
index_of(const char *name, const char *const *names, const char *what)
{
	for (int i = 0; names[i] != NULL; i++)
		if (strcmp(names[i], name) == 0)
			return i;
	fault(what, name);
}

static char *
copy(const char *s)
{
	char *p = strdup(s);

	if (p == NULL)
		abort();
	return p;
}

static FILE *
open_list(const char *path)
{
	FILE *f = fopen(path, "r");

	if (f == NULL)
		fault(strerror(errno), path);
	return f;
}

/* The header that begins with @name among those the tests know; or @name. */
static char *
find_header(const char *headers, const char *name)
{
	FILE *f = open_list(headers);
	char line[MAX_LINES], *tab;

	while (fgets(line, sizeof(line), f) != NULL) {
		line[strcspn(line, "\n")] = '\0';
		tab = strchr(line, '\t');
		if (line[0] == '#' || tab == NULL ||
		    strncmp(line, name, strlen(name)) != 0)
			continue;
		fclose(f);
		return copy(tab + 1);
	}
	fclose(f);
	return copy(name);
}

/* Names of columns have no commas in them. */
static void
set_header(struct table *t, char *header)
{
	char *rest = copy(header), *name;

	t->header = header;
	while ((name = strsep(&rest, ",")) != NULL) {
		if (t->ncolumns == MAX_COLUMN)
			fault("too many columns", t->name);
		if (name[0] == '"' && strlen(name) > 1) {
			name++;
			name[strlen(name) - 1] = '\0';
		}
		t->columns[t->ncolumns++] = name;
	}
}

static void
add_piece(struct cell *c, const char *text, const struct value *value)
{
	if (c->n == MAX_PIECE)
		fault("too long", text);
	c->text[c->n] = text;
	c->value[c->n++] = value;
}

static void
set_cell(struct table *t, enum level level, const char *column, char *text)
{
	struct cell *c = NULL;
	char *open, *close;

	for (size_t i = 0; i < t->ncolumns && c == NULL; i++)
		if (strcmp(t->columns[i], column) == 0)
			c = &t->cells[i];
	if (c == NULL)
		fault("no column", column);
	c->level = level;
	while ((open = strchr(text, '{')) != NULL &&
	       (close = strchr(open, '}')) != NULL) {
		*open = *close = '\0';
		if (*text != '\0')
			add_piece(c, text, NULL);
		add_piece(c, NULL, value_find(open + 1));
		if (c->value[c->n - 1] == NULL)
			fault("no value", open + 1);
		text = close + 1;
	}
	if (*text != '\0')
		add_piece(c, text, NULL);
}

/* "\t" and "\n" in a list are the characters they stand for. */
static void
unescape(char *s)
{
	char *to = s;

	for (; *s != '\0'; s++)
		if (s[0] == '\\' && (s[1] == 't' || s[1] == 'n'))
			*to++ = *++s == 't' ? '\t' : '\n';
		else
			*to++ = *s;
	*to = '\0';
}

static void
set_option(struct layout *l, const char *name, char *value)
{
	struct table *t = l->n > 0 ? &l->tables[l->n - 1] : NULL;

	if (strcmp(name, "encoding") == 0)
		l->encoding = value;
	else if (strcmp(name, "empty") == 0)
		l->empty = value;
	else if (strcmp(name, "tail") == 0)
		l->tail = value;
	else if (strcmp(name, "quotes") == 0)
		l->all_quoted = strcmp(value, "all") == 0;
	else if (strcmp(name, "time") == 0)
		l->words.time = value;
	else if (strcmp(name, "money") == 0)
		l->words.money = value;
	else if (strcmp(name, "report") == 0 && t != NULL)
		t->below = t->end = true;
	else
		fault("no option", name);
}

/* A line of the layout that is looked for; the fields last as long as it. */
static void
take_line(struct layout *l, const char *headers, char **f, size_t n)
{
	struct table *t = l->n > 0 ? &l->tables[l->n - 1] : NULL;
	int state;

	if (strcmp(f[0], "file") == 0 && n == 4 && l->n < 2) {
		t = &l->tables[l->n++];
		t->name = f[1];
		t->shape =
		    (enum shape)index_of(f[2], shapes, "no shape of rows");
		set_header(t, find_header(headers, f[3]));
	} else if (strcmp(f[0], "option") == 0 && n == 3) {
		set_option(l, f[1], f[2]);
	} else if (strcmp(f[0], "state") == 0 && n >= 3) {
		state = index_of(f[1], states, "no state");
		l->words.state[state] = f[2];
		l->words.ship[state] = n > 3 ? f[3] : "";
	} else if (n == 3 && t != NULL) {
		set_cell(t, (enum level)index_of(f[0], levels, "no such line"),
		    f[1], f[2]);
	} else {
		fault("a line of layouts begins with", f[0]);
	}
}

struct layout *
layout_load(const char *layouts, const char *headers, const char *name)
{
	struct layout *l = calloc(1, sizeof(*l));
	char line[MAX_LINES], *f[5], *rest;
	FILE *list = open_list(layouts);
	bool here = false;
	size_t n;

	if (l == NULL)
		abort();
	l->encoding = "utf-8";
	l->empty = l->tail = l->words.money = "";
	l->words.time = "%Y-%m-%d %H:%M:%S";
	while (fgets(line, sizeof(line), list) != NULL) {
		line[strcspn(line, "\n")] = '\0';
		if (line[0] == '#' || line[0] == '\0')
			continue;
		rest = copy(line);
		for (n = 0; n < 5 && (f[n] = strsep(&rest, "\t")) != NULL; n++)
			unescape(f[n]);
		if (strcmp(f[0], "layout") == 0 && n == 2)
			here = strcmp(f[1], name) == 0;
		else if (here)
			take_line(l, headers, f, n);
	}
	fclose(list);
	if (l->n == 0)
		fault("no layout", name);
	return l;
}

static void
put_cell(struct layout *l, struct table *t, size_t i, const struct ctx *ctx,
    enum level level)
{
	const struct cell *c = &t->cells[i];
	struct out *to = &t->out;
	size_t from;

	if (i > 0)
		out_text(to, ",");
	from = to->len;
	for (size_t k = 0; (c->level & level) != 0 && k < c->n; k++) {
		if (c->text[k] != NULL)
			out_text(to, c->text[k]);
		else
			c->value[k]->put(to, ctx);
	}
	if (to->len == from)
		out_text(to, l->empty);
	out_quote(to, from, l->all_quoted);
}

static void
put_row(
    struct layout *l, struct table *t, const struct ctx *ctx, enum level level)
{
	for (size_t i = 0; i < t->ncolumns; i++)
		put_cell(l, t, i, ctx, level);
	if (t->shape == ITEMS && !ctx->plan->bare)
		out_text(&t->out, l->tail);
	out_text(&t->out, "\r\n");
	t->rows++;
}

/* The order's row, if it has one, and those of its lines. */
static void
put_rows(struct layout *l, struct table *t, struct ctx *ctx)
{
	const struct order *o = ctx->order;
	bool summary = t->shape == SUMMARY && o->nlines > 1;

	ctx->line = &o->lines[0];
	if (t->shape == ORDERS || summary) {
		put_row(l, t, ctx, ORDER);
		if (!summary)
			return;
	}
	for (int k = 0; k < o->nlines; k++) {
		ctx->line = &o->lines[k];
		put_row(l, t, ctx,
		    summary || (t->shape == FILL && k > 0) ? LINE : BOTH);
	}
}

static void
put_order(struct layout *l, const struct plan *p, const struct order *o)
{
	struct ctx ctx = { .plan = p, .order = o, .words = &l->words };

	for (size_t i = 0; i < l->n; i++) {
		put_rows(l, &l->tables[i], &ctx);
		out_flush(&l->tables[i].out, false);
	}
}

/* Reports of eBay have a line before the header, one of empty cells below it,
 * and say at the end how many rows there were. */
static void
begin_table(struct layout *l, struct table *t, const struct plan *p)
{
	char path[4096];
	const char *encoding = p->encoding ? p->encoding : l->encoding;

	snprintf(path, sizeof(path), "%s/%s%s.csv", p->dir, t->name, p->tag);
	out_open(&t->out, path, encoding);
	if (t->below && !p->bare)
		out_text(&t->out, "\r\n");
	for (size_t i = 0; i < t->ncolumns; i++) {
		size_t from = t->out.len + (i > 0);

		if (i > 0)
			out_text(&t->out, ",");
		out_text(&t->out, t->columns[i]);
		out_quote(&t->out, from, l->all_quoted);
	}
	out_text(&t->out, "\r\n");
	if (!t->below || p->bare)
		return;
	for (size_t i = 0; i < t->ncolumns; i++)
		out_text(&t->out, i > 0 ? ",\"\"" : "\"\"");
	out_text(&t->out, "\r\n");
}

static void
end_table(struct table *t, const struct plan *p)
{
	if (t->end && !p->bare)
		out_put(&t->out,
		    "\r\n\"%lld record(s) downloaded\"\r\n\"Seller ID : "
		    "bench\"\r\n",
		    (long long)t->rows);
	out_close(&t->out);
}

void
layout_write(struct layout *l, struct plan *p)
{
	int64_t left = p->changed;
	struct order o;

	for (size_t i = 0; i < l->n; i++) {
		begin_table(l, &l->tables[i], p);
		p->single = p->single || l->tables[i].shape == SINGLE;
	}
	/* What has moved on: half of the newest that were under way. */
	for (int64_t i = p->from - 1; i >= 0 && left > 0; i--) {
		make_order(p, i, true, &o);
		if (o.h % 2 == 0 || (o.state == state_of(p, i, o.h)))
			continue;
		put_order(l, p, &o);
		left--;
	}
	for (int64_t k = 0; k < p->count; k++) {
		make_order(
		    p, p->from + (p->newest ? p->count - 1 - k : k), false, &o);
		put_order(l, p, &o);
	}
	for (size_t i = 0; i < l->n; i++)
		end_table(&l->tables[i], p);
}
