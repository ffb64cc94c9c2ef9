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
	CARD_MAX
};

struct card_state {
	int64_t id;
	bool loaded;
	struct order_card card;
	struct order_more more;
	enum card_tab tab;
	struct table *table[CARD_MAX];
};

struct card_part {
	const char *label;
	struct table_source source;
};
extern const struct card_part card_parts[CARD_MAX];

#endif
