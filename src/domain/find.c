/* SPDX-License-Identifier: MIT */
#include <ctype.h>
#include <string.h>

#include "shopmgr/db/db.h"
#include "shopmgr/domain/customers.h"
#include "shopmgr/domain/find.h"
#include "shopmgr/domain/op.h"
#include "shopmgr/domain/orders.h"
#include "shopmgr/domain/products.h"

#include "row_priv.h"
#include "session_priv.h"

/* Adds one, as long as there is room. */
static void
add(struct page *out, const char *kind, int64_t id, const char *label,
    const char *what)
{
	struct found *f;

	if (out->n == out->cap)
		return;
	f = page_add(out);
	f->kind = kind;
	f->id = id;
	f->label = arena_strdup(&out->arena, label);
	f->what = what;
}

static int
find_orders(struct session *s, const char *text, size_t limit, struct page *out)
{
	struct page orders;
	size_t i;
	int rc;

	if ((rc = order_find(s, text, limit, &orders)) < 0)
		return rc;
	for (i = 0; i < orders.n; i++) {
		const struct order *o = page_row(&orders, i);

		add(out, "order", o->id, o->order_no,
		    arena_printf(&out->arena, "%s  %s  %s",
			order_state_text(o->state), o->receiver, o->goods));
	}
	page_free(&orders);
	return 0;
}

static int
find_customers(
    struct session *s, const char *text, size_t limit, struct page *out)
{
	struct page customers;
	size_t i;
	int rc;

	if ((rc = customer_find(s, text, limit, &customers)) < 0)
		return rc;
	for (i = 0; i < customers.n; i++) {
		const struct customer *c = page_row(&customers, i);

		add(out, "customer", c->id,
		    c->nick[0] != '\0' ? c->nick : c->phone,
		    arena_printf(
			&out->arena, "%s  %s  %s", c->name, c->phone, c->city));
	}
	page_free(&customers);
	return 0;
}

static int
find_products_by(struct session *s, enum variant_order order, const char *text,
    size_t limit, struct page *out)
{
	const struct variant_filter filter = { .order = order, .prefix = text };
	struct page variants;
	size_t i;
	int rc;

	rc = variant_page(s, &filter, PAGE_FIRST, NULL, limit, &variants);
	if (rc < 0)
		return rc;
	for (i = 0; i < variants.n; i++) {
		const struct variant *v = page_row(&variants, i);

		add(out, "product", v->id, v->sku_code,
		    arena_strdup(&out->arena, v->name));
	}
	page_free(&variants);
	return 0;
}

static int
find_barcode(struct session *s, const char *text, struct page *out)
{
	const struct variant *v;
	struct page page;
	int64_t id;
	int rc;

	if ((rc = variant_by_code(s, text, &id)) < 0)
		return rc == ERR_NOTFOUND ? 0 : rc;
	if ((rc = variant_get(s, id, &page)) < 0)
		return rc;
	v = page_row(&page, 0);
	add(out, "product", v->id, v->sku_code,
	    arena_strdup(&out->arena, v->name));
	page_free(&page);
	return 0;
}

static const char sql_parcels[] =
    "SELECT p.id, p.waybill_no, o.order_no, co.name FROM parcel p"
    " LEFT JOIN orders o ON o.id = p.order_id"
    " LEFT JOIN courier co ON co.id = p.courier_id"
    " WHERE p.waybill_no >= upper($1)"
    " AND p.waybill_no < upper($1) || '" PREFIX_END "'"
    " ORDER BY p.waybill_no DESC LIMIT $2";

static int
find_parcels(
    struct session *s, const char *text, size_t limit, struct page *out)
{
	struct db_rows *rows;
	int rc;

	if (strlen(text) < 4)
		return 0;
	rc = db_query(s->db, sql_parcels,
	    DB_ARGS(db_t(text), db_i((int64_t)limit)), &rows);
	if (rc < 0)
		return rc;
	while ((rc = db_next(rows)) > 0)
		add(out, "parcel", db_int(rows, 0), db_text(rows, 1),
		    arena_printf(&out->arena, "%s  %s", db_text(rows, 3),
			db_text(rows, 2)));
	db_done(rows);
	return rc;
}

/* A product by its barcode may also be found by its code or name. */
static void
drop_twins(struct page *out)
{
	struct found *f = out->rows;
	size_t i, j, n = 0;

	for (i = 0; i < out->n; i++) {
		for (j = 0; j < n; j++)
			if (f[j].id == f[i].id &&
			    strcmp(f[j].kind, f[i].kind) == 0)
				break;
		if (j == n)
			f[n++] = f[i];
	}
	out->n = n;
}

/* As typed; and codes, most of them in capitals, as if they had been. */
static int
find_products(
    struct session *s, const char *text, size_t limit, struct page *out)
{
	char upper[200];
	size_t i;
	int rc;

	for (i = 0; i == 0 || text[i - 1] != '\0'; i++)
		upper[i] = (char)toupper((unsigned char)text[i]);
	rc = find_products_by(s, VARIANT_BY_SKU, text, limit, out);
	if (rc == 0 && strcmp(upper, text) != 0)
		rc = find_products_by(s, VARIANT_BY_SKU, upper, limit, out);
	if (rc == 0)
		rc = find_products_by(s, VARIANT_BY_NAME, text, limit, out);
	return rc;
}

/* Orders get half of the room and no kind all of it. */
static int
find_all(struct session *s, const char *text, size_t limit, struct page *out)
{
	int rc = 0;

	if (session_may(s, PERM_PRODUCT_VIEW))
		rc = find_barcode(s, text, out);
	if (rc == 0 && session_may(s, PERM_ORDER_VIEW))
		rc = find_orders(s, text, (limit + 1) / 2, out);
	if (rc == 0 && session_may(s, PERM_ORDER_VIEW))
		rc = find_parcels(s, text, limit / 8 + 1, out);
	if (rc == 0 && session_may(s, PERM_CUSTOMER_VIEW))
		rc = find_customers(s, text, limit / 4 + 1, out);
	if (rc < 0 || !session_may(s, PERM_PRODUCT_VIEW))
		return rc;
	return find_products(s, text, limit, out);
}

int
find_any(struct session *s, const char *text, size_t limit, struct page *out)
{
	char typed[200];
	int rc;

	if ((rc = session_need(s, PERM_NONE)) < 0)
		return rc;
	page_init(out, sizeof(struct found), limit);
	if (!trim_text(typed, sizeof(typed), text) || typed[0] == '\0')
		return 0;
	if ((rc = find_all(s, typed, limit, out)) < 0)
		page_free(out);
	else
		drop_twins(out);
	return rc;
}
