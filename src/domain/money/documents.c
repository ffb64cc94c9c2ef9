/* SPDX-License-Identifier: MIT */
#include <ctype.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "shopmgr/base/alloc.h"
#include "shopmgr/base/i18n.h"
#include "shopmgr/base/money.h"
#include "shopmgr/base/str.h"
#include "shopmgr/base/time.h"
#include "shopmgr/base/utf8.h"
#include "shopmgr/db/db.h"
#include "shopmgr/db/query.h"
#include "shopmgr/domain/documents.h"
#include "shopmgr/domain/op.h"
#include "shopmgr/domain/orders.h"

#include "../core/edit_priv.h"
#include "../core/row_priv.h"
#include "../core/session_priv.h"
#include "../customers/contact_priv.h"
#include "../orders/order_priv.h"
#include "../print/print_priv.h"

static const struct op op_issue = { "document-issue", PERM_DOCUMENT_ISSUE,
	"document" };
static const struct op op_cancel = { "document-cancel", PERM_DOCUMENT_ISSUE,
	"document" };

const char *const document_kinds[] = { "delivery", "invoice", NULL };
static const struct {
	const char *text, *prefix;
} kinds[] = { { N_("delivery notice"), "DN" }, { N_("sales invoice"), "SI" } };

/* -1: there is none. */
static int
kind_of(const char *name)
{
	int i;

	for (i = 0; document_kinds[i] != NULL; i++)
		if (strcmp(document_kinds[i], name) == 0)
			return i;
	return -1;
}

const char *
document_kind_text(const char *kind)
{
	int i = kind_of(kind);

	return i < 0 ? kind : _(kinds[i].text);
}

/* 18 characters now, 15, 17 and 20 on older licences. */
static bool
tax_no_fits(const char *no)
{
	size_t i, len = strlen(no);

	for (i = 0; i < len; i++)
		if (!isdigit((unsigned char)no[i]) &&
		    (no[i] < 'A' || no[i] > 'Z'))
			return false;
	return len == 0 || len == 15 || len == 17 || len == 18 || len == 20;
}

static int
check_edit(struct session *s, struct document_edit *e)
{
	size_t i;
	int rc;

	if (kind_of(e->kind) < 0)
		return err_set(&s->err, ERR_INVALID, "kind",
		    _("%s is no kind of paper: delivery or invoice"), e->kind);
	if ((rc = edit_text(s, "title", e->title, sizeof(e->title))) < 0)
		return rc;
	if (trim_text(e->tax_no, sizeof(e->tax_no), e->tax_no))
		for (i = 0; e->tax_no[i] != '\0'; i++)
			e->tax_no[i] =
			    (char)toupper((unsigned char)e->tax_no[i]);
	if (!tax_no_fits(e->tax_no))
		return err_set(&s->err, ERR_INVALID, "tax_no",
		    _("A tax number has 15, 17, 18 or 20 letters and digits"));
	if (e->tax_no[0] != '\0' && e->title[0] == '\0')
		return err_set(&s->err, ERR_INVALID, "title",
		    _("A tax number needs the company's name"));
	return 0;
}

/* A cell of the body: what parts cells and lines is a blank in it. */
static void
cell(struct str *body, const char *text)
{
	for (; *text != '\0'; text++)
		str_addc(body, (unsigned char)*text < ' ' ? ' ' : *text);
}

/* Facts as "order_no", TAB, text; goods as "*" and their cells. */
static void
fact(struct str *body, const char *name, const char *text)
{
	str_addf(body, "%s\t", name);
	cell(body, text);
	str_addc(body, '\n');
}

static const char sql_money[] =
    "SELECT CASE WHEN origin = 0 THEN paid ELSE total END - refund"
    " FROM orders WHERE id = $1";
static const char sql_goods[] =
    "SELECT coalesce(v.sku_code, ''), coalesce(v.name, li.title),"
    " coalesce(li.attrs, ''), l.qty, l.price,"
    " CASE WHEN l.paid > 0 THEN l.paid ELSE l.price * l.qty END"
    " FROM order_line l JOIN listing li ON li.id = l.listing_id"
    " LEFT JOIN variant v ON v.id = l.variant_id"
    " WHERE l.order_id = $1 AND l.refund_state <> 2 AND l.kit <= 0"
    " ORDER BY l.line_no";

static int
goods(struct session *s, int64_t id, struct str *body, int64_t *sum)
{
	char price[MONEY_SIZE], amount[MONEY_SIZE];
	struct db_rows *rows;
	int rc, i;

	*sum = 0;
	if ((rc = db_query(s->db, sql_goods, DB_ARGS(db_i(id)), &rows)) < 0)
		return rc;
	while ((rc = db_next(rows)) > 0) {
		str_add(body, "*");
		for (i = 0; i < 3; i++) {
			str_addc(body, '\t');
			cell(body, row_text(rows, i, NULL));
		}
		*sum += db_int(rows, 5);
		str_addf(body, "\t%" PRId64 "\t%s\t%s\n", db_int(rows, 3),
		    money_plain(db_int(rows, 4), price),
		    money_plain(db_int(rows, 5), amount));
	}
	db_done(rows);
	return rc;
}

static int
write_body(
    struct session *s, int64_t order_id, struct str *body, int64_t *total)
{
	struct arena arena = { 0 };
	char amount[MONEY_SIZE];
	struct print_order o;
	int64_t sum = 0;
	int rc;

	if ((rc = print_order(s, order_id, &arena, &o)) == 0 &&
	    (rc = db_get1(s->db, sql_money, DB_ARGS(db_i(order_id)), total)) ==
		0) {
		fact(body, "order_no", o.order_no);
		fact(body, "shop", o.shop);
		fact(body, "nick", o.nick);
		fact(body, "receiver", o.receiver);
		fact(body, "phone", o.phone);
		fact(body, "address",
		    arena_printf(&arena, "%s %s %s %s", o.province, o.city,
			o.district, o.address));
		fact(body, "waybill",
		    arena_printf(&arena, "%s %s", o.courier, o.waybill));
		rc = goods(s, order_id, body, &sum);
	}
	if (rc == 0 && *total != sum)
		fact(body, "rest", money_plain(*total - sum, amount));
	arena_done(&arena);
	return rc;
}

static const char sql_good[] =
    "SELECT doc_no FROM document WHERE order_id = $1 AND kind = $2"
    " AND cancelled_at = 0";

static int
check_order(struct session *s, const struct order_now *order, const char *kind)
{
	struct db_rows *rows;
	int rc;

	if (order->state == ORDER_UNPAID || order->state == ORDER_CLOSED)
		return err_set(&s->err, ERR_STATE, "",
		    _("Order %s is %s: there is no paper for it"),
		    order->order_no, order_state_text(order->state));
	rc = db_query(
	    s->db, sql_good, DB_ARGS(db_i(order->id), db_t(kind)), &rows);
	if (rc < 0)
		return rc;
	if ((rc = db_next(rows)) > 0)
		rc = err_set(&s->err, ERR_CONFLICT, "kind",
		    _("Order %s has %s already: cancel that one first"),
		    order->order_no, db_text(rows, 0));
	db_done(rows);
	return rc;
}

/* There is one writer at a time, and nothing is deleted: no gaps. */
static const char sql_last[] =
    "SELECT doc_no FROM document WHERE kind = $1 ORDER BY id DESC LIMIT 1";

static int
next_no(struct session *s, const char *kind, char no[32])
{
	struct db_rows *rows;
	long long last = 0;
	int rc;

	if ((rc = db_query(s->db, sql_last, DB_ARGS(db_t(kind)), &rows)) < 0)
		return rc;
	if ((rc = db_next(rows)) > 0)
		last = strtoll(db_text(rows, 0) + 3, NULL, 10);
	db_done(rows);
	snprintf(no, 32, "%s-%06lld", kinds[kind_of(kind)].prefix, last + 1);
	return rc < 0 ? rc : 0;
}

static const char sql_add[] =
    "INSERT INTO document (kind, doc_no, order_id, at, staff_id, total, title,"
    " tax_no, body) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)";

static int
issue(struct session *s, struct txn *txn, const struct order_now *order,
    const struct document_edit *e, const char *no, int64_t *id)
{
	struct str body = STR_INIT;
	int64_t total = 0;
	int rc;

	rc = write_body(s, order->id, &body, &total);
	if (rc == 0)
		rc = db_insert(txn, sql_add,
		    DB_ARGS(db_t(e->kind), db_t(no), db_i(order->id),
			db_i(time_now()), db_i(s->staff_id), db_i(total),
			db_t(e->title), db_t(e->tax_no), db_t(body.s)),
		    id);
	str_done(&body);
	return rc;
}

int
document_issue(struct session *s, int64_t order_id,
    const struct document_edit *edit, int64_t *id)
{
	struct document_edit e = *edit;
	struct order_now order = { .id = 0 };
	struct txn *txn;
	char no[32];
	int rc;

	if ((rc = check_edit(s, &e)) < 0 ||
	    (rc = op_begin(s, &op_issue, &txn)) < 0)
		return rc;
	if ((rc = order_now(s, txn, order_id, &order)) == 0 &&
	    (rc = check_order(s, &order, e.kind)) == 0 &&
	    (rc = next_no(s, e.kind, no)) == 0)
		rc = issue(s, txn, &order, &e, no, id);
	if (rc == 0)
		rc = op_note(s, &op_issue, txn, "order", order_id, "%s", no);
	if (rc == 0)
		rc = op_commit(
		    s, &op_issue, &txn, *id, "%s %s", no, order.order_no);
	op_abort(s, &txn);
	return rc;
}

static const char sql_now[] =
    "SELECT doc_no, cancelled_at, order_id FROM document WHERE id = $1";
static const char sql_cancel[] =
    "UPDATE document SET cancelled_at = $2, cancelled_by = $3, reason = $4"
    " WHERE id = $1";

static int
cancel(struct session *s, struct txn *txn, int64_t id, const char *why,
    char no[32], int64_t *order_id)
{
	struct db_rows *rows;
	int rc;

	if ((rc = db_query(s->db, sql_now, DB_ARGS(db_i(id)), &rows)) < 0)
		return rc;
	if ((rc = db_next(rows)) > 0) {
		copy_text(no, 32, db_text(rows, 0));
		*order_id = db_int(rows, 2);
		rc = db_int(rows, 1) == 0
			 ? 0
			 : err_set(&s->err, ERR_STATE, "",
			       _("%s was cancelled already"), no);
	} else if (rc == 0) {
		rc = err_set(
		    &s->err, ERR_NOTFOUND, "", _("There is no such paper"));
	}
	db_done(rows);
	return rc < 0 ? rc
		      : db_exec(txn, sql_cancel,
			    DB_ARGS(db_i(id), db_i(time_now()),
				db_i(s->staff_id), db_t(why)),
			    NULL);
}

int
document_cancel(struct session *s, int64_t id, const char *reason)
{
	char why[200], no[32] = "";
	int64_t order_id = 0;
	struct txn *txn;
	int rc;

	if (!utf8_valid(reason, strlen(reason)) ||
	    !trim_text(why, sizeof(why), reason) || why[0] == '\0')
		return err_set(&s->err, ERR_INVALID, "reason",
		    _("Say why the paper is cancelled"));
	if ((rc = op_begin(s, &op_cancel, &txn)) < 0)
		return rc;
	rc = cancel(s, txn, id, why, no, &order_id);
	if (rc == 0)
		rc = op_note(
		    s, &op_cancel, txn, "order", order_id, "%s: %s", no, why);
	if (rc == 0)
		rc = op_commit(s, &op_cancel, &txn, id, "%s: %s", no, why);
	op_abort(s, &txn);
	return rc;
}

static void
take_document(const struct db_rows *rows, void *out, struct arena *arena)
{
	struct document *d = out;

	d->id = db_int(rows, 0);
	d->kind = row_text(rows, 1, arena);
	d->doc_no = row_text(rows, 2, arena);
	d->order_id = db_int(rows, 3);
	d->order_no = row_text(rows, 4, arena);
	d->at = db_int(rows, 5);
	d->total = db_int(rows, 6);
	d->staff = row_text(rows, 7, arena);
	d->title = row_text(rows, 8, arena);
	d->tax_no = row_text(rows, 9, arena);
	d->cancelled_at = db_int(rows, 10);
	d->cancelled_by = row_text(rows, 11, arena);
	d->reason = row_text(rows, 12, arena);
}

#define SELECT_DOCUMENT \
	"SELECT d.id, d.kind, d.doc_no, d.order_id, o.order_no, d.at, d.total," \
	" st.name, d.title, d.tax_no, d.cancelled_at, ca.name, d.reason" \
	" FROM document d LEFT JOIN orders o ON o.id = d.order_id" \
	" LEFT JOIN staff st ON st.id = d.staff_id" \
	" LEFT JOIN staff ca ON ca.id = d.cancelled_by WHERE 1 = 1"

static int
fetch(struct session *s, const struct query *q, enum page_dir dir, size_t limit,
    struct page *out)
{
	struct document *d;
	size_t i;
	int rc;

	rc = query_fetch(
	    s->db, q, dir, sizeof(struct document), limit, take_document, out);
	for (i = 0, d = out->rows; rc == 0 && i < out->n; i++) {
		d[i].title = contact_hide_text(s, d[i].title, &out->arena);
		d[i].reason = contact_hide_text(s, d[i].reason, &out->arena);
	}
	return rc;
}

int
document_page(struct session *s, const struct document_filter *filter,
    enum page_dir dir, const struct document *from, size_t limit,
    struct page *out)
{
	struct query q = QUERY(SELECT_DOCUMENT);
	struct query_key key = { .column = "d.id" };
	int rc;

	if ((rc = session_need(s, PERM_ORDER_VIEW)) < 0)
		return rc;
	if (filter->order_id != 0)
		query_and(&q, "d.order_id =", db_i(filter->order_id));
	if (filter->kind != NULL)
		query_and(&q, "d.kind =", db_t(filter->kind));
	if (from != NULL)
		key.from = db_i(from->id);
	query_page(&q, &key, 1, true, dir, limit);
	return fetch(s, &q, dir, limit, out);
}

int
document_get(struct session *s, int64_t id, struct page *out)
{
	struct query q = QUERY(SELECT_DOCUMENT);
	int rc;

	if ((rc = session_need(s, PERM_ORDER_VIEW)) < 0)
		return rc;
	query_and(&q, "d.id =", db_i(id));
	if ((rc = fetch(s, &q, PAGE_FIRST, 1, out)) < 0 || out->n == 1)
		return rc;
	page_free(out);
	*out = (struct page){ 0 };
	return err_set(&s->err, ERR_NOTFOUND, "", _("There is no such paper"));
}

static const char sql_by_no[] = "SELECT id FROM document WHERE doc_no = $1";

int
document_by_no(struct session *s, const char *no, int64_t *id)
{
	char text[32] = "", prefix[3] = "";
	long long n = 0;
	int rc;

	if ((rc = session_need(s, PERM_ORDER_VIEW)) < 0)
		return rc;
	if (sscanf(no, " %2[A-Za-z]-%lld", prefix, &n) == 2)
		snprintf(text, sizeof(text), "%c%c-%06lld",
		    toupper((unsigned char)prefix[0]),
		    toupper((unsigned char)prefix[1]), n);
	rc = db_get1(s->db, sql_by_no, DB_ARGS(db_t(text)), id);
	return rc != ERR_NOTFOUND ? rc
				  : err_set(&s->err, ERR_NOTFOUND, "doc_no",
					_("There is no paper %s"), no);
}
