/* SPDX-License-Identifier: MIT */
#ifndef SCREENS_ORDER_TABS_H
#define SCREENS_ORDER_TABS_H

#include <stdbool.h>
#include <stdint.h>

#include "shopmgr/domain/orders.h"
#include "shopmgr/tui/table.h"

/* The card's lists, and what it holds for them: each is of the screen. */

enum card_tab {
	CARD_LINES,
	CARD_PARCELS,
	CARD_HOLDS,
	CARD_HISTORY,
	CARD_PAYMENTS,
	CARD_PAPERS,
	CARD_LINKS,
	CARD_ATTRS,
	CARD_MAX
};

struct card_state {
	int64_t id;
	bool loaded;
	struct order_card card;
	struct order_more more;
	int64_t nattrs;   /* of what is made to order */
	char courier[96]; /* the one proposed, and its price; "": none */
	enum card_tab tab;
	struct table *table[CARD_MAX];
};

/* A parcel and the newest that its courier told. */
struct card_parcel {
	struct order_parcel own;
	const char *news;
};

struct card_part {
	const char *label;
	struct table_source source;
};
extern const struct card_part card_parts[CARD_MAX];

struct screen;
struct session;

/* Read what the card shows beside the order. */
int order_card_rest(struct session *s, struct card_state *st);

/* See what the row one is on is of, or go on with it; in a word, or NULL. */
int order_row_go(struct screen *sc);
const char *order_row_label(const struct card_state *st);
/* Take the payment back, or cancel the paper. */
int order_row_undo(struct screen *sc);
const char *order_row_undo_label(const struct card_state *st);
/* The item one is on, if it has no product; else the first such. */
int order_row_map(struct screen *sc);

#endif
