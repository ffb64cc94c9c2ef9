/* SPDX-License-Identifier: MIT */
#ifndef SCREENS_ORDER_ACTS_H
#define SCREENS_ORDER_ACTS_H

#include <stddef.h>
#include <stdint.h>

/*
 * What can be done to one order, from the list and from its card. Each asks
 * what it must, does it and says so; 0 also when the user gave up.
 */

struct order;
struct order_filter;
struct screen;

int act_hold(struct screen *sc, const struct order *o);
int act_release(struct screen *sc, const struct order *o);
int act_remark(struct screen *sc, const struct order *o);
int act_confirm(struct screen *sc, const struct order *o);
int act_cancel(struct screen *sc, const struct order *o);
int act_reopen(struct screen *sc, const struct order *o);
int act_merge(struct screen *sc, const struct order *o);
int act_unmerge(struct screen *sc, const struct order *o);
/* In two parcels, or in one again. */
int act_split(struct screen *sc, const struct order *o);
int act_route(struct screen *sc, const struct order *o);
int act_agent(struct screen *sc, const struct order *o);
/* What was shipped of it has come back. */
int act_order_return(struct screen *sc, int64_t order_id, const char *order_no);
int act_courier(struct screen *sc, const struct order *o);
/* By forms. */
int act_address(struct screen *sc, const struct order *o);
int act_money(struct screen *sc, const struct order *o);
int act_terms(struct screen *sc, const struct order *o);
int act_pack(struct screen *sc, const struct order *o);
/* Map the first item that has no product. */
int act_map(struct screen *sc, const struct order *o);

/* The same to all that are selected in the list, one answer for all: asked
 * once, and each refused by itself. */
int act_hold_many(struct screen *sc);
int act_release_many(struct screen *sc);
int act_remark_many(struct screen *sc);
int act_confirm_many(struct screen *sc);
int act_cancel_many(struct screen *sc);
int act_agent_many(struct screen *sc);
int act_courier_many(struct screen *sc);
int act_route_many(struct screen *sc);
/* These go in one parcel: 1, or 0 when it was given up. */
int act_merge_many(struct screen *sc, const int64_t *ids, size_t n);

/* Ask for a note and until when, for @reason of order @id (0: of many). 1: both
 * are in @hold, whose until is 0 for good. */
struct hold_answer {
	char note[200], until[40];
	int64_t at; /* of until; for many each order's own may be another */
};
int act_ask_hold(struct screen *sc, const char *title, int64_t id,
    const char *reason, struct hold_answer *hold);
/* Ask whose sale it is: 1, and the log-in ("": nobody's). */
int act_ask_agent(struct screen *sc, char *login, size_t size);
/* The same for a courier's name; "": whom the rules choose. */
int act_ask_courier(struct screen *sc, char *name, size_t size);

/* Ask for one of the reasons that a person may give; NULL: given up. */
const char *act_ask_reason(struct screen *sc);

/* The label of an order's command, by its name, or NULL where it would be
 * refused: as the order is now, or because there is none (NULL). */
struct cmd;
const char *act_label(const struct cmd *cmd, const struct order *o);

/* Write a list, or what is selected of it, to the exchange folder: asks how,
 * and says where and how many rows. */
int act_export_list(struct screen *sc);
/* All records of a kind, where no list shows them. */
int act_export_kind(struct screen *sc, const char *kind);
/* The same, a platform's shipping file, or couriers' lists: asks which. */
int act_export_orders(struct screen *sc);
int act_export_shipments(struct screen *sc);

#endif
