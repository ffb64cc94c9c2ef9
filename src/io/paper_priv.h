/* SPDX-License-Identifier: MIT */
#ifndef SHOPMGR_IO_PAPER_PRIV_H
#define SHOPMGR_IO_PAPER_PRIV_H

#include "out_file.h"
#include "paper_pdf.h"
#include "shopmgr/base/arena.h"
#include "shopmgr/io/paper.h"

/*
 * What is drawn is noted down (paper_pdf.h's struct op), and put into the PDF
 * when its section is whole and the number of its pages known; a label's page,
 * which is not numbered, when the next one begins.
 */

#define PT_MM     (25.4 / 72.0)
#define LINE_STEP 1.35           /* from line to line, in sizes of the type */
#define LEFT_OUT  "\xE2\x96\xA1" /* □ for what no font has */

struct line { /* a part of a cleaned text */
	const char *s;
	size_t len;
	double w;
};

struct lines {
	struct line *v;
	size_t n, cap;
};

struct type { /* set type: mm, as it is drawn */
	double size, gray;
	bool bold;
};

struct fact {
	const char *label, *value;
	bool wide;
};

struct table {
	const struct paper_col *cols; /* NULL: there is none */
	size_t n;
	double *x, *w; /* of the columns */
	const char **titles;
	double head_h;
	bool headed; /* the header is on this page */
	/* Held back until it is known what stands beneath. */
	const char *group;
	const char **row;
};

struct paper {
	struct out_file file;
	struct pdf *pdf;
	struct paper_format format;
	struct err *err;
	int rc;             /* the first failure */
	struct arena arena; /* texts of the section, or of the page */
	struct op *ops;
	size_t nops, cap;
	int pages, section_pages;
	bool open; /* a page of the section is begun */
	double y;  /* where the next thing flows */
	char *footer;
	struct lines lines;
	struct fact *facts;
	size_t nfacts, facts_cap;
	int fact_columns;
	struct table table;
	uint32_t missing;
	char *missing_in, *cut;
};

static inline double
type_step(const struct type *t)
{
	return t->size * LINE_STEP;
}

/* --- paper.c --- */
struct type paper_type(const struct paper *p, const struct paper_style *style);
/* The next page; flows, and keeps the table's header to itself. */
void paper_break(struct paper *p);
void paper_need_page(struct paper *p);
void paper_put_line(struct paper *p, double x, double y, double w,
    enum paper_align align, const struct type *t, const struct line *line);
struct op *paper_op(struct paper *p, enum op_kind kind, struct paper_box box);
double paper_bottom(const struct paper *p); /* of what flows */
int paper_failed(struct paper *p, int rc);  /* keeps the first */

/* --- paper_text.c --- */
/* Printable, what fonts lack replaced and noted; in @p's arena. */
const char *paper_clean(struct paper *p, const char *text);
double paper_measure(const struct type *t, const char *s, size_t len);
/* Adds lines of at most @width to p->lines; returns how many: at least 1. */
size_t paper_wrap(
    struct paper *p, const struct type *t, const char *s, double width);
/* One line of at most @width, with "…" if it is cut; true if it is. */
bool paper_cut_line(struct paper *p, const struct type *t, const char *s,
    size_t len, double width, struct line *out);

/* --- paper_code.c --- */
/* Returns where its modules are. */
struct paper_box paper_put_code(struct paper *p, struct paper_box box,
    enum paper_symbol symbol, const char *text, enum paper_align align);

/* --- paper_flow.c --- */
void paper_settle(struct paper *p); /* facts that wait */

#endif
