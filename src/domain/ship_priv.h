/* SPDX-License-Identifier: MIT */
#ifndef DOMAIN_SHIP_PRIV_H
#define DOMAIN_SHIP_PRIV_H

#include <stdbool.h>
#include <stdint.h>

#include "shopmgr/base/arena.h"
#include "shopmgr/domain/shipping.h"

/* A packing under way: what was read when it was opened, and the scans. */

struct packing {
	int64_t order_id, version;
	const char *order_no, *receiver, *place, *note;
	struct pack_line *lines;
	size_t nlines;
	size_t *scans; /* the line each scan counted on, for undo */
	size_t nscans, cap;
	char waybill_no[64], courier[64]; /* when it is shipped */
	struct arena arena;
};

struct courier_now {
	int64_t id;
	char name[64];
	char shape[2000]; /* POSIX ERE of its waybills, or "" */
};
/* Active couriers by name, alias or code; ERR_INVALID "courier". */
int courier_look_up(
    struct session *s, const char *text, struct courier_now *out) MUST_CHECK;

/* Does the waybill look like those of this shape? Without one all do. */
bool waybill_fits(const char *shape, const char *waybill_no);

/* 0, or ERR_STATE with a sentence why the order as it is now must not ship. */
struct order_now;
int pack_refused(struct session *s, const struct order_now *now) MUST_CHECK;

#endif
