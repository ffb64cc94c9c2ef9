/* SPDX-License-Identifier: MIT */
#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "paper_priv.h"
#include "pdf_whole.h"
#include "shopmgr/base/alloc.h"
#include "shopmgr/base/i18n.h"

#define FOOT      8.0 /* mm at the foot of a numbered page */
#define FOOT_PT   8.0
#define FOOT_GRAY 0.4
#define STEP_PT   0.25 /* by which type is made smaller */

const struct paper_format paper_a4 = { 210, 297, 15, 9.5, true, false };
const struct paper_format paper_a5 = { 210, 148, 10, 9, true, false };
const struct paper_format paper_label = { 100, 180, 4, 9, false, true };
const struct paper_format paper_bin = { 60, 40, 2.5, 9, false, true };

int
paper_failed(struct paper *p, int rc)
{
	if (p->rc == 0)
		p->rc = rc;
	return p->rc;
}

int
paper_open(struct paper **out, const char *path,
    const struct paper_format *format, struct err *err)
{
	struct paper *p = xcalloc(1, sizeof(*p));
	int rc;

	p->err = err;
	p->format = *format;
	p->footer = xstrdup("");
	rc = out_file_open(&p->file, path, err);
	if (rc == 0)
		rc = pdf_open(&p->pdf, &p->file, err);
	if (rc < 0) {
		paper_close(p);
		return rc;
	}
	*out = p;
	return 0;
}

void
paper_about(struct paper *p, const char *title, int64_t created)
{
	pdf_about(p->pdf, title, created);
}

void
paper_close(struct paper *p)
{
	if (p == NULL)
		return;
	pdf_free(p->pdf);
	out_file_close(&p->file);
	arena_done(&p->arena);
	free(p->ops);
	free(p->lines.v);
	free(p->facts);
	free(p->footer);
	free(p->missing_in);
	free(p->cut);
	free(p);
}

int
paper_fd(const struct paper *p)
{
	return p->file.fd;
}

int
paper_pages(const struct paper *p)
{
	return p->pages;
}

uint32_t
paper_missing(const struct paper *p, const char **text)
{
	*text = p->missing != 0 ? p->missing_in : "";
	return p->missing;
}

const char *
paper_cut(const struct paper *p)
{
	return p->cut;
}

struct op *
paper_op(struct paper *p, enum op_kind kind, struct paper_box box)
{
	struct op *op;

	if (p->nops == p->cap) {
		p->cap = p->cap * 2 + 128;
		p->ops = xreallocarray(p->ops, p->cap, sizeof(*p->ops));
	}
	op = &p->ops[p->nops++];
	*op = (struct op){
		.kind = kind, .x = box.x, .y = box.y, .w = box.w, .h = box.h
	};
	return op;
}

struct type
paper_type(const struct paper *p, const struct paper_style *style)
{
	double pt = p->format.pt;

	if (style == NULL)
		return (struct type){ .size = pt * PT_MM };
	if (style->pt > 0)
		pt = style->pt;
	return (struct type){ pt * PT_MM, style->gray, style->bold };
}

/* @y is the top of the line's share of the page: the type's body is in its
 * middle. */
void
paper_put_line(struct paper *p, double x, double y, double w,
    enum paper_align align, const struct type *t, const struct line *line)
{
	struct op *op;

	if (line->len == 0)
		return;
	if (align == PAPER_RIGHT)
		x += w - line->w;
	else if (align == PAPER_CENTRE)
		x += (w - line->w) / 2;
	y += (type_step(t) - t->size) / 2 + 0.88 * t->size;
	op = paper_op(p, OP_TEXT, (struct paper_box){ x, y, 0, t->size });
	op->gray = t->gray;
	op->bold = t->bold;
	op->text = line->s;
	op->len = line->len;
}

/* --- pages --- */

double
paper_bottom(const struct paper *p)
{
	return p->format.height - p->format.margin -
	       (p->format.numbered ? FOOT : 0);
}

void
paper_break(struct paper *p)
{
	paper_op(p, OP_PAGE,
	    (struct paper_box){ 0, 0, p->format.width, p->format.height });
	p->open = true;
	p->pages++;
	p->section_pages++;
	p->y = p->format.margin;
}

void
paper_need_page(struct paper *p)
{
	if (!p->open)
		paper_break(p);
}

/* Drawn beyond the notes: the number of pages is known only now. */
static void
draw_foot(struct paper *p, int page)
{
	const struct paper_format *f = &p->format;
	const struct paper_style style = { .pt = FOOT_PT, .gray = FOOT_GRAY };
	struct type t = paper_type(p, &style);
	double w = f->width - 2 * f->margin;
	double y = f->height - f->margin - type_step(&t);
	size_t had = p->nops, i;
	char number[32];
	struct line line;

	snprintf(number, sizeof(number), "%d / %d", page, p->section_pages);
	line = (struct line){ number, strlen(number), 0 };
	line.w = paper_measure(&t, number, line.len);
	paper_put_line(p, f->margin, y, w, PAPER_RIGHT, &t, &line);
	w -= line.w + 5;
	paper_cut_line(p, &t, p->footer, strlen(p->footer), w, &line);
	paper_put_line(p, f->margin, y, w, PAPER_LEFT, &t, &line);
	for (i = had; i < p->nops; i++)
		pdf_draw(p->pdf, &p->ops[i]);
	p->nops = had;
}

/* Thin gray strokes would be dots with gaps between them. */
static void
draw_op(struct paper *p, struct op *op)
{
	if (p->format.black && op->kind != OP_FILL)
		op->gray = op->gray < 0.5 || op->kind != OP_TEXT ? 0 : 1;
	pdf_draw(p->pdf, op);
}

/* The notes become pages. */
static void
draw(struct paper *p)
{
	size_t n = p->nops, i;
	int page = 0;

	for (i = 0; i < n; i++) {
		if (p->ops[i].kind == OP_PAGE && page++ > 0 &&
		    p->format.numbered)
			draw_foot(p, page - 1);
		draw_op(p, &p->ops[i]);
	}
	if (page > 0 && p->format.numbered)
		draw_foot(p, page);
	p->nops = 0;
	p->lines.n = 0;
	arena_reset(&p->arena);
}

void
paper_page(struct paper *p)
{
	paper_settle(p);
	paper_table_end(p);
	if (!p->format.numbered)
		draw(p);
	paper_break(p);
}

static void
end_section(struct paper *p)
{
	paper_settle(p);
	paper_table_end(p);
	draw(p);
	p->open = false;
	p->section_pages = 0;
}

void
paper_section(
    struct paper *p, const struct paper_format *format, const char *footer)
{
	end_section(p);
	if (format != NULL)
		p->format = *format;
	free(p->footer);
	/* Not in the arena: it is for each page. */
	p->footer = xstrdup(paper_clean(p, footer));
}

/* A pipe is gone, a file can be looked at. */
static int
check_whole(struct paper *p)
{
	struct stat st;

	if (fstat(p->file.fd, &st) < 0 || !S_ISREG(st.st_mode) ||
	    p->file.fd == STDOUT_FILENO || pdf_is_whole(p->file.fd))
		return 0;
	return err_set(p->err, ERR_IO, "", _("There is no memory left"));
}

int
paper_finish(struct paper *p)
{
	end_section(p);
	/* A document has a page. */
	if (p->pages == 0)
		paper_page(p);
	draw(p);
	paper_failed(p, pdf_finish(p->pdf));
	if (p->rc == 0)
		paper_failed(p, check_whole(p));
	if (p->rc == 0)
		paper_failed(p, out_file_seal(&p->file));
	if (p->rc == 0)
		paper_failed(p, out_file_rename(&p->file, p->file.path));
	return p->rc;
}

/* --- each thing in its place --- */

double
paper_width(struct paper *p, const struct paper_style *style, const char *text)
{
	struct type t = paper_type(p, style);
	const char *s = paper_clean(p, text);

	return paper_measure(&t, s, strlen(s));
}

static void
note_cut(struct paper *p, const char *text)
{
	if (p->cut == NULL)
		p->cut = xstrdup(text);
}

/* Lines that fit the box; made smaller, as far as the style lets it. */
static size_t
set_lines(struct paper *p, const struct paper_box *box,
    const struct paper_style *style, const char *s, struct type *t)
{
	double least = style->min_pt > 0 ? style->min_pt * PT_MM : t->size;
	size_t had = p->lines.n, n;

	for (;;) {
		p->lines.n = had;
		n = paper_wrap(p, t, s, box->w);
		if ((!style->one_line || n == 1) &&
		    (box->h <= 0 || (double)n * type_step(t) <= box->h + 1e-6))
			return n;
		if (t->size - STEP_PT * PT_MM < least - 1e-6)
			return n;
		t->size -= STEP_PT * PT_MM;
	}
}

/* What does not fit goes behind "…" in the last line that does: all that is
 * left of the text, which is too long for it. */
static void
cut_last(struct paper *p, const struct type *t, double width, size_t i)
{
	const char *s = p->lines.v[i].s;
	struct line line;

	paper_cut_line(p, t, s, strlen(s), width, &line);
	p->lines.v[i] = line;
}

double
paper_text(struct paper *p, struct paper_box box,
    const struct paper_style *style, const char *text)
{
	static const struct paper_style plain;
	size_t had = p->lines.n, n, fits, i;
	const char *s = paper_clean(p, text);
	struct type t;
	double y = box.y;

	paper_need_page(p);
	style = style != NULL ? style : &plain;
	t = paper_type(p, style);
	n = set_lines(p, &box, style, s, &t);
	fits = n;
	if (style->one_line)
		fits = 1;
	else if (box.h > 0 && (double)n * type_step(&t) > box.h + 1e-6)
		fits = (size_t)((box.h + 1e-6) / type_step(&t));
	fits = fits > 0 ? fits : 1;
	if (fits < n) {
		n = fits;
		cut_last(p, &t, box.w, had + n - 1);
		if (!style->one_line)
			note_cut(p, text);
	}
	if (style->middle && box.h > 0)
		y += (box.h - (double)n * type_step(&t)) / 2;
	for (i = 0; i < n; i++)
		paper_put_line(p, box.x, y + (double)i * type_step(&t), box.w,
		    style->align, &t, &p->lines.v[had + i]);
	p->lines.n = had;
	return (double)n * type_step(&t);
}

void
paper_line(
    struct paper *p, double x1, double y1, double x2, double y2, double thick)
{
	paper_need_page(p);
	paper_op(p, OP_LINE, (struct paper_box){ x1, y1, x2 - x1, y2 - y1 })
	    ->thick = thick;
}

void
paper_frame(struct paper *p, struct paper_box box, double thick)
{
	paper_need_page(p);
	paper_op(p, OP_FRAME, box)->thick = thick;
}

void
paper_fill(struct paper *p, struct paper_box box, double gray)
{
	paper_need_page(p);
	paper_op(p, OP_FILL, box)->gray = gray;
}
