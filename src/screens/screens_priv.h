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
extern const struct screen_ops screen_mapping;
extern const struct screen_ops screen_import;
extern const struct screen_ops screen_imports;
extern const struct screen_ops screen_parcels;
extern const struct screen_ops screen_staff;
extern const struct screen_ops screen_audit;
extern const struct screen_ops screen_settings;

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
	const char *code; /* stand on this sku_code or barcode; NULL: none */
	const char *bin;  /* only what lies there; NULL: all */
};
struct ledger_arg { /* "ledger" */
	int64_t variant_id;
	const char *name;
};
struct customer_arg { /* "customer" */
	int64_t id;
};
struct map_arg { /* "map" */
	int64_t listing_id;
	const char *title, *attrs, *code;
};
struct parcels_arg { /* "parcels"; NULL: all */
	bool unexported;
};

struct staff_arg {  /* "staff"; NULL: all */
	int64_t id; /* stand on this one */
};

struct session *session_of(const struct screen *sc);

int app_find(void *app, struct ui *ui);
/* After an import, with progress, until Esc: its remarks can be found. */
void index_words(struct screen *sc);

/* A command of several screens. */
int cmd_find_anything(struct screen *sc);
int cmd_password(struct screen *sc);

/*
 * A code from the scanner, or typed whole, on a screen that asks for none: an
 * order's or waybill number opens the order, a product's code its stock, a bin's
 * what lies in it.
 * Returns 1, also when nothing has that code: then it says so.
 */
int scan_anywhere(struct screen *sc, const char *code);
/* The same, but 0 and not a word when nothing has that code. */
int scan_open(struct screen *sc, const char *code);

#endif
