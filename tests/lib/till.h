/* SPDX-License-Identifier: MIT */
#ifndef TESTS_TILL_H
#define TESTS_TILL_H

#include "drive.h"
#include "shopmgr/screens/screens.h"

/*
 * A shop in the middle of a day, and somebody of its staff at a terminal. It is
 * 14:05 on Sunday, 22 November 2026. The goods came in by slips and the orders
 * by the platform's files, as they do.
 */

struct till {
	struct session *s;
	struct app app;
	struct drive *d;
	char exchange[256];
	int h, w;
};

/* As one with @role, who is logged in; on the front screen. */
struct till *till_open(const char *role, const char *lang, int h, int w);
/* The same with these settings. */
struct config;
struct till *till_open_with(const struct config *config, const char *role,
    const char *lang, int h, int w);
/* The same in a shop where nothing has happened yet. */
struct till *till_empty(const char *role, const char *lang, int h, int w);
/* The same, in front of the door. */
struct till *till_door(const char *lang, int h, int w);
/* An owner at a shop on a file; @other is a second log-in to it, to be closed
 * first. */
struct session;
struct till *till_shared(
    const char *lang, int h, int w, struct session **other);
void till_keys(struct till *k, const char *script);
/* Fails the test, with the screen, unless @text is (not) on it. */
void till_sees(struct till *k, const char *text);
void till_misses(struct till *k, const char *text);
/* Put an order on hold, as somebody at another terminal would. */
void till_hold(struct till *k, const char *order_no, const char *reason);
/* Put a file into the exchange folder; is there one that begins so? */
void till_file(struct till *k, const char *name, const char *text);
bool till_has_file(struct till *k, const char *prefix);
void till_close(struct till *k);

/* The pair of files that the orders came from: text as UTF-8. */
extern const char till_order_file[], till_item_file[];

#endif
