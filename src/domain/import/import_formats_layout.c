/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "shopmgr/base/alloc.h"
#include "shopmgr/base/i18n.h"

#include "import_reader.h"

/* The lines of a layout in data/formats. */

static const char *const shape_names[] = { "table", "orders", "items", "rows",
	"fill", "single", "summary", "cells" };
static const char *const date_orders[] = { "ymd", "mdy", "dmy" };

/* "a;b;c" to a list that ends with NULL. */
static char **
names_cut(struct reader *r, char *names)
{
	size_t n = 1, i;
	char **list, *p;

	for (p = names; *p != '\0'; p++)
		n += *p == ';';
	list = arena_alloc(&r->j->arena, (n + 1) * sizeof(*list));
	for (i = 0; i < n; i++) {
		list[i] = names;
		names += strcspn(names, ";");
		*names++ = '\0';
	}
	return list;
}

/* The same; the names become known. */
static char **
split_names(struct reader *r, char *names)
{
	char **list = names_cut(r, names), **p;
	bool fresh;

	for (p = list; *p != NULL; p++)
		map_put(&r->j->fmt.headers, *p, name_len(*p), &fresh);
	return list;
}

/* And those of a line above. */
static void
add_names(struct reader *r, char ***to, char *names)
{
	char **more = split_names(r, names), **all;
	size_t n = 0, k = 0;

	if (*to != NULL) {
		while ((*to)[n] != NULL)
			n++;
		while (more[k] != NULL)
			k++;
		all = arena_alloc(&r->j->arena, (n + k + 1) * sizeof(*all));
		memcpy(all, *to, n * sizeof(*all));
		memcpy(all + n, more, (k + 1) * sizeof(*all));
		more = all;
	}
	*to = more;
}

void
layout_begin(struct reader *r)
{
	struct formats *fmt = &r->j->fmt;
	int shape = r->cell[4][0] != '\0' ? INDEX_OF(shape_names, r->cell[4])
					  : SHAPE_TABLE;
	struct layout *l;

	r->layout = NULL;
	r->left_out = true;
	if (shape < 0) {
		reader_wrong(
		    r, _("\"%s\" is no shape of a layout"), r->cell[4]);
		return;
	}
	if (r->cell[1][0] == '\0' || r->cell[2][0] == '\0') {
		reader_wrong(r, _("a layout needs a name and a kind"));
		return;
	}
	if (r->platform == NULL && strcmp(r->cell[2], "orders") == 0) {
		reader_wrong(r, _("no line \"platform\" stands above it"));
		return;
	}
	l = arena_alloc(&r->j->arena, sizeof(*l));
	l->name = r->cell[1];
	l->kind = r->cell[2];
	l->text = r->cell[3][0] != '\0' ? r->cell[3] : r->cell[1];
	l->own_text = r->own;
	l->platform = r->platform != NULL ? r->platform : fmt->platforms[0];
	l->shape = (enum shape)shape;
	l->fields = arena_alloc(&r->j->arena, F_MAX * sizeof(*l->fields));
	fmt->layouts = xreallocarray(
	    fmt->layouts, fmt->nlayouts + 1, sizeof(struct layout *));
	fmt->layouts[fmt->nlayouts++] = l;
	r->layout = l;
	r->left_out = false;
}

static void
read_field(struct reader *r)
{
	struct layout *l = r->layout;
	enum imp_field field = field_by_name(r->cell[1]);

	if (field == F_MAX) {
		reader_wrong(r, _("\"%s\" is no field"), r->cell[1]);
		return;
	}
	if (l->nfields == F_MAX || r->cell[3][0] == '\0') {
		reader_wrong(r,
		    _("the field %s has no headers, or there are too "
		      "many fields"),
		    r->cell[1]);
		return;
	}
	l->fields[l->nfields++] = (struct layout_field){
		.field = field,
		.must = strcmp(r->cell[2], "must") == 0,
		.names = split_names(r, r->cell[3]),
	};
}

void
alias_read(struct reader *r)
{
	struct formats *fmt = &r->j->fmt;
	enum imp_field field = field_by_name(r->cell[1]);

	if (field == F_MAX || r->cell[2][0] == '\0') {
		reader_wrong(r, _("\"%s\" is no field"), r->cell[1]);
		return;
	}
	fmt->aliases = xreallocarray(
	    fmt->aliases, fmt->naliases + 1, sizeof(*fmt->aliases));
	fmt->aliases[fmt->naliases++] = (struct layout_field){ .field = field,
		.names = names_cut(r, r->cell[2]) };
}

static void
read_option(struct reader *r)
{
	struct layout *l = r->layout;
	const char *name = r->cell[1], *value = r->cell[2];
	int i = 0;

	if (strcmp(name, "strip") == 0)
		l->strip = value;
	else if (strcmp(name, "end") == 0)
		l->end = value;
	else if (strcmp(name, "currency") == 0)
		l->currency = value;
	else if (strcmp(name, "dates") == 0)
		l->dates = (enum date_order)(i = INDEX_OF(date_orders, value));
	else if (strcmp(name, "decimals") == 0)
		l->decimal_comma = strcmp(value, "comma") == 0;
	else if (strcmp(name, "state") == 0)
		i = (l->state = order_state_by_name(value)) - 1;
	else if (strcmp(name, "paid") == 0 && strcmp(value, "when-made") == 0)
		l->paid_when_made = true;
	else if (strcmp(name, "paid") == 0 && strcmp(value, "due") == 0)
		l->paid_is_due = true;
	else if (strcmp(name, "ours") == 0 && strcmp(value, "yes") == 0)
		l->ours = true;
	else if (strcmp(name, "below") == 0 && strlen(value) == 1)
		l->below = (i = value[0] - '0');
	else
		i = -1;
	if (i >= 0 && value[0] != '\0')
		return;
	if (strcmp(name, "dates") == 0)
		l->dates = DATES_YMD;
	l->state = l->state > 0 ? l->state : 0;
	l->below = l->below > 0 ? l->below : 0;
	reader_wrong(r, _("there is no option %s %s"), name, value);
}

static void
read_nots(struct reader *r)
{
	add_names(r, &r->layout->nots, r->cell[1]);
}

static void
read_signs(struct reader *r)
{
	add_names(r, &r->layout->signs, r->cell[1]);
}

static void
read_seller(struct reader *r)
{
	add_names(r, &r->layout->seller, r->cell[1]);
}

static void
read_left(struct reader *r)
{
	add_names(r, &r->layout->left, r->cell[1]);
}

static const struct {
	const char *name;
	void (*read)(struct reader *r);
} words[] = {
	{ "field", read_field },
	{ "option", read_option },
	{ "not", read_nots },
	{ "sign", read_signs },
	{ "left", read_left },
	{ "seller", read_seller },
};

bool
layout_line(struct reader *r)
{
	size_t i, n = sizeof(words) / sizeof(words[0]);

	for (i = 0; i < n && strcmp(words[i].name, r->cell[0]) != 0; i++)
		;
	if (i == n)
		return false;
	if (r->layout != NULL)
		words[i].read(r);
	else if (!r->left_out)
		reader_wrong(r, _("no line \"layout\" stands above it"));
	return true;
}

/* A layout of the user that nothing could be known by is none. */
void
layouts_check(struct reader *r, size_t from)
{
	struct formats *fmt = &r->j->fmt;
	size_t i, k, n = from;

	for (i = from; i < fmt->nlayouts; i++) {
		struct layout *l = fmt->layouts[i];

		for (k = 0; k < l->nfields && !l->fields[k].must; k++)
			;
		if (k < l->nfields)
			fmt->layouts[n++] = l;
		else
			reader_wrong(r,
			    _("the layout %s has no field that must be there"),
			    l->name);
	}
	fmt->nlayouts = n;
}
