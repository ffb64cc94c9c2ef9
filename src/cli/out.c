/* SPDX-License-Identifier: MIT */
#include <assert.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "out_priv.h"
#include "shopmgr/base/alloc.h"
#include "shopmgr/base/money.h"
#include "shopmgr/base/time.h"
#include "shopmgr/base/utf8.h"

#define FLUSH_AT 65536
#define MAX_COLS 64
#define GAP      2

/* A label and its value, kept until all are there and can be aligned. */
struct pair {
	char *label, *value;
};

struct writer {
	enum cli_format format;
	bool hold, broken;
	struct str buf;                /* not yet given to stdout */
	size_t sentence, sentence_end; /* the last one in it */
	bool first;                    /* no comma yet */
	struct pair *pairs;
	size_t npairs, cap;
	/* The list being written. */
	const struct rec_field *fields;
	int width[MAX_COLS];
	size_t ncols;
	bool header;
};

struct writer *
writer_new(enum cli_format format)
{
	struct writer *w = xcalloc(1, sizeof(*w));

	w->format = format;
	w->buf = (struct str)STR_INIT;
	return w;
}

static void
drop_pairs(struct writer *w)
{
	for (size_t i = 0; i < w->npairs; i++) {
		free(w->pairs[i].label);
		free(w->pairs[i].value);
	}
	w->npairs = 0;
}

void
writer_free(struct writer *w)
{
	drop_pairs(w);
	free(w->pairs);
	str_done(&w->buf);
	free(w);
}

void
writer_hold(struct writer *w, bool hold)
{
	w->hold = hold;
	w->sentence_end = 0;
}

struct str *
writer_held(struct writer *w)
{
	return &w->buf;
}

bool
out_for_people(const struct cli *c)
{
	return c->w->format == FORMAT_TEXT;
}

int
out_flush(struct cli *c)
{
	struct writer *w = c->w;

	if (w->hold)
		return 0;
	if (w->buf.len != 0 &&
	    fwrite(w->buf.s, 1, w->buf.len, stdout) != w->buf.len)
		w->broken = true;
	str_cut(&w->buf, 0);
	if (fflush(stdout) != 0)
		w->broken = true;
	return w->broken ? -1 : 0;
}

static void
flush_some(struct cli *c)
{
	if (c->w->buf.len > FLUSH_AT)
		(void)out_flush(c);
}

void
out_raw(struct cli *c, const char *text)
{
	str_add(&c->w->buf, text);
}

void
out_sentence(struct cli *c, const char *fmt, ...)
{
	char text[1000];
	va_list ap;

	if (!out_for_people(c))
		return;
	va_start(ap, fmt);
	format_text(text, sizeof(text), fmt, ap);
	va_end(ap);
	c->w->sentence = c->w->buf.len;
	add_shown(&c->w->buf, text);
	str_addc(&c->w->buf, '\n');
	c->w->sentence_end = c->w->buf.len;
}

char *
writer_take_sentence(struct writer *w)
{
	char *text;

	if (w->sentence_end != w->buf.len || w->buf.len == 0)
		return xstrdup("");
	text = xstrdup(w->buf.s + w->sentence);
	text[strcspn(text, "\n")] = '\0';
	str_cut(&w->buf, w->sentence);
	w->sentence_end = 0;
	return text;
}

static void
json_name(struct writer *w, const char *name)
{
	if (!w->first)
		str_addc(&w->buf, ',');
	w->first = false;
	json_string(&w->buf, name);
	str_addc(&w->buf, ':');
}

static void
add_pair(struct writer *w, const char *label, const char *value)
{
	if (w->npairs == w->cap) {
		w->cap = w->cap == 0 ? 32 : w->cap * 2;
		w->pairs = xreallocarray(w->pairs, w->cap, sizeof(*w->pairs));
	}
	w->pairs[w->npairs++] = (struct pair){
		.label = xstrdup(label),
		.value = xstrdup(value),
	};
}

static void
flush_pairs(struct writer *w)
{
	struct str shown = STR_INIT;
	int width = 0;

	for (size_t i = 0; i < w->npairs; i++)
		if (text_width(w->pairs[i].label) > width)
			width = text_width(w->pairs[i].label);
	for (size_t i = 0; i < w->npairs; i++) {
		str_cut(&shown, 0);
		add_shown(&shown, w->pairs[i].value);
		add_cell(&w->buf, w->pairs[i].label, width + GAP, false);
		str_addf(&w->buf, "%s\n", shown.s);
	}
	str_done(&shown);
	drop_pairs(w);
}

void
out_begin(struct cli *c)
{
	struct writer *w = c->w;

	w->first = true;
	if (w->format == FORMAT_JSON)
		str_addc(&w->buf, '{');
	if (w->format == FORMAT_CSV)
		str_add(&w->buf, "field,value\n");
}

/* One named value; @json is how JSON writes it, or NULL for a string. */
static void
named(struct writer *w, const char *name, const char *label, const char *value,
    const char *json)
{
	switch (w->format) {
	case FORMAT_TEXT:
		add_pair(w, label, value);
		break;
	case FORMAT_CSV:
		csv_cell(&w->buf, name);
		str_addc(&w->buf, ',');
		csv_cell(&w->buf, value);
		str_addc(&w->buf, '\n');
		break;
	case FORMAT_JSON:
		json_name(w, name);
		if (json != NULL)
			str_add(&w->buf, json);
		else
			json_string(&w->buf, value);
		break;
	}
}

void
out_text(struct cli *c, const char *name, const char *label, const char *value)
{
	named(c->w, name, label, value, NULL);
}

void
out_int(struct cli *c, const char *name, const char *label, int64_t n)
{
	char plain[MONEY_SIZE], shown[MONEY_SIZE];

	snprintf(plain, sizeof(plain), "%lld", (long long)n);
	named(c->w, name, label,
	    out_for_people(c) ? count_show(n, shown) : plain, plain);
}

void
out_bool(struct cli *c, const char *name, const char *label, bool yes)
{
	const char *plain = yes ? "true" : "false";

	named(c->w, name, label,
	    !out_for_people(c) ? plain
	    : yes              ? _("yes")
			       : _("no"),
	    plain);
}

void
out_record(struct cli *c, const struct rec_field *fields, const void *row)
{
	struct str value = STR_INIT, json = STR_INIT;

	for (const struct rec_field *f = fields; f->name != NULL; f++) {
		value_text(c->s, f, row, out_for_people(c), &value);
		str_cut(&json, 0);
		json_value(c->s, &json, f, row);
		if (out_for_people(c) && value.len == 0)
			continue;
		named(c->w, f->name, _(f->label), value.s, json.s);
	}
	str_done(&value);
	str_done(&json);
}

void
out_end(struct cli *c)
{
	struct writer *w = c->w;

	if (w->format == FORMAT_TEXT)
		flush_pairs(w);
	if (w->format == FORMAT_JSON)
		str_add(&w->buf, "}\n");
	flush_some(c);
}

static bool
is_number(const struct rec_field *f)
{
	return f->type == REC_INT || f->type == REC_MONEY ||
	       f->type == REC_COST;
}

/* The columns that a terminal is wide enough for; a file gets all. */
static size_t
columns_shown(const struct writer *w)
{
	struct winsize ws;
	int used = 0;
	size_t n;

	if (w->hold || !isatty(STDOUT_FILENO) ||
	    ioctl(STDOUT_FILENO, TIOCGWINSZ, &ws) != 0 || ws.ws_col == 0)
		return w->ncols;
	for (n = 0; n < w->ncols; n++) {
		used += w->width[n] + (n > 0 ? GAP : 0);
		if (used > ws.ws_col && n > 0)
			break;
	}
	return n;
}

static void
measure(struct cli *c, const struct page *rows)
{
	struct writer *w = c->w;
	struct str value = STR_INIT;

	for (w->ncols = 0; w->fields[w->ncols].name != NULL; w->ncols++) {
		const struct rec_field *f = &w->fields[w->ncols];
		int *width = &w->width[w->ncols];

		assert(w->ncols < MAX_COLS - 1);
		*width = text_width(_(f->label));
		for (size_t i = 0; i < rows->n; i++) {
			value_text(c->s, f, page_row(rows, i), true, &value);
			if (text_width(value.s) > *width)
				*width = text_width(value.s);
		}
	}
	w->ncols = columns_shown(w);
	str_done(&value);
}

static void
text_row(struct cli *c, const void *row)
{
	struct writer *w = c->w;
	struct str value = STR_INIT;

	for (size_t i = 0; i < w->ncols; i++) {
		const struct rec_field *f = &w->fields[i];

		if (row != NULL) {
			value_text(c->s, f, row, true, &value);
		} else {
			str_cut(&value, 0);
			str_add(&value, _(f->label));
		}
		if (i > 0)
			str_addf(&w->buf, "%*s", GAP, "");
		add_cell(&w->buf, value.s,
		    i + 1 < w->ncols || is_number(f) ? w->width[i] : 0,
		    is_number(f));
	}
	str_addc(&w->buf, '\n');
	str_done(&value);
}

static void
csv_row(struct cli *c, const void *row)
{
	struct writer *w = c->w;
	struct str value = STR_INIT;

	for (const struct rec_field *f = w->fields; f->name != NULL; f++) {
		if (f != w->fields)
			str_addc(&w->buf, ',');
		if (row == NULL) {
			csv_cell(&w->buf, f->name);
			continue;
		}
		value_text(c->s, f, row, false, &value);
		csv_cell(&w->buf, value.s);
	}
	str_addc(&w->buf, '\n');
	str_done(&value);
}

static void
json_row(struct cli *c, const void *row)
{
	struct writer *w = c->w;

	str_add(&w->buf, w->first ? "\n{" : ",\n{");
	w->first = false;
	for (const struct rec_field *f = w->fields; f->name != NULL; f++) {
		if (f != w->fields)
			str_addc(&w->buf, ',');
		json_string(&w->buf, f->name);
		str_addc(&w->buf, ':');
		json_value(c->s, &w->buf, f, row);
	}
	str_addc(&w->buf, '}');
}

void
out_list_begin(struct cli *c, const struct rec_field *fields)
{
	struct writer *w = c->w;

	w->fields = fields;
	w->header = false;
	w->first = true;
	if (w->format == FORMAT_JSON)
		str_addc(&w->buf, '[');
	if (w->format == FORMAT_CSV)
		csv_row(c, NULL);
}

void
out_list_rows(struct cli *c, const struct page *rows)
{
	struct writer *w = c->w;

	if (w->format == FORMAT_TEXT && !w->header && rows->n > 0) {
		measure(c, rows);
		text_row(c, NULL);
		w->header = true;
	}
	for (size_t i = 0; i < rows->n; i++) {
		switch (w->format) {
		case FORMAT_TEXT:
			text_row(c, page_row(rows, i));
			break;
		case FORMAT_CSV:
			csv_row(c, page_row(rows, i));
			break;
		case FORMAT_JSON:
			json_row(c, page_row(rows, i));
			break;
		}
	}
	flush_some(c);
}

void
out_list_end(struct cli *c)
{
	if (c->w->format == FORMAT_JSON)
		str_add(&c->w->buf, c->w->first ? "]\n" : "\n]\n");
}

void
out_table(struct cli *c, const char *name, const char *label,
    const struct rec_field *fields, const struct page *rows)
{
	struct writer *w = c->w;
	struct str path = STR_INIT, value = STR_INIT;

	switch (w->format) {
	case FORMAT_TEXT:
		flush_pairs(w);
		if (rows->n == 0)
			break;
		str_addf(&w->buf, "\n%s\n", label);
		w->header = false;
		w->fields = fields;
		out_list_rows(c, rows);
		break;
	case FORMAT_JSON:
		json_name(w, name);
		out_list_begin(c, fields);
		out_list_rows(c, rows);
		str_addc(&w->buf, ']');
		w->first = false;
		break;
	case FORMAT_CSV:
		for (size_t i = 0; i < rows->n; i++)
			for (const struct rec_field *f = fields;
			     f->name != NULL; f++) {
				str_cut(&path, 0);
				str_addf(
				    &path, "%s.%zu.%s", name, i + 1, f->name);
				value_text(
				    c->s, f, page_row(rows, i), false, &value);
				named(w, path.s, NULL, value.s, NULL);
			}
		break;
	}
	str_done(&path);
	str_done(&value);
}

int
out_told(struct cli *c, int64_t id, const char *field, const char *value)
{
	if (out_for_people(c))
		return CLI_OK;
	out_begin(c);
	out_int(c, "id", NULL, id);
	out_text(c, field, NULL, value);
	out_end(c);
	return CLI_OK;
}
