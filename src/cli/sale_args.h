/* SPDX-License-Identifier: MIT */
#ifndef CLI_SALE_ARGS_H
#define CLI_SALE_ARGS_H

#include "cli_priv.h"
#include "shopmgr/domain/order_add.h"

/* What orders by hand and quotations are told by. */

struct sale_args {
	const char *customer, *nick, *to, *shop, *postage, *note;
	struct arg_list lines;
};
#define SALE_ARGS(a) \
	{ .name = "--customer", .value = &(a).customer }, \
	    { .name = "--nick", .value = &(a).nick }, \
	    { .name = "--to", .value = &(a).to }, \
	    { .name = "--shop", .value = &(a).shop }, \
	    { .name = "--postage", .value = &(a).postage }, \
	    { .name = "--note", .value = &(a).note }, \
	{ \
		.name = "--line", .list = &(a).lines \
	}
#define SALE_USAGE \
	"[--customer NICK|PHONE] [--nick NICK] [--to TEXT] [--shop NAME] " \
	"[--postage YUAN] [--note TEXT] --line SKU[:QTY[:YUAN]]..."

/* What is given, over what is in @sale. 0, or an exit code. */
int sale_take(struct cli *c, const struct sale_args *a, struct sale *sale)
    MUST_CHECK;
/* "SKU[:QTY[:YUAN]]"; without a price it is the buyer's. */
int sale_line_read(struct cli *c, const char *text, struct sale_line *l)
    MUST_CHECK;

#endif
