/* SPDX-License-Identifier: MIT */
#ifndef SHOPMGR_IO_PAPER_H
#define SHOPMGR_IO_PAPER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "shopmgr/base/err.h"

/*
 * Documents on paper, as PDF: forms that flow over pages (titles, facts,
 * tables) and labels where each thing has its place. All is measured in
 * millimetres from the sheet's upper left corner, type in points. The same
 * calls make the same bytes. Any text may be given: what is no character for
 * people (control, bidi, zero-width) is not printed.
 *
 * The first failure is kept, what follows does nothing, paper_finish() returns
 * it: so a form need not look after each line.
 */

struct paper;

struct paper_format {
	double width, height, margin;
	double pt;     /* the size of text where no other is said */
	bool numbered; /* at the foot of each page "n / m", and a footer */
	bool black;    /* a label printer's dots: gray type becomes black */
};
extern const struct paper_format paper_a4;
extern const struct paper_format paper_a5;    /* lying */
extern const struct paper_format paper_label; /* 100 x 180, a courier's */
extern const struct paper_format paper_bin;   /* 60 x 40, a shelf's */

/*
 * @path takes the document at paper_finish(), for nobody else to read; NULL:
 * it is in memory, for the printer. @err is kept, and filled in by what fails
 * later. ERR_NOTFOUND: there is no font with Chinese characters.
 */
int paper_open(struct paper **out, const char *path,
    const struct paper_format *format, struct err *err) MUST_CHECK;
/* What programs show of the file; @created (UTC, 0: none) is in its bytes. */
void paper_about(struct paper *p, const char *title, int64_t created);
int paper_finish(struct paper *p) MUST_CHECK;
/* Frees; without paper_finish() there is no file. */
void paper_close(struct paper *p);
/* The finished document in memory, until paper_close(). */
int paper_fd(const struct paper *p);
int paper_pages(const struct paper *p);

/* A document of its own in the same file: on a new page, numbered from 1.
 * NULL: in the same format. */
void paper_section(
    struct paper *p, const struct paper_format *format, const char *footer);
/* A new page; the first one, too, where nothing flows. */
void paper_page(struct paper *p);

/*
 * What the caller warns of. The first character that no font has: 0 is none;
 * *@text, until paper_close(), is what it was in. It was printed as □.
 */
uint32_t paper_missing(const struct paper *p, const char **text);
/* The first text that did not fit its box, or NULL; those that may be cut with
 * "…" do not count. */
const char *paper_cut(const struct paper *p);
/* The same of a text beforehand; 0: it can be printed. */
uint32_t paper_lacks(const char *text);
/* A font's file to be looked in first; NULL: only those that the system has.
 * Before the first document is opened. */
void paper_font(const char *path);

/* --- each thing in its place --- */

enum paper_align { PAPER_LEFT, PAPER_RIGHT, PAPER_CENTRE };

struct paper_box {
	double x, y, w, h; /* h 0: as high as need be */
};

struct paper_style {
	double pt;     /* 0: the format's */
	double min_pt; /* made smaller down to this until it fits */
	double gray;   /* 0 black, 1 white */
	enum paper_align align;
	bool bold;
	bool one_line; /* cut with "…" instead of wrapped */
	bool middle;   /* of the box's height */
};

/* Wrapped in the box; returns the height it took. NULL: the plain style. */
double paper_text(struct paper *p, struct paper_box box,
    const struct paper_style *style, const char *text);
/* How wide a text is in one line. */
double paper_width(
    struct paper *p, const struct paper_style *style, const char *text);
void paper_line(
    struct paper *p, double x1, double y1, double x2, double y2, double thick);
void paper_frame(struct paper *p, struct paper_box box, double thick);
void paper_fill(struct paper *p, struct paper_box box, double gray);

enum paper_symbol {
	PAPER_CODE128, /* printable ASCII */
	PAPER_QR,      /* any text */
	PAPER_EAN13,   /* 13 digits, or 12 and it adds the last one */
};

/* Centred in the box, quiet zone within. EAN-13 prints its digits beneath, the
 * others do not. What cannot be drawn is a failure: see paper_encodes(). */
void paper_code(struct paper *p, struct paper_box box, enum paper_symbol symbol,
    const char *text);
/* 0, or ERR_INVALID and why this text is no such barcode of at most @width. */
int paper_encodes(enum paper_symbol symbol, const char *text, double width,
    struct err *err) MUST_CHECK;

/* --- what flows down the pages --- */

/* Left on the page, and where one is. */
double paper_room(struct paper *p);
double paper_y(struct paper *p);
void paper_space(struct paper *p, double mm);
/* A new page unless there is so much room on this one. */
void paper_keep(struct paper *p, double mm);

/* The document's name, and at the right its number as Code 128 (or NULL). */
void paper_title(struct paper *p, const char *title, const char *number);
void paper_heading(struct paper *p, const char *text);
void paper_note(
    struct paper *p, const struct paper_style *style, const char *text);
void paper_rule(struct paper *p);
/* A barcode @height high, left or wherever @align says. */
void paper_barcode(struct paper *p, enum paper_symbol symbol, const char *text,
    double height, enum paper_align align);

/* A grid of label and value, filled line by line in so many columns; anything
 * else ends it. */
void paper_facts(struct paper *p, int columns);
void paper_fact(struct paper *p, const char *label, const char *value);
/* The same over the whole line. */
void paper_fact_wide(struct paper *p, const char *label, const char *value);

/* Lines to be filled in by hand, side by side: "Signature", "Date". */
void paper_blanks(struct paper *p, const char *const *labels, size_t n);

enum {
	PAPER_ONE_LINE = 1, /* cut with "…" instead of wrapped */
	PAPER_BOLD = 2,
	PAPER_TICK = 4, /* an empty box to tick, unless the text is NULL */
	PAPER_BARS = 8, /* the text as Code 128, and beneath it in digits */
};

struct paper_col {
	const char *title; /* N_("Bin") */
	double width;      /* 0: such columns share what is left */
	enum paper_align align;
	unsigned flags;
	double pt; /* 0: the format's */
};

/* @cols is not copied. The header stands on every page the table reaches; a row
 * is only broken when no page could hold it. */
void paper_table(struct paper *p, const struct paper_col *cols, size_t n);
/* A text for each column; NULL is "". */
void paper_row(struct paper *p, const char *const *cells);
/* A line across the table over the rows of one kind; not left alone at the end
 * of a page. */
void paper_group(struct paper *p, const char *text);
/* The last row: set off, and not without the row above it on a new page. */
void paper_total(struct paper *p, const char *const *cells);
void paper_table_end(struct paper *p);

#endif
