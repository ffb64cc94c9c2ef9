/* SPDX-License-Identifier: MIT */
#include <stdlib.h>
#include <string.h>

#include "columns.h"

static void
add(struct columns *c, int col, int width, bool on)
{
	c->at[c->n].col = col;
	c->at[c->n].width = width;
	c->at[c->n++].on = on;
}

static bool
is_in(const struct columns *c, int col)
{
	int i;

	for (i = 0; i < c->n; i++)
		if (c->at[i].col == col)
			return true;
	return false;
}

static int
count(const struct column *all)
{
	int n = 0;

	while (n < COLUMNS_MAX && all[n].title != NULL)
		n++;
	return n;
}

void
columns_init(struct columns *c, const struct table_source *src)
{
	int n = count(src->columns), i;

	*c = (struct columns){ .all = src->columns };
	for (i = 0; src->shown != NULL && src->shown[i] >= 0; i++)
		add(c, src->shown[i], 0, true);
	for (i = 0; i < n; i++)
		if (!is_in(c, i))
			add(c, i, 0,
			    src->shown == NULL &&
				!(src->columns[i].flags & COLUMN_OFF));
}

bool
columns_equal(const struct columns *a, const struct columns *b)
{
	int i;

	for (i = 0; i < a->n && i < b->n; i++)
		if (a->at[i].col != b->at[i].col ||
		    a->at[i].width != b->at[i].width ||
		    a->at[i].on != b->at[i].on)
			return false;
	return a->n == b->n;
}

int
columns_shown(const struct columns *c)
{
	int i, n = 0;

	for (i = 0; i < c->n; i++)
		n += c->at[i].on;
	return n;
}

void
columns_text(const struct columns *c, struct str *out)
{
	int i;

	for (i = 0; i < c->n; i++) {
		const char *title = c->all[c->at[i].col].title;

		if (title[0] == '\0')
			continue;
		str_addf(out, "%s%s%s", out->len > 0 ? ";" : "",
		    c->at[i].on ? "" : "-", title);
		if (c->at[i].width > 0)
			str_addf(out, "=%d", c->at[i].width);
	}
}

const struct column *
column_by_title(const struct column *all, const char *title, size_t len)
{
	const struct column *col;

	for (col = all; col->title != NULL; col++)
		if (len > 0 && strlen(col->title) == len &&
		    strncmp(col->title, title, len) == 0)
			return col;
	return NULL;
}

static int
parse_width(const char *s)
{
	long w = *s == '=' ? strtol(s + 1, NULL, 10) : 0;

	return w < COLUMN_MIN || w > COLUMN_WIDE ? 0 : (int)w;
}

/* What is there by itself and is not in yet. */
static void
add_rest(struct columns *c, const struct columns *first, bool titled)
{
	int i;

	for (i = 0; i < first->n; i++) {
		int col = first->at[i].col;

		if (!is_in(c, col) && (c->all[col].title[0] != '\0') == titled)
			add(c, col, 0, first->at[i].on);
	}
}

void
columns_parse(struct columns *c, const char *text)
{
	const struct columns first = *c;
	const struct column *col;
	size_t len, name;
	bool on;

	c->n = 0;
	add_rest(c, &first, false);
	for (; *text != '\0'; text += len + (text[len] == ';')) {
		len = strcspn(text, ";");
		on = *text != '-';
		if (!on) {
			text++;
			len--;
		}
		name = strcspn(text, "=;");
		col = column_by_title(c->all, text, name);
		if (col != NULL && !is_in(c, (int)(col - c->all)))
			add(c, (int)(col - c->all), parse_width(text + name),
			    on);
	}
	add_rest(c, &first, true);
	if (columns_shown(c) == 0)
		*c = first;
}

static int
total(const struct layout *l)
{
	int i, w = l->n > 0 ? (l->n - 1) * COLUMN_GAP : 0;

	for (i = 0; i < l->n; i++)
		w += l->at[i].w;
	return w;
}

/* Takes the column out that the declared order says; false: none may go. */
static bool
drop_one(const struct column *all, struct layout *l)
{
	int i, worst = -1;

	for (i = 0; i < l->n; i++) {
		int drop = all[l->at[i].col].drop;

		if (drop > 0 &&
		    (worst < 0 || drop >= all[l->at[worst].col].drop))
			worst = i;
	}
	if (worst < 0)
		return false;
	l->n--;
	memmove(&l->at[worst], &l->at[worst + 1],
	    (size_t)(l->n - worst) * sizeof(l->at[0]));
	return true;
}

/* Text gives way; a number or an id that is cut would be another one. */
static void
shrink(const struct column *all, struct layout *l, int over)
{
	int i;

	for (i = l->n - 1; i >= 0 && over > 0; i--) {
		int spare = l->at[i].w - 4;

		if ((all[l->at[i].col].flags & (COLUMN_WHOLE | COLUMN_RIGHT)) ||
		    spare <= 0)
			continue;
		if (spare > over)
			spare = over;
		l->at[i].w -= spare;
		over -= spare;
	}
}

/* What somebody has made wide or narrow stays so. */
static int
share_of(const struct column *all, const struct layout *l, int i)
{
	return l->at[i].fixed ? 0 : all[l->at[i].col].grow;
}

static void
grow(const struct column *all, struct layout *l, int left)
{
	int i, shares = 0;

	for (i = 0; i < l->n; i++)
		shares += share_of(all, l, i);
	for (i = 0; i < l->n && shares > 0; i++) {
		int share = share_of(all, l, i);
		int more = left * share / shares;

		l->at[i].w += more;
		left -= more;
		shares -= share;
	}
}

void
columns_lay_out(
    const struct columns *c, const int *need, int w, struct layout *l)
{
	int i, x = TABLE_GUTTER;

	*l = (struct layout){ .n = 0 };
	for (i = 0; i < c->n; i++) {
		int col = c->at[i].col, width = c->at[i].width;

		if (!c->at[i].on)
			continue;
		l->at[l->n].col = col;
		l->at[l->n].fixed = width > 0;
		/* Ids are whole, whatever was chosen. */
		if (width == 0 ||
		    ((c->all[col].flags & COLUMN_WHOLE) && width < need[col]))
			width = need[col];
		l->at[l->n++].w = width;
	}
	w -= TABLE_GUTTER + 1;
	while (total(l) > w && drop_one(c->all, l))
		;
	if (total(l) > w)
		shrink(c->all, l, total(l) - w);
	else
		grow(c->all, l, w - total(l));
	for (i = 0; i < l->n; i++) {
		l->at[i].x = x;
		x += l->at[i].w + COLUMN_GAP;
	}
}
