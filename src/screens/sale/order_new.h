/* SPDX-License-Identifier: MIT */
#ifndef SCREENS_ORDER_NEW_H
#define SCREENS_ORDER_NEW_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "quotations.h"
#include "shopmgr/domain/grades.h"
#include "shopmgr/domain/orders.h"
#include "shopmgr/domain/quotations.h"

/* The sheet on which a sale is written, and its forms. */

struct screen;
struct table;

struct sheet_row {
	int64_t id;
	char sku[64], name[NAME_ROOM], grade[64];
	int64_t qty, price, list, by, available;
	bool typed; /* the price is somebody's, not the list's */
};

struct sheet {
	bool quote;
	int64_t quote_id, version; /* 0: a new one */
	struct quotation_edit e;   /* but for its lines */
	struct order_how how;
	struct sheet_row row[SALE_LINES];
	size_t n;
	int64_t last; /* the last row's id */
	struct table *table;
	bool changed;
	char title[32];
};

/* What the row's product is, and costs this buyer. */
int sheet_price(struct screen *sc, struct sheet_row *row) MUST_CHECK;
/* All of them, after the buyer changed. */
int sheet_reprice(struct screen *sc) MUST_CHECK;
/* One more; of the same product for the same price, so many more. */
int sheet_add(struct screen *sc, const struct sheet_row *row) MUST_CHECK;
int64_t sheet_total(const struct sheet *sh);

int act_sheet_buyer(struct screen *sc);
int act_sheet_lines(struct screen *sc); /* one form after the other */
int act_sheet_line(struct screen *sc, struct sheet_row *row);

#endif
