/* SPDX-License-Identifier: MIT */
#ifndef SCREENS_ORDER_VIEW_H
#define SCREENS_ORDER_VIEW_H

#include <stdbool.h>

#include "shopmgr/tui/canvas.h"

/* An order's card in pieces: for the card itself and the pane beside the list.
 */

struct order_card;

/* Holds in words, one a line, at most @h; returns the lines used. @may: the
 * person may clear them. */
int draw_order_holds(
    struct canvas *c, struct rect r, const struct order_card *card, bool may);
/* Who, where, how much, when: in two columns where there is room. Returns the
 * lines used. */
int draw_order_facts(
    struct canvas *c, struct rect r, const struct order_card *card);
/* The whole of it in a narrow pane. */
void draw_order_pane(
    struct canvas *c, struct rect r, const struct order_card *card, bool may);

#endif
