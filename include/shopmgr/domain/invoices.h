/* SPDX-License-Identifier: MIT */
#ifndef SHOPMGR_DOMAIN_INVOICES_H
#define SHOPMGR_DOMAIN_INVOICES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "shopmgr/base/err.h"
#include "shopmgr/base/page.h"
#include "shopmgr/base/utf8.h"

/*
 * Suppliers' invoices, matched three ways (三单匹配): what was ordered, what
 * came, what is asked for; and what is paid of them. Lines below zero are for
 * what was sent back. Amounts are 0 for those without cost.view.
 */

struct session;

enum invoice_state {
	INVOICE_ENTERED,
	INVOICE_AGREES,
	INVOICE_DIFFERS,
	INVOICE_APPROVED,
	INVOICE_BACK,
	INVOICE_DUE, /* of a list: approved and not paid */
	INVOICE_ALL  /* of a list */
};
const char *invoice_state_name(int64_t state); /* "agrees" */
const char *invoice_state_text(int64_t state); /* translated */
/* INVOICE_ALL for a name there is none of. */
enum invoice_state invoice_state_by_name(const char *name);

struct invoice {
	int64_t id, version;
	const char *entry_no; /* "PI-000123" */
	int64_t company_id;
	const char *company;
	const char *invoice_no; /* theirs */
	int64_t state;
	int64_t total, freight, tax, paid, open;
	int64_t dated, due_at;
	int64_t overdue; /* due, and not paid */
	const char *note, *reason, *staff;
	int64_t at;
	const char *approved_by;
	int64_t approved_at;
};

struct invoice_filter {
	enum invoice_state state;
	int64_t company_id; /* 0: all */
};
/* Those due by when they are; others, the newest first. */
int invoice_page(struct session *s, const struct invoice_filter *f,
    enum page_dir dir, const struct invoice *from, size_t limit,
    struct page *out) MUST_CHECK;
int invoice_get(struct session *s, int64_t id, struct page *out) MUST_CHECK;
/* By its number, "PI-000123" or "123". */
int invoice_by_no(struct session *s, const char *no, int64_t *id) MUST_CHECK;

/* The three side by side; line_no 0 is the freight. */
struct invoice_line {
	int64_t id; /* as purchase_line_id() */
	int64_t purchase_id, line_no;
	const char *purchase_no, *sku_code, *name;
	int64_t ordered, order_price;
	int64_t received, returned;
	int64_t before; /* on other invoices that were approved */
	int64_t qty, price, amount;
	const char *differs; /* in words; "": it agrees */
};
int invoice_lines(struct session *s, int64_t id, struct page *out) MUST_CHECK;
/* What came from this supplier (of one order, or 0) and is on no invoice yet,
 * or was sent back after it was; at most PURCHASE_LINES. */
int invoice_propose(struct session *s, int64_t company_id, int64_t purchase_id,
    struct page *out) MUST_CHECK;

struct invoice_edit {
	char company[NAME_ROOM];
	char invoice_no[64];
	int64_t dated; /* a day; 0: today */
	int64_t due;   /* a day; 0: as agreed with the supplier */
	int64_t freight, tax;
	int64_t total; /* 0: what its lines come to */
	char note[400];
};
struct invoice_entry {
	int64_t purchase_id, line_no, qty, price;
};
/* Needs purchase.order. ERR_CONFLICT, field "invoice_no", when it is there. */
int invoice_add(struct session *s, const struct invoice_edit *e,
    const struct invoice_entry *lines, size_t n, int64_t *id) MUST_CHECK;
/* Needs purchase.pay, as all below; a reason where it differs. ERR_STATE when
 * it is one's own, unless nobody else who works here may. */
int invoice_approve(struct session *s, int64_t id, const char *reason)
    MUST_CHECK;
/* The own one, until it is approved: purchase.order is enough. */
int invoice_back(struct session *s, int64_t id, const char *reason) MUST_CHECK;

/* Freight of the orders that it is of: on invoices that were approved, and as
 * the goods carry it. What is open goes to the goods. None is too much while
 * some of them are to come or on no invoice yet, nor when no invoice asks for
 * any: the courier may. All 0 unless it is approved. */
struct invoice_freight {
	int64_t asked, carried;
	int64_t open; /* to be posted; below zero: taken off the goods */
};
int invoice_freight(struct session *s, int64_t id, struct invoice_freight *out)
    MUST_CHECK;
struct invoice_freight_said {
	int64_t slip_id; /* the last */
	char nos[200];   /* a slip an order; each can be reversed */
	int64_t amount;
	int64_t expense; /* of that: the goods are gone */
};
/* Needs purchase.pay. ERR_STATE when there is none to be posted. */
int invoice_freight_post(struct session *s, int64_t id,
    struct invoice_freight_said *said) MUST_CHECK;

/* Payments. Method "advance" pays from what was paid in advance. */
struct supplier_payment {
	int64_t id;
	const char *payment_no; /* "PP-000123" */
	int64_t company_id;
	const char *company;
	int64_t invoice_id;
	const char *entry_no; /* "": in advance */
	int64_t amount;
	const char *method, *note;
	const char *reverses, *reversed; /* the other one's number */
	const char *staff;
	int64_t at;
};
extern const char *const supplier_pay_methods[]; /* ends with NULL */
const char *supplier_pay_text(const char *method);

struct supplier_pay_edit {
	char company[NAME_ROOM]; /* in advance */
	char entry_no[32];       /* of an invoice; "": in advance */
	int64_t amount;          /* 0: all that is open */
	char method[16];
	char note[200];
};
int supplier_pay(struct session *s, const struct supplier_pay_edit *e,
    int64_t *id) MUST_CHECK;
/* Once. */
int supplier_unpay(struct session *s, int64_t id, const char *reason,
    int64_t *counter_id) MUST_CHECK;
int supplier_payment_by_no(struct session *s, const char *no, int64_t *id)
    MUST_CHECK;
/* Newest first. */
struct supplier_pay_filter {
	int64_t company_id, invoice_id; /* 0: all */
	bool advance;                   /* only what was paid in advance */
};
int supplier_payment_page(struct session *s,
    const struct supplier_pay_filter *f, enum page_dir dir,
    const struct supplier_payment *from, size_t limit, struct page *out)
    MUST_CHECK;
/* What was paid in advance, or credited, and is not used up; 0 without
 * cost.view. */
int supplier_advance(struct session *s, int64_t company_id, int64_t *left)
    MUST_CHECK;

/* A supplier in figures: of its last orders, at most so many. */
#define SUPPLIER_ORDERS 200
struct supplier_card {
	int64_t orders; /* looked at */
	int64_t open_orders, open_total;
	int64_t done;                    /* that came whole */
	int64_t lead_days;               /* they really took, on average */
	int64_t on_time;                 /* of those */
	int64_t short_orders;            /* closed though not all came */
	int64_t received, bad, returned; /* pieces */
	int64_t bought;                  /* worth of what came and stayed */
	int64_t waiting;                 /* invoices to be approved */
	int64_t owed, overdue;           /* of those that were */
	int64_t advance;                 /* paid and not used up */
	int64_t credit; /* for what was sent back after its invoice */
};
int supplier_card(struct session *s, int64_t company_id,
    struct supplier_card *out) MUST_CHECK;

#endif
