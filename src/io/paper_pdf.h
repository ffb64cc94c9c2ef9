/* SPDX-License-Identifier: MIT */
#ifndef SHOPMGR_IO_PAPER_PDF_H
#define SHOPMGR_IO_PAPER_PDF_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "barcode.h"
#include "out_file.h"

/* Drawing on the pages of a PDF, by cairo, its one user; and the fonts, which
 * FreeType opens for it. All lengths are millimetres. */

enum op_kind {
	OP_TEXT,  /* from x on, y is its baseline, h its size */
	OP_LINE,  /* to x + w, y + h */
	OP_FRAME, /* its line within the box */
	OP_FILL,
	OP_CODE, /* the modules fill the box */
	OP_PAGE, /* a new one of w x h */
};

struct op {
	enum op_kind kind;
	bool bold;
	double x, y, w, h;
	double gray, thick;
	const char *text;
	size_t len;
	const struct barcode *code;
};

struct pdf;
/* @file and @err outlive it. */
int pdf_open(struct pdf **out, struct out_file *file, struct err *err)
    MUST_CHECK;
void pdf_about(struct pdf *pdf, const char *title, int64_t created);
void pdf_draw(struct pdf *pdf, const struct op *op);
int pdf_finish(struct pdf *pdf) MUST_CHECK;
void pdf_free(struct pdf *pdf);

/* --- the fonts --- */
int fonts_open(struct err *err) MUST_CHECK; /* once; more do nothing */
void fonts_first(const char *path);
/* False: no font has it. */
bool fonts_have(uint32_t cp);
/* How far it goes on, of its size; 0.6 for what no font has. */
double fonts_advance(uint32_t cp, bool bold);

#endif
