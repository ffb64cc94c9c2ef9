/* SPDX-License-Identifier: MIT */
#ifndef SCREENS_LIST_H
#define SCREENS_LIST_H

#include <stdbool.h>
#include <stdint.h>

#include "shopmgr/tui/canvas.h"
#include "shopmgr/tui/key.h"
#include "shopmgr/tui/line.h"

/*
 * What every screen with a list does the same way. Such a screen's state begins
 * with its struct list, so that these can stand in its screen_ops.
 */

struct screen;
struct table;

struct list {
	struct table *table;
};

const void *list_row(const struct screen *sc); /* NULL: empty */
bool list_has_row(struct screen *sc);
int list_refresh(struct screen *sc);
void list_close(struct screen *sc);
/* Every row begins with what tells it from the others. */
int64_t list_row_id(const void *row);
/* A scanned code opens what it is of; the rest is the table's. */
int list_key(struct screen *sc, const struct key *k);
void list_draw(struct screen *sc, struct canvas *c, struct rect r);

/* A line above a list in which one types what is looked for; the list follows
 * every key. */
struct finder {
	bool on;
	struct line line;
	char text[64];
};

enum finding {
	FIND_OTHER,   /* not a key of the finder */
	FIND_TAKEN,   /* nothing is to be done */
	FIND_CHANGED, /* another list */
	FIND_OPEN,    /* the selected row is meant */
	FIND_END,     /* the whole list again */
};

void finder_init(struct finder *f);
void finder_done(struct finder *f);
void finder_begin(struct finder *f, const char *text);
/* Below zero: a failure. A scan, or a line typed so fast that it looks like
 * one, is what is looked for now. */
int finder_key(struct finder *f, struct table *t, const struct key *k);
/* @label in front of it, @hint behind. */
void finder_draw(struct finder *f, struct canvas *c, struct rect r,
    const char *label, const char *hint);

#endif
