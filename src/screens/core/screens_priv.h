/* SPDX-License-Identifier: MIT */
#ifndef SCREENS_PRIV_H
#define SCREENS_PRIV_H

#include <stdint.h>

#include "shopmgr/domain/op.h"
#include "shopmgr/screens/screens.h"
#include "shopmgr/tui/screen.h"

/* What the screens share among themselves. */

struct app;
struct order_filter;
struct session;
struct audit_row;
struct str;
struct ui_who;

extern const struct screen_ops screen_login;
extern const struct screen_ops screen_front;
extern const struct screen_ops screen_orders;
extern const struct screen_ops screen_order;
extern const struct screen_ops screen_pack;
extern const struct screen_ops screen_stock;
extern const struct screen_ops screen_product;
extern const struct screen_ops screen_categories;
extern const struct screen_ops screen_companies;
extern const struct screen_ops screen_company;
extern const struct screen_ops screen_ledger;
extern const struct screen_ops screen_customers;
extern const struct screen_ops screen_customer;
extern const struct screen_ops screen_listings;
extern const struct screen_ops screen_mapping;
extern const struct screen_ops screen_import;
extern const struct screen_ops screen_imports;
extern const struct screen_ops screen_changes;
extern const struct screen_ops screen_parcels;
extern const struct screen_ops screen_review;
extern const struct screen_ops screen_review_rules;
extern const struct screen_ops screen_gifts;
extern const struct screen_ops screen_kit;
extern const struct screen_ops screen_kits;
extern const struct screen_ops screen_quotations;
extern const struct screen_ops screen_quotation;
extern const struct screen_ops screen_order_new;
extern const struct screen_ops screen_grades;
extern const struct screen_ops screen_member_prices;
extern const struct screen_ops screen_reminders;
extern const struct screen_ops screen_texts;
extern const struct screen_ops screen_waves;
extern const struct screen_ops screen_wave;
extern const struct screen_ops screen_wave_pick;
extern const struct screen_ops screen_wave_sort;
extern const struct screen_ops screen_put_back;
extern const struct screen_ops screen_manifests;
extern const struct screen_ops screen_manifest;
extern const struct screen_ops screen_couriers;
extern const struct screen_ops screen_freight;
extern const struct screen_ops screen_freight_zones;
extern const struct screen_ops screen_freight_bills;
extern const struct screen_ops screen_freight_lines;
extern const struct screen_ops screen_freight_profit;
extern const struct screen_ops screen_warehouses;
extern const struct screen_ops screen_put_away;
extern const struct screen_ops screen_bins;
extern const struct screen_ops screen_bin;
extern const struct screen_ops screen_slips;
extern const struct screen_ops screen_slip;
extern const struct screen_ops screen_transfers;
extern const struct screen_ops screen_transfer;
extern const struct screen_ops screen_below;
extern const struct screen_ops screen_tracking;
extern const struct screen_ops screen_staff;
extern const struct screen_ops screen_audit;
extern const struct screen_ops screen_settings;
extern const struct screen_ops screen_roles;
extern const struct screen_ops screen_me;
extern const struct screen_ops screen_history;
extern const struct screen_ops screen_confirm;
extern const struct screen_ops screen_production;
extern const struct screen_ops screen_production_order;
extern const struct screen_ops screen_low_stock;
extern const struct screen_ops screen_stock_report;
extern const struct screen_ops screen_requests;
extern const struct screen_ops screen_request;
extern const struct screen_ops screen_purchases;
extern const struct screen_ops screen_purchase;
extern const struct screen_ops screen_receive;
extern const struct screen_ops screen_invoices;
extern const struct screen_ops screen_invoice;
extern const struct screen_ops screen_supplier_pays;
extern const struct screen_ops screen_supplier_returns;
extern const struct screen_ops screen_counts;
extern const struct screen_ops screen_count;
extern const struct screen_ops screen_count_scan;
extern const struct screen_ops screen_count_report;
extern const struct screen_ops screen_handover;
extern const struct screen_ops screen_attrs;
extern const struct screen_ops screen_corrections;
extern const struct screen_ops screen_payments;
extern const struct screen_ops screen_statements;
extern const struct screen_ops screen_documents;

/* What ui_open() is given for each screen that takes something. */
struct orders_arg { /* "orders"; NULL: as it was left */
	int tab;
	const char *find; /* NULL: none */
	int64_t shop_id;  /* only of this shop, whose name is there; 0: all */
	const char *shop;
};
struct order_arg { /* "order", "confirm", "quotation", "production-order" */
	int64_t id;
};
struct pack_arg { /* "pack"; NULL: scan the order first */
	const char *order_no;
};
struct stock_arg { /* "stock"; NULL: all */
	bool low_only;
	const char *code; /* stand on this sku_code or barcode; NULL: none */
	const char *category; /* only what is in it or below; NULL: all */
};
struct product_arg { /* "product" */
	int64_t variant_id;
};
struct company_arg { /* "company" */
	int64_t id;
};
struct kit_arg { /* "kit" */
	int64_t variant_id;
	const char *name;
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
	const char *title, *attrs, *code, *item_no;
};
struct changes_arg { /* "changes"; NULL: of the newest import */
	int64_t batch;
	bool urgent_only;
};
struct parcels_arg { /* "parcels"; NULL: all */
	bool unexported;
};

struct freight_arg { /* "freight-zones", "freight-lines" */
	int64_t id;  /* of the template; of the bill, 0: all */
};
struct purchase_arg { /* "purchase", "request", "invoice", "receive" */
	int64_t id;
};
/* "purchases", "invoices", "supplier-payments", "supplier-returns": of one
 * supplier; NULL: of all. */
struct supplier_arg {
	int64_t id;
	const char *name;
};
struct staff_arg {  /* "staff"; NULL: all */
	int64_t id; /* stand on this one */
};
struct audit_arg { /* "history": of one record; "audit"; NULL: everything */
	const char *kind;
	int64_t subject;
	const char *name; /* as people call the record */
};

struct session *session_of(const struct screen *sc);

/* The host's part at the door. */
bool app_lock(void *app, struct ui *ui);
bool app_scan(void *app, struct ui *ui, const char *code);
bool app_step_up(void *app, struct ui *ui, unsigned perm, const char *what);
void app_step_end(void *app);
/* What ui_who() asks: the owner of a badge, and how long a name has to wait;
 * arg is the app. */
int app_badge(void *arg, struct ui_who *who, const char *code);
bool app_wait(void *arg, const struct ui_who *who, char *buf, size_t size);
/* Is it the code of a badge? */
bool is_badge(const char *code);

int app_find(void *app, struct ui *ui);

/* After an import, with progress, until Esc: its remarks can be found. */
void index_words(struct screen *sc);

/* Commands of several screens. */
int cmd_find_anything(struct screen *sc);
int cmd_password(struct screen *sc);
int cmd_me(struct screen *sc);
/* What the courier told of a parcel, from the newest. */
int show_track_events(struct screen *sc, int64_t parcel_id, const char *courier,
    const char *waybill_no);
/* A record's own history. */
int open_history(
    struct screen *sc, const char *kind, int64_t subject, const char *name);
/* Labels and values as a text, a line each, the values under each other; @pairs
 * ends with NULL, and those without a value are left out. */
void show_facts(struct str *out, const char *const *pairs);
/* All of an entry of the log, for what is cut in a list. */
void tell_entry(
    struct screen *sc, const struct audit_row *entry, const char *record);
/* The masked name, phone and address of a record, in clear, once. */
int act_reveal(struct screen *sc, const char *kind, int64_t id);
/* What is typed where a product's code is wanted: when it is none, words of the
 * name or listing do, and one of the goods that have them is chosen. What is
 * found nowhere stays as it is. */
int act_product_code(struct screen *sc, char *code, size_t size);
/* Is a command to reveal of any use to this person? */
bool may_reveal(const struct screen *sc);

/*
 * A code from the scanner, or typed whole, on a screen that asks for none: an
 * order's or waybill number opens the order, a product's code its stock, a
 * bin's what lies in it. Returns 1, also when nothing has that code: then it
 * says so.
 */
int scan_anywhere(struct screen *sc, const char *code);
/* The same, but 0 and not a word when nothing has that code. */
int scan_open(struct screen *sc, const char *code);

#endif
