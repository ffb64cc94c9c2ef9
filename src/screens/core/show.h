/* SPDX-License-Identifier: MIT */
#ifndef SCREENS_SHOW_H
#define SCREENS_SHOW_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "shopmgr/base/page.h"
#include "shopmgr/domain/platforms.h"
#include "shopmgr/tui/canvas.h"

/*
 * How things look wherever they are shown: amounts, times, states, places. All
 * write into the caller's buffer and return it.
 */

struct audit_row;
struct order;

char *show_money(char *buf, size_t size, int64_t fen);
/* The same, but nothing at all for 0. */
char *show_money_or_none(char *buf, size_t size, int64_t fen);
char *show_count(char *buf, size_t size, int64_t n);
char *show_signed(char *buf, size_t size, int64_t n); /* "+4", "-1" */
char *show_when(char *buf, size_t size, int64_t t);   /* for lists */
char *show_moment(char *buf, size_t size, int64_t t); /* to the second */
char *show_bytes(char *buf, size_t size, int64_t n);
char *show_weight(char *buf, size_t size, int64_t grams);

/* "杭州市", or the province where the city says nothing more. */
char *show_city(char *buf, size_t size, const struct order *o);
char *show_address(char *buf, size_t size, const struct order *o);
/* Nick, or the receiver where the platform names no buyer. */
const char *show_buyer(const struct order *o);
/* How far it is, in a word for lists: as the tabs are called. */
const char *show_state(const struct order *o);
/* "2 h late", "5 h left", "" when nothing is to be shipped; *@style (may be
 * NULL) becomes STYLE_WARN for what is late. */
char *show_due(
    char *buf, size_t size, const struct order *o, enum style *style);
bool order_is_late(const struct order *o);
/* "unmapped refund" in words. */
char *show_holds(char *buf, size_t size, const char *reasons);
const char *flag_text(int64_t flag); /* "red"; "" for none */

/* What the log says of it, in words. */
char *show_detail(char *buf, size_t size, const struct audit_row *entry);

/* "▲ 12 %" against @before; "–" when there is nothing to compare. */
char *show_change(char *buf, size_t size, int64_t now, int64_t before);

/* Facts, a label and its value a line, the values under each other. */
struct facts {
	struct canvas *c;
	struct rect r;
	int y;       /* next line, from r.y */
	int label_w; /* columns of the labels, with the gap */
};
/* @labels: translated; NULL ends them. */
void facts_begin(struct facts *f, struct canvas *c, struct rect r,
    const char *const *labels);
void fact(
    struct facts *f, const char *label, const char *value, enum style style);
/* The same over as many as @lines lines. */
void fact_wrap(struct facts *f, const char *label, const char *value,
    enum style style, int lines);

/* Tabs on one line; those that do not fit lose their number, the last first. */
struct tab {
	const char *label; /* translated */
	int64_t n;         /* -1: not counted */
};
void draw_tabs(struct canvas *c, int y, int x, int w, const struct tab *tabs,
    size_t n, size_t current);

/* What marks the row one is on, as in the tables. */
const char *cursor_mark(void);

#endif
