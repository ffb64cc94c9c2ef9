/* SPDX-License-Identifier: MIT */
#include <cairo/cairo-ft.h>
#include <cairo/cairo-pdf.h>
#include <dlfcn.h>
#include <ft2build.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>
#include FT_FREETYPE_H
#include FT_ADVANCES_H

#include "paper_pdf.h"
#include "shopmgr/base/alloc.h"
#include "shopmgr/base/i18n.h"
#include "shopmgr/base/utf8.h"

#define PT(mm)      ((mm) * (72.0 / 25.4))
#define MOST_FONTS  3
#define BUFFER      ((size_t)64 << 10)
#define MOST_GLYPHS 1024 /* of a run: one line */

/*
 * Opened with the first document: a start of the program need not wait for
 * cairo's twenty libraries, which take as long as all the rest. FreeType is one
 * of them.
 */
#define LIBRARY "libcairo.so.2"
/* clang-format off */
#define FUNCTIONS \
	X(cairo_create) \
	X(cairo_destroy) \
	X(cairo_fill) \
	X(cairo_font_face_destroy) \
	X(cairo_font_face_status) \
	X(cairo_ft_font_face_create_for_ft_face) \
	X(cairo_ft_font_face_set_synthesize) \
	X(cairo_line_to) \
	X(cairo_move_to) \
	X(cairo_pdf_surface_create_for_stream) \
	X(cairo_pdf_surface_set_metadata) \
	X(cairo_pdf_surface_set_size) \
	X(cairo_rectangle) \
	X(cairo_set_font_face) \
	X(cairo_set_font_size) \
	X(cairo_set_line_width) \
	X(cairo_set_source_rgb) \
	X(cairo_show_page) \
	X(cairo_show_text_glyphs) \
	X(cairo_status) \
	X(cairo_status_to_string) \
	X(cairo_stroke) \
	X(cairo_surface_destroy) \
	X(cairo_surface_finish) \
	X(cairo_surface_status) \
	X(FT_Done_Face) \
	X(FT_Get_Advance) \
	X(FT_Get_Char_Index) \
	X(FT_Init_FreeType) \
	X(FT_New_Face)
/* clang-format on */

#define X(f) __typeof__(f) *(f);
static struct {
	void *handle;
	FUNCTIONS
} lib;
#undef X

/* Where distributions keep them; which face of the file. The first is what
 * `make deps` installs; Noto has the rare characters of names, too. */
static const struct {
	const char *plain, *bold; /* bold NULL: made from the plain one */
	int face;
} known[] = {
	{ "/usr/share/fonts/truetype/wqy/wqy-zenhei.ttc", NULL, 0 },
	{ "/usr/share/fonts/wqy-zenhei-fonts/wqy-zenhei.ttc", NULL, 0 },
	{ "/usr/share/fonts/wenquanyi/wqy-zenhei/wqy-zenhei.ttc", NULL, 0 },
	{ "/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc",
	    "/usr/share/fonts/opentype/noto/NotoSansCJK-Bold.ttc", 2 },
	{ "/usr/share/fonts/google-noto-cjk/NotoSansCJK-Regular.ttc",
	    "/usr/share/fonts/google-noto-cjk/NotoSansCJK-Bold.ttc", 2 },
	{ "/usr/share/fonts/noto-cjk/NotoSansCJK-Regular.ttc",
	    "/usr/share/fonts/noto-cjk/NotoSansCJK-Bold.ttc", 2 },
};

struct font {
	FT_Face ft[2]; /* plain, bold */
	cairo_font_face_t *face[2];
};

/* Kept once opened: a font is 16 MB, a label some kB. */
static struct {
	FT_Library lib;
	char *first;
	struct font font[MOST_FONTS];
	int n;
} fonts;

struct pdf {
	cairo_surface_t *surface;
	cairo_t *cr;
	struct out_file *file;
	struct err *err;
	int rc;
	bool page;
	unsigned char *buf;
	size_t len;
	cairo_glyph_t glyphs[MOST_GLYPHS];
	cairo_text_cluster_t clusters[MOST_GLYPHS];
};

void
fonts_first(const char *path)
{
	free(fonts.first);
	fonts.first = path != NULL ? xstrdup(path) : NULL;
}

static int
open_library(struct err *err)
{
#define X(f) { #f, &lib.f },
	static const struct {
		const char *name;
		void *to;
	} wanted[] = { FUNCTIONS };
#undef X
	void *handle, *f;
	size_t i;

	if (lib.handle != NULL)
		return 0;
	handle = dlopen(LIBRARY, RTLD_NOW | RTLD_LOCAL);
	for (i = 0; handle != NULL && i < sizeof(wanted) / sizeof(*wanted);
	     i++) {
		f = dlsym(handle, wanted[i].name);
		if (f == NULL) {
			dlclose(handle);
			handle = NULL;
		}
		memcpy(wanted[i].to, &f, sizeof(f));
	}
	if (handle == NULL)
		return err_set(err, ERR_NOTFOUND, "",
		    _("Nothing can be printed on this host: the library %s is "
		      "not installed"),
		    LIBRARY);
	lib.handle = handle;
	return 0;
}

/* As it is drawn, not as some screen would want it. */
static bool
open_face(struct font *font, int bold, const char *path, int index, bool made)
{
	const int flags = FT_LOAD_NO_HINTING | FT_LOAD_NO_BITMAP;

	if (lib.FT_New_Face(fonts.lib, path, index, &font->ft[bold]) != 0)
		return false;
	font->face[bold] =
	    lib.cairo_ft_font_face_create_for_ft_face(font->ft[bold], flags);
	if (made)
		lib.cairo_ft_font_face_set_synthesize(
		    font->face[bold], CAIRO_FT_SYNTHESIZE_BOLD);
	return lib.cairo_font_face_status(font->face[bold]) ==
	       CAIRO_STATUS_SUCCESS;
}

static void
close_font(struct font *font)
{
	for (int i = 0; i < 2; i++) {
		lib.cairo_font_face_destroy(font->face[i]);
		if (font->ft[i] != NULL)
			lib.FT_Done_Face(font->ft[i]);
	}
	*font = (struct font){ 0 };
}

/* A bold one is made where there is none. */
static void
add_font(const char *plain, const char *bold, int index)
{
	struct font *font = &fonts.font[fonts.n];

	if (fonts.n == MOST_FONTS)
		return;
	if (open_face(font, 0, plain, index, false) &&
	    ((bold != NULL && open_face(font, 1, bold, index, false)) ||
		open_face(font, 1, plain, index, true)))
		fonts.n++;
	else
		close_font(font);
}

int
fonts_open(struct err *err)
{
	size_t i;
	int rc;

	if (fonts.n > 0)
		return 0;
	if ((rc = open_library(err)) < 0)
		return rc;
	if (fonts.lib == NULL && lib.FT_Init_FreeType(&fonts.lib) != 0)
		return err_set(err, ERR_IO, "", _("There is no memory left"));
	if (fonts.first != NULL)
		add_font(fonts.first, NULL, 0);
	for (i = 0; i < sizeof(known) / sizeof(*known); i++)
		if (access(known[i].plain, R_OK) == 0)
			add_font(known[i].plain, known[i].bold, known[i].face);
	if (fonts.n == 0 || !fonts_have(0x4E2D))
		return err_set(err, ERR_NOTFOUND, "",
		    _("There is no font with Chinese characters: install "
		      "fonts-wqy-zenhei"));
	return 0;
}

/* The first font that has it, or the first one with its index 0. */
static const struct font *
find_glyph(uint32_t cp, bool bold, FT_UInt *index)
{
	*index = 0;
	for (int i = 0; i < fonts.n; i++) {
		*index = lib.FT_Get_Char_Index(fonts.font[i].ft[bold], cp);
		if (*index != 0)
			return &fonts.font[i];
	}
	return &fonts.font[0];
}

bool
fonts_have(uint32_t cp)
{
	FT_UInt index;

	find_glyph(cp, false, &index);
	return index != 0;
}

double
fonts_advance(uint32_t cp, bool bold)
{
	FT_UInt index;
	FT_Face ft = find_glyph(cp, bold, &index)->ft[bold];
	FT_Fixed units = 0;

	if (index == 0 || ft->units_per_EM == 0 ||
	    lib.FT_Get_Advance(ft, index, FT_LOAD_NO_SCALE, &units) != 0)
		return 0.6;
	return (double)units / ft->units_per_EM;
}

static cairo_status_t
flush(struct pdf *pdf)
{
	if (pdf->rc == 0)
		pdf->rc = out_file_write(pdf->file, pdf->buf, pdf->len);
	pdf->len = 0;
	return pdf->rc == 0 ? CAIRO_STATUS_SUCCESS : CAIRO_STATUS_WRITE_ERROR;
}

static cairo_status_t
take(void *arg, const unsigned char *data, unsigned int len)
{
	struct pdf *pdf = arg;

	if (pdf->len + len > BUFFER && flush(pdf) != CAIRO_STATUS_SUCCESS)
		return CAIRO_STATUS_WRITE_ERROR;
	if (len > BUFFER) {
		pdf->rc = out_file_write(pdf->file, data, len);
		return pdf->rc == 0 ? CAIRO_STATUS_SUCCESS
				    : CAIRO_STATUS_WRITE_ERROR;
	}
	memcpy(pdf->buf + pdf->len, data, len);
	pdf->len += len;
	return CAIRO_STATUS_SUCCESS;
}

/* What cairo says of itself; a failed write has its own words already. */
static int
checked(struct pdf *pdf, cairo_status_t status)
{
	if (status != CAIRO_STATUS_SUCCESS && pdf->rc == 0)
		pdf->rc = err_set(pdf->err, ERR_IO, "",
		    _("The document cannot be made: %s"),
		    lib.cairo_status_to_string(status));
	return pdf->rc;
}

int
pdf_open(struct pdf **out, struct out_file *file, struct err *err)
{
	struct pdf *pdf;
	int rc = fonts_open(err);

	if (rc < 0)
		return rc;
	pdf = xcalloc(1, sizeof(*pdf));
	pdf->file = file;
	pdf->err = err;
	pdf->buf = xmalloc(BUFFER);
	pdf->surface = lib.cairo_pdf_surface_create_for_stream(take, pdf, 1, 1);
	pdf->cr = lib.cairo_create(pdf->surface);
	pdf_about(pdf, NULL, 0);
	rc = checked(pdf, lib.cairo_status(pdf->cr));
	if (rc < 0) {
		pdf_free(pdf);
		return rc;
	}
	*out = pdf;
	return 0;
}

/* Without a time given none is in it: the same calls, the same bytes. */
void
pdf_about(struct pdf *pdf, const char *title, int64_t created)
{
	time_t t = (time_t)created;
	struct tm tm;
	char when[32] = "";

	if (created != 0 && gmtime_r(&t, &tm) != NULL)
		(void)strftime(when, sizeof(when), "%Y-%m-%dT%H:%M:%SZ", &tm);
	lib.cairo_pdf_surface_set_metadata(pdf->surface,
	    CAIRO_PDF_METADATA_CREATE_DATE, when[0] != '\0' ? when : NULL);
	lib.cairo_pdf_surface_set_metadata(
	    pdf->surface, CAIRO_PDF_METADATA_TITLE, title);
}

/* A run of glyphs of one font; the text goes along, to be found and copied. */
static void
show_run(struct pdf *pdf, const struct font *font, const struct op *op,
    const char *s, size_t len, int n)
{
	lib.cairo_set_font_face(pdf->cr, font->face[op->bold]);
	lib.cairo_set_font_size(pdf->cr, PT(op->h));
	lib.cairo_show_text_glyphs(
	    pdf->cr, s, (int)len, pdf->glyphs, n, pdf->clusters, n, 0);
}

static void
draw_text(struct pdf *pdf, const struct op *op)
{
	const struct font *font = NULL, *next;
	double x = op->x;
	size_t from = 0, at = 0, len;
	FT_UInt index;
	uint32_t cp;
	int n = 0;

	for (; at < op->len; at += len) {
		len = utf8_decode(op->text + at, op->len - at, &cp);
		next = find_glyph(cp, op->bold, &index);
		if (n > 0 && (next != font || n == MOST_GLYPHS)) {
			show_run(pdf, font, op, op->text + from, at - from, n);
			from = at;
			n = 0;
		}
		font = next;
		pdf->glyphs[n] = (cairo_glyph_t){ index, PT(x), PT(op->y) };
		pdf->clusters[n++] = (cairo_text_cluster_t){ (int)len, 1 };
		x += fonts_advance(cp, op->bold) * op->h;
	}
	if (n > 0)
		show_run(pdf, font, op, op->text + from, at - from, n);
}

/* Are these modules of a row dark, and those at its sides not? */
static bool
same_run(const struct barcode *code, int row, int from, int to)
{
	if (row < 0 || row >= code->rows ||
	    (from > 0 && barcode_dark(code, row, from - 1)) ||
	    (to < code->width && barcode_dark(code, row, to)))
		return false;
	while (from < to && barcode_dark(code, row, from))
		from++;
	return from == to;
}

/* A run, with those of the same modules beneath it: those are not begun. */
static void
add_run(struct pdf *pdf, const struct op *op, int row, int from, int to)
{
	const struct barcode *code = op->code;
	double step = op->w / code->width, high = op->h / code->rows;
	int end = row + 1;

	if (same_run(code, row - 1, from, to))
		return;
	while (same_run(code, end, from, to))
		end++;
	lib.cairo_rectangle(pdf->cr, PT(op->x + from * step),
	    PT(op->y + row * high), PT((to - from) * step),
	    PT((end - row) * high));
}

/* All modules are one path, so that no light lines show between them. */
static void
draw_code(struct pdf *pdf, const struct op *op)
{
	const struct barcode *code = op->code;
	int row, col, from;

	for (row = 0; row < code->rows; row++) {
		for (col = 0; col < code->width; col++) {
			from = col;
			while (
			    col < code->width && barcode_dark(code, row, col))
				col++;
			if (col > from)
				add_run(pdf, op, row, from, col);
		}
	}
	lib.cairo_fill(pdf->cr);
}

static void
new_page(struct pdf *pdf, double w, double h)
{
	if (pdf->page)
		lib.cairo_show_page(pdf->cr);
	lib.cairo_pdf_surface_set_size(pdf->surface, PT(w), PT(h));
	pdf->page = true;
}

void
pdf_draw(struct pdf *pdf, const struct op *op)
{
	cairo_t *cr = pdf->cr;
	double half = op->thick / 2;

	lib.cairo_set_source_rgb(cr, op->gray, op->gray, op->gray);
	lib.cairo_set_line_width(cr, PT(op->thick));
	switch (op->kind) {
	case OP_TEXT:
		draw_text(pdf, op);
		break;
	case OP_LINE:
		lib.cairo_move_to(cr, PT(op->x), PT(op->y));
		lib.cairo_line_to(cr, PT(op->x + op->w), PT(op->y + op->h));
		lib.cairo_stroke(cr);
		break;
	case OP_FRAME:
		lib.cairo_rectangle(cr, PT(op->x + half), PT(op->y + half),
		    PT(op->w - op->thick), PT(op->h - op->thick));
		lib.cairo_stroke(cr);
		break;
	case OP_FILL:
		lib.cairo_rectangle(
		    cr, PT(op->x), PT(op->y), PT(op->w), PT(op->h));
		lib.cairo_fill(cr);
		break;
	case OP_CODE:
		draw_code(pdf, op);
		break;
	case OP_PAGE:
		new_page(pdf, op->w, op->h);
		break;
	}
}

int
pdf_finish(struct pdf *pdf)
{
	if (pdf->page)
		lib.cairo_show_page(pdf->cr);
	checked(pdf, lib.cairo_status(pdf->cr));
	lib.cairo_surface_finish(pdf->surface);
	checked(pdf, lib.cairo_surface_status(pdf->surface));
	if (pdf->rc == 0)
		flush(pdf);
	return pdf->rc;
}

void
pdf_free(struct pdf *pdf)
{
	if (pdf == NULL)
		return;
	/* What is given up is not written any more. */
	if (pdf->rc == 0)
		pdf->rc = ERR_CANCELLED;
	lib.cairo_destroy(pdf->cr);
	lib.cairo_surface_destroy(pdf->surface);
	free(pdf->buf);
	free(pdf);
}
