/* SPDX-License-Identifier: MIT */
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "shopmgr/base/utf8.h"

#include "propose_priv.h"

#define CLASS_COLOUR 1u
#define CLASS_SIZE   2u
#define CLASS_NUMBER 3u /* without a unit; those with one follow */

/* Full-width signs and capitals are no difference. */
static uint32_t
fold(uint32_t cp)
{
	if (cp >= 0xff01 && cp <= 0xff5e)
		cp -= 0xfee0;
	return cp >= 'A' && cp <= 'Z' ? cp + ('a' - 'A') : cp;
}

static bool
is_digit(uint32_t cp)
{
	return cp >= '0' && cp <= '9';
}

static bool
is_latin(uint32_t cp)
{
	return cp >= 'a' && cp <= 'z';
}

/* Punctuation, ours and theirs, says nothing. */
static bool
is_word(uint32_t cp)
{
	if (cp < 0x80)
		return is_digit(cp) || is_latin(cp);
	return cp >= 0xc0 && !(cp >= 0x2000 && cp <= 0x2e7f) &&
	       !(cp >= 0x3000 && cp <= 0x303f) && cp < 0xfe00;
}

void
name_key(struct str *out, const char *s)
{
	size_t n = strlen(s), i = 0;
	char buf[4];
	uint32_t cp;

	while (i < n) {
		i += utf8_decode(s + i, n - i, &cp);
		cp = fold(cp);
		if (is_word(cp))
			str_addn(out, buf, utf8_encode(cp, buf));
	}
}

/* What is written for the same unit; the first of each is its class. */
static const struct {
	const char *text;
	uint32_t class;
} units[] = {
	{ "厘米", 10 },
	{ "公分", 10 },
	{ "cm", 10 },
	{ "毫米", 11 },
	{ "mm", 11 },
	{ "毫升", 12 },
	{ "ml", 12 },
	{ "千克", 13 },
	{ "公斤", 13 },
	{ "kg", 13 },
	{ "英寸", 14 },
	{ "寸", 14 },
	{ "inch", 14 },
	{ "克", 15 },
	{ "g", 15 },
	{ "升", 16 },
	{ "l", 16 },
	{ "米", 17 },
	{ "m", 17 },
	{ "码", 18 },
	{ "斤", 19 },
	{ "件", 20 },
	{ "片", 21 },
	{ "支", 22 },
	{ "只", 23 },
	{ "个", 24 },
	{ "把", 25 },
	{ "双", 26 },
	{ "包", 27 },
	{ "盒", 28 },
	{ "袋", 29 },
	{ "瓶", 30 },
	{ "条", 31 },
	{ "块", 32 },
	{ "张", 33 },
};

/* Before 色, or all there is of a value; with their English names. */
static const struct {
	const char *zh, *en;
} colours[] = {
	{ "黑", "black" },
	{ "白", "white" },
	{ "红", "red" },
	{ "蓝", "blue" },
	{ "绿", "green" },
	{ "黄", "yellow" },
	{ "灰", "grey" },
	{ "粉", "pink" },
	{ "紫", "purple" },
	{ "棕", "brown" },
	{ "橙", "orange" },
	{ "金", "gold" },
	{ "银", "silver" },
	{ "咖啡", "coffee" },
	{ "米", "beige" },
};

static const struct {
	const char *text;
	uint32_t value;
} sizes[] = {
	{ "大号", 1 },
	{ "大码", 1 },
	{ "中号", 2 },
	{ "中码", 2 },
	{ "小号", 3 },
	{ "小码", 3 },
	{ "xxxl", 7 },
	{ "xxl", 6 },
	{ "xl", 5 },
	{ "xs", 8 },
	{ "s", 9 },
	{ "m", 10 },
	{ "l", 11 },
};

static void
add_mark(struct name_parts *out, uint32_t class, uint32_t value)
{
	size_t i;

	for (i = 0; i < out->nmarks; i++)
		if (out->marks[i].class == class &&
		    out->marks[i].value == value)
			return;
	if (out->nmarks < NAME_MARKS)
		out->marks[out->nmarks++] = (struct name_mark){ class, value };
}

static bool
starts(const char *s, const char *word)
{
	return strncmp(s, word, strlen(word)) == 0;
}

/* Does a Latin word end here? */
static bool
word_ends(const char *s)
{
	return !is_latin((unsigned char)*s) && !is_digit((unsigned char)*s);
}

/* "20cm", "0.5升", "1000": the value in hundredths and its unit. */
static void
read_number(struct name_parts *out, const char *s)
{
	uint32_t value = 0, class = CLASS_NUMBER;
	size_t n = 0, i;
	const char *unit;

	while (is_digit((unsigned char)s[n]))
		value = (value * 10 + (uint32_t)(s[n++] - '0')) % 10000000;
	value *= 100;
	if (s[n] == '.' && is_digit((unsigned char)s[n + 1])) {
		value += (uint32_t)(s[n + 1] - '0') * 10;
		for (n++; is_digit((unsigned char)s[n]);)
			n++;
	}
	for (unit = s + n; *unit == ' ';)
		unit++;
	for (i = 0; i < sizeof(units) / sizeof(*units); i++)
		if (starts(unit, units[i].text) &&
		    (!is_latin((unsigned char)units[i].text[0]) ||
			word_ends(unit + strlen(units[i].text)))) {
			class = units[i].class;
			break;
		}
	add_mark(out, class, value);
}

/* A colour or a size that begins here. @alone: it is a value by itself. */
static void
read_mark(struct name_parts *out, const char *s, bool word, bool alone)
{
	size_t i, n;

	for (i = 0; i < sizeof(colours) / sizeof(*colours); i++) {
		n = strlen(colours[i].zh);
		if (starts(s, colours[i].zh) &&
		    (starts(s + n, "色") || (alone && s[n] == '\0')))
			add_mark(out, CLASS_COLOUR, (uint32_t)i);
		n = strlen(colours[i].en);
		if (word && starts(s, colours[i].en) && word_ends(s + n))
			add_mark(out, CLASS_COLOUR, (uint32_t)i);
	}
	for (i = 0; i < sizeof(sizes) / sizeof(*sizes); i++) {
		n = strlen(sizes[i].text);
		if (!starts(s, sizes[i].text))
			continue;
		if (!is_latin((unsigned char)*s) ||
		    (word && alone && word_ends(s + n))) {
			add_mark(out, CLASS_SIZE, sizes[i].value);
			return;
		}
	}
}

static int
by_value(const void *a, const void *b)
{
	uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;

	return (x > y) - (x < y);
}

/* Each pair once. */
static void
pairs_once(struct name_parts *out)
{
	size_t i, n = 0;

	qsort(out->pairs, out->npairs, sizeof(*out->pairs), by_value);
	for (i = 0; i < out->npairs; i++)
		if (n == 0 || out->pairs[n - 1] != out->pairs[i])
			out->pairs[n++] = out->pairs[i];
	out->npairs = n;
}

static void
fold_text(struct str *out, const char *text)
{
	size_t n = strlen(text), i = 0;
	char buf[4];
	uint32_t cp;

	while (i < n) {
		i += utf8_decode(text + i, n - i, &cp);
		str_addn(out, buf, utf8_encode(fold(cp), buf));
	}
}

/* Is this digit the first of its number? */
static bool
number_begins(const char *s, size_t i)
{
	if (i > 0 && s[i - 1] == '.')
		return i < 2 || !is_digit((unsigned char)s[i - 2]);
	return i == 0 || !is_digit((unsigned char)s[i - 1]);
}

/* A piece of text as it is compared; @value: of a specification. */
static void
read_piece(struct name_parts *out, const char *text, bool value)
{
	struct str s = STR_INIT;
	uint32_t cp, last = 0;
	size_t i;

	fold_text(&s, text);
	for (i = 0; i < s.len;) {
		size_t len = utf8_decode(s.s + i, s.len - i, &cp);

		if (!is_digit(cp))
			read_mark(out, s.s + i,
			    i == 0 || word_ends(s.s + i - 1), value);
		else if (number_begins(s.s, i))
			read_number(out, s.s + i);
		if (is_word(cp)) {
			if (last != 0 && out->npairs < NAME_PAIRS)
				out->pairs[out->npairs++] =
				    (uint64_t)last << 32 | cp;
			last = cp;
		}
		i += len;
	}
	str_done(&s);
}

/* The values of "颜色:黑色;尺寸:20厘米", one by one. */
static void
read_attrs(struct name_parts *out, const char *attrs)
{
	struct str s = STR_INIT;
	const char *p, *colon;
	size_t n;

	for (p = attrs; *p != '\0'; p += n + (p[n] != '\0')) {
		n = strcspn(p, ";,\n");
		str_cut(&s, 0);
		str_addn(&s, p, n);
		if ((colon = strstr(s.s, "：")) != NULL)
			colon += strlen("：");
		else if ((colon = strchr(s.s, ':')) != NULL)
			colon++;
		read_piece(out, colon != NULL ? colon : s.s, true);
	}
	str_done(&s);
}

/* A title names every size there is; the specification says which. */
static void
specification_counts(struct name_parts *out, size_t nattrs)
{
	size_t i, j, n = nattrs;

	for (i = nattrs; i < out->nmarks; i++) {
		for (j = 0; j < nattrs; j++)
			if (out->marks[j].class == out->marks[i].class)
				break;
		if (j == nattrs)
			out->marks[n++] = out->marks[i];
	}
	out->nmarks = n;
}

void
name_read(struct name_parts *out, const char *title, const char *attrs)
{
	size_t nattrs;

	out->npairs = 0;
	out->nmarks = 0;
	read_attrs(out, attrs);
	nattrs = out->nmarks;
	read_piece(out, title, false);
	specification_counts(out, nattrs);
	pairs_once(out);
}
