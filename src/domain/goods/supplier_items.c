/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "shopmgr/base/alloc.h"
#include "shopmgr/base/i18n.h"
#include "shopmgr/base/money.h"
#include "shopmgr/base/str.h"
#include "shopmgr/base/time.h"
#include "shopmgr/db/db.h"
#include "shopmgr/db/query.h"
#include "shopmgr/domain/op.h"
#include "shopmgr/domain/products.h"

#include "../core/row_priv.h"
#include "../core/session_priv.h"
#include "../stock/stock_priv.h"
#include "companies_priv.h"
#include "products_priv.h"

/* What suppliers sell us, and for how much: now, and ever. */

static const struct op op_set = { "supplier-item-set", PERM_COMPANY_EDIT,
	"company" };
static const struct op op_drop = { "supplier-item-drop", PERM_COMPANY_EDIT,
	"company" };

#define PRICE_MAX 10000000000LL
#define QTY_MAX   1000000

#define SELECT \
	"SELECT i.variant_id, i.company_id, i.version, v.sku_code, v.name," \
	" c.name, i.code, i.price, i.min_qty, i.pack_qty, i.first," \
	" (SELECT max(p.at) FROM supplier_price p WHERE p.variant_id =" \
	" i.variant_id AND p.company_id = i.company_id) FROM supplier_item i" \
	" JOIN variant v ON v.id = i.variant_id" \
	" JOIN company c ON c.id = i.company_id"

static void
take_item(const struct db_rows *rows, void *out, struct arena *arena)
{
	struct supplier_item *i = out;

	i->variant_id = db_int(rows, 0);
	i->company_id = db_int(rows, 1);
	i->id = supplier_item_id(i->variant_id, i->company_id);
	i->version = db_int(rows, 2);
	i->sku_code = row_text(rows, 3, arena);
	i->name = row_text(rows, 4, arena);
	i->company = row_text(rows, 5, arena);
	i->code = row_text(rows, 6, arena);
	i->price = db_int(rows, 7);
	i->min_qty = db_int(rows, 8);
	i->pack_qty = db_int(rows, 9);
	i->first = db_int(rows, 10);
	i->priced_at = db_int(rows, 11);
}

static int
fetch(struct session *s, const struct query *q, enum page_dir dir, size_t limit,
    struct page *out)
{
	struct supplier_item *i;
	size_t n;
	int rc;

	rc = query_fetch(
	    s->db, q, dir, sizeof(struct supplier_item), limit, take_item, out);
	if (rc == 0 && !session_may(s, PERM_COST_VIEW))
		for (n = 0, i = out->rows; n < out->n; n++)
			i[n].price = 0;
	return rc;
}

int
supplier_item_page(struct session *s, int64_t variant_id, int64_t company_id,
    enum page_dir dir, const struct supplier_item *from, size_t limit,
    struct page *out)
{
	struct query q = QUERY(SELECT " WHERE 1 = 1");
	const struct query_key keys[] = {
		{ "i.variant_id", db_i(from != NULL ? from->variant_id : 0) },
		{ "i.company_id", db_i(from != NULL ? from->company_id : 0) },
	};
	int rc;

	if ((rc = session_need(s, PERM_COMPANY_VIEW)) < 0)
		return rc;
	if (variant_id != 0)
		query_and(&q, "i.variant_id =", db_i(variant_id));
	if (company_id != 0)
		query_and(&q, "i.company_id =", db_i(company_id));
	query_lit(&q, " /*scan*/ /*sort*/");
	query_page(&q, keys, 2, false, dir, limit);
	return fetch(s, &q, dir, limit, out);
}

int
supplier_item_get(struct session *s, int64_t id, struct page *out)
{
	struct query q = QUERY(SELECT " WHERE 1 = 1");
	int64_t company = id & supplier_item_id(0, (1 << 24) - 1);
	int rc;

	if ((rc = session_need(s, PERM_COMPANY_VIEW)) < 0)
		return rc;
	query_and(&q, "i.variant_id =", db_i(id >> 24));
	query_and(&q, "i.company_id =", db_i(company));
	if ((rc = fetch(s, &q, PAGE_FIRST, 1, out)) < 0 || out->n == 1)
		return rc;
	page_free(out);
	return err_set(
	    &s->err, ERR_NOTFOUND, "", _("This supplier does not sell it"));
}

int
supplier_item_find(struct session *s, const char *sku_code, const char *company,
    struct page *out)
{
	int64_t variant_id, company_id;
	int rc;

	if ((rc = company_by_name(s, company, &company_id)) < 0 ||
	    (rc = variant_by_code(s, sku_code, &variant_id)) < 0)
		return rc;
	return supplier_item_get(
	    s, supplier_item_id(variant_id, company_id), out);
}

void
supplier_item_edit_from(
    struct supplier_item_edit *e, const struct supplier_item *i)
{
	*e = (struct supplier_item_edit){ .price = i->price,
		.min_qty = i->min_qty,
		.pack_qty = i->pack_qty };
	copy_text(e->sku_code, sizeof(e->sku_code), i->sku_code);
	copy_text(e->company, sizeof(e->company), i->company);
	copy_text(e->code, sizeof(e->code), i->code);
	copy_text(e->first, sizeof(e->first), variant_made[i->first != 0]);
}

static const char sql_last_price[] =
    "SELECT price FROM supplier_price WHERE variant_id = $1"
    " AND company_id = $2 ORDER BY id DESC LIMIT 1";
static const char sql_price[] =
    "INSERT INTO supplier_price (variant_id, company_id, price, purchase_id,"
    " staff_id, at) VALUES ($1, $2, $3, $4, $5, $6)";

/* Another row of the history, when it is another price. */
static int
note_price(struct session *s, struct txn *txn, int64_t variant_id,
    int64_t company_id, int64_t price, int64_t purchase_id)
{
	int64_t last = -1;
	int rc = db_fetch1(txn, sql_last_price,
	    DB_ARGS(db_i(variant_id), db_i(company_id)), &last);

	if ((rc < 0 && rc != ERR_NOTFOUND) || last == price)
		return rc == ERR_NOTFOUND ? 0 : rc;
	return db_exec(txn, sql_price,
	    DB_ARGS(db_i(variant_id), db_i(company_id), db_i(price),
		db_id(purchase_id), db_i(s->staff_id), db_i(time_now())),
	    NULL);
}

static const char sql_now[] =
    "SELECT code, price, min_qty, pack_qty, first FROM supplier_item"
    " WHERE variant_id = $1 AND company_id = $2";
static const char sql_set[] =
    "INSERT INTO supplier_item (variant_id, company_id, code, price, min_qty,"
    " pack_qty, first) VALUES ($1, $2, $3, $4, $5, $6, $7)"
    " ON CONFLICT (variant_id, company_id) DO UPDATE SET code = excluded.code,"
    " price = excluded.price, min_qty = excluded.min_qty,"
    " pack_qty = excluded.pack_qty, first = excluded.first,"
    " version = supplier_item.version + 1";
static const char sql_others[] =
    "UPDATE supplier_item SET first = 0, version = version + 1"
    " WHERE variant_id = $1 AND company_id <> $2 AND first = 1";
static const char sql_any_first[] =
    "SELECT count(*) FROM supplier_item WHERE variant_id = $1 AND first = 1"
    " AND company_id <> $2";

/* As it stands; false in *@there: it is new. */
static int
terms_now(
    struct txn *txn, const struct supplier_terms *t, bool *there, bool *same)
{
	struct db_rows *rows;
	int rc = db_query(txn_db(txn), sql_now,
	    DB_ARGS(db_i(t->variant_id), db_i(t->company_id)), &rows);

	*there = *same = false;
	if (rc < 0)
		return rc;
	if ((rc = db_next(rows)) > 0) {
		*there = true;
		*same = strcmp(db_text(rows, 0), t->code) == 0 &&
			db_int(rows, 1) == t->price &&
			db_int(rows, 2) == t->min_qty &&
			db_int(rows, 3) == t->pack_qty &&
			(db_int(rows, 4) != 0) == t->first;
	}
	db_done(rows);
	return rc < 0 ? rc : 0;
}

int
supplier_terms_set(struct session *s, struct txn *txn,
    const struct supplier_terms *terms, bool *changed)
{
	struct supplier_terms t = *terms;
	bool there = false, same = false;
	int64_t n;
	int rc;

	rc = db_fetch1(txn, sql_any_first,
	    DB_ARGS(db_i(t.variant_id), db_i(t.company_id)), &n);
	if (rc == 0 && n == 0)
		t.first = true; /* one of them always is */
	if (rc == 0)
		rc = terms_now(txn, &t, &there, &same);
	if (rc < 0)
		return rc;
	if (changed != NULL)
		*changed = !same;
	if (same)
		return 0;
	rc = db_exec(txn, sql_set,
	    DB_ARGS(db_i(t.variant_id), db_i(t.company_id), db_t(t.code),
		db_i(t.price), db_i(t.min_qty), db_i(t.pack_qty),
		db_i(t.first)),
	    NULL);
	if (rc == 0 && t.first)
		rc = db_exec(txn, sql_others,
		    DB_ARGS(db_i(t.variant_id), db_i(t.company_id)), NULL);
	if (rc == 0)
		rc = note_price(s, txn, t.variant_id, t.company_id, t.price, 0);
	return rc;
}

static const char sql_reprice[] =
    "UPDATE supplier_item SET price = $3, version = version + 1"
    " WHERE variant_id = $1 AND company_id = $2 AND price <> $3";
static const char sql_is_there[] =
    "SELECT count(*) FROM supplier_item WHERE variant_id = $1"
    " AND company_id = $2";

int
supplier_price_keep(struct session *s, struct txn *txn, int64_t variant_id,
    int64_t company_id, int64_t price, int64_t purchase_id)
{
	const struct supplier_terms t = { .variant_id = variant_id,
		.company_id = company_id,
		.code = "",
		.price = price,
		.min_qty = 1,
		.pack_qty = 1 };
	int64_t n = 0;
	int rc;

	/* First, so that it is known in which order it was agreed. */
	rc = note_price(s, txn, variant_id, company_id, price, purchase_id);
	if (rc == 0)
		rc = db_fetch1(txn, sql_is_there,
		    DB_ARGS(db_i(variant_id), db_i(company_id)), &n);
	if (rc < 0)
		return rc;
	if (n == 0)
		return supplier_terms_set(s, txn, &t, NULL);
	return db_exec(txn, sql_reprice,
	    DB_ARGS(db_i(variant_id), db_i(company_id), db_i(price)), NULL);
}

static int
check(struct session *s, struct supplier_item_edit *e)
{
	int rc;

	if ((rc = edit_text(s, "code", e->code, sizeof(e->code))) < 0 ||
	    (rc = edit_range(s, "price", e->price, PRICE_MAX)) < 0)
		return rc;
	if (e->min_qty < 1 || e->min_qty > QTY_MAX)
		return err_set(&s->err, ERR_INVALID, "min_qty",
		    _("A number of pieces from 1 to %d is wanted"), QTY_MAX);
	if (e->pack_qty < 1 || e->pack_qty > QTY_MAX)
		return err_set(&s->err, ERR_INVALID, "pack_qty",
		    _("A number of pieces from 1 to %d is wanted"), QTY_MAX);
	return 0;
}

int
supplier_item_terms(struct session *s, struct txn *txn,
    struct supplier_item_edit *e, struct supplier_terms *t)
{
	int rc;

	if ((rc = check(s, e)) < 0)
		return rc;
	if ((rc = code_variant(s, e->sku_code, &t->variant_id)) < 0)
		return rc == ERR_NOTFOUND
			   ? err_set(&s->err, ERR_INVALID, "sku_code",
				 _("There is no product with the code %s"),
				 e->sku_code)
			   : rc;
	if ((rc = company_by_name(s, e->company, &t->company_id)) < 0 ||
	    (rc = company_usable(s, txn, t->company_id, COMPANY_SUPPLIER)) <
		0 ||
	    (rc = variant_usable(s, txn, t->variant_id)) < 0)
		return rc;
	*t = (struct supplier_terms){ .variant_id = t->variant_id,
		.company_id = t->company_id,
		.code = e->code,
		.price = e->price,
		.min_qty = e->min_qty,
		.pack_qty = e->pack_qty,
		.first = strcmp(e->first, variant_made[1]) == 0 };
	return 0;
}

/* What the company's history says, before and after; and the product's. */
static int
tell_item(struct session *s, struct txn *txn, const struct supplier_terms *t,
    const struct supplier_item_edit *e, struct str *words)
{
	struct supplier_item_edit was = { .min_qty = 0 };
	struct page page;
	int rc = supplier_item_get(
	    s, supplier_item_id(t->variant_id, t->company_id), &page);

	if (rc < 0 && rc != ERR_NOTFOUND)
		return rc;
	if (rc == 0) {
		supplier_item_edit_from(&was, page_row(&page, 0));
		page_free(&page);
	}
	tell_text(words, "code", was.code, e->code);
	if (was.price != e->price) /* how much: see the prices */
		str_addf(words, "%sprice", words->len > 0 ? "; " : "");
	tell_number(words, "min_qty", was.min_qty, e->min_qty);
	tell_number(words, "pack_qty", was.pack_qty, e->pack_qty);
	if (e->first[0] != '\0')
		tell_text(words, "first", was.first, e->first);
	return op_note(s, &op_set, txn, "variant", t->variant_id, "%s: %s",
	    e->company, words->s);
}

int
supplier_item_set(struct session *s, const struct supplier_item_edit *edit)
{
	struct supplier_item_edit e = *edit;
	struct str words = STR_INIT;
	struct supplier_terms t = { .code = "" };
	struct txn *txn;
	int rc;

	if ((rc = session_need(s, PERM_COST_VIEW)) < 0 ||
	    (rc = op_begin(s, &op_set, &txn)) < 0)
		return rc;
	if ((rc = supplier_item_terms(s, txn, &e, &t)) == 0 &&
	    (rc = tell_item(s, txn, &t, &e, &words)) == 0)
		rc = supplier_terms_set(s, txn, &t, NULL);
	if (rc == 0)
		rc = op_commit(s, &op_set, &txn, t.company_id, "%s: %s",
		    e.sku_code, words.s);
	op_abort(s, &txn);
	str_done(&words);
	return rc;
}

static const char sql_drop[] =
    "DELETE FROM supplier_item WHERE variant_id = $1 AND company_id = $2";
/* The one that was second is first. */
static const char sql_next[] =
    "UPDATE supplier_item SET first = 1, version = version + 1"
    " WHERE variant_id = $1 AND company_id = (SELECT min(o.company_id)"
    " FROM supplier_item o WHERE o.variant_id = $1) AND NOT EXISTS"
    " (SELECT 1 FROM supplier_item f WHERE f.variant_id = $1"
    " AND f.first = 1)";

int
supplier_item_drop(struct session *s, int64_t variant_id, int64_t company_id)
{
	struct supplier_item_edit e = { .price = 0 };
	struct page page;
	struct txn *txn;
	int rc;

	if ((rc = op_begin(s, &op_drop, &txn)) < 0)
		return rc;
	rc = supplier_item_get(
	    s, supplier_item_id(variant_id, company_id), &page);
	if (rc == 0) {
		supplier_item_edit_from(&e, page_row(&page, 0));
		page_free(&page);
		rc = db_exec(txn, sql_drop,
		    DB_ARGS(db_i(variant_id), db_i(company_id)), NULL);
	}
	if (rc == 0)
		rc = db_exec(txn, sql_next, DB_ARGS(db_i(variant_id)), NULL);
	if (rc == 0)
		rc = op_commit(s, &op_drop, &txn, company_id, "%s", e.sku_code);
	op_abort(s, &txn);
	return rc;
}

#define PRICE_SELECT \
	"SELECT p.id, p.variant_id, p.company_id, v.sku_code, v.name, c.name," \
	" p.price, (SELECT b.price FROM supplier_price b WHERE b.variant_id =" \
	" p.variant_id AND b.company_id = p.company_id AND b.id < p.id" \
	" ORDER BY b.id DESC LIMIT 1), o.purchase_no, st.name, p.at" \
	" FROM supplier_price p JOIN variant v ON v.id = p.variant_id" \
	" JOIN company c ON c.id = p.company_id" \
	" JOIN staff st ON st.id = p.staff_id" \
	" LEFT JOIN purchase o ON o.id = p.purchase_id"

static void
take_price(const struct db_rows *rows, void *out, struct arena *arena)
{
	struct supplier_price *p = out;

	p->id = db_int(rows, 0);
	p->variant_id = db_int(rows, 1);
	p->company_id = db_int(rows, 2);
	p->sku_code = row_text(rows, 3, arena);
	p->name = row_text(rows, 4, arena);
	p->company = row_text(rows, 5, arena);
	p->price = db_int(rows, 6);
	p->before = db_int(rows, 7);
	p->purchase_no = row_text(rows, 8, arena);
	p->staff = row_text(rows, 9, arena);
	p->at = db_int(rows, 10);
}

int
supplier_price_page(struct session *s, int64_t variant_id, int64_t company_id,
    enum page_dir dir, const struct supplier_price *from, size_t limit,
    struct page *out)
{
	struct query q = QUERY(PRICE_SELECT " WHERE 1 = 1");
	const struct query_key keys[] = {
		{ "p.id", db_i(from != NULL ? from->id : 0) },
	};
	int rc;

	if ((rc = session_need(s, PERM_COMPANY_VIEW)) < 0 ||
	    (rc = session_need(s, PERM_COST_VIEW)) < 0)
		return rc;
	if (variant_id != 0)
		query_and(&q, "p.variant_id =", db_i(variant_id));
	if (company_id != 0)
		query_and(&q, "p.company_id =", db_i(company_id));
	query_lit(&q, " /*scan*/ /*sort*/");
	query_page(&q, keys, 1, true, dir, limit);
	return query_fetch(s->db, &q, dir, sizeof(struct supplier_price), limit,
	    take_price, out);
}
