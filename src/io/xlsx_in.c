/* SPDX-License-Identifier: MIT */
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "shopmgr/base/alloc.h"
#include "shopmgr/base/i18n.h"
#include "shopmgr/base/str.h"
#include "source.h"
#include "xlsx_cell.h"
#include "xlsx_in.h"
#include "xlsx_text.h"
#include "xml.h"
#include "zip_in.h"

/*
 * What a workbook says of itself: _rels/.rels names the part that is the
 * workbook, that lists its sheets in order, and its own relations say which
 * parts they are. Only names are followed, each once, so nothing goes round in
 * circles.
 */

#define MOST_SHEETS 1024
#define MOST_PEEK   ((int64_t)256 << 20)

struct sheet_of {
	const char *name, *id, *part; /* part: NULL until it is found */
	bool hidden;
};

struct opening {
	struct xlsx *book;
	struct arena *arena;
	struct err *err;
	const char *workbook, *texts, *styles;
	struct sheet_of sheets[MOST_SHEETS];
	size_t nsheets;
	/* Of the texts: */
	struct str text;
	bool in_text;
	int phonetic; /* how deep within what is only for reading aloud */
	bool found;   /* something in a cell */
	int64_t peek; /* bytes left for looking for it */
	int rc;
};

static void
no_end(struct xml *x, const char *name)
{
	(void)x;
	(void)name;
}

static bool
ends(const char *s, const char *end)
{
	size_t n = strlen(s), m = strlen(end);

	return n >= m && strcasecmp(s + n - m, end) == 0;
}

/* The part @target, as it is named in @from. ".." leads nowhere but up to the
 * root of the archive. */
static const char *
resolve(struct arena *arena, const char *from, const char *target)
{
	const char *slash = strrchr(from, '/');
	char *path, *to;
	size_t n;

	if (target[0] == '/' || slash == NULL)
		path = arena_strdup(arena, target);
	else
		path = arena_printf(
		    arena, "%.*s/%s", (int)(slash - from), from, target);
	to = path;
	for (const char *p = path; *p != '\0'; p += n) {
		n = strcspn(p, "/");
		if (n == 2 && memcmp(p, "..", 2) == 0) {
			while (to > path && *--to != '/')
				;
		} else if (n > 0 && !(n == 1 && *p == '.')) {
			if (to > path)
				*to++ = '/';
			memmove(to, p, n);
			to += n;
		}
		n += p[n] == '/';
	}
	*to = '\0';
	return path;
}

/* One relation of the archive itself. */
static void
on_root(struct xml *x, const char *name, const char **atts)
{
	struct opening *o = x->arg;
	const char *type = xml_att(atts, "Type");
	const char *target = xml_att(atts, "Target");

	if (strcmp(name, "Relationship") != 0 || type == NULL ||
	    target == NULL || !ends(type, "/officeDocument"))
		return;
	o->workbook = resolve(o->arena, "", target);
	x->stop = true;
}

static void
on_workbook(struct xml *x, const char *name, const char **atts)
{
	struct opening *o = x->arg;
	struct sheet_of *sheet = &o->sheets[o->nsheets];
	const char *s;

	if (strcmp(name, "workbookPr") == 0) {
		s = xml_att(atts, "date1904");
		o->book->epoch_1904 =
		    s != NULL && (strcmp(s, "1") == 0 || ends(s, "true"));
	} else if (strcmp(name, "sheet") == 0 && o->nsheets < MOST_SHEETS) {
		s = xml_att(atts, "name");
		sheet->name = arena_strdup(o->arena, s);
		s = xml_att(atts, "id");
		sheet->id = arena_strdup(o->arena, s);
		s = xml_att(atts, "state");
		sheet->hidden = s != NULL && ends(s, "hidden");
		o->nsheets++;
	}
}

/* One relation of the workbook. */
static void
on_relation(struct xml *x, const char *name, const char **atts)
{
	struct opening *o = x->arg;
	const char *id = xml_att(atts, "Id"), *type = xml_att(atts, "Type");
	const char *target = xml_att(atts, "Target");

	if (strcmp(name, "Relationship") != 0 || id == NULL || type == NULL ||
	    target == NULL)
		return;
	if (ends(type, "/sharedStrings"))
		o->texts = resolve(o->arena, o->workbook, target);
	else if (ends(type, "/styles"))
		o->styles = resolve(o->arena, o->workbook, target);
	else if (ends(type, "/worksheet"))
		for (size_t i = 0; i < o->nsheets; i++)
			if (o->sheets[i].part == NULL &&
			    strcmp(o->sheets[i].id, id) == 0)
				o->sheets[i].part =
				    resolve(o->arena, o->workbook, target);
}

/* An archive, but none with a workbook in it that is read. */
static int
refuse(struct opening *o)
{
	const char *path = o->book->src->path;
	struct zip *z = o->book->zip;

	if (zip_has(z, "xl/workbook.bin"))
		return err_set(o->err, ERR_INVALID, "",
		    _("%s is a binary Excel workbook (.xlsb): open it and save "
		      "it as .xlsx or CSV, then take that file"),
		    path);
	if (zip_has(z, "content.xml"))
		return err_set(o->err, ERR_INVALID, "",
		    _("%s is an OpenDocument file (.ods): open it and save it "
		      "as .xlsx or CSV, then take that file"),
		    path);
	if (zip_has(z, "[Content_Types].xml"))
		return zip_damaged(z, "workbook.xml", o->err);
	return err_set(o->err, ERR_INVALID, "",
	    _("%s is a zip archive: unpack it first"), path);
}

/* A part that may be missing. */
static int
read_names(struct opening *o, const char *part,
    void (*start)(struct xml *, const char *, const char **))
{
	struct xml x = { .start = start, .end = no_end, .arg = o };
	int rc = xml_read(&x, o->book->zip, part, XLSX_MOST_SMALL, o->err);

	return rc == ERR_NOTFOUND ? 0 : rc;
}

static int
read_workbook(struct opening *o)
{
	const char *base;
	int rc = read_names(o, "_rels/.rels", on_root);

	if (rc < 0)
		return rc;
	if (!zip_has(o->book->zip, o->workbook))
		return refuse(o);
	if ((rc = read_names(o, o->workbook, on_workbook)) < 0)
		return rc;
	base = strrchr(o->workbook, '/');
	base = base != NULL ? base + 1 : o->workbook;
	return read_names(o,
	    arena_printf(o->arena, "%.*s_rels/%s.rels",
		(int)(base - o->workbook), o->workbook, base),
	    on_relation);
}

static void
text_start(struct xml *x, const char *name, const char **atts)
{
	struct opening *o = x->arg;

	(void)atts;
	if (strcmp(name, "si") == 0)
		str_cut(&o->text, 0);
	else if (strcmp(name, "rPh") == 0)
		o->phonetic++;
	o->in_text = strcmp(name, "t") == 0 && o->phonetic == 0;
}

static void
text_text(struct xml *x, const char *s, size_t n)
{
	struct opening *o = x->arg;

	/* One byte too many is enough to see that it is too long. */
	if (o->in_text && o->text.len <= SOURCE_KEEP)
		str_addn(&o->text, s, n);
}

static void
text_end(struct xml *x, const char *name)
{
	struct opening *o = x->arg;
	struct str *t = &o->text;

	o->in_text = false;
	if (strcmp(name, "rPh") == 0 && o->phonetic > 0)
		o->phonetic--;
	if (strcmp(name, "si") != 0)
		return;
	if (t->len > 0)
		str_cut(t, unescape(t->s, t->len));
	o->rc = texts_add(o->book->texts, t->s, t->len, o->err);
	x->stop = o->rc < 0;
}

static int
read_texts(struct opening *o)
{
	struct xml x = { .start = text_start,
		.end = text_end,
		.text = text_text,
		.arg = o };
	int rc = xml_read(&x, o->book->zip, o->texts, XLSX_MOST, o->err);

	str_done(&o->text);
	if (o->rc == ERR_INVALID)
		return err_set(o->err, ERR_INVALID, "",
		    _("%s holds far too much text: it is not read"),
		    o->book->src->path);
	if (o->rc < 0)
		return o->rc;
	return rc == ERR_NOTFOUND ? 0 : rc;
}

static void
peek_start(struct xml *x, const char *name, const char **atts)
{
	struct opening *o = x->arg;

	(void)atts;
	o->in_text = strcmp(name, "v") == 0 || strcmp(name, "t") == 0;
}

static void
peek_text(struct xml *x, const char *s, size_t n)
{
	struct opening *o = x->arg;

	for (size_t i = 0; o->in_text && i < n; i++)
		if (s[i] != ' ' && s[i] != '\n')
			o->found = x->stop = true;
}

static void
peek_end(struct xml *x, const char *name)
{
	((struct opening *)x->arg)->in_text = false;
	x->stop |= strcmp(name, "sheetData") == 0;
}

static void
look_for_rows(struct opening *o, const struct sheet_of *sheet)
{
	struct xml x = { .start = peek_start,
		.end = peek_end,
		.text = peek_text,
		.arg = o };
	int rc = xml_read(&x, o->book->zip, sheet->part, o->peek, o->err);

	o->peek -= zip_done(o->book->zip);
	/* Damage is told of where rows are read. */
	if (rc < 0 && rc != ERR_NOTFOUND)
		o->found = true;
}

static int
choose_named(struct opening *o, const char *name)
{
	struct str all = STR_INIT;
	int rc;

	for (size_t i = 0; i < o->nsheets; i++) {
		if (strcasecmp(o->sheets[i].name, name) == 0 &&
		    o->sheets[i].part != NULL) {
			o->book->sheet = o->sheets[i].name;
			o->book->part = o->sheets[i].part;
			str_done(&all);
			return 0;
		}
		if (all.len < 300)
			str_addf(
			    &all, "%s%s", i > 0 ? ", " : "", o->sheets[i].name);
	}
	rc = err_set(o->err, ERR_INVALID, "sheet",
	    _("There is no sheet \"%s\" in it; there is: %s"), name, all.s);
	str_done(&all);
	return rc;
}

static void
choose_first(struct opening *o, bool hidden)
{
	const struct sheet_of *first = NULL, *sheet;

	for (size_t i = 0; i < o->nsheets && !o->found; i++) {
		sheet = &o->sheets[i];
		if (sheet->hidden != hidden || sheet->part == NULL)
			continue;
		look_for_rows(o, sheet);
		if (first == NULL || o->found)
			first = sheet;
	}
	if (first != NULL && (o->found || o->book->part == NULL)) {
		o->book->sheet = first->name;
		o->book->part = first->part;
	}
}

/* The first that has rows, of those shown, then of the hidden; else the first.
 */
static int
choose(struct opening *o, const char *sheet)
{
	if (sheet != NULL)
		return choose_named(o, sheet);
	choose_first(o, false);
	if (!o->found)
		choose_first(o, true);
	return 0;
}

/* What else there is to read. */
static void
list_sheets(struct opening *o)
{
	struct xlsx *book = o->book;
	const struct sheet_of *sheet;
	size_t i;

	book->sheets =
	    arena_alloc(o->arena, (o->nsheets + 1) * sizeof(*book->sheets));
	for (i = 0; i < o->nsheets; i++) {
		sheet = &o->sheets[i];
		if (sheet->part == NULL)
			continue;
		o->found = sheet->part == book->part;
		if (o->found)
			book->at = book->nsheets;
		else if (!sheet->hidden)
			look_for_rows(o, sheet);
		if (o->found)
			book->sheets[book->nsheets++] =
			    (struct xlsx_sheet){ sheet->name, sheet->part };
	}
}

void
xlsx_turn(struct xlsx *book)
{
	book->at = (book->at + 1) % book->nsheets;
	book->sheet = book->sheets[book->at].name;
	book->part = book->sheets[book->at].part;
}

static int
read_book(struct opening *o, const char *sheet)
{
	struct xlsx *book = o->book;
	int rc = read_workbook(o);

	if (rc < 0)
		return rc;
	if ((rc = choose(o, sheet)) < 0)
		return rc;
	if (book->part == NULL)
		return zip_damaged(book->zip, "workbook.xml", o->err);
	list_sheets(o);
	if ((rc = xlsx_styles(book, o->styles, o->err)) < 0)
		return rc;
	return read_texts(o);
}

int
xlsx_open(
    struct xlsx **out, struct source *src, const char *sheet, struct err *err)
{
	struct xlsx *book = xcalloc(1, sizeof(*book));
	struct opening *o = xcalloc(1, sizeof(*o));
	int rc;

	book->src = src;
	book->texts = texts_new();
	*o = (struct opening){ .book = book,
		.arena = &book->arena,
		.err = err,
		.workbook = "xl/workbook.xml",
		.texts = "xl/sharedStrings.xml",
		.styles = "xl/styles.xml",
		.text = STR_INIT,
		.peek = MOST_PEEK };
	rc = zip_open(&book->zip, src->fd, src->size, src->path, err);
	if (rc == 0)
		rc = read_book(o, sheet);
	free(o);
	if (rc < 0) {
		xlsx_close(book);
		return rc;
	}
	*out = book;
	return 0;
}

void
xlsx_close(struct xlsx *book)
{
	if (book == NULL)
		return;
	zip_close(book->zip);
	texts_free(book->texts);
	free(book->kinds);
	arena_done(&book->arena);
	free(book);
}
