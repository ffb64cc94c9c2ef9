/* SPDX-License-Identifier: MIT */
#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "shopmgr/base/embed.h"
#include "shopmgr/base/i18n.h"
#include "shopmgr/domain/op.h"

#include "export_priv.h"
#include "session_priv.h"

/* The layouts of data/formats: what of it there is, and one of them. */

static const struct {
	const char *kind, *embed;
} sources[] = {
	{ "shipments", "formats/shipments.tsv" },
	{ "labels", "formats/labels.tsv" },
};
#define NSOURCES (sizeof(sources) / sizeof(sources[0]))

/* The files being read. */
struct reader {
	const char *at;
	struct arena *arena;
	char *line; /* of the layout to come; NULL: there is none */
	char *cells[LAYOUT_COLUMNS];
	size_t n;
};

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
		r->at += len + (r->at[len] == '\n');
	} while (r->line[0] == '#' || r->line[0] == '\0');
	r->n = 0;
	for (char *cell = r->line; cell != NULL;) {
		assert(r->n < LAYOUT_COLUMNS);
		r->cells[r->n++] = cell;
		cell = strchr(cell, '\t');
		if (cell != NULL)
			*cell++ = '\0';
	}
	return true;
}

static enum layout_of
of_named(const char *name)
{
	if (strcmp(name, "lines") == 0)
		return OF_LINES;
	if (strcmp(name, "orders") == 0)
		return OF_ORDERS;
	assert(strcmp(name, "parcels") == 0);
	return OF_PARCELS;
}

static void
take_key(struct out_layout *l, char *cell)
{
	char *value = strchr(cell, '=');

	assert(value != NULL);
	*value++ = '\0';
	if (strcmp(cell, "of") == 0)
		l->of = of_named(value);
	else if (strcmp(cell, "rows") == 0)
		l->rows = strtoll(value, NULL, 10);
	else if (strcmp(cell, "bytes") == 0)
		l->bytes = strtoll(value, NULL, 10);
	else if (strcmp(cell, "encoding") == 0)
		l->encoding = value;
	else if (strcmp(cell, "platform") == 0)
		l->platform = strcmp(value, "*") == 0 ? "" : value;
	else if (strcmp(cell, "en") == 0)
		l->label = l->label[0] == '\0' ? value : l->label;
	else if (strcmp(cell, "zh") == 0)
		l->label = strcmp(i18n_lang(), "en") != 0 ? value : l->label;
	else
		assert(false);
}

static void
take_column(struct out_layout *l, const char *name)
{
	const struct out_column *c = out_column(name);

	assert(l->ncolumns < LAYOUT_COLUMNS && (c != NULL || name[0] == '='));
	l->columns[l->ncolumns++] = name;
	if (c != NULL && (c->flags & COLUMN_PERSON) != 0)
		l->contacts = true;
}

/* The layout whose first line is in @r, to the beginning of the next one. */
static bool
take_layout(struct reader *r, const char *kind, struct out_layout *l)
{
	bool more;
	size_t i;

	assert(strcmp(r->cells[0], "layout") == 0 && r->n >= 2);
	*l = (struct out_layout){ .kind = kind,
		.name = r->cells[1],
		.platform = r->cells[1],
		.label = "",
		.encoding = "utf-8-bom" };
	for (i = 2; i < r->n; i++)
		take_key(l, r->cells[i]);
	while ((more = next_line(r)) && strcmp(r->cells[0], "layout") != 0) {
		if (strcmp(r->cells[0], "column") == 0) {
			take_column(l, r->cells[1]);
			continue;
		}
		assert(strcmp(r->cells[0], "header") == 0 &&
		       l->nheaders < LAYOUT_HEADERS);
		for (i = 1; i < r->n; i++)
			l->headers[l->nheaders][i - 1] = r->cells[i];
		l->nheaders++;
	}
	for (i = 0; i < l->nheaders; i++)
		assert(l->headers[i][l->ncolumns] == NULL &&
		       l->headers[i][l->ncolumns - 1] != NULL);
	return more;
}

/* Calls @each with every layout of @kind until it returns true. */
static bool
each_layout(const char *kind, struct arena *arena,
    bool (*each)(void *arg, const struct out_layout *l), void *arg)
{
	struct reader r = { .arena = arena };
	struct out_layout l;
	bool more, end = false;
	size_t i;

	for (i = 0; !end && i < NSOURCES; i++) {
		if (kind != NULL && strcmp(kind, sources[i].kind) != 0)
			continue;
		r.at = embed_text(sources[i].embed);
		more = next_line(&r);
		while (more && !end) {
			more = take_layout(&r, sources[i].kind, &l);
			end = each(arg, &l);
		}
	}
	return end;
}

struct wanted {
	const char *name;
	struct out_layout *out;
};

static bool
is_wanted(void *arg, const struct out_layout *l)
{
	const struct wanted *w = arg;

	if (strcmp(w->name, l->name) != 0)
		return false;
	*w->out = *l;
	return true;
}

int
out_layout_find(struct session *s, const char *kind, const char *name,
    struct arena *arena, struct out_layout *out)
{
	struct wanted w = { name, out };

	(void)s;
	return each_layout(kind, arena, is_wanted, &w);
}

#define LAYOUTS_MAX 200

static bool
add_layout(void *arg, const struct out_layout *l)
{
	struct page *p = arg;
	struct export_layout *row;

	if (p->n == LAYOUTS_MAX)
		return true;
	row = page_add(p);
	*row = (struct export_layout){ .id = (int64_t)p->n,
		.name = arena_strdup(&p->arena, l->name),
		.kind = l->kind,
		.platform = arena_strdup(&p->arena, l->platform),
		.label = arena_strdup(&p->arena, l->label),
		.contacts = l->contacts };
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
