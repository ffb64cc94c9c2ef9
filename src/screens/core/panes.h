/* SPDX-License-Identifier: MIT */
#ifndef SCREENS_PANES_H
#define SCREENS_PANES_H

#include "shopmgr/base/page.h"
#include "shopmgr/tui/canvas.h"

/* What stands beside a list on wide terminals: more of the selected row. An
 * order's is in order_view.h. */

struct customer;
struct session;
struct variant;

void draw_variant_pane(struct session *s, struct canvas *c, struct rect r,
    const struct variant *v);
/* @orders: of the customer, the newest first. */
void draw_customer_pane(struct canvas *c, struct rect r,
    const struct customer *cu, const struct page *orders);

#endif
