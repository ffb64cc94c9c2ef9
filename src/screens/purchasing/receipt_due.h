/* SPDX-License-Identifier: MIT */
#ifndef SCREENS_RECEIPT_DUE_H
#define SCREENS_RECEIPT_DUE_H

#include <stddef.h>
#include <stdint.h>

#include "shopmgr/base/page.h"
#include "shopmgr/tui/canvas.h"

/*
 * What the receiving bench has to choose from: what was scanned and not
 * received yet, by whomever; the orders that are under way, late ones first;
 * and the transfers on their way to the warehouse one works in.
 */

struct session;

enum due_kind { DUE_SCANNED, DUE_ORDER, DUE_TRANSFER, DUE_KINDS };

struct due_row {
	int64_t id; /* of the receiving, the order, the transfer */
	enum due_kind kind;
	const char *no, *who, *by;
	int64_t pieces;
	const char *when;
	enum style style; /* of when */
};

int due_read(struct session *s, struct page *out);
void draw_due(
    const struct page *due, size_t at, struct canvas *c, struct rect r);

#endif
