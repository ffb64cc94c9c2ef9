/* SPDX-License-Identifier: MIT */
#include <math.h>
#include <string.h>

#include "paper_priv.h"
#include "shopmgr/base/i18n.h"

/*
 * Where a barcode's modules fall. A label printer has dots of 1/8 mm: modules
 * are so many whole dots that scanners read them, where there is room.
 */
#define DOT 0.125

static const struct {
	double least, whole, most; /* mm of a module; from where in dots */
} modules[] = {
	[PAPER_CODE128] = { 0.19, 0.25, 0.5 },
	[PAPER_QR] = { 0.2, 0.25, 1.5 },
	[PAPER_EAN13] = { 0.25, 0.25, 0.375 },
};

/* 0: there is no room for it. */
static double
module_in(const struct barcode *code, double w, double h)
{
	int n = code->width + 2 * code->quiet;
	double least = modules[code->symbol].least;
	double whole = modules[code->symbol].whole;
	double most = modules[code->symbol].most;
	double room = (code->rows > 1 && h < w ? h : w) / n;

	if (room >= whole)
		room = floor(room / DOT + 1e-6) * DOT;
	if (room < least)
		return 0;
	return room < most ? room : most;
}

static int
no_room(const char *text, double width, struct err *err)
{
	return err_set(err, ERR_INVALID, "",
	    _("%s is too long for a barcode of %g mm"), text, width);
}

int
paper_encodes(
    enum paper_symbol symbol, const char *text, double width, struct err *err)
{
	struct arena arena = { 0 };
	struct barcode code;
	int rc = barcode_make(&code, symbol, text, &arena, err);

	if (rc == 0 && module_in(&code, width, width) <= 0)
		rc = no_room(text, width, err);
	arena_done(&arena);
	return rc;
}

static double
on_dot(double mm)
{
	return round(mm / DOT) * DOT;
}

/* One digit before the bars, six beneath each half of them. */
static void
put_digits(struct paper *p, const char *digits, double x, double y, double step)
{
	const struct type t = { .size = 9 * step };
	const struct {
		size_t from, n;
		double at, wide; /* in modules */
	} parts[] = { { 0, 1, -10, 8 }, { 1, 6, 3, 42 }, { 7, 6, 50, 42 } };
	struct line line;
	size_t i;

	for (i = 0; i < sizeof(parts) / sizeof(*parts); i++) {
		line.s = digits + parts[i].from;
		line.len = parts[i].n;
		line.w = paper_measure(&t, line.s, line.len);
		paper_put_line(p, x + parts[i].at * step, y,
		    parts[i].wide * step, PAPER_CENTRE, &t, &line);
	}
}

/* The longer bars at the ends and in the middle. */
static void
put_guards(struct paper *p, const struct barcode *code, struct paper_box bars,
    double step)
{
	static const int guards[] = { 0, 2, 46, 48, 92, 94 };
	size_t i;

	for (i = 0; i < sizeof(guards) / sizeof(*guards); i++)
		if (barcode_dark(code, 0, guards[i]))
			paper_fill(p,
			    (struct paper_box){ bars.x + guards[i] * step,
				bars.y, step, bars.h + 5 * step },
			    0);
}

/* The size of its modules; 0: it cannot be drawn, and the document fails. */
static double
make(struct paper *p, struct barcode *code, const struct paper_box *box,
    enum paper_symbol symbol, const char *text)
{
	int rc = barcode_make(code, symbol, text, &p->arena, p->err);
	double step = 0;

	if (rc < 0) {
		paper_failed(p, rc);
		return 0;
	}
	step = module_in(code, box->w, box->h);
	if (step <= 0)
		paper_failed(p, no_room(text, box->w, p->err));
	return step;
}

struct paper_box
paper_put_code(struct paper *p, struct paper_box box, enum paper_symbol symbol,
    const char *text, enum paper_align align)
{
	struct barcode *code = arena_alloc(&p->arena, sizeof(*code));
	double step = make(p, code, &box, symbol, text), w, h = box.h, left;

	if (step <= 0)
		return box;
	paper_need_page(p);
	w = code->width * step;
	left = align == PAPER_LEFT ? 0 : box.w - w;
	left = align == PAPER_CENTRE ? left / 2 : left;
	if (code->rows > 1) {
		box.y = on_dot(box.y + (h - w) / 2);
		h = w;
	} else if (symbol == PAPER_EAN13) {
		h -= 12 * step; /* for the digits */
	}
	box = (struct paper_box){ on_dot(box.x + left), box.y, w, h };
	paper_op(p, OP_CODE, box)->code = code;
	if (symbol == PAPER_EAN13) {
		put_guards(p, code, box, step);
		put_digits(p, code->digits, box.x, box.y + box.h + step, step);
	}
	return box;
}

void
paper_code(struct paper *p, struct paper_box box, enum paper_symbol symbol,
    const char *text)
{
	paper_put_code(p, box, symbol, text, PAPER_CENTRE);
}
