/* SPDX-License-Identifier: MIT */
#ifndef SHOPMGR_BASE_MAP_H
#define SHOPMGR_BASE_MAP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * A hash map from bytes to an integer, for looking things up while a long job
 * runs. Keys are copied into the map's own memory; nothing is ever removed.
 * Slots are 24 bytes, at most two thirds full: a million keys cost about 50 MB
 * beside their text.
 * { 0 } is an empty map.
 */

struct map {
	struct map_slot *slots;
	size_t n, cap; /* cap is a power of two */
	struct map_text *text;
	size_t text_used;
};

uint64_t hash_bytes(const void *p, size_t len, uint64_t seed);

/* The value of @key, in place, or NULL. Valid until the next map_put(). */
int64_t *map_get(const struct map *m, const void *key, size_t len);
/* As map_get(), but makes the entry, with value 0, if there is none. */
int64_t *map_put(struct map *m, const void *key, size_t len, bool *fresh);
void map_reserve(struct map *m, size_t n);
void map_done(struct map *m);

#endif
