/* SPDX-License-Identifier: MIT */
#include <stdlib.h>
#include <string.h>

#include "shopmgr/base/alloc.h"
#include "shopmgr/base/map.h"

/* A few keys take little; each block is larger than the one before. */
#define TEXT_FIRST 1024
#define TEXT_MOST  (256 * 1024)

/* The key's bytes stand in a text block: 4 of length, then the key. */
struct map_slot {
	const char *key; /* NULL: free */
	int64_t value;
	uint64_t hash;
};

struct map_text {
	struct map_text *next;
	size_t size;
	char mem[];
};

static uint64_t
mix(uint64_t a, uint64_t b)
{
	__extension__ unsigned __int128 p = (unsigned __int128)a * b;

	return (uint64_t)p ^ (uint64_t)(p >> 64);
}

/* Of keys of a few bytes: a call of memcpy() costs more than the rest. */
static uint64_t
load4(const char *s)
{
	const unsigned char *p = (const unsigned char *)s;

	return (uint64_t)p[0] | (uint64_t)p[1] << 8 | (uint64_t)p[2] << 16 |
	       (uint64_t)p[3] << 24;
}

static uint64_t
load8(const char *s)
{
	return load4(s) | load4(s + 4) << 32;
}

uint64_t
hash_bytes(const void *p, size_t len, uint64_t seed)
{
	const char *s = p;
	uint64_t h = seed ^ 0x9e3779b97f4a7c15u, a, b;

	for (; len > 16; s += 16, len -= 16) {
		memcpy(&a, s, 8);
		memcpy(&b, s + 8, 8);
		h = mix(h ^ a ^ 0xa0761d6478bd642fu, b ^ 0xe7037ed1a0b428dbu);
	}
	a = b = 0;
	if (len > 8) {
		a = load8(s);
		b = load8(s + len - 8) >> (8 * (16 - len));
	} else if (len >= 4) {
		a = load4(s) | load4(s + len - 4) << (8 * (len - 4));
	} else {
		for (size_t i = 0; i < len; i++)
			a |= (uint64_t)(unsigned char)s[i] << (8 * i);
	}
	return mix(h ^ a ^ 0x8ebc6af09c88c6e3u, b ^ len ^ 0x589965cc75374cc3u);
}

static bool
same(const struct map_slot *slot, uint64_t hash, const void *key, size_t len)
{
	uint32_t n;

	if (slot->hash != hash)
		return false;
	memcpy(&n, slot->key, sizeof(n));
	return n == len && memcmp(slot->key + sizeof(n), key, len) == 0;
}

static struct map_slot *
slot_of(const struct map *m, uint64_t hash, const void *key, size_t len)
{
	size_t i = (size_t)hash & (m->cap - 1);

	while (m->slots[i].key != NULL && !same(&m->slots[i], hash, key, len))
		i = (i + 1) & (m->cap - 1);
	return &m->slots[i];
}

int64_t *
map_get(const struct map *m, const void *key, size_t len)
{
	struct map_slot *slot;

	if (m->n == 0)
		return NULL;
	slot = slot_of(m, hash_bytes(key, len, 0), key, len);
	return slot->key != NULL ? &slot->value : NULL;
}

void
map_reserve(struct map *m, size_t n)
{
	struct map_slot *old = m->slots;
	size_t i, j, cap = m->cap, want = n + n / 2 + 8;

	if (want <= m->cap)
		return;
	m->cap = 64;
	while (m->cap < want)
		m->cap *= 2;
	m->slots = xcalloc(m->cap, sizeof(*m->slots));
	for (i = 0; i < cap; i++) {
		if (old[i].key == NULL)
			continue;
		j = (size_t)old[i].hash & (m->cap - 1);
		while (m->slots[j].key != NULL)
			j = (j + 1) & (m->cap - 1);
		m->slots[j] = old[i];
	}
	free(old);
}

static const char *
keep(struct map *m, const void *key, size_t len)
{
	uint32_t n = (uint32_t)len;
	size_t need = sizeof(n) + len, size = TEXT_FIRST;
	struct map_text *t;
	char *p;

	if (m->text == NULL || m->text->size - m->text_used < need) {
		if (m->text != NULL)
			size = m->text->size < TEXT_MOST / 4 ? m->text->size * 4
							     : TEXT_MOST;
		if (size < need)
			size = need;
		t = xmalloc(sizeof(*t) + size);
		t->next = m->text;
		t->size = size;
		m->text = t;
		m->text_used = 0;
	}
	p = m->text->mem + m->text_used;
	memcpy(p, &n, sizeof(n));
	memcpy(p + sizeof(n), key, len);
	m->text_used += need;
	return p;
}

int64_t *
map_put(struct map *m, const void *key, size_t len, bool *fresh)
{
	uint64_t hash = hash_bytes(key, len, 0);
	struct map_slot *slot;

	map_reserve(m, m->n + 1);
	slot = slot_of(m, hash, key, len);
	*fresh = slot->key == NULL;
	if (*fresh) {
		slot->key = keep(m, key, len);
		slot->hash = hash;
		slot->value = 0;
		m->n++;
	}
	return &slot->value;
}

void
map_done(struct map *m)
{
	struct map_text *t, *next;

	for (t = m->text; t != NULL; t = next) {
		next = t->next;
		free(t);
	}
	free(m->slots);
	*m = (struct map){ 0 };
}
