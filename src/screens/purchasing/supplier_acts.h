/* SPDX-License-Identifier: MIT */
#ifndef SCREENS_SUPPLIER_ACTS_H
#define SCREENS_SUPPLIER_ACTS_H

#include <stddef.h>
#include <stdint.h>

#include "shopmgr/tui/canvas.h"
#include "shopmgr/tui/table.h"

/* What is done with a supplier: goods that go back, money. 0 also when the user
 * gave up, 1 when it was done. */

struct screen;
struct stock_slip;
struct supplier_payment;

/* Whose? *@id 0: all of them. */
int pick_supplier(
    struct screen *sc, const char *title, int64_t *id, char *name, size_t size);

/* Pieces of an order, those that are defective first. */
int act_send_back(struct screen *sc, int64_t purchase_id);
/* Of an order or a receipt, whose number is asked for. */
int act_send_back_of(struct screen *sc);
/* The order that a slip is of; 0: of none. */
int slip_purchase(
    struct screen *sc, const struct stock_slip *l, int64_t *purchase_id);

/* @company "": asked for, too. */
int act_pay_advance(struct screen *sc, const char *company);
int act_unpay(struct screen *sc, const struct supplier_payment *p);

/* Payments as rows. */
extern const struct column supplier_pay_columns[];
extern const char *const supplier_pay_fields[];
void supplier_pay_cell(
    const void *row, int col, char *buf, size_t size, enum style *style);

#endif
