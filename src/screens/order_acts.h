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
