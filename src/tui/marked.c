/* SPDX-License-Identifier: MIT */
#include <stdlib.h>
#include <string.h>

#include "shopmgr/base/alloc.h"

#include "marked.h"

/* Marks are made by a key each, or a page at a time: there are never so many
 * that looking through them is worth avoiding. */

static size_t
place(const struct marked *m, int64_t id)
{
	size_t i;

	for (i = 0; i < m->n && m->ids[i] != id; i++)
		;
	return i;
}

bool
marked_has(const struct marked *m, int64_t id)
{
	return place(m, id) < m->n;
}

static void
add(struct marked *m, int64_t id)
{
	if (m->n == m->cap) {
		m->cap = m->cap > 0 ? 2 * m->cap : 16;
		m->ids = xreallocarray(m->ids, m->cap, sizeof(*m->ids));
	}
	m->ids[m->n++] = id;
}

void
marked_set(struct marked *m, int64_t id, bool on)
{
	size_t at = place(m, id);

	if (on && at == m->n)
		add(m, id);
	if (on || at == m->n)
		return;
	m->n--;
	memmove(&m->ids[at], &m->ids[at + 1], (m->n - at) * sizeof(*m->ids));
}

void
marked_clear(struct marked *m)
{
	m->n = 0;
}

void
marked_done(struct marked *m)
{
	free(m->ids);
	*m = (struct marked){ .ids = NULL };
}
