/* SPDX-License-Identifier: MIT */
#include <assert.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "shopmgr/base/alloc.h"
#include "shopmgr/base/embed.h"
#include "shopmgr/base/i18n.h"
#include "shopmgr/domain/op.h"

#include "../core/session_priv.h"
#include "../import/import_formats.h"
#include "export_priv.h"

/* The layouts of data/formats: what of it there is, and one of them. */

static const struct {
	const char *kind, *embed;
} sources[] = {
	{ "shipments", "formats/shipments.tsv" },
	{ "labels", "formats/labels.tsv" },
};
#define NSOURCES (sizeof(sources) / sizeof(sources[0]))

/* A file being read; what is wrong in the program's own is a mistake, and in
 * the user's is told to who asks for the layout. */
struct reader {
	const char *at;
	struct arena *arena;
	const char *name; /* of the user's file; NULL: ours */
	int line_no;
	char *line; /* of the layout to come; NULL: there is none */
	char *cells[LAYOUT_COLUMNS];
	size_t n;
};

static void wrong(struct reader *r, struct out_layout *l, const char *fmt, ...)
    PRINTF_LIKE(3, 4);
static void
wrong(struct reader *r, struct out_layout *l, const char *fmt, ...)
{
	char text[300];
	va_list ap;

	va_start(ap, fmt);
	format_text(text, sizeof(text), fmt, ap);
	va_end(ap);
	assert(r->name != NULL);
	if (l->wrong == NULL)
		l->wrong = arena_printf(
		    r->arena, _("%s, line %d: %s"), r->name, r->line_no, text);
}

/* The next line that says something; false at the end. */
static bool
next_line(struct reader *r)
{
	size_t len;

	do {
		if (*r->at == '\0')
			return false;
		len = strcspn(r->at, "\n");
		r->line = arena_strndup(r->arena, r->at, len);
		if (len > 0 && r->line[len - 1] == '\r')
			r->line[len - 1] = '\0';
		r->at += len + (r->at[len] == '\n');
		r->line_no++;
	} while (r->line[0] == '#' || r->line[0] == '\0');
	r->n = 0;
	for (char *cell = r->line; cell != NULL && r->n < LAYOUT_COLUMNS;) {
		r->cells[r->n++] = cell;
		cell = strchr(cell, '\t');
		if (cell != NULL)
			*cell++ = '\0';
	}
	return true;
}

static bool
of_named(const char *name, enum layout_of *of)
{
	static const char *const names[] = {
		[OF_PARCELS] = "parcels",
		[OF_LINES] = "lines",
		[OF_ORDERS] = "orders",
	};
	size_t i;

	for (i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		if (strcmp(names[i], name) != 0)
			continue;
		*of = (enum layout_of)i;
		return true;
	}
	return false;
}

static bool
encoding_is_known(const char *name)
{
	return strcmp(name, "utf-8") == 0 || strcmp(name, "utf-8-bom") == 0 ||
	       strcmp(name, "gb18030") == 0;
}

/* A number of one and more. */
static bool
number_of(const char *text, int64_t *n)
{
	char *end;

	*n = strtoll(text, &end, 10);
	return *n > 0 && *end == '\0';
}

static void
take_key(struct reader *r, struct out_layout *l, char *cell)
{
	char *value = strchr(cell, '=');
	bool fine = value != NULL;

	if (fine)
		*value++ = '\0';
	if (!fine)
		;
	else if (strcmp(cell, "of") == 0)
		fine = of_named(value, &l->of);
	else if (strcmp(cell, "rows") == 0)
		fine = number_of(value, &l->rows);
	else if (strcmp(cell, "bytes") == 0)
		fine = number_of(value, &l->bytes);
	else if (strcmp(cell, "encoding") == 0)
		fine = encoding_is_known(l->encoding = value);
	else if (strcmp(cell, "hand") == 0)
		fine = (l->hand = value)[0] != '\0';
	else if (strcmp(cell, "platform") == 0)
		l->platform = strcmp(value, "*") == 0 ? "" : value;
	else if (strcmp(cell, "en") == 0)
		l->label = l->label[0] == '\0' ? value : l->label;
	else if (strcmp(cell, "zh") == 0)
		l->label = strcmp(i18n_lang(), "en") != 0 ? value : l->label;
	else
		fine = false;
	if (!fine)
		wrong(r, l, _("\"%s\" says nothing of a layout"), cell);
}

static void
take_column(struct reader *r, struct out_layout *l)
{
	const char *name = r->n > 1 ? r->cells[1] : "";
	const struct out_column *c = out_column(name);

	if (c == NULL && name[0] != '=') {
		wrong(r, l, _("\"%s\" is no column of a layout"), name);
		return;
	}
	/* One is left empty, for what ends a header. */
	if (l->ncolumns + 1 >= LAYOUT_COLUMNS) {
		wrong(r, l, _("a layout has at most %d columns"),
		    LAYOUT_COLUMNS - 1);
		return;
	}
	l->columns[l->ncolumns++] = name;
	if (c != NULL && (c->flags & COLUMN_PERSON) != 0)
		l->contacts = true;
}

static void
take_header(struct reader *r, struct out_layout *l)
{
	size_t i;

	if (l->nheaders == LAYOUT_HEADERS) {
		wrong(
		    r, l, _("a layout has at most %d headers"), LAYOUT_HEADERS);
		return;
	}
	for (i = 1; i < r->n; i++)
		l->headers[l->nheaders][i - 1] = r->cells[i];
	l->nheaders++;
}

/* Each header has a cell for each column. */
static void
check_layout(struct reader *r, struct out_layout *l)
{
	size_t i, n;

	if (l->ncolumns == 0)
		wrong(r, l, _("the layout %s has no columns"), l->name);
	for (i = 0; i < l->nheaders && l->ncolumns > 0; i++) {
		for (n = 0; n < LAYOUT_COLUMNS && l->headers[i][n] != NULL; n++)
			;
		if (n != l->ncolumns)
			wrong(r, l,
			    _("the header of %s has %zu cells for %zu columns"),
			    l->name, n, l->ncolumns);
	}
}

/* The layout whose first line is in @r, to the beginning of the next one. */
static bool
take_layout(struct reader *r, const char *kind, struct out_layout *l)
{
	bool more, named = strcmp(r->cells[0], "layout") == 0 && r->n >= 2;
	size_t i;

	*l = (struct out_layout){ .kind = kind,
		.name = named ? r->cells[1] : "",
		.platform = named ? r->cells[1] : "",
		.label = "",
		.encoding = "utf-8-bom" };
	if (!named)
		wrong(r, l, _("no line \"layout\" stands above it"));
	for (i = 2; named && i < r->n; i++)
		take_key(r, l, r->cells[i]);
	while ((more = next_line(r)) && strcmp(r->cells[0], "layout") != 0) {
		if (strcmp(r->cells[0], "column") == 0)
			take_column(r, l);
		else if (strcmp(r->cells[0], "header") == 0)
			take_header(r, l);
		else
			wrong(r, l, _("\"%s\" is no word of a layout"),
			    r->cells[0]);
	}
	check_layout(r, l);
	if (l->label[0] == '\0')
		l->label = l->name;
	return more;
}

/* Somebody who goes through all layouts of one kind. */
struct walk {
	const char *kind;
	struct arena *arena;
	bool (*each)(void *arg, const struct out_layout *l); /* true: enough */
	void *arg;
	bool end;
};

static void
walk_text(struct walk *w, const char *name, const char *text)
{
	struct reader r = { .at = text, .arena = w->arena, .name = name };
	struct out_layout l;
	bool more;

	if (strncmp(text, "\xEF\xBB\xBF", 3) == 0)
		r.at += 3;
	more = next_line(&r);
	while (more && !w->end) {
		more = take_layout(&r, w->kind, &l);
		w->end = w->each(w->arg, &l);
	}
}

static void
walk_own(void *arg, const char *path, const char *text)
{
	walk_text(arg, path, text);
}

/* A file that cannot be read is a layout that is not right. */
static void
walk_wrong(void *arg, const char *text)
{
	struct walk *w = arg;
	const struct out_layout l = { .kind = w->kind,
		.name = "",
		.wrong = arena_strdup(w->arena, text) };

	if (!w->end)
		w->end = w->each(w->arg, &l);
}

/* The user's own first: the first of a name counts. */
static bool
each_layout(const char *kind, struct arena *arena,
    bool (*each)(void *arg, const struct out_layout *l), void *arg)
{
	struct walk w = { .arena = arena, .each = each, .arg = arg };
	struct layout_folder folder = {
		.arena = arena, .text = walk_own, .wrong = walk_wrong, .arg = &w
	};
	size_t i;

	for (i = 0; !w.end && i < NSOURCES; i++) {
		if (kind != NULL && strcmp(kind, sources[i].kind) != 0)
			continue;
		w.kind = folder.begins = sources[i].kind;
		layout_folder_read(&folder);
		walk_text(&w, NULL, embed_text(sources[i].embed));
	}
	return w.end;
}

struct wanted {
	const char *name;
	struct out_layout *out;
	const char *wrong; /* of a file that has no layout at all */
};

static bool
is_wanted(void *arg, const struct out_layout *l)
{
	struct wanted *w = arg;

	if (w->wrong == NULL && l->name[0] == '\0')
		w->wrong = l->wrong;
	if (strcmp(w->name, l->name) != 0)
		return false;
	*w->out = *l;
	return true;
}

int
out_layout_find(struct session *s, const char *kind, const char *name,
    struct arena *arena, struct out_layout *out)
{
	struct wanted w = { name, out, NULL };
	bool found = each_layout(kind, arena, is_wanted, &w);
	const char *why = found ? out->wrong : w.wrong;

	/* What is wrong in others is no matter of this one. */
	if (why != NULL)
		return err_set(&s->err, ERR_INVALID, "for", "%s", why);
	return found;
}

#define LAYOUTS_MAX 200

static void
add_row(struct page *p, const char *name, const struct out_layout *l)
{
	struct export_layout *row = page_add(p);

	*row = (struct export_layout){ .id = (int64_t)p->n,
		.name = arena_strdup(&p->arena, name),
		.kind = l->kind,
		.platform = arena_strdup(&p->arena, l->platform),
		.label = arena_strdup(&p->arena, l->label),
		.contacts = l->contacts };
}

static bool
has_row(const struct page *p, const char *kind, const char *name)
{
	size_t i;

	for (i = 0; i < p->n; i++) {
		const struct export_layout *row = page_row(p, i);

		if (strcmp(row->kind, kind) == 0 &&
		    strcmp(row->name, name) == 0)
			return true;
	}
	return false;
}

static bool
add_layout(void *arg, const struct out_layout *l)
{
	struct page *p = arg;

	if (p->n == LAYOUTS_MAX)
		return true;
	if (l->wrong == NULL && !has_row(p, l->kind, l->name))
		add_row(p, l->name, l);
	return false;
}

int
export_layouts(struct session *s, const char *kind, struct page *out)
{
	struct arena arena = { 0 };
	int rc;

	if ((rc = session_need(s, PERM_EXPORT)) < 0)
		return rc;
	page_init(out, sizeof(struct export_layout), LAYOUTS_MAX);
	each_layout(kind, &arena, add_layout, out);
	arena_done(&arena);
	return 0;
}

struct serving {
	const char *platform;
	struct page *page;
};

/* What has the name of a platform is that platform's alone; the others of
 * Taobao are for Tmall, too, which has the same centre. */
static bool
add_serving(void *arg, const struct out_layout *l)
{
	const struct serving *to = arg;
	bool serves = strcmp(l->platform, to->platform) == 0 ||
		      (l->platform[0] == '\0' && strcmp(l->name, "other") != 0);

	if (strcmp(to->platform, "tmall") == 0 &&
	    strcmp(l->platform, "taobao") == 0)
		serves = strcmp(l->name, "taobao") != 0;
	return serves && add_layout(to->page, l);
}

int
export_layouts_for(struct session *s, const char *platform, struct page *out)
{
	struct arena arena = { 0 };
	struct serving to = { platform, out };
	struct out_layout l = { .kind = "shipments" };
	int rc;

	if ((rc = session_need(s, PERM_EXPORT)) < 0)
		return rc;
	page_init(out, sizeof(struct export_layout), LAYOUTS_MAX + 1);
	each_layout("shipments", &arena, add_serving, &to);
	if (!has_row(out, "shipments", platform)) {
		rc = out_layout_find(s, "shipments", "other", &arena, &l);
		if (rc > 0)
			add_row(out, platform, &l);
	}
	arena_done(&arena);
	if (rc < 0)
		page_free(out);
	return rc < 0 ? rc : 0;
}
