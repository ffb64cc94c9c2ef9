/* SPDX-License-Identifier: MIT */
#include <stdbool.h>
#include <string.h>

#include "shopmgr/base/money.h"

#include "typed_priv.h"

/*
 * Sums as they are typed: whole numbers and decimals, + - * and brackets.
 * Everything is exact: a value is an integer and how many of its digits are
 * behind the point, and what overflows is refused.
 */

#define TYPED_MAX 256
#define DEPTH_MAX 32 /* brackets within brackets */
#define SCALE_MAX 12 /* digits behind the point, on the way */
#define MONEY_MAX INT64_C(1000000000000000) /* fen */

struct value {
	int64_t v;
	int scale;   /* it is v / 10^scale */
	bool amount; /* yuan, by a sign of the currency */
};

struct sum {
	const char *at;
	bool decimals; /* and amounts; else only whole numbers */
	int depth;
};

static bool take_sum(struct sum *s, struct value *out);

static bool
take(struct sum *s, const char *word)
{
	size_t n = strlen(word);

	s->at += strspn(s->at, " ");
	if (strncmp(s->at, word, n) != 0)
		return false;
	s->at += n;
	return true;
}

static bool
is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static bool
add_digit(struct value *v, char c)
{
	return !__builtin_mul_overflow(v->v, 10, &v->v) &&
	       !__builtin_add_overflow(v->v, c - '0', &v->v);
}

/* As few digits behind the point as it needs. */
static void
shorten(struct value *v)
{
	while (v->scale > 0 && v->v % 10 == 0) {
		v->v /= 10;
		v->scale--;
	}
}

/* Digits, with commas only where thousands end. */
static bool
take_whole(struct sum *s, struct value *v, int *digits)
{
	int group = -1; /* digits since the last comma */

	for (*digits = 0;; s->at++) {
		if (is_digit(*s->at)) {
			if (!add_digit(v, *s->at))
				return false;
			(*digits)++;
			if (group >= 0)
				group++;
		} else if (*s->at == ',' && *digits > 0 &&
			   (group == 3 || (group < 0 && *digits <= 3)))
			group = 0;
		else
			return group < 0 || group == 3;
	}
}

static bool
take_decimals(struct sum *s, struct value *v, int *digits)
{
	if (*s->at != '.')
		return true;
	if (!s->decimals)
		return false;
	for (s->at++; is_digit(*s->at); s->at++) {
		if (v->scale == SCALE_MAX || !add_digit(v, *s->at))
			return false;
		v->scale++;
		(*digits)++;
	}
	return true;
}

static bool
take_number(struct sum *s, struct value *out)
{
	struct value v = { 0 };
	int digits;

	if (s->decimals)
		v.amount = take(s, "¥") || take(s, "￥") || take(s, "$");
	s->at += strspn(s->at, " ");
	if (!take_whole(s, &v, &digits) || !take_decimals(s, &v, &digits) ||
	    digits == 0)
		return false;
	if (s->decimals && take(s, "元"))
		v.amount = true;
	shorten(&v);
	*out = v;
	return true;
}

static bool
take_brackets(struct sum *s, struct value *out)
{
	bool good;

	if (++s->depth > DEPTH_MAX)
		return false;
	good = take_sum(s, out) && take(s, ")");
	s->depth--;
	return good;
}

static bool
take_factor(struct sum *s, struct value *out)
{
	bool minus = take(s, "-");

	if (!minus)
		take(s, "+");
	if (!(take(s, "(") ? take_brackets(s, out) : take_number(s, out)))
		return false;
	return !minus || !__builtin_sub_overflow(0, out->v, &out->v);
}

static bool
multiply(struct value *a, const struct value *b)
{
	if ((a->amount && b->amount) || a->scale + b->scale > SCALE_MAX ||
	    __builtin_mul_overflow(a->v, b->v, &a->v))
		return false;
	a->scale += b->scale;
	a->amount = a->amount || b->amount;
	shorten(a);
	return true;
}

static bool
widen(struct value *v, int scale)
{
	for (; v->scale < scale; v->scale++)
		if (__builtin_mul_overflow(v->v, 10, &v->v))
			return false;
	return true;
}

static bool
add(struct value *a, struct value b, bool minus)
{
	int scale = a->scale > b.scale ? a->scale : b.scale;

	if (!widen(a, scale) || !widen(&b, scale))
		return false;
	if (minus ? __builtin_sub_overflow(a->v, b.v, &a->v)
		  : __builtin_add_overflow(a->v, b.v, &a->v))
		return false;
	a->amount = a->amount || b.amount;
	shorten(a);
	return true;
}

static bool
take_product(struct sum *s, struct value *out)
{
	struct value next;

	if (!take_factor(s, out))
		return false;
	while (take(s, "*")) {
		if (!take_factor(s, &next) || !multiply(out, &next))
			return false;
	}
	return true;
}

static bool
take_sum(struct sum *s, struct value *out)
{
	struct value next;

	if (!take_product(s, out))
		return false;
	for (;;) {
		bool minus = take(s, "-");

		if (!minus && !take(s, "+"))
			return true;
		if (!take_product(s, &next) || !add(out, next, minus))
			return false;
	}
}

/* To @scale digits behind the point, exactly. */
static int
evaluate(const char *typed, int scale, int64_t *out)
{
	char text[TYPED_MAX];
	struct sum s = { .at = text, .decimals = scale > 0 };
	struct value v;

	if (!typed_plain(typed, text, sizeof(text)) || !take_sum(&s, &v))
		return ERR_INVALID;
	s.at += strspn(s.at, " ");
	if (*s.at != '\0' || v.scale > scale || !widen(&v, scale))
		return ERR_INVALID;
	*out = v.v;
	return 0;
}

/* A note in brackets is left out of an amount, but not one to be counted. */
static bool
has_sum_in_brackets(const char *s)
{
	static const char *const open[] = { "(", "（" };
	size_t i;

	for (i = 0; i < 2; i++) {
		const char *at = strstr(s, open[i]);

		if (at != NULL && strpbrk(at, "0123456789") != NULL)
			return true;
	}
	return false;
}

int
money_sum(const char *s, int64_t *fen)
{
	int64_t v;

	if (!has_sum_in_brackets(s) && money_parse(s, fen) == 0)
		return 0;
	if (evaluate(s, 2, &v) < 0 || v > MONEY_MAX || v < -MONEY_MAX)
		return ERR_INVALID;
	*fen = v;
	return 0;
}

int
count_sum(const char *s, int64_t *n)
{
	return evaluate(s, 0, n);
}
