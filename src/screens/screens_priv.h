/* SPDX-License-Identifier: MIT */
#ifndef SCREENS_PRIV_H
#define SCREENS_PRIV_H

#include <stdint.h>

#include "shopmgr/domain/op.h"
#include "shopmgr/screens/screens.h"
#include "shopmgr/tui/screen.h"

/* What the screens share among themselves. */

struct order_filter;
struct session;

extern const struct screen_ops screen_login;
extern const struct screen_ops screen_front;
extern const struct screen_ops screen_orders;
extern const struct screen_ops screen_order;
extern const struct screen_ops screen_pack;
extern const struct screen_ops screen_stock;
extern const struct screen_ops screen_ledger;
extern const struct screen_ops screen_customers;
extern const struct screen_ops screen_customer;
extern const struct screen_ops screen_listings;
extern const struct screen_ops screen_import;
extern const struct screen_ops screen_imports;
extern const struct screen_ops screen_parcels;
extern const struct screen_ops screen_staff;
extern const struct screen_ops screen_audit;

/* What ui_open() is given for each screen that takes something. */
struct orders_arg { /* "orders"; NULL: as it was left */
	int tab;
	const char *find; /* NULL: none */
};
struct order_arg { /* "order" */
	int64_t id;
};
struct pack_arg { /* "pack"; NULL: scan the order first */
	const char *order_no;
};
struct stock_arg { /* "stock"; NULL: all */
	bool low_only;
	const char *prefix;
};
struct ledger_arg { /* "ledger" */
	int64_t variant_id;
	const char *name;
};
struct customer_arg { /* "customer" */
	int64_t id;
};
struct parcels_arg { /* "parcels"; NULL: all */
	bool unexported;
};

struct session *session_of(const struct screen *sc);

/*
 * Keys that lead from any list to any other; the rows that end a screen's
 * command table. Only the front screen has them on its help line.
 */
int go_orders(struct screen *sc);
int go_pack(struct screen *sc);
int go_stock(struct screen *sc);
int go_customers(struct screen *sc);
int go_parcels(struct screen *sc);
int go_staff(struct screen *sc);
int go_import(struct screen *sc);
int go_listings(struct screen *sc);
int go_audit(struct screen *sc);
int go_password(struct screen *sc);

/* clang-format off */
#define GO_CMDS \
	{ "go-orders", "F2", NULL, N_("Go to the orders"), \
	    PERM_ORDER_VIEW, 0, go_orders }, \
	{ "go-pack", "F3", NULL, N_("Go to the packing bench"), \
	    PERM_ORDER_SHIP, 0, go_pack }, \
	{ "go-stock", "F4", NULL, N_("Go to goods and stock"), \
	    PERM_PRODUCT_VIEW, 0, go_stock }, \
	{ "go-customers", "F5", NULL, N_("Go to the customers"), \
	    PERM_CUSTOMER_VIEW, 0, go_customers }, \
	{ "go-parcels", "F6", NULL, N_("Go to the parcels"), \
	    PERM_ORDER_VIEW, 0, go_parcels }, \
	{ "go-staff", "F7", NULL, N_("Go to the staff"), \
	    PERM_STAFF_VIEW, 0, go_staff }, \
	{ "go-import", "F9", NULL, N_("Import files of a platform"), \
	    PERM_IMPORT, 0, go_import }, \
	{ "go-unmapped", "U", NULL, N_("Go to the items without a product"), \
	    PERM_PRODUCT_VIEW, 0, go_listings }, \
	{ "go-audit", "A", NULL, N_("Go to the audit log"), \
	    PERM_AUDIT_VIEW, 0, go_audit }, \
	{ "go-password", "P", NULL, N_("Change my password"), \
	    PERM_NONE, 0, go_password }, \
	{ .name = NULL }
/* clang-format on */

/*
 * A code from the scanner, or typed whole, on a screen that asks for none: an
 * order's or waybill number opens the order, a product's code its stock.
 * Returns 1, also when nothing has that code: then it says so.
 */
int scan_anywhere(struct screen *sc, const char *code);

#endif
