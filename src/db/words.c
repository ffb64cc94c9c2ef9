/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "shopmgr/base/str.h"
#include "shopmgr/base/utf8.h"
#include "shopmgr/db/search.h"

/*
 * From texts to the words that are indexed. Letters of one kind that stand
 * together are a run. A run of Latin letters or of digits is known by its
 * beginnings, "g", "gi", "gif", "gift"; all other characters, which are mostly
 * Chinese, by themselves and by the pairs they form. So whatever is asked for
 * is a few whole words, which is quick however long their lists are; what fits
 * these and still not the text is sifted out by search_fits().
 */

#define PREFIX_MAX 8  /* of the beginnings of a run */
#define TERMS_MAX  16 /* of a query; the rest is left to search_fits() */

enum kind { SIGN, LETTER, DIGIT, OTHER };

/* Letters of full width and capitals are as good as plain ones. */
static uint32_t
fold(uint32_t cp)
{
	if (cp >= 0xff01 && cp <= 0xff5e)
		cp -= 0xff01 - '!';
	return cp >= 'A' && cp <= 'Z' ? cp + ('a' - 'A') : cp;
}

/* Of a folded character. */
static enum kind
kind_of(uint32_t cp)
{
	if (cp >= 'a' && cp <= 'z')
		return LETTER;
	if (cp >= '0' && cp <= '9')
		return DIGIT;
	if (cp < 0xc0 || cp == UTF8_BAD || !cp_printable(cp) ||
	    cp_width(cp) == 0)
		return SIGN;
	if ((cp >= 0x2000 && cp <= 0x2bff) || (cp >= 0x3000 && cp <= 0x3004) ||
	    (cp >= 0x3008 && cp <= 0x3020) || (cp >= 0xfe10 && cp <= 0xfe6f) ||
	    (cp >= 0xff5f && cp <= 0xff65))
		return SIGN;
	return OTHER;
}

struct reader {
	const char *s;
	size_t len, at;
	size_t start; /* of the character read last */
	uint32_t cp;  /* folded */
	enum kind kind;
};

static bool
next(struct reader *r)
{
	if (r->at >= r->len)
		return false;
	r->start = r->at;
	r->at += utf8_decode(r->s + r->at, r->len - r->at, &r->cp);
	r->cp = fold(r->cp);
	r->kind = kind_of(r->cp);
	return true;
}

static void
add_cp(struct str *out, uint32_t cp)
{
	char bytes[4];

	str_addn(out, bytes, utf8_encode(cp, bytes));
}

void
search_words(const char *text, struct str *out)
{
	struct reader r = { .s = text, .len = strlen(text) };
	enum kind before = SIGN;
	uint32_t last = 0;
	char run[PREFIX_MAX];
	size_t n = 0;

	for (; next(&r); before = r.kind, last = r.cp) {
		if (r.kind != before)
			n = 0;
		if (r.kind == OTHER) {
			str_addc(out, ' ');
			add_cp(out, r.cp);
			if (before == OTHER) {
				str_addc(out, ' ');
				add_cp(out, last);
				add_cp(out, r.cp);
			}
		} else if (r.kind != SIGN && n < PREFIX_MAX) {
			run[n++] = (char)r.cp;
			str_addc(out, ' ');
			str_addn(out, run, n);
		}
	}
}

struct terms {
	struct str *out;
	int n;
};

static void
add_term(struct terms *t, const uint32_t *cps, size_t n)
{
	size_t i;

	if (t->n == TERMS_MAX)
		return;
	str_add(t->out, t->n++ > 0 ? " \"" : "\"");
	for (i = 0; i < n; i++)
		add_cp(t->out, cps[i]);
	str_addc(t->out, '"');
}

/* The run is over: one of signs asks for nothing. */
static void
end_run(struct terms *t, enum kind kind, const uint32_t *run, size_t n)
{
	if (n > 0 && (kind != OTHER || n == 1))
		add_term(t, run, n);
}

void
search_terms(const char *query, struct str *out)
{
	struct reader r = { .s = query, .len = strlen(query) };
	struct terms t = { .out = out };
	uint32_t run[PREFIX_MAX];
	enum kind kind = SIGN;
	size_t n = 0;

	while (next(&r)) {
		if (r.kind != kind) {
			end_run(&t, kind, run, n);
			kind = r.kind;
			n = 0;
		}
		if (kind == OTHER && n > 0) {
			run[1] = r.cp;
			add_term(&t, run, 2);
			run[0] = r.cp;
			n = 2;
		} else if (kind != SIGN && n < PREFIX_MAX)
			run[n++] = r.cp;
	}
	end_run(&t, kind, run, n);
}

bool
search_asks(const char *text)
{
	struct reader r = { .s = text, .len = strlen(text) };

	while (next(&r)) {
		if (r.kind != SIGN)
			return true;
	}
	return false;
}

/* Does the run @q that begins with its character @kind stand at @r? Moves @r
 * behind it. */
static bool
stands_at(struct reader *r, struct reader q)
{
	enum kind kind = q.kind;

	do {
		if (!next(r) || r->cp != q.cp)
			return false;
	} while (next(&q) && q.kind == kind);
	return true;
}

static bool
find_run(const char *text, struct reader q, size_t *at, size_t *len)
{
	struct reader r = { .s = text, .len = strlen(text) }, try;
	enum kind before = SIGN;

	for (; r.at < r.len; before = r.kind) {
		try = r;
		if (!next(&r))
			break;
		/* A word is known by its beginning. */
		if (r.kind != q.kind || (r.kind != OTHER && before == r.kind))
			continue;
		if (stands_at(&try, q)) {
			*at = r.start;
			*len = try.at - r.start;
			return true;
		}
	}
	return false;
}

bool
search_fits(const char *text, const char *query, size_t *at, size_t *len)
{
	struct reader q = { .s = query, .len = strlen(query) };
	enum kind before = SIGN;
	size_t first = 0, n = 0, a, l;
	bool any = false;

	for (; next(&q); before = q.kind) {
		if (q.kind == SIGN || q.kind == before)
			continue;
		if (!find_run(text, q, &a, &l))
			return false;
		if (!any) {
			first = a;
			n = l;
		}
		any = true;
	}
	if (any && at != NULL)
		*at = first;
	if (any && len != NULL)
		*len = n;
	return any;
}
