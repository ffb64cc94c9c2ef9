/* SPDX-License-Identifier: MIT */
#ifndef DOMAIN_VERIFY_PRIV_H
#define DOMAIN_VERIFY_PRIV_H

#include <stdbool.h>

#include "shopmgr/domain/shopdb.h"

#include "../core/session_priv.h"

/* shopdb_verify() at work. */
struct verify {
	struct session *s;
	void (*tell)(void *arg, bool bad, const char *text);
	void *arg;
	int found; /* by the check that runs */
	int bad;   /* by all of them */
};

void verify_bad(struct verify *v, const char *text);
void verify_badf(struct verify *v, const char *fmt, ...) PRINTF_LIKE(2, 3);

/* Sums that take one pass in memory instead of many look-ups. */
int verify_stock(struct verify *v) MUST_CHECK;
int verify_stock_days(struct verify *v) MUST_CHECK;
int verify_figures(struct verify *v) MUST_CHECK;

/* The chain of the audit log. */
int verify_log(struct verify *v) MUST_CHECK;

/* A rule that one statement can prove: its rows are what breaks it. */
struct verify_rule {
	const char *title;
	const char *finding; /* {1}, {2}: the row's columns */
	const char *sql;
};
/* A table each department; ends with a NULL title. */
extern const struct verify_rule verify_made_rules[];
extern const struct verify_rule verify_ship_rules[];
extern const struct verify_rule verify_stock_rules[];
extern const struct verify_rule verify_review_rules[];
extern const struct verify_rule verify_wave_rules[];
extern const struct verify_rule verify_freight_rules[];
extern const struct verify_rule verify_money_rules[];
extern const struct verify_rule verify_purchase_rules[];
extern const struct verify_rule verify_receipt_rules[];
extern const struct verify_rule verify_count_rules[];
extern const struct verify_rule verify_sale_rules[];
extern const struct verify_rule verify_kit_rules[];

#endif
