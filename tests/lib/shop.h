/* SPDX-License-Identifier: MIT */
#ifndef TESTS_SHOP_H
#define TESTS_SHOP_H

#include "shopmgr/base/err.h"

/*
 * A shop in a folder of its own, worked on by the program itself, as scripts
 * do. The program is $BUILD/shopmgr.
 */

struct shop {
	char dir[64];
	char db[128];
	char who[128];   /* the options that log the owner in */
	char *out, *err; /* of the last command */
};

/* An empty shop with its owner, and a clerk and a buyer ("clerk", "buyer"; all
 * passwords are "password1", in $DIR/password). */
void shop_new(struct shop *sh);
void shop_free(struct shop *sh);
/*
 * Run "shopmgr -d DB" with what @fmt gives, by a shell: the quotes are its own.
 * Returns the exit code; what it wrote is in sh->out and sh->err.
 */
int shop_run(struct shop *sh, const char *fmt, ...) PRINTF_LIKE(2, 3);
/* The same, logged in as the owner. */
int shop_do(struct shop *sh, const char *fmt, ...) PRINTF_LIKE(2, 3);
/* The same again; fails the test unless it ends with 0. */
void shop_must(struct shop *sh, const char *fmt, ...) PRINTF_LIKE(2, 3);
/* Write a file in the shop's folder; its path, until the next call. */
const char *shop_file(struct shop *sh, const char *name, const char *text);
/* What such a file says, "" when there is none; freed by the caller. */
char *shop_read(const struct shop *sh, const char *name);
/* A variant with stock, and paid orders for @n pieces of it with numbers
 * counted up from @first: imported from a pair of files. */
void shop_goods(struct shop *sh, const char *sku, const char *barcode, int n);
void shop_orders(struct shop *sh, const char *sku, long long first, int n);
/* A platform's pair of files for that, order.csv and item.csv in the folder. */
void shop_pair(struct shop *sh, const char *sku, long long first, int n);

/* The number behind "name": in JSON output; fails the test without it. */
long long json_number(const char *json, const char *name);
/* Whether @s is one JSON value and nothing else. */
int json_valid(const char *s);

#endif
