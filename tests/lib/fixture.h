/* SPDX-License-Identifier: MIT */
#ifndef TESTS_FIXTURE_H
#define TESTS_FIXTURE_H

#include <stdbool.h>
#include <stdint.h>

/* A shop in memory, for tests: things in it are made by verbs. */

struct session;

/* Schema, roles, couriers, main warehouse; logged in as one with @role. */
struct session *fixture_session(const char *role);
/* The same on a file, through the fault injector (see fault.h). */
struct session *fixture_faulty(const char *role);
void fixture_end(struct session *s);
void fixture_role(struct session *s, const char *role); /* be someone else */

int64_t fixture_variant(
    struct session *s, const char *sku, int64_t on_hand, int64_t cost);
/* A paid order of @qty of each of the NULL-terminated skus, made by importing
 * a file; unknown skus become unmapped lines ("?title"). */
int64_t fixture_order(
    struct session *s, const char *order_no, int64_t qty, const char *sku, ...);
int64_t fixture_int(struct session *s, const char *sql); /* one integer */
int64_t fixture_on_hand(struct session *s, int64_t variant);
int64_t fixture_audited(struct session *s, const char *op, int64_t subject);
/* Every kept figure agrees with its entries. */
void fixture_verify(struct session *s);
/* Writes a temporary file; its path, valid until fixture_end(). */
const char *fixture_file(const char *name, const char *text);

#endif
