/* SPDX-License-Identifier: MIT */
#ifndef TESTS_DESK_H
#define TESTS_DESK_H

#include "drive.h"
#include "shopmgr/screens/screens.h"

/*
 * A shop in the middle of a day, and somebody of its staff at a terminal. It is
 * 14:05 on Sunday, 22 November 2026. The goods came in by slips and the orders
 * by the platform's files, as they do.
 */

struct desk {
	struct session *s;
	struct app app;
	struct drive *d;
	char exchange[256];
	int h, w;
};

/* As one with @role, who is logged in; on the front screen. */
struct desk *desk_open(const char *role, const char *lang, int h, int w);
/* The same in a shop where nothing has happened yet. */
struct desk *desk_empty(const char *role, const char *lang, int h, int w);
/* The same, in front of the door. */
struct desk *desk_door(const char *lang, int h, int w);
void desk_keys(struct desk *k, const char *script);
/* Fails the test, with the screen, unless @text is (not) on it. */
void desk_sees(struct desk *k, const char *text);
void desk_misses(struct desk *k, const char *text);
void desk_close(struct desk *k);

/* The pair of files that the orders came from: text as UTF-8. */
extern const char desk_order_file[], desk_item_file[];

#endif
