/* SPDX-License-Identifier: MIT */
#ifndef SCREENS_INVOICE_H
#define SCREENS_INVOICE_H

#include <stdint.h>

/* What is done to one supplier's invoice, wherever it is shown; 0 also when the
 * user gave up. */

struct cmd;
struct invoice;
struct screen;

/* Of @company, "": not known yet. *@id of the new one; as it is when it was
 * given up. */
/* @purchase_id: of what came of this order, or 0: of all of the supplier's. */
int act_invoice_new(
    struct screen *sc, const char *company, int64_t purchase_id, int64_t *id);
int act_invoice_approve(struct screen *sc, const struct invoice *v);
int act_invoice_pay(struct screen *sc, const struct invoice *v);
/* Freight that its goods do not carry, or too much of it: after a question. */
int act_invoice_freight(struct screen *sc, const struct invoice *v);
int act_invoice_back(struct screen *sc, const struct invoice *v);
/* What the help line calls what is done to it, NULL while it is of no use. */
const char *invoice_label(const struct cmd *cmd, const struct invoice *v);

#endif
