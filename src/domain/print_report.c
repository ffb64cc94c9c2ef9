/* SPDX-License-Identifier: MIT */
#include "shopmgr/base/i18n.h"
#include "shopmgr/base/str.h"
#include "shopmgr/domain/op.h"

#include "print_priv.h"
#include "session_priv.h"
#include "stock_report_priv.h"

/* A report on the stock on paper: A4, lying, as there are many columns. */

static const struct paper_format lying = {
	.width = 297, .height = 210, .margin = 12, .pt = 8, .numbered = true
};

static double /* lint: millimetres */
width_of(const struct rec_field *f)
{
	if (f->type == REC_TIME)
		return 27;
	if (f->type == REC_MONEY)
		return 19;
	return f->type == REC_TEXT ? 0 : 11;
}

/* The columns there is room for, beside 60 mm for the texts. */
static size_t
choose(const struct stock_report *r, struct paper_col *cols,
    const struct rec_field **fields)
{
	double room = lying.width - 2 * lying.margin - 60; /* lint: mm */
	const struct rec_field *f;
	size_t n = 0;

	for (f = r->fields; f->name != NULL; f++) {
		if (room < width_of(f))
			continue;
		room -= width_of(f);
		fields[n] = f;
		cols[n++] = (struct paper_col){ .title = f->label,
			.width = width_of(f),
			.align = f->type == REC_INT || f->type == REC_MONEY
				     ? PAPER_RIGHT
				     : PAPER_LEFT,
			.flags = f->type == REC_TEXT ? 0 : PAPER_ONE_LINE };
	}
	return n;
}

static void
row(struct printing *pr, const struct stock_report *r,
    const struct stock_report_row *of, const struct rec_field *const *fields,
    size_t n)
{
	const char *cells[STOCK_REPORT_COLS] = { NULL };
	struct str text = STR_INIT;
	bool total = of == &r->total;
	size_t i;

	for (i = 0; i < n; i++) {
		if (total && fields[i]->type != REC_TEXT &&
		    !stock_report_sums(r, fields[i]))
			continue;
		str_cut(&text, 0);
		if (fields[i]->type == REC_BOOL)
			record_words(fields[i], of, &text);
		else
			record_plain(fields[i], of, &text);
		cells[i] = arena_strdup(&pr->arena, text.s);
	}
	str_done(&text);
	if (total)
		paper_total(pr->paper, cells);
	else
		paper_row(pr->paper, cells);
}

static void
body(struct printing *pr, const struct stock_report *r, const char *title)
{
	struct paper_col cols[STOCK_REPORT_COLS];
	const struct rec_field *fields[STOCK_REPORT_COLS];
	char when[80];
	size_t i, n = choose(r, cols, fields);

	paper_title(pr->paper, title, NULL);
	paper_facts(pr->paper, 3);
	paper_fact(
	    pr->paper, _("Period"), stock_report_when(r, when, sizeof(when)));
	for (i = 0; i < r->nfacts; i++)
		paper_fact(pr->paper, r->facts[i].label, r->facts[i].value);
	paper_table(pr->paper, cols, n);
	for (i = 0; i < r->n; i++)
		row(pr, r, &r->rows[i], fields, n);
	row(pr, r, &r->total, fields, n);
	paper_table_end(pr->paper);
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
