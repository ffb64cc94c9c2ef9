/* SPDX-License-Identifier: MIT */
#ifndef DOMAIN_IMPORT_TABLE_H
#define DOMAIN_IMPORT_TABLE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * A lean hash table from 96 bits to 32: for millions of entries, 16 bytes
 * each. The key is a number of up to 64 bits itself (check 0), or a hash of
 * something with a second one to check it by: two things taken for one are then
 * less likely than a failing memory. { 0 } is an empty table.
 */

struct lean_slot {
	uint64_t key;
	uint32_t check, value; /* value 0: free */
};

struct lean {
	struct lean_slot *slots;
	size_t n, cap; /* cap is a power of two */
};

/* The value in place, or NULL. */
uint32_t *lean_get(const struct lean *t, uint64_t key, uint32_t check);
/* The same, made with value 0 if it is not there: set it at once. */
uint32_t *lean_put(struct lean *t, uint64_t key, uint32_t check);
void lean_clear(struct lean *t); /* keeps the memory */
void lean_done(struct lean *t);

#endif
