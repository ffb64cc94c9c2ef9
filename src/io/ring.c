/* SPDX-License-Identifier: MIT */
#include <stdlib.h>

#include "rows.h"
#include "shopmgr/base/alloc.h"

void
ring_init(struct ring *r)
{
	*r = (struct ring){ 0 };
	pthread_mutex_init(&r->lock, NULL);
	pthread_cond_init(&r->changed, NULL);
}

void
ring_done(struct ring *r)
{
	for (size_t i = 0; i < RING; i++) {
		free(r->batch[i].text);
		free(r->batch[i].fields);
		free(r->batch[i].lens);
		free(r->batch[i].rows);
		arena_done(&r->batch[i].words);
	}
	pthread_cond_destroy(&r->changed);
	pthread_mutex_destroy(&r->lock);
}

/* Empty again; only while no thread fills it. */
void
ring_reset(struct ring *r)
{
	r->put = r->got = 0;
	r->stop = false;
}

void
ring_stop(struct ring *r)
{
	pthread_mutex_lock(&r->lock);
	r->stop = true;
	pthread_cond_signal(&r->changed);
	pthread_mutex_unlock(&r->lock);
}

struct batch *
ring_fresh(struct ring *r)
{
	struct batch *b = NULL;

	pthread_mutex_lock(&r->lock);
	while (r->put - r->got == RING && !r->stop)
		pthread_cond_wait(&r->changed, &r->lock);
	if (!r->stop)
		b = &r->batch[r->put % RING];
	pthread_mutex_unlock(&r->lock);
	if (b == NULL)
		return NULL;
	b->used = b->nfields = b->nrows = 0;
	b->rc = 1;
	arena_reset(&b->words);
	batch_reserve(b, BATCH_TEXT);
	batch_reserve_field(b);
	return b;
}

void
ring_put(struct ring *r)
{
	pthread_mutex_lock(&r->lock);
	r->put++;
	pthread_cond_signal(&r->changed);
	pthread_mutex_unlock(&r->lock);
}

struct batch *
ring_take(struct ring *r)
{
	pthread_mutex_lock(&r->lock);
	while (r->put == r->got)
		pthread_cond_wait(&r->changed, &r->lock);
	pthread_mutex_unlock(&r->lock);
	return &r->batch[r->got % RING];
}

void
ring_give(struct ring *r)
{
	pthread_mutex_lock(&r->lock);
	r->got++;
	pthread_cond_signal(&r->changed);
	pthread_mutex_unlock(&r->lock);
}

/* Room for @text bytes in all; the fields there are move with it. */
void
batch_reserve(struct batch *b, size_t text)
{
	char *old = b->text;
	size_t *at;

	if (text <= b->cap)
		return;
	at = xmalloc((b->nfields + 1) * sizeof(*at));
	for (size_t i = 0; i < b->nfields; i++)
		at[i] = (size_t)(b->fields[i] - old);
	b->cap = b->cap * 2 > text ? b->cap * 2 : text;
	b->text = xrealloc(old, b->cap);
	for (size_t i = 0; i < b->nfields; i++)
		b->fields[i] = b->text + at[i];
	free(at);
}

void
batch_reserve_field(struct batch *b)
{
	if (b->nfields < b->cap_fields)
		return;
	b->cap_fields = b->cap_fields ? b->cap_fields * 2 : 4096;
	b->fields =
	    xreallocarray(b->fields, b->cap_fields, sizeof(b->fields[0]));
	b->lens = xreallocarray(b->lens, b->cap_fields, sizeof(b->lens[0]));
}

struct batch_row *
batch_add_row(struct batch *b)
{
	if (b->nrows == b->cap_rows) {
		b->cap_rows = b->cap_rows ? b->cap_rows * 2 : 512;
		b->rows =
		    xreallocarray(b->rows, b->cap_rows, sizeof(b->rows[0]));
	}
	return &b->rows[b->nrows++];
}
