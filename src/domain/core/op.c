/* SPDX-License-Identifier: MIT */
#include <assert.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "shopmgr/base/alloc.h"
#include "shopmgr/base/i18n.h"
#include "shopmgr/base/time.h"
#include "shopmgr/db/bulk.h"
#include "shopmgr/domain/op.h"
#include "shopmgr/domain/staff.h"

#include "../audit/audit_chain_priv.h"
#include "door_priv.h"
#include "session_priv.h"

static const struct {
	const char *name;
	const char *words;
} perms[PERM_MAX] = {
	[PERM_NONE] = { "", "" },
	[PERM_ORDER_VIEW] = { "order.view", N_("looking at orders") },
	[PERM_ORDER_EDIT] = { "order.edit", N_("changing orders") },
	[PERM_ORDER_HOLD] = { "order.hold", N_("holding orders") },
	[PERM_ORDER_RELEASE] = { "order.release", N_("releasing orders") },
	[PERM_ORDER_SHIP] = { "order.ship", N_("shipping orders") },
	[PERM_ORDER_CANCEL] = { "order.cancel", N_("cancelling orders") },
	[PERM_IMPORT] = { "import", N_("importing files") },
	[PERM_EXPORT] = { "export", N_("exporting files") },
	[PERM_CUSTOMER_VIEW] = { "customer.view", N_("looking at customers") },
	[PERM_CUSTOMER_EDIT] = { "customer.edit", N_("changing customers") },
	[PERM_PRODUCT_VIEW] = { "product.view", N_("looking at products") },
	[PERM_PRODUCT_EDIT] = { "product.edit", N_("changing products") },
	[PERM_STOCK_VIEW] = { "stock.view", N_("looking at the stock") },
	[PERM_STOCK_RECEIVE] = { "stock.receive", N_("receiving goods") },
	[PERM_STOCK_ADJUST] = { "stock.adjust", N_("adjusting the stock") },
	[PERM_COST_VIEW] = { "cost.view", N_("looking at costs") },
	[PERM_STAFF_VIEW] = { "staff.view", N_("looking at the staff") },
	[PERM_STAFF_EDIT] = { "staff.edit", N_("changing the staff") },
	[PERM_SETTING_EDIT] = { "setting.edit", N_("changing settings") },
	[PERM_AUDIT_VIEW] = { "audit.view", N_("looking at the audit log") },
	[PERM_BACKUP] = { "backup", N_("making backups") },
	[PERM_CONTACT_VIEW] = { "contact.view",
	    N_("looking at names, phones and addresses") },
	[PERM_CONTACT_REVEAL] = { "contact.reveal",
	    N_("reading a masked phone or address") },
	[PERM_APPROVE] = { "approve", N_("approving what others may not") },
	[PERM_ROLE_EDIT] = { "role.edit", N_("changing what roles may do") },
	[PERM_ORDER_ADD] = { "order.add", N_("making orders by hand") },
	[PERM_ORDER_REVIEW] = { "order.review", N_("reviewing orders") },
	[PERM_RULE_EDIT] = { "rule.edit",
	    N_("changing rules of review and gifts") },
	[PERM_PRODUCTION_EDIT] = { "production.edit",
	    N_("placing production orders") },
	[PERM_PAYMENT_VIEW] = { "payment.view", N_("looking at payments") },
	[PERM_PAYMENT_EDIT] = { "payment.edit", N_("recording payments") },
	[PERM_PAYMENT_CHECK] = { "payment.check",
	    N_("reconciling statements") },
	[PERM_DOCUMENT_ISSUE] = { "document.issue",
	    N_("issuing delivery notices and invoices") },
	[PERM_WAVE_MAKE] = { "wave.make", N_("making pick waves") },
	[PERM_PACK_FORCE] = { "pack.force",
	    N_("shipping a parcel whose weight does not fit") },
	[PERM_FREIGHT_VIEW] = { "freight.view", N_("looking at freight") },
	[PERM_FREIGHT_EDIT] = { "freight.edit",
	    N_("changing couriers, templates and bills") },
	[PERM_TRACK_EDIT] = { "track.edit",
	    N_("seeing to parcels on their way") },
	[PERM_STOCK_MOVE] = { "stock.move",
	    N_("putting goods away and moving them") },
	[PERM_WAREHOUSE_EDIT] = { "warehouse.edit",
	    N_("changing warehouses and bins") },
	[PERM_COUNT] = { "count", N_("counting the stock") },
	[PERM_COUNT_POST] = { "count.post", N_("posting what was counted") },
	[PERM_COMPANY_VIEW] = { "company.view", N_("looking at companies") },
	[PERM_COMPANY_EDIT] = { "company.edit",
	    N_("changing companies and their prices") },
	[PERM_PURCHASE_VIEW] = { "purchase.view", N_("looking at purchases") },
	[PERM_PURCHASE_REQUEST] = { "purchase.ask",
	    N_("asking for goods to be bought") },
	[PERM_PURCHASE_ORDER] = { "purchase.order",
	    N_("ordering from suppliers") },
	[PERM_PURCHASE_PAY] = { "purchase.pay",
	    N_("settling suppliers' invoices") },
	[PERM_SALE_EDIT] = { "sale.edit",
	    N_("changing grades and member prices") },
};

const char *
perm_name(enum perm perm)
{
	assert(perm < PERM_MAX);
	return perms[perm].name;
}

enum perm
perm_by_name(const char *name)
{
	unsigned p;

	for (p = PERM_NONE + 1; p < PERM_MAX; p++)
		if (strcmp(perms[p].name, name) == 0)
			return (enum perm)p;
	return PERM_NONE;
}

const char *
perm_text(enum perm perm)
{
	assert(perm < PERM_MAX);
	return perm == PERM_NONE ? "" : _(perms[perm].words);
}

bool
session_may(const struct session *s, enum perm perm)
{
	return perm == PERM_NONE ? session_logged_in(s)
				 : (s->perms >> perm & 1) != 0;
}

static bool
approved(const struct session *s, enum perm perm)
{
	return perm != PERM_NONE && (s->approved >> perm & 1) != 0;
}

int
session_need(struct session *s, enum perm perm)
{
	int rc = person_look(s);

	if (rc < 0 || session_may(s, perm))
		return rc;
	if (!session_logged_in(s))
		return err_set(
		    &s->err, ERR_DENIED, "", _("Nobody is logged in"));
	if (approved(s, perm)) {
		/* Used up by the operation that is under way. */
		if (db_in_txn(s->db))
			s->approved_by = s->approver;
		return 0;
	}
	/* TRANSLATORS: "Your role (clerk) does not include changing prices" */
	return err_set(&s->err, ERR_DENIED, "",
	    _("Your role (%s) does not include %s"), role_text(s->role),
	    _(perms[perm].words));
}

/* A password that somebody else chose is good for choosing one's own. */
static int
need_own_password(struct session *s, const struct op *op)
{
	if (!s->must_change || strcmp(op->name, "staff-password") == 0)
		return 0;
	return err_set(&s->err, ERR_STATE, "",
	    _("Your password was chosen by somebody else: change it first"));
}

static int
begin(struct session *s, const struct op *op,
    int (*start)(struct db *db, struct txn **out), struct txn **out)
{
	int rc;

	*out = NULL;
	s->turn++;
	if ((rc = session_need(s, op->perm)) < 0 ||
	    (rc = need_own_password(s, op)) < 0 || (rc = start(s->db, out)) < 0)
		return rc;
	/* What others changed before this turn came counts as well. */
	rc = person_look_now(s);
	if (rc == 0)
		rc = session_need(s, op->perm);
	if (rc == 0)
		rc = need_own_password(s, op);
	if (rc < 0)
		op_abort(s, out);
	return rc;
}

int
op_begin(struct session *s, const struct op *op, struct txn **out)
{
	return begin(s, op, db_begin, out);
}

int
op_begin_bulk(struct session *s, const struct op *op, struct txn **out)
{
	return begin(s, op, bulk_load_begin, out);
}

int
op_begin_merge(struct session *s, const struct op *op, struct txn **out)
{
	return begin(s, op, bulk_merge_begin, out);
}

int
op_begin_sole(struct session *s, const struct op *op, struct txn **out)
{
	return begin(s, op, bulk_sole_begin, out);
}

static int record(struct session *s, const struct op *op, struct txn *txn,
    const char *kind, int64_t subject, const char *fmt, va_list ap)
    PRINTF_LIKE(6, 0);

static int
record(struct session *s, const struct op *op, struct txn *txn,
    const char *kind, int64_t subject, const char *fmt, va_list ap)
{
	struct audit_entry e = {
		.at = time_now(),
		.staff_id = s->staff_id,
		.op = { op->name, strlen(op->name) },
		.kind = { kind, strlen(kind) },
		.subject = subject,
	};
	char *detail;
	va_list again;
	int n, rc;

	va_copy(again, ap);
	n = vsnprintf(NULL, 0, fmt, ap);
	assert(n >= 0);
	detail = xmalloc((size_t)n + 1);
	vsnprintf(detail, (size_t)n + 1, fmt, again);
	va_end(again);
	e.detail = (struct secret_part){ detail, (size_t)n };
	e.approved_by = s->approved_by;
	rc = audit_append(txn, &e);
	free(detail);
	return rc;
}

int
op_note(struct session *s, const struct op *op, struct txn *txn,
    const char *kind, int64_t subject, const char *fmt, ...)
{
	va_list ap;
	int rc;

	va_start(ap, fmt);
	rc = record(s, op, txn, kind, subject, fmt, ap);
	va_end(ap);
	return rc;
}

int
op_commit(struct session *s, const struct op *op, struct txn **txn,
    int64_t subject, const char *fmt, ...)
{
	va_list ap;
	int rc;

	va_start(ap, fmt);
	rc = record(s, op, *txn, op->kind, subject, fmt, ap);
	va_end(ap);
	return rc < 0 ? rc : op_commit_silent(s, txn);
}

int
op_commit_silent(struct session *s, struct txn **txn)
{
	int rc = db_commit(txn);

	if (rc < 0)
		return rc;
	if (s->approved_by != 0)
		session_approval_end(s);
	bulk_load_end(s->db);
	return 0;
}

void
op_abort(struct session *s, struct txn **txn)
{
	s->approved_by = 0; /* it was not used up */
	if (*txn == NULL)
		return;
	db_rollback(txn);
	bulk_load_end(s->db);
	s->kits.read = false; /* that was read, perhaps, of what is no more */
}

int
op_begin_alone(struct session *s, struct txn **out)
{
	*out = NULL;
	s->turn++;
	return db_begin(s->db, out);
}
