/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "shopmgr/base/i18n.h"
#include "shopmgr/base/time.h"
#include "shopmgr/db/db.h"
#include "shopmgr/db/query.h"
#include "shopmgr/domain/op.h"
#include "shopmgr/domain/orders.h"

#include "../core/row_priv.h"
#include "../core/session_priv.h"
#include "../customers/contact_priv.h"
#include "../orders/order_priv.h"
#include "confirm_priv.h"

/* What stands confirmed of an order, and what that means for it. */

static const struct {
	int64_t bit;
	const char *name, *text;
} whats[] = {
	{ CONFIRM_NAME, "name", N_("recipient's real name") },
	{ CONFIRM_PHONE, "phone", N_("phone") },
	{ CONFIRM_ADDRESS, "address", N_("address") },
	{ CONFIRM_ATTRS, "attrs", N_("what is made to order") },
	{ CONFIRM_SHIP_DATE, "ship_date", N_("promised ship date") },
	{ CONFIRM_DELIVERY, "delivery", N_("delivery method") },
};
#define WHATS (sizeof(whats) / sizeof(whats[0]))

const char *
confirm_name(int64_t bit)
{
	size_t i;

	for (i = 0; i < WHATS; i++)
		if (whats[i].bit == bit)
			return whats[i].name;
	return "";
}

int64_t
confirm_by_name(const char *name)
{
	size_t i;

	for (i = 0; i < WHATS; i++)
		if (strcmp(whats[i].name, name) == 0)
			return whats[i].bit;
	return 0;
}

const char *
confirm_text(int64_t bit)
{
	size_t i;

	for (i = 0; i < WHATS; i++)
		if (whats[i].bit == bit)
			return _(whats[i].text);
	return "";
}

bool
delivery_has_waybill(int64_t delivery)
{
	return delivery != DELIVERY_COLLECT;
}

const char *const confirm_channels[] = { "wangwang", "phone", "sms", "wechat",
	"email", "in_person", "other", NULL };
const char *const confirm_channel_texts[] = { N_("Wangwang"), N_("phone call"),
	N_("text message"), N_("WeChat"), N_("e-mail"), N_("in person"),
	N_("another way"), NULL };

static const char sql_made[] =
    "SELECT count(*) FROM order_line l JOIN variant v ON v.id = l.variant_id"
    " JOIN product p ON p.id = v.product_id WHERE l.order_id = $1"
    " AND p.made = 1 AND l.refund_state <> 2 AND l.qty > l.sent";

int
made_lines(struct session *s, int64_t order_id, int64_t *n)
{
	return db_get1(s->db, sql_made, DB_ARGS(db_i(order_id)), n);
}

static const char sql_entries[] =
    "SELECT what FROM confirmation WHERE order_id = $1 ORDER BY id";
static const char sql_delivery[] = "SELECT delivery FROM orders WHERE id = $1";

static int
stands(struct session *s, int64_t order_id, int64_t *needed, int64_t *confirmed)
{
	struct db_rows *rows;
	int64_t what, bits = 0, made, delivery;
	int rc;

	if ((rc = made_lines(s, order_id, &made)) < 0 ||
	    (rc = db_get1(s->db, sql_delivery, DB_ARGS(db_i(order_id)),
		 &delivery)) < 0 ||
	    (rc = db_query(
		 s->db, sql_entries, DB_ARGS(db_i(order_id)), &rows)) < 0)
		return rc;
	while ((rc = db_next(rows)) > 0) {
		what = db_int(rows, 0);
		bits = what > 0 ? bits | what : bits & ~-what;
	}
	db_done(rows);
	*needed = CONFIRM_ALL;
	if (made == 0)
		*needed &= ~CONFIRM_ATTRS;
	if (delivery == DELIVERY_COLLECT)
		*needed &= ~CONFIRM_ADDRESS;
	*confirmed = bits;
	return rc;
}

int
confirm_stands(
    struct session *s, int64_t order_id, int64_t *needed, int64_t *confirmed)
{
	int rc = session_need(s, PERM_ORDER_VIEW);

	if (rc == 0)
		rc = stands(s, order_id, needed, confirmed);
	if (rc == ERR_NOTFOUND)
		rc = err_set(
		    &s->err, ERR_NOTFOUND, "", _("There is no such order"));
	return rc;
}

/* Made to order always; others as the owner has it. */
static int
must(struct session *s, int64_t order_id, bool *yes)
{
	int64_t made, need = 0;
	int rc;

	if ((rc = made_lines(s, order_id, &made)) == 0 && made == 0)
		rc = setting_int(s, SETTING_CONFIRM_NEED, &need);
	*yes = made > 0 || need != 0;
	return rc;
}

int
confirm_settle(struct session *s, struct txn *txn, int64_t order_id)
{
	int64_t needed, confirmed;
	struct order_now now;
	bool needs;
	int rc;

	if ((rc = order_now(s, txn, order_id, &now)) < 0 ||
	    (rc = stands(s, order_id, &needed, &confirmed)) < 0)
		return rc;
	if ((needed & ~confirmed) == 0) {
		rc = order_did(s, txn, order_id, DONE_CONFIRMED, 0);
		return rc < 0 ? rc : hold_clear(s, txn, &now, "confirm");
	}
	if ((rc = order_did(s, txn, order_id, 0, DONE_CONFIRMED)) < 0 ||
	    (rc = must(s, order_id, &needs)) < 0)
		return rc;
	if (needs && order_can_hold(now.state))
		rc = hold_open(s, txn, &now, "confirm", "", NULL);
	return rc;
}

static const char sql_add[] =
    "INSERT INTO confirmation (order_id, staff_id, at, channel, what, note)"
    " VALUES ($1, $2, $3, $4, $5, $6)";

int
confirm_add(struct session *s, struct txn *txn, int64_t order_id, int64_t bits,
    const char *channel, const char *note)
{
	int rc;

	rc = db_exec(txn, sql_add,
	    DB_ARGS(db_i(order_id), db_i(s->staff_id), db_i(time_now()),
		db_t(channel), db_i(bits), db_t(note)),
	    NULL);
	return rc < 0 ? rc : confirm_settle(s, txn, order_id);
}

int
confirm_take_back(struct session *s, struct txn *txn, int64_t order_id,
    int64_t bits, const char *why)
{
	int64_t needed, confirmed;
	int rc = stands(s, order_id, &needed, &confirmed);

	if (rc < 0 || (confirmed & bits) == 0)
		return rc;
	return confirm_add(s, txn, order_id, -(confirmed & bits), "", why);
}

static const char sql_agent[] =
    "UPDATE orders SET agent_id = $2 WHERE id = $1 AND agent_id IS NULL";

int
confirm_agent(struct session *s, struct txn *txn, int64_t order_id)
{
	return db_exec(
	    txn, sql_agent, DB_ARGS(db_i(order_id), db_i(s->staff_id)), NULL);
}

/* Once an order was held for it, the hold is what counts: it is open, or
 * somebody has answered for clearing it. */
static const char sql_waits[] =
    "SELECT o.done & 2 + (SELECT count(*) FROM order_hold h"
    " WHERE h.order_id = o.id AND h.reason = 'confirm') * 4"
    " FROM orders o WHERE o.id = $1";

int
confirm_guard(struct session *s, int64_t order_id)
{
	struct order_now now;
	int64_t settled;
	bool needs;
	int rc;

	if ((rc = must(s, order_id, &needs)) < 0 || !needs)
		return rc;
	rc = db_get1(s->db, sql_waits, DB_ARGS(db_i(order_id)), &settled);
	if (rc < 0 || settled != 0)
		return rc;
	if ((rc = order_now(s, NULL, order_id, &now)) < 0)
		return rc;
	return err_set(&s->err, ERR_STATE, "",
	    _("Order %s is not confirmed with the buyer"), now.order_no);
}

static void
take(const struct db_rows *rows, void *out, struct arena *arena)
{
	struct confirmation *c = out;

	c->id = db_int(rows, 0);
	c->at = db_int(rows, 1);
	c->what = db_int(rows, 2);
	c->staff = row_text(rows, 3, arena);
	c->channel = row_text(rows, 4, arena);
	c->note = row_text(rows, 5, arena);
}

#define ENTRIES_MAX 200

int
confirmations(struct session *s, int64_t order_id, struct page *out)
{
	struct query q =
	    QUERY("SELECT c.id, c.at, c.what, st.name, c.channel, c.note"
		  " FROM confirmation c JOIN staff st ON st.id = c.staff_id"
		  " WHERE 1 = 1");
	const struct query_key key = { "c.id", db_i(0) };
	struct confirmation *c;
	size_t i;
	int rc;

	if ((rc = session_need(s, PERM_ORDER_VIEW)) < 0)
		return rc;
	query_and(&q, "c.order_id =", db_i(order_id));
	query_page(&q, &key, 1, true, PAGE_FIRST, ENTRIES_MAX);
	rc = query_fetch(s->db, &q, PAGE_FIRST, sizeof(struct confirmation),
	    ENTRIES_MAX, take, out);
	for (i = 0; rc == 0 && i < out->n; i++) {
		c = (struct confirmation *)out->rows + i;
		c->note = contact_hide_text(
		    s, said_text(&out->arena, c->note), &out->arena);
	}
	return rc;
}
