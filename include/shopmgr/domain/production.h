/* SPDX-License-Identifier: MIT */
#ifndef SHOPMGR_DOMAIN_PRODUCTION_H
#define SHOPMGR_DOMAIN_PRODUCTION_H

#include <stdbool.h>
#include <stdint.h>

#include "shopmgr/base/err.h"
#include "shopmgr/base/page.h"
#include "shopmgr/base/utf8.h"

/*
 * Production orders (生产单): one for each line of a paid order whose product
 * is made to order. It is placed with the maker from what was typed twice the
 * same, and keeps that as it was placed. Its order is held ("production") until
 * the goods are here. And the day's hand-over (每日交接): what each agent has
 * sold, with everything that the factory needs, handed over in time. Rules §2,
 * §7 (LATE); 淘宝客服职责与管理规定, 订单整理.
 */

struct session;

enum production_state {
	PRODUCTION_NEW, /* to be placed */
	PRODUCTION_PLACED,
	PRODUCTION_MADE,
	PRODUCTION_RECEIVED,
	PRODUCTION_CANCELLED,
	PRODUCTION_ALL /* of a list */
};
const char *production_state_name(int64_t state); /* "placed": data */
const char *production_state_text(int64_t state); /* translated */

struct production {
	int64_t id, version;
	const char *production_no; /* "P-000123" */
	int64_t order_id;
	const char *order_no;
	int64_t order_state;
	int64_t line_no, qty;
	const char *sku_code, *item;
	const char *maker;
	int64_t state; /* enum production_state */
	int64_t due_at;
	int64_t late;        /* due, and not made yet */
	const char *content; /* as it was placed: name=value lines */
	const char *note, *agent, *staff;
	int64_t at, placed_at, made_at, ended_at;
};

/* The next one due first; of all states, the newest first. */
int production_page(struct session *s, enum production_state state,
    enum page_dir dir, const struct production *from, size_t limit,
    struct page *out) MUST_CHECK;
int production_get(struct session *s, int64_t id, struct page *out) MUST_CHECK;
/* By its number, "P-000123" or "123"; ERR_NOTFOUND. */
int production_by_no(struct session *s, const char *no, int64_t *id) MUST_CHECK;
/* Those of an order, by line. */
int production_of_order(struct session *s, int64_t order_id, struct page *out)
    MUST_CHECK;
/* How many are to be placed, placed, made. */
int production_counts(struct session *s, int64_t n[PRODUCTION_RECEIVED])
    MUST_CHECK;

/*
 * Paid orders that came in since: what is made to order gets its production
 * order, to be placed, and both holds; what is no longer wanted and was not
 * placed goes. Before such lists are read and after an import; it costs a look
 * at what is made to order and waits. *@n (may be NULL): new ones.
 */
int production_open(struct session *s, int64_t *n) MUST_CHECK;

struct production_edit {
	char maker[NAME_ROOM];
	int64_t due; /* a day; 0: when the order is to be shipped */
	char note[200];
};
/* ERR_STATE while something critical is missing, was typed only once or
 * differs: the sentence says what. A placed one is placed anew, with what was
 * corrected since. */
int production_place(
    struct session *s, int64_t id, const struct production_edit *e) MUST_CHECK;
int production_made(struct session *s, int64_t id) MUST_CHECK;
/* A receipt slip brings the goods in, at @cost fen each, so that they can be
 * shipped. ERR_STATE when what is agreed is no longer what was placed. */
int production_receive(struct session *s, int64_t id, int64_t cost) MUST_CHECK;
/* With a reason; its line is to be placed anew while the order waits. */
int production_cancel(struct session *s, int64_t id, const char *reason)
    MUST_CHECK;

/* Everything that the printed sheet says. */
struct production_sheet {
	struct page own;   /* one struct production */
	struct page attrs; /* struct line_attr of its line, as agreed now */
	bool changed;      /* since it was placed */
	const char *shop, *nick, *delivery; /* in words */
	int64_t promised_at;
	const char *memo, *buyer_note;
	struct arena arena;
};
int production_sheet(
    struct session *s, int64_t id, struct production_sheet *out) MUST_CHECK;
void production_sheet_free(struct production_sheet *sheet);

/* A sale of an agent's day. */
struct handover_row {
	int64_t id; /* of the order */
	const char *order_no;
	int64_t created_at, state;
	const char *agent, *nick;
	const char *goods; /* "定制横幅 ×2, ..." */
	const char *spec;  /* "宽 1.24 m (1240 mm); 颜色 红" */
	const char *memo, *delivery;
	int64_t promised_at; /* 0: as the setting has it */
	const char *missing; /* in words; "": nothing is */
	int64_t due_at;      /* the setting's hour, of that day or the next */
	int64_t handed_at;   /* 0: not yet */
	const char *handed_by;
	int64_t late; /* handed over after it was due, or due and not yet */
};
/* Of @day, oldest first; @agent_id 0: of who is logged in. */
int handover_page(struct session *s, int64_t agent_id, int64_t day,
    enum page_dir dir, const struct handover_row *from, size_t limit,
    struct page *out) MUST_CHECK;
/* Who has sales of that day: rows of struct handover_agent. */
struct handover_agent {
	int64_t id;
	const char *login, *name;
	int64_t n, left; /* sales; and not handed over yet */
};
int handover_agents(struct session *s, int64_t day, struct page *out)
    MUST_CHECK;
/* Hand over what is complete: *@n of them, *@left lack something. ERR_STATE
 * when there is nothing to hand over. */
int handover_done(struct session *s, int64_t agent_id, int64_t day, int64_t *n,
    int64_t *left) MUST_CHECK;

#endif
