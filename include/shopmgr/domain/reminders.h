/* SPDX-License-Identifier: MIT */
#ifndef SHOPMGR_DOMAIN_REMINDERS_H
#define SHOPMGR_DOMAIN_REMINDERS_H

#include <stdbool.h>
#include <stdint.h>

#include "shopmgr/base/err.h"
#include "shopmgr/base/page.h"

/*
 * Reminders (催付): who bought and did not pay is written to, in the words of a
 * text that the owner keeps; what was written, by whom and what came of it is
 * kept, also when the order is closed. Rules §2.
 */

struct session;

/* Texts with {nick} {order_no} {amount} {goods} {ago} {minutes}: since the
 * order was made. */
struct text_template {
	int64_t id, version, active;
	const char *kind, *name, *text;
};
struct text_template_edit {
	char kind[16]; /* "unpaid" */
	char name[64];
	char text[1000];
	bool active;
};
/* @kind NULL: all. */
int text_page(struct session *s, const char *kind, struct page *out) MUST_CHECK;
int text_get(struct session *s, int64_t id, struct page *out) MUST_CHECK;
int text_by_name(struct session *s, const char *kind, const char *name,
    int64_t *id) MUST_CHECK;
void text_edit_from(
    struct text_template_edit *e, const struct text_template *t);
/* ERR_INVALID "text": something in braces that is nothing to fill in. */
int text_add(struct session *s, const struct text_template_edit *e, int64_t *id)
    MUST_CHECK;
int text_save(struct session *s, int64_t id, int64_t version,
    const struct text_template_edit *e) MUST_CHECK;
/* Those of a new shop, for an old one; *@added counts. */
int text_defaults(struct session *s, int64_t *added) MUST_CHECK;
/* The text for this order. */
#define TEXT_SIZE 1500
int text_fill(struct session *s, int64_t id, int64_t order_id,
    char out[TEXT_SIZE]) MUST_CHECK;

/* An unpaid order that is old enough, and young enough: see the settings
 * remind_after_min and remind_until_h. */
struct unpaid {
	int64_t id; /* of the order */
	const char *order_no, *shop, *platform, *nick, *goods;
	int64_t total, created_at;
	int64_t reminded; /* how often */
	int64_t last_at;  /* the last time; 0: never */
	const char *by, *channel, *result, *note;
	int64_t next_at; /* not before; 0: whenever */
	int64_t last_id; /* the reminder's; 0: none */
};
/* Oldest first. @due: without those that are not to be reminded yet. */
int unpaid_page(struct session *s, bool due, enum page_dir dir,
    const struct unpaid *from, size_t limit, struct page *out) MUST_CHECK;

extern const char *const reminder_channels[]; /* "wangwang"; ends with NULL */
extern const char *const reminder_results[];  /* "": none yet, "later" ... */
extern const char *const reminder_channel_texts[]; /* N_(), in that order */
extern const char *const reminder_result_texts[];
const char *reminder_channel_text(const char *channel);
const char *reminder_result_text(const char *result);

struct reminder_edit {
	int64_t template_id; /* 0: own words */
	char channel[16];
	char text[TEXT_SIZE]; /* as it was sent */
	char result[16];      /* "": none yet */
	char note[200];
	int64_t next_at; /* the next one not before; 0: whenever */
};
/* ERR_STATE unless the order is unpaid; "next_at" before the time the last one
 * gave is ERR_STATE as well. */
int reminder_add(struct session *s, int64_t order_id,
    const struct reminder_edit *e, int64_t *id) MUST_CHECK;
/* What came of it, later. */
int reminder_result(struct session *s, int64_t id, const char *result,
    const char *note, int64_t next_at) MUST_CHECK;

struct reminder {
	int64_t id, at, order_id;
	const char *order_no, *nick, *staff, *channel, *text_name, *text;
	const char *result, *note;
	int64_t result_at, next_at;
	int64_t state;   /* of the order, now */
	int64_t paid_at; /* of the order */
};
/* Newest first; of one order, or of all (0). */
int reminder_page(struct session *s, int64_t order_id, enum page_dir dir,
    const struct reminder *from, size_t limit, struct page *out) MUST_CHECK;

/* What reminding brought: of the orders reminded in a period, by whom or with
 * which text last before they were paid, how many were paid within a day. */
enum reminder_by { REMINDER_BY_STAFF, REMINDER_BY_TEXT };
struct reminder_figures {
	int64_t id;
	const char *name; /* "": own words */
	int64_t orders, paid_n, paid;
};
int reminder_figures(struct session *s, enum reminder_by by, int64_t since,
    int64_t until, struct page *out) MUST_CHECK;

#endif
