/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "shopmgr/base/i18n.h"
#include "shopmgr/base/str.h"
#include "shopmgr/db/db.h"
#include "shopmgr/db/query.h"
#include "shopmgr/domain/audit.h"
#include "shopmgr/domain/customers.h"
#include "shopmgr/domain/op.h"
#include "shopmgr/domain/orders.h"

#include "../core/row_priv.h"
#include "../core/session_priv.h"
#include "contact_priv.h"

static const struct op op_order = { "contact-reveal", PERM_CONTACT_REVEAL,
	"order" };
static const struct op op_customer = { "contact-reveal", PERM_CONTACT_REVEAL,
	"customer" };

bool
contact_open(const struct session *s)
{
	return session_may(s, PERM_CONTACT_VIEW);
}

void
contact_hide_order(
    const struct session *s, struct order *o, struct arena *arena)
{
	if (contact_open(s))
		return;
	o->nick = mask_nick(arena, o->nick, o->receiver);
	o->receiver = mask_name(arena, o->receiver);
	o->phone = mask_phone(arena, o->phone);
	o->province = mask_place(o->province);
	o->city = mask_place(o->city);
	o->district = mask_place(o->district);
	o->address = mask_address(o->address);
	o->buyer_note = mask_text(arena, o->buyer_note);
	o->memo = mask_text(arena, o->memo);
	o->close_reason = mask_text(arena, o->close_reason);
}

void
contact_hide_orders(const struct session *s, struct page *orders)
{
	struct order *o = orders->rows;
	size_t i;

	for (i = 0; i < orders->n; i++)
		contact_hide_order(s, &o[i], &orders->arena);
}

void
contact_hide_customers(const struct session *s, struct page *customers)
{
	struct arena *arena = &customers->arena;
	struct customer *c = customers->rows;
	size_t i;

	if (contact_open(s))
		return;
	for (i = 0; i < customers->n; i++, c++) {
		c->nick = mask_nick(arena, c->nick, c->name);
		c->name = mask_name(arena, c->name);
		c->phone = mask_phone(arena, c->phone);
		c->province = mask_place(c->province);
		c->city = mask_place(c->city);
		c->note = mask_text(arena, c->note);
	}
}

/* Notes and remarks are quoted there, and addresses that were changed. */
void
contact_hide_entries(const struct session *s, struct page *audit_rows)
{
	struct arena *arena = &audit_rows->arena;
	struct audit_row *row = audit_rows->rows;
	size_t i;

	if (contact_open(s))
		return;
	for (i = 0; i < audit_rows->n; i++, row++)
		row->detail = strcmp(row->op, "import") == 0 ||
				      strcmp(row->op, "order-address") == 0
				  ? mask_import(arena, row->detail)
				  : mask_text(arena, row->detail);
}

const char *
contact_hide_text(
    const struct session *s, const char *text, struct arena *arena)
{
	return contact_open(s) ? text : mask_text(arena, text);
}

static void
take_contact(const struct db_rows *rows, void *out, struct arena *arena)
{
	struct contact *c = out;

	c->name = row_text(rows, 0, arena);
	c->phone = row_text(rows, 1, arena);
	c->province = row_text(rows, 2, arena);
	c->city = row_text(rows, 3, arena);
	c->district = row_text(rows, 4, arena);
	c->address = row_text(rows, 5, arena);
	c->nick = row_text(rows, 6, arena);
}

static int
contact_by(struct session *s, const struct query *q, struct page *out)
{
	int rc;

	rc = query_fetch(
	    s->db, q, PAGE_FIRST, sizeof(struct contact), 1, take_contact, out);
	return page_one(s, rc, out, "", _("There is no such record"));
}

int
contact_of_order(struct session *s, int64_t id, struct page *out)
{
	struct query q =
	    QUERY("SELECT r.name, r.phone, r.province, r.city, r.district,"
		  " r.address, c.nick FROM orders o"
		  " LEFT JOIN receiver r ON r.id = o.receiver_id"
		  " LEFT JOIN customer c ON c.id = r.customer_id WHERE 1 = 1");

	query_and(&q, "o.id =", db_i(id));
	return contact_by(s, &q, out);
}

/* The newest address; ids of receivers grow. */
int
contact_of_customer(struct session *s, int64_t id, struct page *out)
{
	struct query q =
	    QUERY("SELECT c.name, c.phone, r.province, r.city, r.district,"
		  " r.address, c.nick FROM customer c"
		  " LEFT JOIN receiver r ON r.id = (SELECT max(x.id)"
		  " FROM receiver x WHERE x.customer_id = c.id) WHERE 1 = 1");

	query_and(&q, "c.id =", db_i(id));
	return contact_by(s, &q, out);
}

/* What was read, for the log, which repeats nothing of it. */
static void
fields_of(const struct contact *c, struct str *out)
{
	const struct {
		const char *name, *text;
	} fields[] = {
		{ "name", c->name },
		{ "phone", c->phone },
		{ "address", c->address },
		{ "nick", c->nick },
	};
	size_t i;

	for (i = 0; i < sizeof(fields) / sizeof(fields[0]); i++) {
		if (fields[i].text[0] == '\0')
			continue;
		if (out->len > 0)
			str_addc(out, ' ');
		str_add(out, fields[i].name);
	}
}

typedef int contact_read(struct session *s, int64_t id, struct page *out);

/* Nobody has read it before the log says so. */
static int
reveal(struct session *s, const struct op *op, contact_read *read, int64_t id,
    struct page *out)
{
	struct str fields = STR_INIT;
	struct txn *txn;
	struct page page;
	int rc;

	if ((rc = op_begin(s, op, &txn)) < 0)
		return rc;
	if ((rc = read(s, id, &page)) == 0) {
		fields_of(page_row(&page, 0), &fields);
		rc = op_commit(s, op, &txn, id, "%s", fields.s);
		if (rc == 0)
			*out = page;
		else
			page_free(&page);
	}
	op_abort(s, &txn);
	str_done(&fields);
	return rc;
}

int
contact_reveal(
    struct session *s, const char *kind, int64_t id, struct page *out)
{
	bool order = strcmp(kind, "order") == 0;
	contact_read *read = order ? contact_of_order : contact_of_customer;
	int rc;

	if (!order && strcmp(kind, "customer") != 0)
		return err_set(&s->err, ERR_INVALID, "kind",
		    _("Only an order or a customer has a contact"));
	rc = session_need(s, order ? PERM_ORDER_VIEW : PERM_CUSTOMER_VIEW);
	if (rc < 0)
		return rc;
	if (contact_open(s))
		return read(s, id, out);
	return reveal(s, order ? &op_order : &op_customer, read, id, out);
}
