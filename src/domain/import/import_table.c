/* SPDX-License-Identifier: MIT */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

#include "shopmgr/base/alloc.h"

#include "import_table.h"

static size_t
place_of(const struct lean *t, uint64_t key, uint32_t check)
{
	uint64_t h = (key ^ check) * 0x9e3779b97f4a7c15u;
	size_t i = (size_t)(h ^ (h >> 32)) & (t->cap - 1);

	while (t->slots[i].value != 0 &&
	       (t->slots[i].key != key || t->slots[i].check != check))
		i = (i + 1) & (t->cap - 1);
	return i;
}

#define HUGE_PAGE ((uintptr_t)2 << 20)

/* Probes fall anywhere: with small pages each would miss two caches. */
static void
ask_huge(void *mem, size_t size)
{
	uintptr_t from = (uintptr_t)mem, to = from + size;

	from = (from + HUGE_PAGE - 1) & ~(HUGE_PAGE - 1);
	to &= ~(HUGE_PAGE - 1);
	if (from < to)
		(void)madvise((void *)from, to - from, MADV_HUGEPAGE);
}

static void
grow(struct lean *t)
{
	struct lean old = *t;
	size_t i;

	t->cap = old.cap != 0 ? old.cap * 2 : 1024;
	t->slots = xcalloc(t->cap, sizeof(*t->slots));
	ask_huge(t->slots, t->cap * sizeof(*t->slots));
	for (i = 0; i < old.cap; i++)
		if (old.slots[i].value != 0)
			t->slots[place_of(t, old.slots[i].key,
			    old.slots[i].check)] = old.slots[i];
	free(old.slots);
}

uint32_t *
lean_get(const struct lean *t, uint64_t key, uint32_t check)
{
	size_t i;

	if (t->cap == 0)
		return NULL;
	i = place_of(t, key, check);
	return t->slots[i].value != 0 ? &t->slots[i].value : NULL;
}

uint32_t *
lean_put(struct lean *t, uint64_t key, uint32_t check)
{
	struct lean_slot *slot;

	if ((t->n + 1) * 8 > t->cap * 5)
		grow(t);
	slot = &t->slots[place_of(t, key, check)];
	if (slot->value == 0) {
		slot->key = key;
		slot->check = check;
		t->n++;
	}
	return &slot->value;
}

void
lean_clear(struct lean *t)
{
	if (t->cap != 0)
		memset(t->slots, 0, t->cap * sizeof(*t->slots));
	t->n = 0;
}

void
lean_done(struct lean *t)
{
	free(t->slots);
	*t = (struct lean){ 0 };
}
