/* SPDX-License-Identifier: MIT */
#ifndef SHOPMGR_DOMAIN_ROUTING_H
#define SHOPMGR_DOMAIN_ROUTING_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "shopmgr/base/err.h"
#include "shopmgr/base/page.h"
#include "shopmgr/base/utf8.h"

/*
 * Warehouses (仓库), real ones and couriers' hubs that hold our stock, and from
 * which of them an order goes: from one that has all of it, where sending is
 * cheapest, then quickest, then in the buyer's province. With one warehouse
 * there is nothing to decide. Rules §3.
 */

struct session;

struct warehouse {
	int64_t id, version;
	const char *name, *province;
	const char *hub;    /* the courier whose hub it is; "": our own */
	int64_t below_zero; /* 1: its stock may go below nothing */
	int64_t active;
	int64_t away;     /* 1: the goods lie with a platform or a supplier */
	int64_t put_away; /* 1: what comes in waits to be put on a shelf */
	const char *address;
};
struct warehouse_edit {
	char name[NAME_ROOM], province[64], hub[64];
	bool below_zero, active, away, put_away;
	char address[200];
};
int warehouse_page(struct session *s, enum page_dir dir,
    const struct warehouse *from, size_t limit, struct page *out) MUST_CHECK;
int warehouse_get(struct session *s, int64_t id, struct page *out) MUST_CHECK;
/* By its name; "" is the main one. ERR_INVALID "warehouse". */
int warehouse_find(struct session *s, const char *name, int64_t *id) MUST_CHECK;
void warehouse_edit_from(struct warehouse_edit *e, const struct warehouse *w);
int warehouse_add(
    struct session *s, const struct warehouse_edit *e, int64_t *id) MUST_CHECK;
/* The main one stays open; ERR_STATE also for one that still holds stock. */
int warehouse_save(struct session *s, int64_t id, int64_t version,
    const struct warehouse_edit *e) MUST_CHECK;

/*
 * Where one works: what is packed, picked, put back and handed over in this
 * session is of this warehouse alone. 0, as it is at first: of any, and what
 * has to be of one is of the main one.
 */
struct floor_place {
	int64_t id;
	const char *name;
};
/* Those that are open. */
int floor_places(struct session *s, struct page *out) MUST_CHECK;
/* ERR_STATE when it is closed. */
int floor_choose(struct session *s, int64_t warehouse_id) MUST_CHECK;
int64_t floor_place(const struct session *s);

/*
 * Decide from where an order goes, and those merged with it, anew; the promises
 * of stock go along. @warehouse "": the best. 1: it moved, 0: it stays.
 * ERR_STATE when it is not paid, split, being picked or packed. The program
 * does so by itself when an order is merged, split (each part), neither any
 * more, or gets another address.
 */
int order_route(struct session *s, int64_t order_id, const char *warehouse)
    MUST_CHECK;
/* What that would do with the best, without doing it: @name gets the warehouse
 * that it would go from. The same results. */
int order_route_best(struct session *s, int64_t order_id, char name[NAME_ROOM])
    MUST_CHECK;
/* All that are to be shipped, some at a time; *@moved how many went elsewhere.
 * What is being picked or split stays. */
int order_route_all(struct session *s, int64_t *seen, int64_t *moved)
    MUST_CHECK;
/* Those of them that are in the main warehouse still, before a wave is made. */
int order_route_new(struct session *s) MUST_CHECK;

#endif
