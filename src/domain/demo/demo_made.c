/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "shopmgr/base/alloc.h"
#include "shopmgr/domain/attrs.h"
#include "shopmgr/domain/order_add.h"
#include "shopmgr/domain/payments.h"
#include "shopmgr/domain/production.h"
#include "shopmgr/domain/products.h"

#include "demo_priv.h"

/* A board is cut to the length that its buyer wants, with a text burnt in: such
 * orders wait to be placed with the maker, one of them typed once. */

#define MADE_SKU   "ZB-45"
#define MADE_PRICE 16800

static int
make_to_order(struct demo_life *l)
{
	struct variant_edit e;
	struct page page;
	int64_t id, version;
	int rc;

	if ((rc = variant_by_code(l->s, MADE_SKU, &id)) < 0 ||
	    (rc = variant_get(l->s, id, &page)) < 0)
		return rc;
	variant_edit_from(&e, page_row(&page, 0));
	version = ((const struct variant *)page_row(&page, 0))->version;
	page_free(&page);
	copy_text(e.made, sizeof(e.made), variant_made[1]);
	return variant_save(l->s, id, version, &e);
}

/* What matters of a board is its length and the text. */
static int
only_what_counts(struct demo_life *l)
{
	const struct attr_def *d;
	struct attr_def_edit e;
	struct page page;
	size_t i;
	int rc;

	rc = attr_def_page(l->s, PAGE_FIRST, NULL, 50, &page);
	if (rc < 0)
		return rc;
	for (i = 0; rc == 0 && i < page.n; i++) {
		d = page_row(&page, i);
		if (strcmp(d->name, "length") == 0 ||
		    strcmp(d->name, "text") == 0)
			continue;
		attr_def_edit_from(&e, d);
		e.critical = false;
		rc = attr_def_save(l->s, d->id, d->version, &e);
	}
	page_free(&page);
	return rc;
}

static int
places(struct demo_life *l, size_t *n)
{
	struct page page;
	int rc;

	if ((rc = production_open(l->s, NULL)) < 0 ||
	    (rc = production_page(
		 l->s, PRODUCTION_NEW, PAGE_FIRST, NULL, 1, &page)) < 0)
		return rc;
	*n = page.n;
	page_free(&page);
	return 0;
}

/* At some hours nobody waits for a board: then somebody asks for one in the
 * chat, and pays. */
static int
places_one(struct demo_life *l)
{
	const struct demo_person *p = &l->d.people[0];
	static const struct order_how how;
	const struct payment_edit paid = { .method = "alipay",
		.amount = MADE_PRICE };
	struct sale sale = { .n = 1,
		.line = { { .qty = 1, .price = MADE_PRICE } } };
	int64_t id;
	size_t n;
	int rc;

	if ((rc = places(l, &n)) < 0 || n > 0)
		return rc;
	copy_text(sale.line[0].sku, sizeof(sale.line[0].sku), MADE_SKU);
	demo_buyer(p, &sale);
	if ((rc = order_add(l->s, &sale, &how, &id)) < 0 ||
	    (rc = payment_add(l->s, id, &paid, &id)) < 0)
		return rc;
	return places(l, &n);
}

static int
type_first(struct demo_life *l)
{
	const struct production *p;
	struct attr_entry typed[] = { { 0, "length", "42cm" },
		{ 0, "text", "妈妈的味道" } };
	const struct attr_typing t = { .entries = typed, .n = 2 };
	struct page page;
	int rc;

	rc = production_page(l->s, PRODUCTION_NEW, PAGE_FIRST, NULL, 1, &page);
	if (rc < 0)
		return rc;
	if (page.n > 0) {
		p = page_row(&page, 0);
		typed[0].line_no = typed[1].line_no = p->line_no;
		rc = attrs_type(l->s, p->order_id, &t, NULL);
	}
	page_free(&page);
	return rc;
}

int
demo_made(struct demo_life *l)
{
	int rc;

	if ((rc = demo_at_work(l, l->d.now - 50, MANAGER)) < 0 ||
	    (rc = make_to_order(l)) < 0 || (rc = only_what_counts(l)) < 0 ||
	    (rc = places_one(l)) < 0 ||
	    (rc = demo_at_work(l, l->d.now - 40, AGENT)) < 0)
		return rc;
	return type_first(l);
}
