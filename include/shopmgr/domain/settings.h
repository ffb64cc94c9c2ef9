/* SPDX-License-Identifier: MIT */
#ifndef SHOPMGR_DOMAIN_SETTINGS_H
#define SHOPMGR_DOMAIN_SETTINGS_H

#include <stddef.h>
#include <stdint.h>

#include "shopmgr/base/err.h"
#include "shopmgr/base/page.h"

/*
 * The figures of the business, which the owner decides: they are data of the
 * shop, not of a terminal (that is shopmgr.ini). Defaults and bounds stand in
 * data/settings.tsv; a new shop gets the defaults written down, so that a later
 * program does not change its ways.
 */

struct session;

enum setting_id {
	SETTING_SHOP_NAME,
	SETTING_SHIP_HOURS,
	SETTING_LOGIN_SLOW_AFTER, /* refused log-ins in a row */
	SETTING_LOGIN_LOCK_AFTER,
	SETTING_LOGIN_LOCK_MIN,
	SETTING_BACKUP_DAILY, /* see backup.h */
	SETTING_BACKUP_MONTHLY,
	SETTING_BACKUP_DIR,         /* "": no copy at closing */
	SETTING_IMPORT_HOLD_REMARK, /* 1: a remark changed by a file holds */
	SETTING_IMPORT_UNDO_DAYS,   /* how long one can be taken back */
	SETTING_CURRENCY_RATES,     /* "USD 7.12, EUR 7.80"; "": none */
	SETTING_CLAIM_MIN,
	SETTING_WAVE_ORDERS,
	SETTING_WAVE_SLOTS,
	SETTING_WEIGH_GRAMS,
	SETTING_WEIGH_PERCENT,
	SETTING_REVIEW,
	SETTING_REVIEW_WAIT_MIN,
	SETTING_REMIND_AFTER_MIN,
	SETTING_REMIND_UNTIL_H,
	SETTING_MERGE_DAYS,
	SETTING_TRACK_COLLECT_H,
	SETTING_TRACK_STILL_DAYS,
	SETTING_TRACK_LATE_DAYS,
	SETTING_FREIGHT_OVER,
	SETTING_DELIVER_DAYS,
	SETTING_PRINT_QUEUE,
	SETTING_CONFIRM_NEED,  /* 1: orders ship only once confirmed */
	SETTING_HANDOVER_HOUR, /* see production.h */
	SETTING_COVER_DAYS,
	SETTING_OVER_RECEIPT_PERCENT,
	SETTING_INVOICE_OVER_PERCENT,
	SETTING_RECOUNT_OVER,
	SETTING_DEAD_DAYS,
	SETTING_ABC_A_PERCENT,
	SETTING_ABC_B_PERCENT,
	SETTING_PUT_AWAY_H,
	SETTING_QUOTE_DAYS,
	SETTING_MAX
};

enum setting_shape {
	SETTING_NUMBER,
	SETTING_YES_NO, /* kept as 1 and 0 */
	SETTING_MONEY,  /* kept in fen */
	SETTING_TEXT
};

struct setting {
	int64_t id; /* enum setting_id + 1 */
	enum setting_shape shape;
	const char *name; /* "ship_hours" */
	const char *value;
	int64_t min, max;    /* of a number; both 0: a text */
	const char *unit;    /* translated, "" for none */
	const char *meaning; /* translated */
};

/* All of them, in a fixed order; needs setting.edit. */
int setting_page(struct session *s, struct page *out) MUST_CHECK;
/* ERR_NOTFOUND for a name there is none of; ERR_INVALID "value" out of its
 * bounds. What is there already is no change and leaves no record. */
int setting_save(struct session *s, const char *name, const char *value)
    MUST_CHECK;

/* The number in force; read again when somebody else has committed. */
int setting_int(struct session *s, enum setting_id id, int64_t *n) MUST_CHECK;
#define SETTING_VALUE 64 /* of a text, terminated */
int setting_text(struct session *s, enum setting_id id, char *buf, size_t size)
    MUST_CHECK;

#endif
