/* SPDX-License-Identifier: MIT */
#ifndef SCREENS_FRONT_PRIV_H
#define SCREENS_FRONT_PRIV_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "shopmgr/base/page.h"
#include "shopmgr/domain/figures.h"
#include "shopmgr/domain/orders.h"
#include "shopmgr/tui/screen.h"

/*
 * The front screen: front.c has its keys, front_load.c reads what is shown,
 * front_view.c draws it and front_charts.c the pictures. Roles can be the
 * owner's own, so whose front it is follows from what somebody may do.
 */

#define DAYS      30 /* of figures */
#define WEEKS     4  /* of hours */
#define LIST_MAX  100
#define COUNT_MAX 100 /* counted; beyond that "99+" */
#define RANKS     12  /* shops, packers */

enum audience {
	FOR_MANAGER, /* owner, store manager: the day's money */
	FOR_SALES,   /* supervisor, agents: what keeps orders from going */
	FOR_FLOOR,   /* warehouse: parcels */
	FOR_BUYER,   /* what is to be bought */
	FOR_EDITOR,  /* titles without a product */
	AUDIENCES
};

enum todo_kind {
	TODO_SHIP,
	TODO_HELD,
	TODO_CHANGED, /* by the newest import */
	TODO_PART,
	TODO_MAP,
	TODO_BELOW,
	TODO_LOW,
	TODO_UNPAID,
	TODO_EXPORT,
	TODO_PACKED,
	TODO_MAX
};

struct todo {
	enum todo_kind kind;
	int64_t n;
	bool many; /* n or more */
};

/* The list beneath: what this person does first. */
enum list_kind { LIST_SHIP, LIST_HELD, LIST_LOW, LIST_UNMAPPED };

struct state {
	enum audience audience;
	struct todo todo[TODO_MAX];
	size_t ntodo;
	int64_t changed_by; /* that import */
	int64_t late;
	bool late_many;
	int64_t counts[TAB_MAX];
	enum list_kind list;
	struct page rows; /* struct order, variant or listing */
	struct page days, hours, packers, shops;
	struct day_figure then; /* yesterday, up to this time of the day */
	size_t at;              /* among the todo, then the rows */
	size_t top, seen;
};

static inline bool
front_has_orders(const struct state *st)
{
	return st->audience <= FOR_FLOOR;
}

int front_load(struct screen *sc);
void front_free(struct state *st);

/* Of a day: what is shown of it. */
enum figure { FIG_ORDERS, FIG_PAID, FIG_SALES, FIG_SHIPPED, FIG_MINE };
/* 0 days back is today. */
int64_t front_figure(const struct state *st, size_t back, enum figure which);
int64_t front_then(const struct state *st, enum figure which);

void front_draw(struct screen *sc, struct canvas *c, struct rect r);
/* What a line of the todo is called. */
const char *front_todo_text(enum todo_kind kind);

/*
 * Pictures: one beside the figures, and a row of them where there is room. Each
 * has its title on the first line of @r. _beside() returns whether there was
 * anything to show.
 */
bool front_chart_beside(
    const struct state *st, struct canvas *c, struct rect r, bool row_follows);
void front_chart_row(const struct state *st, struct canvas *c, struct rect r);

#endif
