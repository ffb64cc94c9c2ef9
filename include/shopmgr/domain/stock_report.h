/* SPDX-License-Identifier: MIT */
#ifndef SHOPMGR_DOMAIN_STOCK_REPORT_H
#define SHOPMGR_DOMAIN_STOCK_REPORT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "shopmgr/base/arena.h"
#include "shopmgr/base/err.h"
#include "shopmgr/domain/print.h"
#include "shopmgr/domain/record.h"

/*
 * Reports on the stock. Each is a table with facts and totals, that screens,
 * files, paper and batch commands show alike. Amounts are what goods cost: who
 * may not see that has a report of pieces.
 */

struct session;

enum stock_report_kind {
	REPORT_VALUE,    /* what lies there and is worth, on any day */
	REPORT_LEDGER,   /* opening + in - out = closing */
	REPORT_AGEING,   /* how old what lies there is, first in first out */
	REPORT_DEAD,     /* what nobody bought for SETTING_DEAD_DAYS */
	REPORT_TURNOVER, /* cost of what was sold / average value of stock */
	REPORT_ABC,      /* which products make how much of the sales */
	REPORT_SHELF,    /* how long what came in waited for its shelf */
	REPORT_KINDS
};
enum stock_report_by {
	REPORT_BY_PRODUCT,
	REPORT_BY_WAREHOUSE,
	REPORT_BY_CATEGORY,
};
/* What classes are by. */
enum stock_report_measure {
	REPORT_BY_SALES, /* what buyers paid */
	REPORT_BY_COST,
	REPORT_BY_PIECES,
	REPORT_MEASURES
};

struct stock_report_ask {
	enum stock_report_kind kind;
	int64_t from, to; /* days, both of them in it; of the value: the end of
			     @to; ageing and dead stock are always of now */
	int64_t warehouse_id;    /* 0: all */
	enum stock_report_by by; /* of the value */
	enum stock_report_measure measure;
};

#define STOCK_REPORT_N    16
#define STOCK_REPORT_COLS 24
struct stock_report_row {
	int64_t id;         /* 1, 2, 3 ... */
	int64_t variant_id; /* 0: none, a group */
	enum stock_report_kind kind;
	const char *sku_code, *name, *warehouse, *category;
	const char *text[2];
	int64_t n[STOCK_REPORT_N];
	int64_t key;                    /* the order: from the highest down */
	const struct rec_field *fields; /* the report's */
};

struct stock_report_fact {
	const char *name, *label, *value; /* label: translated */
};
struct stock_report_bar {
	const char *label; /* translated */
	int64_t value;
};
#define STOCK_REPORT_FACTS 8
#define STOCK_REPORT_BARS  5
#define STOCK_REPORT_SPARK 12

struct stock_report {
	struct stock_report_ask ask;
	const struct rec_field *fields; /* ends with name NULL */
	struct stock_report_row *rows;
	size_t n, cap;
	struct stock_report_row total;
	struct stock_report_fact facts[STOCK_REPORT_FACTS];
	size_t nfacts;
	struct stock_report_bar bars[STOCK_REPORT_BARS];
	size_t nbars;
	bool money; /* the bars are amounts */
	/* The value every 30 days, the last one at the end of @to. */
	int64_t spark[STOCK_REPORT_SPARK];
	size_t nspark;
	struct arena arena;
};

/* @out { 0 } is fine for stock_report_free(), also after a failure. */
int stock_report(struct session *s, const struct stock_report_ask *ask,
    struct stock_report *out) MUST_CHECK;
void stock_report_free(struct stock_report *r);

/* A number, for the right side of a column. */
bool stock_report_is_figure(const struct rec_field *f);
/* Does the total have this field? */
bool stock_report_sums(const struct stock_report *r, const struct rec_field *f);
/* "stock-value"; -1: there is none of this name. */
const char *stock_report_name(enum stock_report_kind kind);
int stock_report_named(const char *name);
const char *stock_report_title(enum stock_report_kind kind); /* translated */
/* "2026-10-01 to 2026-10-31", translated. */
const char *stock_report_when(
    const struct stock_report *r, char *buf, size_t size);
/* ".xlsx" or CSV by the name; "-" is stdout. */
int stock_report_file(struct session *s, const struct stock_report *r,
    const char *path, bool english) MUST_CHECK;
int print_report(struct session *s, const struct stock_report *r,
    const struct print_job *job, struct print_said *said) MUST_CHECK;

#endif
