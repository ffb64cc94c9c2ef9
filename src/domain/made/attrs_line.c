/* SPDX-License-Identifier: MIT */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "shopmgr/base/alloc.h"
#include "shopmgr/base/i18n.h"
#include "shopmgr/base/str.h"
#include "shopmgr/db/db.h"
#include "shopmgr/db/query.h"
#include "shopmgr/domain/attrs.h"
#include "shopmgr/domain/op.h"

#include "../core/row_priv.h"
#include "../core/session_priv.h"
#include "attrs_priv.h"

/* What was typed for the lines of an order. */

static const struct {
	const char *name, *text;
} states[] = {
	[ATTR_MISSING] = { "missing", N_("missing") },
	[ATTR_ONCE] = { "once", N_("to be typed again") },
	[ATTR_AGREED] = { "agreed", N_("agreed") },
	[ATTR_DIFFERS] = { "differs", N_("typed differently") },
};

const char *
attr_state_name(int64_t state)
{
	return state >= 0 && state <= ATTR_DIFFERS ? states[state].name : "";
}

const char *
attr_state_text(int64_t state)
{
	return state >= 0 && state <= ATTR_DIFFERS ? _(states[state].text) : "";
}

static const char *
words_of(const struct line_attr *a, const char *value, struct arena *arena)
{
	char words[ATTR_VALUE + 64];

	return arena_strdup(
	    arena, attr_words(a->type, a->unit, value, words, sizeof(words)));
}

static void
take_attr(const struct db_rows *rows, void *out, struct arena *arena)
{
	struct line_attr *a = out;

	a->line_no = db_int(rows, 0);
	a->id = a->line_no * 100000 + db_int(rows, 1);
	a->item = row_text(rows, 2, arena);
	a->name = row_text(rows, 3, arena);
	a->title = row_text(rows, 4, arena);
	a->type = row_text(rows, 5, arena);
	a->unit = row_text(rows, 6, arena);
	a->choices = row_text(rows, 7, arena);
	a->least = db_int(rows, 8);
	a->most = db_int(rows, 9);
	a->critical = db_int(rows, 10);
	a->value = row_text(rows, 11, arena);
	a->typed_by = db_int(rows, 12);
	a->typist = row_text(rows, 13, arena);
	a->typed_at = db_int(rows, 14);
	a->again = row_text(rows, 15, arena);
	a->again_by = db_int(rows, 16);
	a->again_staff = row_text(rows, 17, arena);
	a->again_at = db_int(rows, 18);
	a->words = words_of(a, a->value, arena);
	a->again_words = words_of(a, a->again, arena);
	if (a->typed_at == 0)
		a->state = ATTR_MISSING;
	else if (a->again_at != 0)
		a->state = strcmp(a->value, a->again) == 0 ? ATTR_AGREED
							   : ATTR_DIFFERS;
	else
		a->state = a->critical ? ATTR_ONCE : ATTR_AGREED;
}

/* A product's own definition goes before the general one of that name. */
static const char sql_attrs[] =
    "SELECT l.line_no, d.id, v.name, d.name, d.title, d.type, d.unit,"
    " d.choices, d.least, d.most, d.critical, a.value, a.typed_by, t.name,"
    " a.typed_at, a.again, a.again_by, g.name, a.again_at"
    " FROM order_line l JOIN variant v ON v.id = l.variant_id"
    " JOIN product p ON p.id = v.product_id AND p.made = 1"
    " JOIN attr_def d ON coalesce(d.product_id, p.id) = p.id"
    " AND d.active = 1 AND (d.product_id IS NOT NULL OR NOT EXISTS"
    " (SELECT 1 FROM attr_def o WHERE coalesce(o.product_id, 0) = p.id"
    " AND o.name = d.name))"
    " LEFT JOIN line_attr a ON a.order_id = l.order_id"
    " AND a.line_no = l.line_no AND a.name = d.name"
    " LEFT JOIN staff t ON t.id = a.typed_by"
    " LEFT JOIN staff g ON g.id = a.again_by"
    " WHERE l.order_id = $1 AND l.refund_state <> 2 AND l.kit >= 0"
    " ORDER BY l.line_no, d.seq, d.id /*scan*/ /*sort*/";
#define ATTRS_MAX 400 /* of one order */

int
line_attrs_all(struct session *s, int64_t order_id, struct page *out)
{
	struct db_rows *rows;
	int rc;

	rc = db_query(s->db, sql_attrs, DB_ARGS(db_i(order_id)), &rows);
	if (rc < 0)
		return rc;
	page_init(out, sizeof(struct line_attr), ATTRS_MAX);
	while (out->n < ATTRS_MAX && (rc = db_next(rows)) > 0)
		take_attr(rows, page_add(out), &out->arena);
	db_done(rows);
	if (rc < 0)
		page_free(out);
	return rc < 0 ? rc : 0;
}

int
line_attrs(struct session *s, int64_t order_id, struct page *out)
{
	struct line_attr *a;
	size_t i;
	int rc;

	if ((rc = session_need(s, PERM_ORDER_VIEW)) < 0 ||
	    (rc = line_attrs_all(s, order_id, out)) < 0)
		return rc;
	for (i = 0; i < out->n; i++) {
		a = (struct line_attr *)out->rows + i;
		if (a->state == ATTR_ONCE && a->typed_by != s->staff_id)
			a->value = a->words = "";
	}
	return 0;
}

static int
refuse(struct session *s, const struct line_attr *a)
{
	char text[400];

	if (a->state == ATTR_DIFFERS)
		snprintf(text, sizeof(text),
		    _("Line %lld, %s: %s was typed as %s and as %s"),
		    (long long)a->line_no, a->item, a->title, a->words,
		    a->again_words);
	else if (a->state == ATTR_ONCE)
		snprintf(text, sizeof(text),
		    _("Line %lld, %s: %s was typed only once"),
		    (long long)a->line_no, a->item, a->title);
	else
		snprintf(text, sizeof(text), _("Line %lld, %s: %s is missing"),
		    (long long)a->line_no, a->item, a->title);
	return err_set(&s->err, ERR_STATE, a->name, "%s", text);
}

int
attrs_agreed(struct session *s, int64_t order_id, int64_t line_no)
{
	const struct line_attr *a;
	struct page page;
	size_t i;
	int rc;

	if ((rc = line_attrs_all(s, order_id, &page)) < 0)
		return rc;
	for (i = 0; rc == 0 && i < page.n; i++) {
		a = page_row(&page, i);
		if ((line_no == 0 || a->line_no == line_no) &&
		    (a->state == ATTR_DIFFERS ||
			(a->critical && a->state != ATTR_AGREED)))
			rc = refuse(s, a);
	}
	page_free(&page);
	return rc;
}

void
attrs_words(const struct page *attrs, int64_t line_no, struct str *out)
{
	const struct line_attr *a;
	size_t i;

	for (i = 0; i < attrs->n; i++) {
		a = page_row(attrs, i);
		if (a->line_no != line_no || a->typed_at == 0 ||
		    a->words[0] == '\0')
			continue;
		str_addf(out, "%s%s %s", out->len > 0 ? _("; ") : "", a->title,
		    a->words);
	}
}
