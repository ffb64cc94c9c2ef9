/* SPDX-License-Identifier: MIT */
#include <stdio.h>
#include <string.h>

#include "shopmgr/base/alloc.h"
#include "shopmgr/base/i18n.h"
#include "shopmgr/base/money.h"
#include "shopmgr/base/str.h"
#include "shopmgr/base/utf8.h"
#include "shopmgr/domain/op.h"

#include "../core/session_priv.h"
#include "../reports/stock_report_priv.h"
#include "print_priv.h"

/* A report on the stock on paper: A4, lying, as there are many columns. */

static const struct paper_format lying = {
	.width = 297, .height = 210, .margin = 12, .pt = 8, .numbered = true
};

#define CELL   1.6 /* mm that a column of a terminal takes here */
#define BESIDE 3   /* and what is left free beside a text */
#define NAME   60  /* for the name, which has what the others leave */
#define WIDEST 40  /* another text; what is longer goes on in the next line */

struct columns {
	struct paper_col cols[STOCK_REPORT_COLS];
	const struct rec_field *fields[STOCK_REPORT_COLS];
	size_t n;
	double room; /* lint: mm that are left */
};

/* As on the screen: nothing where there is nothing. */
static const char *
cell(struct arena *arena, const struct stock_report_row *row,
    const struct rec_field *f)
{
	const char *at = (const char *)row + f->offset;
	struct str text = STR_INIT;
	char buf[MONEY_SIZE];
	int64_t n;

	if (f->type == REC_INT || f->type == REC_MONEY) {
		memcpy(&n, at, sizeof(n));
		if (n == 0)
			return "";
		return arena_strdup(arena, f->type == REC_MONEY
					       ? money_show(n, buf)
					       : count_show(n, buf));
	}
	if (f->type == REC_BOOL)
		record_words(f, row, &text);
	else
		record_plain(f, row, &text);
	at = arena_strdup(arena, text.s);
	str_done(&text);
	return at;
}

static int
longer(int a, int b)
{
	return a > b ? a : b;
}

/* The longest text of a column; 0: nothing is in it. */
static int
longest(struct printing *pr, const struct stock_report *r,
    const struct rec_field *f)
{
	int widest = 0;
	size_t i;

	for (i = 0; i <= r->n; i++)
		widest =
		    longer(widest, text_width(cell(&pr->arena,
				       i < r->n ? &r->rows[i] : &r->total, f)));
	return widest;
}

/* The longest word of its title; Chinese may be broken anywhere. */
static int
longest_word(const char *title)
{
	char word[64];
	int widest = 0;
	size_t n;

	for (; *title != '\0'; title += n, title += strspn(title, " ")) {
		n = strcspn(title, " ");
		snprintf(word, sizeof(word), "%.*s", (int)n, title);
		widest = longer(widest, text_width(word));
	}
	return (unsigned char)title[-1] < 0x80 || widest < 8 ? widest : 6;
}

static double /* lint: millimetres */
mm(int width)
{
	return width * CELL + BESIDE;
}

static bool
is_name(const struct rec_field *f)
{
	return strcmp(f->name, "name") == 0;
}

/* What the columns want of the room beside the name. */
static double /* lint: millimetres */
wanted(struct printing *pr, const struct stock_report *r)
{
	const struct rec_field *f;
	double all = 0; /* lint: mm */

	for (f = r->fields; f->name != NULL; f++)
		if (!is_name(f))
			all += mm(
			    longer(longest(pr, r, f), text_width(_(f->label))));
	return all;
}

/* The columns there is room for; where it is scarce not those that are empty.
 */
static void
choose(struct printing *pr, const struct stock_report *r, struct columns *c)
{
	const struct rec_field *f;
	bool scarce;
	double w; /* lint: mm */
	int n;

	c->n = 0;
	c->room = lying.width - 2 * lying.margin - NAME;
	scarce = wanted(pr, r) > c->room;
	for (f = r->fields; f->name != NULL; f++) {
		n = longest(pr, r, f);
		if (n == 0 && scarce)
			continue;
		w = mm(longer(n, longest_word(_(f->label))));
		if (f->type == REC_TEXT && w > WIDEST)
			w = WIDEST;
		if (is_name(f))
			w = 0;
		if (c->room < w)
			continue;
		c->room -= w;
		c->fields[c->n] = f;
		c->cols[c->n++] = (struct paper_col){ .title = f->label,
			.width = w,
			.align = stock_report_is_figure(f) ? PAPER_RIGHT
							   : PAPER_LEFT,
			.flags = f->type == REC_TEXT ? 0 : PAPER_ONE_LINE };
	}
}

/* Titles in one line, as far as there is room for that. */
static void
widen(struct columns *c)
{
	double more; /* lint: mm */
	size_t i;

	for (i = 0; i < c->n; i++) {
		if (c->cols[i].width <= 0)
			continue;
		more = mm(text_width(_(c->cols[i].title))) - c->cols[i].width;
		if (more <= 0 || more > c->room)
			continue;
		c->cols[i].width += more;
		c->room -= more;
	}
}

static void
row(struct printing *pr, const struct stock_report *r,
    const struct stock_report_row *of, const struct columns *c)
{
	const char *cells[STOCK_REPORT_COLS] = { NULL };
	bool total = of == &r->total;
	size_t i;

	for (i = 0; i < c->n; i++)
		if (!total || c->fields[i]->type == REC_TEXT ||
		    stock_report_sums(r, c->fields[i]))
			cells[i] = cell(&pr->arena, of, c->fields[i]);
	if (total)
		paper_total(pr->paper, cells);
	else
		paper_row(pr->paper, cells);
}

static void
table(struct printing *pr, const struct stock_report *r)
{
	struct columns c;
	size_t i;

	choose(pr, r, &c);
	widen(&c);
	paper_table(pr->paper, c.cols, c.n);
	for (i = 0; i < r->n; i++)
		row(pr, r, &r->rows[i], &c);
	row(pr, r, &r->total, &c);
	paper_table_end(pr->paper);
}

static void
body(struct printing *pr, const struct stock_report *r, const char *title)
{
	char when[80];
	size_t i;

	paper_title(pr->paper, title, NULL);
	paper_facts(pr->paper, 3);
	paper_fact(
	    pr->paper, _("Period"), stock_report_when(r, when, sizeof(when)));
	for (i = 0; i < r->nfacts; i++)
		if (r->facts[i].value[0] != '\0')
			paper_fact(
			    pr->paper, r->facts[i].label, r->facts[i].value);
	if (r->n > 0)
		table(pr, r);
	else
		paper_note(pr->paper, NULL, _("There is nothing to report."));
}

int
print_report(struct session *s, const struct stock_report *r,
    const struct print_job *job, struct print_said *said)
{
	struct printing pr = { .s = s, .job = job, .said = said };
	const char *title = stock_report_title(r->ask.kind);
	int rc;

	*said = (struct print_said){ .printed = 0 };
	if ((rc = session_need(s, PERM_STOCK_VIEW)) == 0)
		rc = printing_begin(
		    &pr, stock_report_name(r->ask.kind), title, &lying);
	if (rc == 0) {
		body(&pr, r, title);
		rc = printing_end(&pr, title);
	}
	printing_close(&pr);
	said->printed = rc == 0;
	return rc;
}
