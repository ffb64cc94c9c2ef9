/* SPDX-License-Identifier: MIT */
#ifndef DOMAIN_FILED_PRIV_H
#define DOMAIN_FILED_PRIV_H

#include <stdint.h>

/*
 * Customers and receivers stand in two parts of the indexes by which they are
 * looked up: those that later imports added, which are few and close together,
 * and all others, among which they are filed when they have become many. So an
 * import changes some dozens of pages, not thousands; whoever looks something
 * up by identity, name, pinyin or phone looks in both parts.
 */
#define BOTH "(SELECT 0 AS filed UNION ALL SELECT 1) part CROSS JOIN "
/* "SELECT x.id FROM " RECEIVERS " AND x.name = $1" */
#define RECEIVERS BOTH "receiver x WHERE x.filed = part.filed"
#define CUSTOMERS BOTH "customer c WHERE c.filed = part.filed"

struct session;

/* Of how many on that is worth while. */
extern int64_t filed_worth;

/* File them, a little at a time while others work. What fails is logged, and
 * done the next time. */
void file_people(struct session *s);

#endif
