/* SPDX-License-Identifier: MIT */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "shopmgr/base/alloc.h"
#include "shopmgr/base/i18n.h"
#include "shopmgr/base/time.h"
#include "shopmgr/base/utf8.h"
#include "shopmgr/db/db.h"
#include "shopmgr/db/query.h"
#include "shopmgr/domain/gifts.h"
#include "shopmgr/domain/op.h"

#include "../core/row_priv.h"
#include "../core/session_priv.h"
#include "../review/review_priv.h"
#include "gifts_priv.h"

/* The rules of gifts, as the owner keeps them. */

static const struct op op_add = { "gift-rule-add", PERM_RULE_EDIT,
	"gift-rule" };
static const struct op op_save = { "gift-rule-save", PERM_RULE_EDIT,
	"gift-rule" };

#define RULES    500
#define SEQ_STEP 10
#define SEQ_MAX  1000000
#define QTY_MAX  1000
#define PAID_MAX 1000000000

#define SELECT \
	"SELECT g.id, g.version, g.seq, g.active, g.name, s.name, g.since," \
	" g.until, g.min_paid, b.sku_code, b.name, g.min_qty, v.sku_code," \
	" v.name, g.gift_qty, g.each_time, g.alone, coalesce(g.shop_id, 0)," \
	" coalesce(g.variant_id, 0), g.gift_id FROM gift_rule g" \
	" JOIN variant v ON v.id = g.gift_id" \
	" LEFT JOIN variant b ON b.id = g.variant_id" \
	" LEFT JOIN shop s ON s.id = g.shop_id"

static void
take_rule(const struct db_rows *rows, void *out, struct arena *arena)
{
	struct gift_rule *g = out;

	g->id = db_int(rows, 0);
	g->version = db_int(rows, 1);
	g->seq = db_int(rows, 2);
	g->active = db_int(rows, 3);
	g->name = row_text(rows, 4, arena);
	g->shop = row_text(rows, 5, arena);
	g->since = db_int(rows, 6);
	g->until = db_int(rows, 7);
	g->min_paid = db_int(rows, 8);
	g->sku = row_text(rows, 9, arena);
	g->bought = row_text(rows, 10, arena);
	g->min_qty = db_int(rows, 11);
	g->gift_sku = row_text(rows, 12, arena);
	g->gift = row_text(rows, 13, arena);
	g->gift_qty = db_int(rows, 14);
	g->each_time = db_int(rows, 15);
	g->alone = db_int(rows, 16);
}

int
gift_rule_page(struct session *s, struct page *out)
{
	/* A few dozen. */
	const struct query q =
	    QUERY(SELECT " ORDER BY g.seq, g.id /*scan*/ /*sort*/");
	int rc;

	if ((rc = session_need(s, PERM_ORDER_VIEW)) < 0)
		return rc;
	return query_fetch(s->db, &q, PAGE_FIRST, sizeof(struct gift_rule),
	    RULES, take_rule, out);
}

int
gift_rule_get(struct session *s, int64_t id, struct page *out)
{
	struct query q = QUERY(SELECT " WHERE 1 = 1");
	int rc;

	if ((rc = session_need(s, PERM_ORDER_VIEW)) < 0)
		return rc;
	query_and(&q, "g.id =", db_i(id));
	rc = query_fetch(
	    s->db, &q, PAGE_FIRST, sizeof(struct gift_rule), 1, take_rule, out);
	return page_one(s, rc, out, "", _("There is no such rule of gifts"));
}

static const char sql_by_name[] = "SELECT id FROM gift_rule WHERE name = $1";

int
gift_rule_by_name(struct session *s, const char *name, int64_t *id)
{
	int rc;

	if ((rc = session_need(s, PERM_ORDER_VIEW)) < 0)
		return rc;
	rc = db_get1(s->db, sql_by_name, DB_ARGS(db_t(name)), id);
	if (rc == ERR_NOTFOUND)
		return err_set(&s->err, ERR_NOTFOUND, "name",
		    _("There is no rule of gifts called %s"), name);
	return rc;
}

void
gift_rule_edit_from(struct gift_rule_edit *e, const struct gift_rule *g)
{
	*e = (struct gift_rule_edit){
		.since = g->since != 0 ? time_day(g->since) : 0,
		.until = g->until != 0 ? time_day(g->until - 1) : 0,
		.min_paid = g->min_paid,
		.min_qty = g->min_qty,
		.gift_qty = g->gift_qty,
		.each_time = g->each_time != 0,
		.alone = g->alone != 0,
		.active = g->active != 0,
		.seq = g->seq,
	};
	copy_text(e->name, sizeof(e->name), g->name);
	copy_text(e->shop, sizeof(e->shop), g->shop);
	copy_text(e->sku, sizeof(e->sku), g->sku);
	copy_text(e->gift_sku, sizeof(e->gift_sku), g->gift_sku);
}

static const char sql_gives[] =
    SELECT " WHERE g.active = 1 ORDER BY g.seq, g.id /*scan*/ /*sort*/";

int
gift_gives(struct session *s, struct gift_give **out, size_t *n)
{
	struct gift_give *v = NULL;
	struct db_rows *rows;
	int rc;

	*out = NULL;
	*n = 0;
	if ((rc = db_query(s->db, sql_gives, DB_NOARGS, &rows)) < 0)
		return rc;
	while ((rc = db_next(rows)) > 0) {
		v = xreallocarray(v, *n + 1, sizeof(*v));
		v[*n] = (struct gift_give){
			.id = db_int(rows, 0),
			.since = db_int(rows, 6),
			.until = db_int(rows, 7),
			.min_paid = db_int(rows, 8),
			.min_qty = db_int(rows, 11),
			.gift_qty = db_int(rows, 14),
			.each_time = db_int(rows, 15),
			.alone = db_int(rows, 16),
			.shop_id = db_int(rows, 17),
			.variant_id = db_int(rows, 18),
			.gift_id = db_int(rows, 19),
		};
		copy_text(v[*n].name, sizeof(v[*n].name), db_text(rows, 4));
		copy_text(v[*n].sku, sizeof(v[*n].sku), db_text(rows, 12));
		++*n;
	}
	db_done(rows);
	*out = v;
	return rc;
}

/* What was typed, as it is stored. */
struct rule_now {
	char name[64];
	int64_t shop_id, variant_id, gift_id, since, until, seq;
};

static const char sql_variant[] = "SELECT id FROM variant WHERE sku_code = $1";

static int
variant_named(
    struct session *s, const char *field, const char *sku, int64_t *id)
{
	char typed[64];
	int rc;

	*id = 0;
	if (!trim_text(typed, sizeof(typed), sku) || typed[0] == '\0')
		return 0;
	rc = db_get1(s->db, sql_variant, DB_ARGS(db_t(typed)), id);
	if (rc == ERR_NOTFOUND)
		return err_set(&s->err, ERR_INVALID, field,
		    _("There is no product with the code %s"), typed);
	return rc;
}

static int
check_numbers(struct session *s, const struct gift_rule_edit *e)
{
	if (e->min_paid < 0 || e->min_paid > PAID_MAX)
		return err_set(&s->err, ERR_INVALID, "min_paid",
		    _("The amount is too small or too large"));
	if (e->min_qty < 0 || e->min_qty > QTY_MAX)
		return err_set(&s->err, ERR_INVALID, "min_qty",
		    _("A number of pieces from 0 to %d is wanted"), QTY_MAX);
	if (e->gift_qty < 1 || e->gift_qty > QTY_MAX)
		return err_set(&s->err, ERR_INVALID, "gift_qty",
		    _("A number of pieces from 1 to %d is wanted"), QTY_MAX);
	if (e->each_time && e->min_paid == 0 && e->min_qty == 0)
		return err_set(&s->err, ERR_INVALID, "each_time",
		    _("Say for how much or how many it is given again"));
	if (e->until != 0 && e->until < e->since)
		return err_set(&s->err, ERR_INVALID, "until",
		    _("The end lies before the beginning"));
	if (e->seq < 0 || e->seq > SEQ_MAX)
		return err_set(&s->err, ERR_INVALID, "seq",
		    _("The place is between 0 and %d"), SEQ_MAX);
	return 0;
}

static int
check_edit(
    struct session *s, const struct gift_rule_edit *e, struct rule_now *out)
{
	int rc;

	if (!trim_text(out->name, sizeof(out->name), e->name) ||
	    out->name[0] == '\0' || !utf8_valid(out->name, strlen(out->name)))
		return err_set(
		    &s->err, ERR_INVALID, "name", _("The name is missing"));
	if ((rc = check_numbers(s, e)) < 0 ||
	    (rc = rule_shop(s, e->shop, &out->shop_id)) < 0 ||
	    (rc = variant_named(s, "sku", e->sku, &out->variant_id)) < 0 ||
	    (rc = variant_named(s, "gift_sku", e->gift_sku, &out->gift_id)) < 0)
		return rc;
	if (out->gift_id == 0)
		return err_set(
		    &s->err, ERR_INVALID, "gift_sku", _("Say what is given"));
	out->since = e->since > 0 ? day_start(e->since) : 0;
	out->until = e->until > 0 ? day_start(e->until + 1) : 0;
	out->seq = e->seq;
	return 0;
}

static const char sql_taken[] =
    "SELECT count(*) FROM gift_rule WHERE name = $1 AND id <> $2";
static const char sql_last[] =
    "SELECT coalesce(max(seq), 0) FROM gift_rule /*scan*/";

/* What can only be judged, or done, inside the transaction. */
static int
prepare(struct session *s, struct txn *txn, const struct gift_rule_edit *e,
    struct rule_now *now, int64_t id)
{
	int64_t n, listing;
	int rc;

	*now = (struct rule_now){ .shop_id = 0 };
	if ((rc = check_edit(s, e, now)) < 0)
		return rc;
	rc = db_fetch1(txn, sql_taken, DB_ARGS(db_t(now->name), db_i(id)), &n);
	if (rc == 0 && n > 0)
		rc = err_set(&s->err, ERR_CONFLICT, "name",
		    _("There is a rule called %s already"), now->name);
	if (rc == 0 && now->seq == 0) {
		rc = db_fetch1(txn, sql_last, DB_NOARGS, &now->seq);
		now->seq += SEQ_STEP;
	}
	/* So that no import has to make it, and takes it back later. */
	return rc < 0 ? rc : gift_listing(s, txn, now->gift_id, &listing);
}

static const char sql_add[] =
    "INSERT INTO gift_rule (name, active, seq, shop_id, since, until, min_paid,"
    " variant_id, min_qty, gift_id, gift_qty, each_time, alone)"
    " VALUES ($3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)";
static const char sql_save[] =
    "UPDATE gift_rule SET name = $3, active = $4, seq = $5, shop_id = $6,"
    " since = $7, until = $8, min_paid = $9, variant_id = $10, min_qty = $11,"
    " gift_id = $12, gift_qty = $13, each_time = $14, alone = $15,"
    " version = version + 1 WHERE id = $1 AND ($2 = 0 OR version = $2)";

int
gift_rule_write(struct session *s, struct txn *txn, int64_t *id,
    int64_t version, const struct gift_rule_edit *e)
{
	struct rule_now now;
	int64_t changed;
	int rc;

	s->gifts.read = false;
	if ((rc = prepare(s, txn, e, &now, *id)) < 0)
		return rc;
	const struct db_val vals[] = { db_i(*id), db_i(version), db_t(now.name),
		db_i(e->active), db_i(now.seq), db_id(now.shop_id),
		db_i(now.since), db_i(now.until), db_i(e->min_paid),
		db_id(now.variant_id), db_i(e->min_qty), db_i(now.gift_id),
		db_i(e->gift_qty), db_i(e->each_time), db_i(e->alone) };

	if (*id == 0)
		return db_insert(txn, sql_add, vals, 15, id);
	rc = db_exec(txn, sql_save, vals, 15, &changed);
	if (rc == 0 && changed == 0)
		rc = err_set(&s->err, ERR_CONFLICT, "",
		    _("The rule %s was changed by someone else meanwhile"),
		    now.name);
	return rc;
}

static int
keep(struct session *s, const struct op *op, int64_t *id, int64_t version,
    const struct gift_rule_edit *e)
{
	struct txn *txn;
	int rc;

	if ((rc = op_begin(s, op, &txn)) < 0)
		return rc;
	rc = gift_rule_write(s, txn, id, version, e);
	if (rc == 0)
		rc = op_commit(s, op, &txn, *id, "%s: %" PRId64 " x %s%s",
		    e->name, e->gift_qty, e->gift_sku,
		    e->active ? "" : ", not used");
	op_abort(s, &txn);
	s->gifts.read = false;
	return rc;
}

int
gift_rule_add(struct session *s, const struct gift_rule_edit *e, int64_t *id)
{
	int64_t added = 0;
	int rc = keep(s, &op_add, &added, 0, e);

	if (rc == 0)
		*id = added;
	return rc;
}

int
gift_rule_save(struct session *s, int64_t id, int64_t version,
    const struct gift_rule_edit *e)
{
	return keep(s, &op_save, &id, version, e);
}

int
gift_rule_active(struct session *s, int64_t id, bool active)
{
	const struct gift_rule *g;
	struct gift_rule_edit e;
	struct page page;
	int64_t version;
	int rc;

	if ((rc = session_need(s, PERM_RULE_EDIT)) < 0 ||
	    (rc = gift_rule_get(s, id, &page)) < 0)
		return rc;
	g = page_row(&page, 0);
	version = g->version;
	gift_rule_edit_from(&e, g);
	page_free(&page);
	e.active = active;
	return gift_rule_save(s, id, version, &e);
}
