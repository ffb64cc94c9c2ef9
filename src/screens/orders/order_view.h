/* SPDX-License-Identifier: MIT */
#ifndef SCREENS_ORDER_VIEW_H
#define SCREENS_ORDER_VIEW_H

#include <stddef.h>

#include "shopmgr/tui/canvas.h"

/* An order's card in pieces: for the card itself and the pane beside the list.
 */

struct order_card;
struct session;

/* Holds in words, one a line, and what clears them: a key for those who may.
 * At most @h lines; returns the lines used. */
int draw_order_holds(struct session *s, struct canvas *c, struct rect r,
    const struct order_card *card);
/* Who, how much and when in two columns, and beneath over the full width what
 * is long. @courier: the one proposed, and its price, or "". Returns the lines
 * used. */
int draw_order_facts(struct canvas *c, struct rect r,
    const struct order_card *card, const char *courier);
/* The whole of it in a narrow pane. */
void draw_order_pane(struct session *s, struct canvas *c, struct rect r,
    const struct order_card *card);
/* A cell of the card's history, which is of struct audit_row. */
void order_history_cell(
    const void *row, int col, char *buf, size_t size, enum style *style);

#endif
