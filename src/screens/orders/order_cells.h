/* SPDX-License-Identifier: MIT */
#ifndef SCREENS_ORDER_CELLS_H
#define SCREENS_ORDER_CELLS_H

#include <stddef.h>

#include "shopmgr/tui/canvas.h"
#include "shopmgr/tui/table.h"

/* An order as a row of a list. */

struct order;

/* All there is to see of an order in a list, in this order. */
enum order_cell {
	CELL_MARK,
	CELL_NO,
	CELL_BUYER,
	CELL_CITY,
	CELL_HOLDS,
	CELL_GOODS,
	CELL_QTY,
	CELL_TOTAL,
	CELL_PAID,
	CELL_REFUND,
	CELL_STATE,
	CELL_CREATED,
	CELL_PAID_AT,
	CELL_DUE,
	CELL_WAYBILL,
	CELL_COURIER,
	CELL_SHIPPED,
	CELL_RECEIVER,
	CELL_PHONE,
	CELL_SAYS,
	CELL_REMARK,
	CELL_SHOP,
	CELL_AGENT,
	CELL_DONE,
	CELL_DELIVERY,
	CELL_WAREHOUSE,
};

/* By enum order_cell; the columns, what of them files tell, and their text. */
extern const struct column order_columns[];
extern const char *const order_column_fields[];
void order_cell(
    const void *row, int col, char *buf, size_t size, enum style *style);
/* What is out of the ordinary about it, a letter each: merged, split, sent
 * again, by hand, cash on delivery; "" mostly. */
char *order_signs(const struct order *o, char *buf, size_t size);

#endif
