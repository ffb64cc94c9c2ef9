/* SPDX-License-Identifier: MIT */
#include <ctype.h>
#include <stdio.h>
#include <string.h>

#include "shopmgr/base/alloc.h"
#include "shopmgr/base/str.h"
#include "shopmgr/domain/order_add.h"

#include "../import/import_read.h"

/* An address as somebody pasted it. */

#define WORDS     60
#define NAME_SIZE 36 /* bytes: twelve characters */
#define NAME_LAST 12 /* behind the address: four */

/* What stands before a value in such texts. */
static const char *const labels[] = { "收货人", "收件人", "姓名", "手机",
	"手机号", "手机号码", "电话", "电话号码", "联系电话", "联系方式",
	"地址", "收货地址", "详细地址", "所在地区", "收货信息", NULL };

/* A separator at @s: how many bytes; 0: none. */
static size_t
separator(const char *s)
{
	static const char *const wide[] = { "，", "、", "；", "：", "　",
		NULL };
	size_t i;

	if (isspace((unsigned char)*s) || strchr(",;:", *s) != NULL)
		return 1;
	for (i = 0; wide[i] != NULL; i++)
		if (strncmp(s, wide[i], strlen(wide[i])) == 0)
			return strlen(wide[i]);
	return 0;
}

/* A mobile number at @s, with what may stand before it: how long that is, and
 * where its eleven digits are. */
static size_t
mobile(const char *s, const char **digits)
{
	const char *p = s;

	if (strncmp(p, "+86", 3) == 0)
		p += 3;
	else if (strncmp(p, "86-", 3) == 0)
		p += 2;
	if (p != s && (*p == '-' || *p == ' '))
		p++;
	if (*p != '1' || strspn(p, "0123456789") != 11)
		return 0;
	*digits = p;
	return (size_t)(p - s) + 11;
}

struct words {
	struct str text[WORDS];
	size_t n;
	char phone[32];
};

static bool
is_label(const char *text)
{
	size_t i;

	for (i = 0; labels[i] != NULL; i++)
		if (strcmp(labels[i], text) == 0)
			return true;
	return false;
}

static bool
is_landline(const char *text)
{
	size_t digits = 0, i;

	for (i = 0; text[i] != '\0'; i++)
		if (isdigit((unsigned char)text[i]))
			digits++;
		else if (text[i] != '-')
			return false;
	return digits >= 7 && digits <= 16 && text[0] == '0';
}

/* The word is whole: keep it, unless it only tells what follows. */
static void
word_end(struct words *w)
{
	struct str *t = &w->text[w->n];

	if (t->len == 0)
		return;
	if (is_label(t->s))
		str_cut(t, 0);
	else if (w->phone[0] == '\0' && is_landline(t->s)) {
		copy_text(w->phone, sizeof(w->phone), t->s);
		str_cut(t, 0);
	} else if (w->n + 1 < WORDS) {
		w->n++;
	}
}

static void
cut_up(const char *s, struct words *w)
{
	const char *digits = NULL;
	size_t n;
	bool in_number = false;

	while (*s != '\0') {
		n = in_number || w->phone[0] != '\0' ? 0 : mobile(s, &digits);
		if (n > 0) {
			word_end(w);
			snprintf(w->phone, sizeof(w->phone), "%.11s", digits);
		} else if ((n = separator(s)) > 0) {
			word_end(w);
		} else {
			n = 1;
			str_addn(&w->text[w->n], s, 1);
		}
		in_number = isdigit((unsigned char)*s) && n == 1;
		s += n;
	}
	word_end(w);
}

static bool
is_name(const struct str *t, size_t most)
{
	return t->len <= most && strpbrk(t->s, "0123456789") == NULL;
}

/* The word that is the name: before the place, else behind it. */
static size_t
name_at(const struct words *w, size_t place)
{
	size_t i;

	for (i = 0; i < place && i < w->n; i++)
		if (is_name(&w->text[i], NAME_SIZE))
			return i;
	if (w->phone[0] != '\0' && w->n > place + 1 &&
	    is_name(&w->text[w->n - 1], NAME_LAST))
		return w->n - 1;
	return w->n;
}

static bool
wide(char c)
{
	return ((unsigned char)c & 0x80) != 0;
}

/* Words of Chinese stand together, others with a blank between. */
static void
join(const struct words *w, size_t place, size_t name, struct str *out)
{
	size_t i;

	for (i = place < w->n ? place : 0; i < w->n; i++) {
		const struct str *t = &w->text[i];

		if (i == name)
			continue;
		if (out->len > 0 && !wide(out->s[out->len - 1]) &&
		    !wide(t->s[0]))
			str_addc(out, ' ');
		str_addn(out, t->s, t->len);
	}
}

static void
copy_slice(char *dst, size_t size, struct slice v)
{
	if (v.n == 0)
		dst[0] = '\0';
	else
		snprintf(dst, size, "%.*s", (int)v.n, v.s);
}

static void
take_place(const struct str *text, struct order_address *to)
{
	struct slice empty = { .s = "" };
	struct imp_receiver r = { .province = empty,
		.city = empty,
		.district = empty,
		.address = { .s = text->s, .n = text->len } };

	if (text->len == 0)
		return;
	place_split(r.address, &r);
	copy_slice(to->province, sizeof(to->province), r.province);
	copy_slice(to->city, sizeof(to->city), r.city);
	copy_slice(to->district, sizeof(to->district), r.district);
	copy_slice(to->address, sizeof(to->address), r.address);
}

void
address_read(const char *text, struct order_address *to)
{
	struct words w = { .n = 0 };
	struct str place = STR_INIT;
	size_t at, name, i;

	for (i = 0; i < WORDS; i++)
		w.text[i] = (struct str)STR_INIT;
	cut_up(text, &w);
	for (at = 0; at < w.n; at++)
		if (is_province((struct slice){
			.s = w.text[at].s, .n = w.text[at].len }))
			break;
	/* Where the name is known and no phone follows, all is the place. */
	name =
	    to->name[0] == '\0' || w.phone[0] != '\0' ? name_at(&w, at) : w.n;
	if (at == w.n && name < w.n)
		at = name + 1 < w.n ? name + 1 : 0;
	join(&w, at, name, &place);
	if (w.phone[0] != '\0')
		copy_text(to->phone, sizeof(to->phone), w.phone);
	if (name < w.n)
		copy_text(to->name, sizeof(to->name), w.text[name].s);
	take_place(&place, to);
	str_done(&place);
	for (i = 0; i < WORDS; i++)
		str_done(&w.text[i]);
}
