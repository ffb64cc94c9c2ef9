/* SPDX-License-Identifier: MIT */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "shopmgr/base/alloc.h"
#include "shopmgr/base/i18n.h"
#include "shopmgr/base/pinyin.h"
#include "shopmgr/base/time.h"
#include "shopmgr/db/db.h"
#include "shopmgr/db/search.h"
#include "shopmgr/domain/customers.h"
#include "shopmgr/domain/find.h"
#include "shopmgr/domain/op.h"
#include "shopmgr/domain/orders.h"
#include "shopmgr/domain/products.h"
#include "shopmgr/domain/staff.h"

#include "../core/row_priv.h"
#include "../core/session_priv.h"
#include "../orders/order_rows.h"
#include "find_priv.h"

/*
 * Each kind is looked for in all the ways there are to know one of it, and what
 * several ways lead to is shown once. The kinds stand one behind the other;
 * what one of them does not need of its share of the room the others get.
 */

enum { ORDERS, PARCELS, CUSTOMERS, PRODUCTS, STAFF, KINDS };

struct finding {
	struct session *s;
	const char *typed;
	char upper[200], lower[200];
	size_t len;
	bool digits, letters; /* nothing else */
	size_t limit, some;   /* of orders, and of each other kind */
	struct find_words words;
	struct page all; /* what was found */
	size_t n[KINDS]; /* where each kind ends in it */
};

static const char *const kinds[KINDS] = {
	[ORDERS] = "order",
	[PARCELS] = "parcel",
	[CUSTOMERS] = "customer",
	[PRODUCTS] = "product",
	[STAFF] = "staff",
};

static void
add(struct finding *f, int kind, int64_t id, const char *label,
    const char *what, const char *where)
{
	struct page *all = &f->all;
	struct found *found = all->rows;
	size_t i;

	for (i = 0; i < all->n; i++)
		if (found[i].id == id && found[i].kind == kinds[kind])
			return;
	if (all->n == all->cap)
		return;
	found = page_add(all);
	found->kind = kinds[kind];
	found->id = id;
	found->label = arena_strdup(&all->arena, label);
	found->what = arena_strdup(&all->arena, what);
	found->where = arena_strdup(&all->arena, where);
}

static bool
begins(const char *text, const char *with)
{
	return strncasecmp(text, with, strlen(with)) == 0;
}

/* How a person is known by this, where the label does not show it. The name or
 * number itself may be masked, so it is not asked. */
static const char *
of_person(const struct finding *f)
{
	if (f->digits)
		return _("phone");
	return f->letters ? _("pinyin initials") : _("name");
}

static const char *
of_order(const struct finding *f, const struct order *o)
{
	if (begins(o->order_no, f->typed))
		return "";
	if (o->waybill_no[0] != '\0' && begins(o->waybill_no, f->typed))
		return _("waybill");
	if (o->nick[0] != '\0' && begins(o->nick, f->typed))
		return _("nick");
	/* Another parcel of it. */
	if (f->digits && f->len != 4 && f->len != 11)
		return _("waybill");
	return of_person(f);
}

static bool
is_in(const struct refs *refs, int64_t id)
{
	size_t i;

	for (i = 0; i < refs->n; i++)
		if (refs->v[i].id == id)
			return true;
	return false;
}

static void
add_order(struct finding *f, const struct order *o, bool by_words)
{
	struct arena *a = &f->all.arena;
	char *text, *what;

	if (!by_words) {
		what = arena_printf(a, "%s  %s  %s", order_state_text(o->state),
		    o->receiver, o->goods);
		add(f, ORDERS, o->id, o->order_no, what, of_order(f, o));
		return;
	}
	text = arena_printf(a, "%s%s%s", o->buyer_note,
	    o->buyer_note[0] != '\0' ? "\n" : "", o->memo);
	what = arena_printf(a, "%s  %s", order_state_text(o->state),
	    find_piece(a, text, f->typed));
	add(f, ORDERS, o->id, o->order_no, what, _("remark"));
}

static int
find_orders(struct finding *f)
{
	struct refs known = { 0 }, refs = { 0 };
	struct page orders;
	size_t i;
	int rc;

	rc = order_find_refs(f->s, f->typed, f->limit, &known);
	if (rc == 0)
		rc = find_words_orders(f->s, &f->words, &refs);
	for (i = 0; i < known.n; i++)
		refs_add(&refs, known.v[i].at, known.v[i].id);
	refs_settle(&refs, true, f->limit);
	if (rc == 0 && (rc = order_load(f->s, &refs, &orders)) == 0) {
		for (i = 0; i < orders.n; i++) {
			const struct order *o = page_row(&orders, i);

			add_order(f, o, !is_in(&known, o->id));
		}
		page_free(&orders);
	}
	refs_done(&known);
	refs_done(&refs);
	return rc;
}

static void
add_customer(struct finding *f, const struct customer *c, bool by_note)
{
	const char *label = c->nick[0] != '\0' ? c->nick : c->phone;
	struct arena *a = &f->all.arena;

	if (by_note)
		add(f, CUSTOMERS, c->id, label,
		    find_piece(a, c->note, f->typed), _("note"));
	else
		add(f, CUSTOMERS, c->id, label,
		    arena_printf(a, "%s  %s  %s", c->name, c->phone, c->city),
		    begins(label, f->typed) ? "" : of_person(f));
}

static int
find_customers(struct finding *f)
{
	int64_t *ids = xreallocarray(NULL, f->limit, sizeof(*ids));
	struct page page;
	size_t i, n = 0;
	int rc;

	if ((rc = customer_find(f->s, f->typed, f->some, &page)) == 0) {
		for (i = 0; i < page.n; i++)
			add_customer(f, page_row(&page, i), false);
		page_free(&page);
		rc = find_words_ids(f->s, &f->words, LIST_NOTES, ids, &n);
	}
	for (i = 0; rc == 0 && i < n && i < f->some; i++) {
		if ((rc = customer_get(f->s, ids[i], &page)) == 0) {
			add_customer(f, page_row(&page, 0), true);
			page_free(&page);
		}
	}
	free(ids);
	return rc;
}

static int
find_products_by(struct finding *f, enum variant_order order, const char *text)
{
	const struct variant_filter filter = { .order = order, .prefix = text };
	struct page variants;
	size_t i;
	int rc;

	rc = variant_page(f->s, &filter, PAGE_FIRST, NULL, f->some, &variants);
	if (rc < 0)
		return rc;
	for (i = 0; i < variants.n; i++) {
		const struct variant *v = page_row(&variants, i);

		add(f, PRODUCTS, v->id, v->sku_code, v->name, "");
	}
	page_free(&variants);
	return 0;
}

static int
add_product(struct finding *f, int64_t id, const char *where)
{
	const struct variant *v;
	struct page page;
	int rc;

	if ((rc = variant_get(f->s, id, &page)) < 0)
		return rc;
	v = page_row(&page, 0);
	add(f, PRODUCTS, v->id, v->sku_code, v->name, where);
	page_free(&page);
	return 0;
}

static int
find_barcode(struct finding *f)
{
	int64_t id;
	int rc;

	if ((rc = variant_by_code(f->s, f->typed, &id)) < 0)
		return rc == ERR_NOTFOUND ? 0 : rc;
	return add_product(f, id, "");
}

static int
find_products_words(struct finding *f, enum find_list list, const char *where)
{
	int64_t *ids = xreallocarray(NULL, f->limit, sizeof(*ids));
	size_t i, n = 0;
	int rc;

	rc = find_words_ids(f->s, &f->words, list, ids, &n);
	for (i = 0; rc == 0 && i < n && i < f->some; i++)
		rc = add_product(f, ids[i], where);
	free(ids);
	return rc;
}

/* As typed; and codes, most of them in capitals, as if they had been. */
static int
find_products(struct finding *f)
{
	int rc;

	if ((rc = find_barcode(f)) == 0)
		rc = find_products_by(f, VARIANT_BY_SKU, f->typed);
	if (rc == 0 && strcmp(f->upper, f->typed) != 0)
		rc = find_products_by(f, VARIANT_BY_SKU, f->upper);
	if (rc == 0)
		rc = find_products_by(f, VARIANT_BY_NAME, f->typed);
	if (rc == 0)
		rc = find_products_words(f, LIST_VARIANTS, "");
	if (rc == 0)
		rc = find_products_words(f, LIST_LISTINGS, _("listing"));
	return rc;
}

static const char sql_parcels[] =
    "SELECT p.id, p.waybill_no, o.order_no, co.name FROM parcel p"
    " LEFT JOIN orders o ON o.id = p.order_id"
    " LEFT JOIN courier co ON co.id = p.courier_id"
    " WHERE p.waybill_no >= upper($1)"
    " AND p.waybill_no < upper($1) || '" PREFIX_END "'"
    " ORDER BY p.waybill_no DESC LIMIT $2";

static int
find_parcels(struct finding *f)
{
	struct db_rows *rows;
	int rc;

	if (f->len < 4)
		return 0;
	rc = db_query(f->s->db, sql_parcels,
	    DB_ARGS(db_t(f->typed), db_i((int64_t)f->some)), &rows);
	if (rc < 0)
		return rc;
	while ((rc = db_next(rows)) > 0)
		add(f, PARCELS, db_int(rows, 0), db_text(rows, 1),
		    arena_printf(&f->all.arena, "%s  %s", db_text(rows, 3),
			db_text(rows, 2)),
		    "");
	db_done(rows);
	return rc;
}

/* People are few: all of them are looked at. */
static const char sql_staff[] =
    "SELECT st.id, st.login, st.name, st.active FROM staff st"
    " ORDER BY st.active DESC, st.id DESC LIMIT 500 /*scan*/ /*sort*/";

static bool
is_called(const struct finding *f, const char *login, const char *name)
{
	char initials[64];

	if (begins(login, f->typed) || strcasestr(name, f->typed) != NULL)
		return true;
	if (!f->letters)
		return false;
	pinyin_initials(name, initials, sizeof(initials));
	if (begins(initials, f->lower))
		return true;
	return pinyin_initials_plain(name, initials, sizeof(initials)) &&
	       begins(initials, f->lower);
}

static int
find_staff(struct finding *f)
{
	struct db_rows *rows;
	size_t n = 0;
	int rc;

	rc = db_query(f->s->db, sql_staff, DB_NOARGS, &rows);
	if (rc < 0)
		return rc;
	while (n < f->some && (rc = db_next(rows)) > 0) {
		const char *login = db_text(rows, 1), *name = db_text(rows, 2);
		char *what;

		if (!is_called(f, login, name))
			continue;
		what = arena_printf(&f->all.arena, "%s%s%s", name,
		    db_int(rows, 3) != 0 ? "" : "  ",
		    db_int(rows, 3) != 0 ? "" : _("has left"));
		add(f, STAFF, db_int(rows, 0), login, what, "");
		n++;
	}
	db_done(rows);
	return rc < 0 ? rc : 0;
}

static int
find_all(struct finding *f)
{
	static const struct {
		enum perm perm;
		int (*find)(struct finding *f);
	} ways[KINDS] = {
		[ORDERS] = { PERM_ORDER_VIEW, find_orders },
		[PARCELS] = { PERM_ORDER_VIEW, find_parcels },
		[CUSTOMERS] = { PERM_CUSTOMER_VIEW, find_customers },
		[PRODUCTS] = { PERM_PRODUCT_VIEW, find_products },
		[STAFF] = { PERM_STAFF_VIEW, find_staff },
	};
	int kind, rc = find_catch_up(f->s);

	for (kind = 0; rc == 0 && kind < KINDS; kind++) {
		size_t before = f->all.n;

		if (session_may(f->s, ways[kind].perm))
			rc = ways[kind].find(f);
		f->n[kind] = f->all.n - before;
	}
	return rc;
}

/* How many of each kind are shown: half of the room is for orders, and what
 * the shares leave is for the first that have more. */
static void
share(const struct finding *f, size_t shown[KINDS])
{
	static const unsigned parts[KINDS] = {
		[ORDERS] = 8,
		[PARCELS] = 2,
		[CUSTOMERS] = 3,
		[PRODUCTS] = 2,
		[STAFF] = 1,
	};
	size_t left = f->limit, more;
	int kind;

	for (kind = 0; kind < KINDS; kind++) {
		more = (f->limit * parts[kind] + 15) / 16;
		more = more < f->n[kind] ? more : f->n[kind];
		shown[kind] = more < left ? more : left;
		left -= shown[kind];
	}
	for (kind = 0; kind < KINDS; kind++) {
		more = f->n[kind] - shown[kind];
		more = more < left ? more : left;
		shown[kind] += more;
		left -= more;
	}
}

/* Leaves out what there is no room for; the page is the caller's then. */
static void
show(struct finding *f, struct page *out)
{
	struct found *all = f->all.rows;
	size_t shown[KINDS], from = 0, to = 0, i;
	int kind;

	share(f, shown);
	for (kind = 0; kind < KINDS; kind++) {
		for (i = 0; i < shown[kind]; i++)
			all[to++] = all[from + i];
		from += f->n[kind];
	}
	f->all.n = to;
	*out = f->all;
}

static void
look_at(struct finding *f)
{
	size_t i;

	f->len = strlen(f->typed);
	f->digits = f->letters = true;
	for (i = 0; i <= f->len; i++) {
		unsigned char c = (unsigned char)f->typed[i];

		f->lower[i] = (char)tolower(c);
		f->upper[i] = (char)toupper(c);
		if (c != '\0' && !isdigit(c))
			f->digits = false;
		if (c != '\0' && !isalnum(c))
			f->letters = false;
	}
}

int
find_quick(
    struct session *s, const char *text, size_t limit, int ms, struct page *out)
{
	struct finding f = { .s = s, .limit = limit, .some = limit / 2 + 1 };
	char typed[200];
	int rc;

	if ((rc = session_need(s, PERM_NONE)) < 0)
		return rc;
	if (limit == 0 || !trim_text(typed, sizeof(typed), text) ||
	    typed[0] == '\0') {
		page_init(out, sizeof(struct found), 1);
		return 0;
	}
	f.typed = f.words.text = typed;
	f.words.limit = limit;
	if (ms > 0)
		f.words.until = time_ticks() + ms * INT64_C(1000000);
	look_at(&f);
	page_init(&f.all, sizeof(struct found), limit + 7 * f.some);
	if ((rc = find_all(&f)) < 0) {
		page_free(&f.all);
		return rc;
	}
	show(&f, out);
	return f.words.cut ? 1 : 0;
}

int
find_any(struct session *s, const char *text, size_t limit, struct page *out)
{
	return find_quick(s, text, limit, 0, out);
}
