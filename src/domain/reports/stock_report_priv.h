/* SPDX-License-Identifier: MIT */
#ifndef DOMAIN_STOCK_REPORT_PRIV_H
#define DOMAIN_STOCK_REPORT_PRIV_H

#include "shopmgr/domain/stock_report.h"

/* Making a report: each kind reads its rows, the frame does the rest. */

struct session;
struct db_rows;

struct making {
	struct session *s;
	struct stock_report *r;
	const struct stock_report_ask *ask;
	int64_t first, last; /* the moves up to, in front of, and to the end of
				the period: (first, last] */
	bool cost;           /* amounts may be seen */
};

/* A row more, zeroed; until the next one is added. */
struct stock_report_row *making_add(struct making *m);
void making_drop(struct making *m); /* the row that was added last */
void making_fact(
    struct making *m, const char *name, const char *label, const char *value);
void making_bar(struct making *m, const char *label, int64_t value);

/* What every statement about goods in a warehouse begins with, and the end. */
#define REPORT_HEAD \
	"SELECT st.variant_id, st.warehouse_id, v.sku_code, v.name, w.name," \
	" coalesce(c.path, '')"
#define REPORT_TAIL \
	" FROM stock st JOIN variant v ON v.id = st.variant_id" \
	" JOIN product p ON p.id = v.product_id" \
	" JOIN warehouse w ON w.id = st.warehouse_id" \
	" LEFT JOIN category c ON c.id = p.category_id" \
	" WHERE ($1 = 0 OR st.warehouse_id = $1)" \
	" ORDER BY st.variant_id, st.warehouse_id /*scan*/ /*sort*/"
#define REPORT_COLS 6
/*
 * Reads them: @take fills in a row from its columns behind those; 1 keeps it,
 * 0 drops it. $1 the warehouse, $2 and $3 last and first, $4 and $5 the days:
 * the first @nargs of them.
 */
int making_goods(struct making *m, const char *sql, size_t nargs,
    int (*take)(struct making *m, const struct db_rows *rows,
	int64_t warehouse_id, struct stock_report_row *row)) MUST_CHECK;

int report_value(struct making *m) MUST_CHECK;
int report_ledger(struct making *m) MUST_CHECK;
int report_turnover(struct making *m) MUST_CHECK;
int report_abc(struct making *m) MUST_CHECK;
int report_ageing(struct making *m) MUST_CHECK;
int report_dead(struct making *m) MUST_CHECK;
int report_shelf(struct making *m) MUST_CHECK;

#endif
