/* SPDX-License-Identifier: MIT */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "shopmgr/base/i18n.h"
#include "shopmgr/base/str.h"
#include "shopmgr/base/utf8.h"
#include "shopmgr/domain/session.h"
#include "shopmgr/screens/screens.h"
#include "shopmgr/tui/theme.h"
#include "shopmgr/tui/ui.h"

/*
 * A picture of a screen, as SVG on stdout: what the program draws, in the
 * colours of its dark theme.
 *
 *	picture DATABASE LOGIN PASSWORD LANGUAGE ROWSxCOLUMNS [KEY...]
 */

#define CELL_W 9
#define CELL_H 19
#define BASE   14 /* of the letters, from the top of a cell */
#define PAD    14
#define PAPER  "#1c1f26"
#define INK    "#d3d7de"

struct picture {
	char **keys;
	int nkeys, at;
	struct str svg;
};

/* Of the 256 colours of a terminal. */
static const char *
color(short n, const char *own, char buf[8])
{
	static const unsigned char steps[] = { 0, 95, 135, 175, 215, 255 };
	unsigned r, g, b;

	if (n < 16)
		return own;
	if (n >= 232) {
		r = g = b = 8 + 10 * ((unsigned)n - 232);
	} else {
		n = (short)(n - 16);
		r = steps[n / 36];
		g = steps[n / 6 % 6];
		b = steps[n % 6];
	}
	snprintf(buf, 8, "#%02x%02x%02x", r & 255, g & 255, b & 255);
	return buf;
}

static void
box(struct str *out, double x, double y, double w, double h, const char *fill,
    double opacity)
{
	str_addf(out,
	    "<rect x=\"%.2f\" y=\"%.2f\" width=\"%.2f\" height=\"%.2f\" "
	    "fill=\"%s\"",
	    x, y, w, h, fill);
	if (opacity < 1)
		str_addf(out, " fill-opacity=\"%.2f\"", opacity);
	str_add(out, "/>\n");
}

static void
dots(struct str *out, uint32_t mask, int x, int y, const char *fill)
{
	static const unsigned char place[8][2] = { { 0, 0 }, { 0, 1 }, { 0, 2 },
		{ 1, 0 }, { 1, 1 }, { 1, 2 }, { 0, 3 }, { 1, 3 } };
	int i;

	for (i = 0; i < 8; i++)
		if ((mask >> i & 1) != 0)
			str_addf(out,
			    "<circle cx=\"%.2f\" cy=\"%.2f\" r=\"1.3\" "
			    "fill=\"%s\"/>\n",
			    x + CELL_W * (0.25 + 0.5 * place[i][0]),
			    y + CELL_H * (0.125 + 0.25 * place[i][1]), fill);
}

/* What fonts draw each in their own way is drawn here: bars, shades, lines and
 * dots. */
static bool
drawn(struct str *out, uint32_t cp, int x, int y, const char *fill)
{
	double n;

	if (cp >= 0x2581 && cp <= 0x2588) { /* from below */
		n = CELL_H * (double)(cp - 0x2580) / 8;
		box(out, x, y + CELL_H - n, CELL_W, n, fill, 1);
	} else if (cp >= 0x2589 && cp <= 0x258f) { /* from the left */
		n = CELL_W * (double)(0x2590 - cp) / 8;
		box(out, x, y + 1, n, CELL_H - 2, fill, 1);
	} else if (cp >= 0x2591 && cp <= 0x2593) {
		box(out, x, y, CELL_W, CELL_H, fill, (cp - 0x2590) * 0.25);
	} else if (cp == 0x2500) {
		box(out, x, y + CELL_H / 2.0, CELL_W, 1, fill, 1);
	} else if (cp > 0x2800 && cp < 0x2900) {
		dots(out, cp - 0x2800, x, y, fill);
	} else {
		return cp == ' ';
	}
	return true;
}

static void
letters(struct str *out, const struct cell *cell)
{
	char buf[4];
	int i;

	for (i = 0; i < 5 && cell->cp[i] != 0; i++) {
		if (cell->cp[i] == '&')
			str_add(out, "&amp;");
		else if (cell->cp[i] == '<')
			str_add(out, "&lt;");
		else
			str_addn(out, buf, utf8_encode(cell->cp[i], buf));
	}
}

/* A run of cells that look alike and are equally wide. */
struct run {
	int y, x, n; /* n characters */
	int w;       /* columns each */
};

static void
draw_run(struct str *out, const struct canvas *c, struct run r)
{
	const struct cell *cell = canvas_cell(c, r.y, r.x);
	int x = PAD + r.x * CELL_W, y = PAD + r.y * CELL_H, i;
	char fg[8];
	struct look look;

	theme_look("dark", 256, (enum style)cell->style, &look);
	str_addf(out,
	    "<text x=\"%d\" y=\"%d\" textLength=\"%d\" fill=\"%s\"%s>", x,
	    y + BASE, r.n * r.w * CELL_W - (r.w == 2 ? 2 : 0),
	    color(look.fg, INK, fg),
	    look.attr & LOOK_BOLD ? " font-weight=\"bold\"" : "");
	for (i = 0; i < r.n; i++)
		letters(out, canvas_cell(c, r.y, r.x + i * r.w));
	str_add(out, "</text>\n");
}

/* Ground and what is drawn; false for what is a letter. */
static bool
draw_cell(struct str *out, const struct cell *cell, int y, int x, int w)
{
	int px = PAD + x * CELL_W, py = PAD + y * CELL_H;
	char fg[8], bg[8];
	struct look look;

	theme_look("dark", 256, (enum style)cell->style, &look);
	if (look.bg >= 16)
		box(out, px, py, w * CELL_W, CELL_H, color(look.bg, PAPER, bg),
		    1);
	return drawn(out, cell->cp[0], px, py, color(look.fg, INK, fg));
}

static void
draw_row(struct str *out, const struct canvas *c, int y)
{
	const struct cell *cell, *next;
	struct str text = STR_INIT;
	struct run r = { .y = y };
	int x, w;

	for (x = 0; x < canvas_w(c); x += w) {
		cell = canvas_cell(c, y, x);
		next = canvas_cell(c, y, x + 1);
		w = next != NULL && next->cp[0] == 0 ? 2 : 1;
		if (r.n > 0 &&
		    (w != r.w ||
			cell->style != canvas_cell(c, y, r.x)->style)) {
			draw_run(&text, c, r);
			r.n = 0;
		}
		if (draw_cell(out, cell, y, x, w)) {
			if (r.n > 0)
				draw_run(&text, c, r);
			r.n = 0;
			continue;
		}
		if (r.n++ == 0) {
			r.x = x;
			r.w = w;
		}
	}
	if (r.n > 0)
		draw_run(&text, c, r);
	str_addn(out, text.s, text.len); /* above every ground */
	str_done(&text);
}

static void
draw(struct str *out, const struct canvas *c)
{
	int y;

	str_cut(out, 0);
	str_addf(out,
	    "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" "
	    "height=\"%d\" font-family=\"'DejaVu Sans Mono','Noto Sans Mono "
	    "CJK SC','Microsoft YaHei',monospace\" font-size=\"15\">\n"
	    "<rect width=\"100%%\" height=\"100%%\" rx=\"8\" fill=\"" PAPER
	    "\"/>\n",
	    canvas_w(c) * CELL_W + 2 * PAD, canvas_h(c) * CELL_H + 2 * PAD);
	for (y = 0; y < canvas_h(c); y++)
		draw_row(out, c, y);
	str_add(out, "</svg>\n");
}

static void
port_wait(void *arg, int timeout_ms, struct key *out)
{
	struct picture *p = arg;

	(void)timeout_ms;
	/* Apart as a person's, so that no Enter is taken for a scanner's. */
	*out = (struct key){ .code = KEY_HANGUP,
		.at = (p->at + 1) * INT64_C(1000000000) };
	if (p->at < p->nkeys)
		out->code = key_parse(p->keys[p->at]);
	p->at++;
}

static void
port_show(void *arg, const struct canvas *c)
{
	struct picture *p = arg;

	if (c != NULL && p->at <= p->nkeys)
		draw(&p->svg, c);
}

static void
port_bell(void *arg, int kind)
{
	(void)arg;
	(void)kind;
}

int
main(int argc, char **argv)
{
	struct picture p = { .svg = STR_INIT };
	struct ui_port port = { .wait = port_wait,
		.show = port_show,
		.bell = port_bell,
		.arg = &p };
	struct app app = { .exchange = "." };
	struct err err = { 0 };
	int h, w, rc;

	if (argc < 6 || sscanf(argv[5], "%dx%d", &h, &w) != 2) {
		fputs("picture DATABASE LOGIN PASSWORD LANGUAGE ROWSxCOLUMNS "
		      "[KEY...]\n",
		    stderr);
		return 2;
	}
	p.keys = argv + 6;
	p.nkeys = argc - 6;
	i18n_init(argv[4]);
	rc = session_open(&app.session, argv[1], &err);
	if (rc == 0) {
		rc = session_login(app.session, argv[2], argv[3]);
		if (rc == 0)
			rc = app_run(&app, &port, h, w);
		err = *session_err(app.session);
		session_close(app.session);
	}
	if (rc < 0)
		fprintf(stderr, "picture: %s\n", err.text);
	else
		fputs(p.svg.s, stdout);
	str_done(&p.svg);
	return rc < 0;
}
