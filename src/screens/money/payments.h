/* SPDX-License-Identifier: MIT */
#ifndef SCREENS_PAYMENTS_H
#define SCREENS_PAYMENTS_H

#include <stdint.h>

/* Money for orders and papers about them, from their own lists and from the
 * order's card. 0 also when it was given up. */

struct order;
struct screen;

/* @o NULL: its number is asked for, too. */
int act_payment_add(struct screen *sc, const struct order *o);
/* What was due came. */
int act_payment_receive(struct screen *sc, int64_t id);
/* Taken back by a counter-entry. */
int act_payment_reverse(struct screen *sc, int64_t id);

/* Issue one of the kinds there are, and print it. */
int act_document_issue(struct screen *sc, const struct order *o);
int act_document_print(struct screen *sc, int64_t id);
int act_document_cancel(struct screen *sc, int64_t id, const char *doc_no);

#endif
