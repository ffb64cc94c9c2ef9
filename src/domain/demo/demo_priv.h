/* SPDX-License-Identifier: MIT */
#ifndef DOMAIN_DEMO_PRIV_H
#define DOMAIN_DEMO_PRIV_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include "shopmgr/base/arena.h"
#include "shopmgr/base/err.h"
#include "shopmgr/base/map.h"

/*
 * The demo shop: 留样店, which sells kitchen ware in three shops. demo_trade.c
 * invents a month of it, always the same one, demo_files.c writes what the
 * platform would have let us download at some moment, demo.c lives it, day by
 * day, by the verbs that people use.
 */

#define DEMO_DAYS  30
#define DEMO_SHOPS 3
#define DEMO_LINES 3
#define DAY        INT64_C(86400)
#define MINUTE     INT64_C(60)
#define HOUR       INT64_C(3600)

struct demo_item { /* a line of data/demo/products.tsv */
	const char *sku, *product, *name, *barcode, *bin, *supplier;
	int64_t price, cost, weight;
	int64_t heat;  /* how well it sells */
	int64_t spare; /* what is left of it in the end */
	int64_t reorder, target;
	const struct demo_item *means; /* what it turns out to be */
	bool listed_only; /* on the platform, but no product of ours */
};

struct demo_person {
	const char *nick, *name, *phone;
	const char *province, *city, *district, *street;
};

struct demo_order {
	char no[40];
	int shop;
	const struct demo_person *who;
	const char *note;
	int64_t created_at, paid_at;
	int64_t refund_at;  /* the buyer wants the money back */
	int64_t closed_at;  /* if it was not shipped before */
	int64_t address_at; /* the buyer changed the address */
	int64_t part_at;    /* a part of it was sent */
	int64_t postage, discount;
	bool returned; /* after it was shipped */
	struct demo_line {
		const struct demo_item *item;
		int64_t qty;
	} lines[DEMO_LINES];
	size_t nlines;
	/* From our packing bench: */
	int64_t shipped_at;
	const char *courier;
	char waybill[24];
};

struct demo {
	struct arena arena;
	uint64_t seed;
	int64_t now, first; /* the start of the first day */
	struct demo_item *items;
	size_t nitems; /* those of ours come first */
	size_t ours;
	struct demo_person *people;
	size_t npeople;
	struct demo_order *orders; /* by created_at */
	size_t norders, cap;
	const char **memos;
	size_t nmemos;
	struct map by_no; /* order number -> index */
};

/* Below @n, the same ones in every demo. */
int64_t demo_dice(struct demo *d, int64_t n);
extern const char *const demo_shops[DEMO_SHOPS];

void demo_invent(struct demo *d, int64_t now);
void demo_done(struct demo *d);
int64_t demo_goods(const struct demo_order *o); /* what its lines cost */
int64_t demo_paid(const struct demo_order *o);
struct demo_order *demo_find(struct demo *d, const char *no);

/* The pair of files at @at in the folder @dir. */
struct demo_files {
	char orders[300], items[300];
};
/* The end of writing @path: has all of it arrived? */
int demo_written(FILE *f, const char *path, struct err *err) MUST_CHECK;
int demo_download(const struct demo *d, int64_t at, const char *dir,
    struct demo_files *out, struct err *err) MUST_CHECK;

struct sale;
struct session;

enum demo_who { MANAGER, AGENT, STORE, CLERK, CLERK2, BUYER, STAFF };

/* The month as it is lived. */
struct demo_life {
	struct session *s;
	struct demo d;
	int64_t clock;
	int64_t last; /* when the last round at the bench begins */
	int64_t owner, staff[STAFF];
	char dir[200]; /* for the platform's files */
	int parcels;
	int64_t came, billed, part; /* of demo_receive.c */
	bool (*stop)(void);         /* or NULL */
};

/* The time is @at; @who is at work. */
int demo_at_work(struct demo_life *l, int64_t at, enum demo_who who) MUST_CHECK;

int demo_materials(struct demo_life *l) MUST_CHECK; /* demo_ship.c */
/* What is made to order; demo_made.c. */
int demo_made(struct demo_life *l) MUST_CHECK;

/* Payments, a statement, papers; demo_money.c. */
int demo_money(struct demo_life *l) MUST_CHECK;

/* What somebody asks for on @day; demo_sale.c. */
int demo_sale(struct demo_life *l, int64_t day) MUST_CHECK;
/* Who it is for. */
void demo_buyer(const struct demo_person *p, struct sale *sale);

/* demo_floor.c: the drivers take what is packed; a wave is begun. */
int demo_hand_over(struct demo_life *l) MUST_CHECK;
int demo_wave(struct demo_life *l) MUST_CHECK;

/* Suppliers, prices, categories, a kit; demo_companies.c. */
int demo_companies(struct demo_life *l) MUST_CHECK;

/* A count that is under way; demo_count.c. */
int demo_count(struct demo_life *l) MUST_CHECK;

/* What is ordered and asked for on @day; demo_purchase.c. */
int demo_purchase(struct demo_life *l, int64_t day) MUST_CHECK;

/* What came of orders on @day, and what was paid; demo_receive.c. */
int demo_receive(struct demo_life *l, int64_t day) MUST_CHECK;
int demo_transfer(struct demo_life *l) MUST_CHECK; /* to another warehouse */

/* demo_goods.c */
int demo_open(struct demo_life *l) MUST_CHECK; /* the first delivery */
/* What the storeman does on @day besides: a second delivery, mistakes. */
int demo_put_right(struct demo_life *l, int64_t day) MUST_CHECK;
int demo_map_stranger(struct demo_life *l, int64_t at) MUST_CHECK;

/* demo_freight.c: what couriers charge, and the bill of one of them. */
int demo_freight(struct demo_life *l) MUST_CHECK;
int demo_bill(struct demo_life *l) MUST_CHECK;

#endif
