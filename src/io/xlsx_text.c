/* SPDX-License-Identifier: MIT */
#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "shopmgr/base/alloc.h"
#include "shopmgr/base/i18n.h"
#include "shopmgr/base/str.h"
#include "xlsx_text.h"

/*
 * A text is its length, in groups of seven bits, and its bytes. One place in
 * sixteen is known; from there it is a walk. Most walks are one step, as texts
 * are numbered in the order in which cells use them first.
 */

#define STEP  16
#define PAGE  ((size_t)8 << 10)
#define PAGES ((size_t)2048)
#define ROOM  (PAGE * PAGES) /* in memory, of the whole or of the file */

struct texts {
	int64_t *places;
	size_t n, cap;
	int64_t len; /* bytes of all */
	char *mem;
	size_t cap_mem;
	FILE *file; /* once there are more bytes than ROOM */
	size_t unwritten;
	int64_t *pages; /* which page of the file is where in mem, or -1 */
	size_t next;    /* behind the text that was got last: */
	int64_t next_at;
};

struct texts *
texts_new(void)
{
	return xcalloc(1, sizeof(struct texts));
}

void
texts_free(struct texts *t)
{
	if (t == NULL)
		return;
	if (t->file != NULL)
		fclose(t->file);
	free(t->places);
	free(t->mem);
	free(t->pages);
	free(t);
}

size_t
texts_count(const struct texts *t)
{
	return t->n;
}

static int
file_failed(struct err *err)
{
	return err_set(err, ERR_IO, "",
	    _("The workbook's texts cannot be kept in a temporary file: %s"),
	    strerror(errno));
}

static int
write_out(struct texts *t, struct err *err)
{
	if (t->file == NULL && (t->file = tmpfile()) == NULL)
		return file_failed(err);
	if (fwrite(t->mem, 1, t->unwritten, t->file) != t->unwritten)
		return file_failed(err);
	t->unwritten = 0;
	return 0;
}

static int
add_bytes(struct texts *t, const char *s, size_t n, struct err *err)
{
	int rc;

	t->len += (int64_t)n;
	while (n > 0) {
		size_t take = ROOM - t->unwritten;

		if (take > n)
			take = n;
		if (t->unwritten + take > t->cap_mem) {
			t->cap_mem = t->cap_mem * 2 > t->unwritten + take
					 ? t->cap_mem * 2
					 : t->unwritten + take + PAGE;
			if (t->cap_mem > ROOM)
				t->cap_mem = ROOM;
			t->mem = xrealloc(t->mem, t->cap_mem);
		}
		memcpy(t->mem + t->unwritten, s, take);
		t->unwritten += take;
		s += take;
		n -= take;
		if (n > 0 && (rc = write_out(t, err)) < 0)
			return rc;
	}
	return 0;
}

int
texts_add(struct texts *t, const char *s, size_t n, struct err *err)
{
	char head[10];
	size_t nhead = 0, left = n;
	int rc;

	if (t->n == TEXTS_MAX || t->len + (int64_t)n > TEXTS_BYTES_MAX)
		return ERR_INVALID;
	if (t->n % STEP == 0) {
		if (t->n / STEP == t->cap) {
			t->cap = t->cap ? t->cap * 2 : 64;
			t->places = xreallocarray(
			    t->places, t->cap, sizeof(t->places[0]));
		}
		t->places[t->n / STEP] = t->len;
	}
	t->n++;
	do {
		head[nhead++] =
		    (char)((left & 0x7F) | (left > 0x7F ? 0x80u : 0));
		left >>= 7;
	} while (left > 0);
	if ((rc = add_bytes(t, head, nhead, err)) < 0)
		return rc;
	return add_bytes(t, s, n, err);
}

/* Writing is over: memory now shows pages of the file. */
static int
turn_to_reading(struct texts *t, struct err *err)
{
	int rc = write_out(t, err);

	if (rc < 0)
		return rc;
	if (fflush(t->file) != 0)
		return file_failed(err);
	t->pages = xmalloc(PAGES * sizeof(t->pages[0]));
	memset(t->pages, 0xFF, PAGES * sizeof(t->pages[0]));
	return 0;
}

/* What there is from @at on, @n bytes at least one; NULL: failed. */
static const char *
look_at(struct texts *t, int64_t at, size_t *n, struct err *err)
{
	int64_t page = at / (int64_t)PAGE;
	size_t slot = (size_t)page % PAGES, in = (size_t)at % PAGE, want;
	ssize_t got;

	if (t->pages == NULL) {
		*n = (size_t)(t->len - at);
		return t->mem + at;
	}
	want = t->len - page * (int64_t)PAGE < (int64_t)PAGE
		   ? (size_t)(t->len - page * (int64_t)PAGE)
		   : PAGE;
	if (t->pages[slot] != page) {
		got = pread(fileno(t->file), t->mem + slot * PAGE, want,
		    (off_t)page * (off_t)PAGE);
		if (got != (ssize_t)want) {
			t->pages[slot] = -1;
			file_failed(err);
			return NULL;
		}
		t->pages[slot] = page;
	}
	*n = want - in;
	return t->mem + slot * PAGE + in;
}

/* The length of the text at *@at, which moves behind it. */
static int
take_length(struct texts *t, int64_t *at, size_t *len, struct err *err)
{
	const char *p;
	size_t n;

	*len = 0;
	for (unsigned shift = 0;; shift += 7) {
		if ((p = look_at(t, *at, &n, err)) == NULL)
			return err->code;
		++*at;
		*len |= (size_t)(*p & 0x7F) << shift;
		if ((*p & 0x80) == 0)
			return 0;
	}
}

int
texts_get(struct texts *t, size_t i, struct str *out, struct err *err)
{
	int64_t at = t->next_at;
	const char *p;
	size_t from = t->next, len, n;
	int rc;

	if (t->file != NULL && t->pages == NULL &&
	    (rc = turn_to_reading(t, err)) < 0)
		return rc;
	if (i < from || i / STEP != from / STEP || from == 0) {
		from = i / STEP * STEP;
		at = t->places[i / STEP];
	}
	for (;; from++, at += (int64_t)len) {
		if ((rc = take_length(t, &at, &len, err)) < 0)
			return rc;
		if (from == i)
			break;
	}
	t->next = i + 1;
	t->next_at = at + (int64_t)len;
	for (; len > 0; len -= n, at += (int64_t)n) {
		if ((p = look_at(t, at, &n, err)) == NULL)
			return err->code;
		if (n > len)
			n = len;
		str_addn(out, p, n);
	}
	return 0;
}
