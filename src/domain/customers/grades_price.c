/* SPDX-License-Identifier: MIT */
#include <inttypes.h>
#include <string.h>

#include "shopmgr/base/alloc.h"
#include "shopmgr/base/i18n.h"
#include "shopmgr/base/money.h"
#include "shopmgr/db/db.h"
#include "shopmgr/db/query.h"
#include "shopmgr/domain/grades.h"
#include "shopmgr/domain/op.h"
#include "shopmgr/io/sheet_in.h"

#include "../core/row_priv.h"
#include "../core/session_priv.h"
#include "../sale/order_add_priv.h"
#include "../stock/stock_priv.h"
#include "grades_priv.h"

/* What members pay for what. */

static const struct op op_set = { "member-price", PERM_SALE_EDIT, "variant" };

#define PRICE_MAX 10000000000LL
/* One number for both: there are a handful of grades. */
#define GRADE_BITS 16

static void
take_price(const struct db_rows *rows, void *out, struct arena *arena)
{
	struct member_price *m = out;

	m->variant_id = db_int(rows, 0);
	m->grade_id = db_int(rows, 1);
	m->id = m->variant_id << GRADE_BITS | m->grade_id;
	m->sku_code = row_text(rows, 2, arena);
	m->name = row_text(rows, 3, arena);
	m->grade = row_text(rows, 4, arena);
	m->price = db_int(rows, 5);
	m->list = db_int(rows, 6);
}

int
member_price_page(struct session *s, const struct member_price_filter *filter,
    enum page_dir dir, const struct member_price *from, size_t limit,
    struct page *out)
{
	struct query q = QUERY("SELECT m.variant_id, m.grade_id, v.sku_code,"
			       " v.name, g.name, m.price, v.price"
			       " FROM member_price m"
			       " LEFT JOIN variant v ON v.id = m.variant_id"
			       " LEFT JOIN grade g ON g.id = m.grade_id"
			       " WHERE 1 = 1");
	const struct query_key keys[] = {
		{ "m.variant_id", db_i(from != NULL ? from->variant_id : 0) },
		{ "m.grade_id", db_i(from != NULL ? from->grade_id : 0) },
	};
	int rc;

	if ((rc = session_need(s, PERM_CUSTOMER_VIEW)) < 0)
		return rc;
	if (filter->variant_id != 0)
		query_and(&q, "m.variant_id =", db_i(filter->variant_id));
	if (filter->grade_id != 0)
		query_and(&q, "m.grade_id =", db_i(filter->grade_id));
	query_page(&q, keys, 2, false, dir, limit);
	return query_fetch(s->db, &q, dir, sizeof(struct member_price), limit,
	    take_price, out);
}

int
member_price_get(struct session *s, int64_t id, struct page *out)
{
	const struct member_price_filter one = {
		.variant_id = id >> GRADE_BITS,
		.grade_id = id & ((1 << GRADE_BITS) - 1),
	};
	int rc = member_price_page(s, &one, PAGE_FIRST, NULL, 1, out);

	return page_one(
	    s, rc, out, "", _("There is no price of its own for that grade"));
}

static const char sql_sku[] = "SELECT id FROM variant WHERE sku_code = $1";
static const char sql_grade[] = "SELECT id FROM grade WHERE name = $1";
static const char sql_now[] =
    "SELECT price FROM member_price WHERE variant_id = $1 AND grade_id = $2";
static const char sql_put[] =
    "INSERT INTO member_price (variant_id, grade_id, price)"
    " VALUES ($1, $2, $3) ON CONFLICT (variant_id, grade_id)"
    " DO UPDATE SET price = excluded.price";
static const char sql_drop[] =
    "DELETE FROM member_price WHERE variant_id = $1 AND grade_id = $2"
    " AND $3 = $3";

int
member_price_now(struct session *s, const char *sku, const char *grade,
    struct member_price_now *p)
{
	int rc = db_get1(s->db, sql_sku, DB_ARGS(db_t(sku)), &p->variant_id);

	if (rc == ERR_NOTFOUND)
		return err_set(&s->err, ERR_INVALID, "sku",
		    _("There is no product with the code %s"), sku);
	if (rc < 0)
		return rc;
	rc = db_get1(s->db, sql_grade, DB_ARGS(db_t(grade)), &p->grade_id);
	if (rc == ERR_NOTFOUND)
		return err_set(&s->err, ERR_INVALID, "grade",
		    _("There is no grade called %.60s"), grade);
	if (rc < 0)
		return rc;
	rc = db_get1(s->db, sql_now,
	    DB_ARGS(db_i(p->variant_id), db_i(p->grade_id)), &p->was);
	if (rc == ERR_NOTFOUND) {
		p->was = MEMBER_PRICE_NONE;
		rc = 0;
	}
	return rc;
}

int
member_price_write(
    struct session *s, struct txn *txn, const struct member_price_now *p)
{
	const bool none = p->is == MEMBER_PRICE_NONE;
	int rc;

	if (!none && (p->is < 0 || p->is > PRICE_MAX))
		return err_set(&s->err, ERR_INVALID, "price",
		    _("A price cannot be less than nothing, nor so much"));
	if (p->was == p->is)
		return 0;
	rc = db_exec(txn, none ? sql_drop : sql_put,
	    DB_ARGS(db_i(p->variant_id), db_i(p->grade_id), db_i(p->is)), NULL);
	return rc < 0 ? rc : 1;
}

/* One price, with its record; 1: it is another now. */
static int
put(struct session *s, struct txn *txn, const char *sku, const char *grade,
    struct member_price_now *p)
{
	char was[MONEY_SIZE] = "none", is[MONEY_SIZE] = "none";
	int rc;

	if ((rc = member_price_now(s, sku, grade, p)) < 0 ||
	    (rc = member_price_write(s, txn, p)) <= 0)
		return rc;
	if (p->was != MEMBER_PRICE_NONE)
		money_plain(p->was, was);
	if (p->is != MEMBER_PRICE_NONE)
		money_plain(p->is, is);
	rc = op_note(s, &op_set, txn, "variant", p->variant_id,
	    "%s for %s: %s -> %s", sku, grade, was, is);
	return rc < 0 ? rc : 1;
}

int
member_price_set(
    struct session *s, const char *sku, const char *grade, int64_t price)
{
	struct member_price_now p = { .is = price };
	char code[64], name[64];
	struct txn *txn;
	int rc;

	if (!trim_text(code, sizeof(code), sku))
		code[0] = '\0';
	if (!trim_text(name, sizeof(name), grade))
		name[0] = '\0';
	if ((rc = op_begin(s, &op_set, &txn)) < 0)
		return rc;
	rc = put(s, txn, code, name, &p);
	if (rc > 0)
		rc = op_commit_silent(s, &txn);
	op_abort(s, &txn);
	return rc;
}

/* Where the columns are. */
enum { C_SKU, C_GRADE, C_PRICE, COLUMNS };
static const char *const column_names[COLUMNS][3] = {
	{ "sku_code", "sku", "商家编码" },
	{ "grade", "会员等级", "等级" },
	{ "price", "会员价", "价格" },
};

static int
columns_find(struct session *s, const struct sheet_row *row, size_t at[COLUMNS])
{
	size_t i, k, c;

	for (c = 0; c < COLUMNS; c++) {
		at[c] = row->n;
		for (i = 0; i < row->n; i++)
			for (k = 0; k < 3; k++)
				if (strcmp(row->fields[i],
					column_names[c][k]) == 0)
					at[c] = i;
		if (at[c] == row->n)
			return err_set(&s->err, ERR_INVALID, column_names[c][0],
			    _("The file has no column %s"), column_names[c][0]);
	}
	return 0;
}

static int
next_row(struct sheet *sh, struct sheet_row *row)
{
	int rc = sheet_next(sh, row);
	size_t i, len;
	const char **f = (const char **)row->fields;

	for (i = 0; rc > 0 && i < row->n; i++) {
		len = row->lens[i];
		f[i] = field_clean((char *)row->fields[i], &len);
	}
	return rc;
}

static int
take_row(struct session *s, struct txn *txn, const struct sheet_row *row,
    const size_t at[COLUMNS], struct member_price_taken *out)
{
	struct member_price_now p = { .is = MEMBER_PRICE_NONE };
	const char *v[COLUMNS];
	size_t c;
	int rc;

	for (c = 0; c < COLUMNS; c++)
		v[c] = at[c] < row->n ? row->fields[at[c]] : "";
	if (v[C_PRICE][0] != '\0' &&
	    (money_parse(v[C_PRICE], &p.is) < 0 || p.is < 0))
		return err_set(&s->err, ERR_INVALID, "price",
		    _("Line %" PRId64 ": %s is no price"), row->line,
		    v[C_PRICE]);
	if ((rc = put(s, txn, v[C_SKU], v[C_GRADE], &p)) < 0) {
		char why[200];

		copy_text(why, sizeof(why), s->err.text);
		return rc != ERR_INVALID
			   ? rc
			   : err_set(&s->err, rc, "", _("Line %" PRId64 ": %s"),
				 row->line, why);
	}
	if (rc == 0)
		out->same++;
	else if (p.is == MEMBER_PRICE_NONE)
		out->removed++;
	else
		out->set++;
	return 0;
}

static int
take_sheet(struct session *s, struct txn *txn, struct sheet *sh,
    struct member_price_taken *out)
{
	struct sheet_row row = { .n = 0 };
	size_t at[COLUMNS] = { 0 };
	int rc = next_row(sh, &row);

	if (rc == 0)
		return err_set(
		    &s->err, ERR_INVALID, "", _("The file is empty"));
	if (rc > 0)
		rc = columns_find(s, &row, at);
	while (rc >= 0 && (rc = next_row(sh, &row)) > 0)
		if (row.bad != NULL)
			rc = err_set(&s->err, ERR_INVALID, "",
			    _("Line %" PRId64 ": %s"), row.line, row.bad);
		else
			rc = take_row(s, txn, &row, at, out);
	return rc;
}

int
member_price_take(
    struct session *s, const char *path, struct member_price_taken *out)
{
	struct member_price_taken n = { 0 };
	struct txn *txn = NULL;
	struct sheet *sh;
	int rc;

	/* Who may not learns nothing of a file either. */
	if ((rc = session_need(s, PERM_SALE_EDIT)) < 0 ||
	    (rc = sheet_open(&sh, path, &s->err)) < 0)
		return rc;
	if ((rc = op_begin(s, &op_set, &txn)) == 0) {
		rc = take_sheet(s, txn, sh, &n);
		if (rc == 0 && n.set + n.removed > 0)
			rc = op_commit_silent(s, &txn);
	}
	op_abort(s, &txn);
	sheet_close(sh);
	if (rc == 0)
		*out = n;
	return rc;
}

static const char sql_price[] =
    "SELECT v.sku_code, v.name, v.price, g.permille, coalesce(g.name, ''),"
    " m.price, coalesce((SELECT st.available FROM stock st"
    " WHERE st.variant_id = v.id AND st.warehouse_id = $3), 0), v.active"
    " FROM variant v LEFT JOIN customer c ON c.id = $2"
    " LEFT JOIN grade g ON g.id = c.grade_id"
    " LEFT JOIN member_price m ON m.variant_id = v.id"
    " AND m.grade_id = c.grade_id WHERE v.id = $1";

/* Rounded to fen once, for the piece. */
static void
price_take(const struct db_rows *rows, struct sale_price *out)
{
	copy_text(out->sku, sizeof(out->sku), db_text(rows, 0));
	copy_text(out->name, sizeof(out->name), db_text(rows, 1));
	out->list = out->price = db_int(rows, 2);
	copy_text(out->grade, sizeof(out->grade), db_text(rows, 4));
	out->available = db_int(rows, 6);
	if (!db_isnull(rows, 5)) {
		out->price = db_int(rows, 5);
		out->by = PRICE_MEMBER;
	} else if (!db_isnull(rows, 3)) {
		out->price = (out->list * db_int(rows, 3) + 500) / 1000;
		out->by = PRICE_GRADE;
	}
}

int
sale_price_of(struct session *s, int64_t customer_id, int64_t variant_id,
    struct sale_price *out)
{
	struct db_rows *rows;
	int rc;

	*out = (struct sale_price){ .variant_id = variant_id };
	rc = db_query(s->db, sql_price,
	    DB_ARGS(db_i(variant_id), db_i(customer_id), db_i(WAREHOUSE_MAIN)),
	    &rows);
	if (rc < 0)
		return rc;
	if ((rc = db_next(rows)) > 0) {
		price_take(rows, out);
		rc = 0;
		if (db_int(rows, 7) == 0)
			rc = err_set(&s->err, ERR_INVALID, "sku",
			    _("%s is no longer sold"), out->sku);
	} else if (rc == 0) {
		rc = err_set(
		    &s->err, ERR_NOTFOUND, "", _("There is no such product"));
	}
	db_done(rows);
	return rc;
}

int
sale_price(struct session *s, int64_t customer_id, const char *code,
    struct sale_price *out)
{
	int64_t id;
	int rc;

	if ((rc = session_need(s, PERM_ORDER_ADD)) < 0)
		return rc;
	rc = code_variant(s, code, &id);
	if (rc == ERR_NOTFOUND)
		return code[0] == '\0'
			   ? err_set(&s->err, ERR_INVALID, "sku",
				 _("A code or words of a name are wanted"))
			   : err_set(&s->err, ERR_INVALID, "sku",
				 _("There is no product with the code %s"),
				 code);
	return rc < 0 ? rc : sale_price_of(s, customer_id, id, out);
}
