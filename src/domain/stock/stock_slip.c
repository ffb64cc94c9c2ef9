/* SPDX-License-Identifier: MIT */
#include <assert.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "shopmgr/base/alloc.h"
#include "shopmgr/base/time.h"
#include "shopmgr/db/db.h"

#include "../core/session_priv.h"
#include "stock_priv.h"

/* Slips and their numbers, and amounts in shares. */

static const struct {
	const char *kind, *prefix;
} slip_prefixes[] = {
	{ "receipt", "IN" },
	{ "issue", "OUT" },
	{ "adjust", "ADJ" },
	{ "transfer", "TR" },
	{ "ship", "SH" },
	{ "put", "PUT" },
	{ "move", "MV" },
	{ "defect", "DEF" },
	{ "scrap", "SCR" },
	{ "count", "CNT" },
	{ "return", "RT" },
	{ "send", "SND" },
	{ "arrive", "ARR" },
	{ "supplier", "SR" },
	{ "cost", "CST" },
};

static const char *
slip_prefix(const char *kind)
{
	size_t i = 0;

	while (strcmp(slip_prefixes[i].kind, kind) != 0) {
		i++;
		assert(i < sizeof(slip_prefixes) / sizeof(slip_prefixes[0]));
	}
	return slip_prefixes[i].prefix;
}

char *
slip_no(const char *kind, int64_t id, char buf[SLIP_NO_SIZE])
{
	snprintf(buf, SLIP_NO_SIZE, "%s-%06" PRId64, slip_prefix(kind), id);
	return buf;
}

/* There is one writer at a time, so this is the id the slip will get. */
static const char sql_slip_next[] =
    "SELECT coalesce(max(id), 0) + 1 FROM stock_slip";
static const char sql_slip_add[] =
    "INSERT INTO stock_slip (slip_no, kind, warehouse_id, order_id, supplier,"
    " reason, reverses_id, staff_id, at, company_id, purchase_id, transfer_id,"
    " count_id, freight)"
    " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)";

int
slip_open(
    struct session *s, struct txn *txn, const struct slip *slip, int64_t *id)
{
	char no[SLIP_NO_SIZE];
	int64_t next;
	int rc;

	if ((rc = db_fetch1(txn, sql_slip_next, DB_NOARGS, &next)) < 0)
		return rc;
	return db_insert(txn, sql_slip_add,
	    DB_ARGS(db_t(slip_no(slip->kind, next, no)), db_t(slip->kind),
		db_i(slip->warehouse_id), db_id(slip->order_id),
		db_t(slip->supplier != NULL ? slip->supplier : ""),
		db_t(slip->reason != NULL ? slip->reason : ""),
		db_id(slip->reverses_id), db_i(s->staff_id), db_i(time_now()),
		db_id(slip->company_id), db_id(slip->purchase_id),
		db_id(slip->transfer_id), db_id(slip->count_id),
		db_i(slip->freight)),
	    id);
}

int64_t
share_of(int64_t value, int64_t q, int64_t n)
{
	int64_t whole, rest;

	if (value < 0)
		return -share_of(-value, q, n);
	whole = value / n;
	rest = value % n;
	return whole * q + (rest * q + n / 2) / n;
}

/* total * w / sum, rounded down; what was cut off in *@rest, of @sum. */
static int64_t
share_down(int64_t total, int64_t w, int64_t sum, int64_t *rest)
{
	__extension__ const __int128 all = (__int128)total * w;

	*rest = (int64_t)(all % sum);
	return (int64_t)(all / sum);
}

void
share_out(int64_t total, const int64_t *weight, size_t n, int64_t *out)
{
	int64_t *rest = xcalloc(n != 0 ? n : 1, sizeof(*rest));
	int64_t sum = 0, left = total;
	size_t i, most;

	for (i = 0; i < n; i++)
		sum += weight[i];
	for (i = 0; i < n; i++) {
		out[i] = share_down(total, sum != 0 ? weight[i] : 1,
		    sum != 0 ? sum : (int64_t)n, &rest[i]);
		left -= out[i];
	}
	for (; left > 0 && n > 0; left--) {
		for (most = i = 0; i < n; i++)
			if (rest[i] > rest[most])
				most = i;
		out[most]++;
		rest[most] = -1;
	}
	free(rest);
}
