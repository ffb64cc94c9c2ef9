/* SPDX-License-Identifier: MIT */
#ifndef SHOPMGR_DOMAIN_OP_H
#define SHOPMGR_DOMAIN_OP_H

#include <stdbool.h>
#include <stdint.h>

#include "shopmgr/base/err.h"

/*
 * An operation: the only way to change anything. op_begin() refuses those whose
 * role lacks the permission, and hands out the transaction without which the
 * database cannot be written; op_commit() writes the audit record in that same
 * transaction. So no change is unpermitted, and none is unrecorded.
 */

struct session;
struct txn;

/* The names stand in op.c ("order.view"); roles have them by data/roles.tsv. */
enum perm {
	PERM_NONE,
	PERM_ORDER_VIEW,
	PERM_ORDER_EDIT, /* remark, address, price */
	PERM_ORDER_HOLD,
	PERM_ORDER_RELEASE, /* say that what an order was held for is settled */
	PERM_ORDER_SHIP,
	PERM_ORDER_CANCEL,
	PERM_IMPORT,
	PERM_EXPORT,
	PERM_CUSTOMER_VIEW,
	PERM_CUSTOMER_EDIT,
	PERM_PRODUCT_VIEW,
	PERM_PRODUCT_EDIT, /* products, barcodes, mapping of listings */
	PERM_STOCK_VIEW,
	PERM_STOCK_RECEIVE,
	PERM_STOCK_ADJUST, /* adjust, issue, scrap, reverse */
	PERM_COST_VIEW,
	PERM_STAFF_VIEW,
	PERM_STAFF_EDIT,
	PERM_SETTING_EDIT,
	PERM_AUDIT_VIEW,
	PERM_BACKUP,
	PERM_CONTACT_VIEW,   /* names, phones, addresses as they are */
	PERM_CONTACT_REVEAL, /* one of them when it is needed, recorded */
	PERM_APPROVE,        /* allow somebody else one action; see session.h */
	PERM_ROLE_EDIT,
	PERM_ORDER_ADD,       /* by hand, from a quotation, sent again */
	PERM_ORDER_REVIEW,    /* let paid orders through, or hold them */
	PERM_RULE_EDIT,       /* of review and gifts, texts, attributes */
	PERM_PRODUCTION_EDIT, /* place and follow what is made to order */
	PERM_PAYMENT_VIEW,
	PERM_PAYMENT_EDIT,
	PERM_PAYMENT_CHECK,  /* statements against orders */
	PERM_DOCUMENT_ISSUE, /* delivery notices, invoices */
	PERM_WAVE_MAKE,
	PERM_PACK_FORCE, /* a weight that does not fit, and the like */
	PERM_FREIGHT_VIEW,
	PERM_FREIGHT_EDIT,   /* couriers, templates, bills */
	PERM_TRACK_EDIT,     /* see to parcels on their way */
	PERM_STOCK_MOVE,     /* put away, other bins, other warehouses */
	PERM_WAREHOUSE_EDIT, /* warehouses and bins */
	PERM_COUNT,          /* count the stock */
	PERM_COUNT_POST,     /* let the books follow a count of others */
	PERM_COMPANY_VIEW,
	PERM_COMPANY_EDIT, /* suppliers and the like, and their prices */
	PERM_PURCHASE_VIEW,
	PERM_PURCHASE_REQUEST,
	PERM_PURCHASE_ORDER, /* decide on requests, order, send back */
	PERM_PURCHASE_PAY,   /* suppliers' invoices and payments */
	PERM_SALE_EDIT,      /* grades and member prices */
	PERM_MAX
};

struct op {
	const char *name; /* as the audit log stores it: never change it */
	enum perm perm;
	const char *kind; /* of record it is about: "order" */
};

const char *perm_name(enum perm perm);
/* PERM_NONE for a name that is not known. */
enum perm perm_by_name(const char *name);
/* "releasing orders", translated. */
const char *perm_text(enum perm perm);
/* May somebody be allowed it once by another person (session_approve())? */
bool perm_approvable(enum perm perm);
bool session_may(const struct session *s, enum perm perm);
/* For reading: 0, or ERR_DENIED with a sentence. What was approved once counts
 * here and in op_begin(), not in session_may(). */
int session_need(struct session *s, enum perm perm) MUST_CHECK;

int op_begin(struct session *s, const struct op *op, struct txn **out)
    MUST_CHECK;
/* The same for much work in little memory, whatever the size of the shop. */
int op_begin_merge(struct session *s, const struct op *op, struct txn **out)
    MUST_CHECK;
/* The same while nobody else has the shop open: see bulk_sole_begin(). */
int op_begin_sole(struct session *s, const struct op *op, struct txn **out)
    MUST_CHECK;
/* The same for a bulk load into an empty shop (db/bulk.h): the caller goes on
 * with bulk_load_start() and, before op_commit(), bulk_load_finish(). */
int op_begin_bulk(struct session *s, const struct op *op, struct txn **out)
    MUST_CHECK;
/* Another record touched on the way (a stock slip behind a shipment). */
int op_note(struct session *s, const struct op *op, struct txn *txn,
    const char *kind, int64_t subject, const char *fmt, ...) PRINTF_LIKE(6, 7)
    MUST_CHECK;
int op_commit(struct session *s, const struct op *op, struct txn **txn,
    int64_t subject, const char *fmt, ...) PRINTF_LIKE(5, 6) MUST_CHECK;
void op_abort(struct session *s, struct txn **txn); /* after commit: nothing */

#endif
