/* SPDX-License-Identifier: MIT */
#ifndef TESTS_FIXTURE_H
#define TESTS_FIXTURE_H

#include <stdbool.h>
#include <stdint.h>

/* A shop in memory, for tests: things in it are made by verbs. */

struct session;

/* Schema, roles, couriers, main warehouse; logged in as one with @role, whose
 * login is the role's name and whose password is "ROLE-password". */
struct session *fixture_session(const char *role);
/* The same on a file, through the fault injector (see fault.h). */
struct session *fixture_faulty(const char *role);
/* A copy of the shop in the file @like, made by db_copy(). */
struct session *fixture_faulty_as(const char *like, const char *role);
void fixture_end(struct session *s);
void fixture_role(struct session *s, const char *role); /* be someone else */

int64_t fixture_variant(
    struct session *s, const char *sku, int64_t on_hand, int64_t cost);
/* A paid order of @qty of each of the NULL-terminated skus, 50.00 each, an hour
 * old, of 李小明 (phone tail 5678) who is "nick-ORDER_NO"; skus that no variant
 * has become unmapped lines ("?title": without a code), and hold the order. */
int64_t fixture_order(
    struct session *s, const char *order_no, int64_t qty, const char *sku, ...);
int64_t fixture_int(struct session *s, const char *sql); /* one integer */
int64_t fixture_on_hand(struct session *s, int64_t variant);
int64_t fixture_audited(struct session *s, const char *op, int64_t subject);
/* Every kept figure agrees with its entries. */
void fixture_verify(struct session *s);
/* Where temporary files are: "DIR/NAME"; the directory goes with the process,
 * the text after 64 other names. */
const char *fixture_path(const char *name);
/* Writes a temporary file; its path. */
const char *fixture_file(const char *name, const char *text);
/* A shop on a file, of "owner", "owner-password"; its path. */
const char *fixture_shop(const char *name);

#endif
