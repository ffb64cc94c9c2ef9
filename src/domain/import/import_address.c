/* SPDX-License-Identifier: MIT */
#include <ctype.h>
#include <string.h>

#include "import_priv.h"

/* Who gets the parcel, and where: names, phones, addresses taken apart. */

static struct slice
trimmed(struct slice v)
{
	while (v.n > 0 && v.s[0] == ' ') {
		v.s++;
		v.n--;
	}
	while (v.n > 0 && v.s[v.n - 1] == ' ')
		v.n--;
	return v;
}

/* What is before @sep, which is taken off with it; all if there is none. */
static struct slice
take_until(struct slice *rest, const char *sep)
{
	size_t n = strlen(sep);
	const char *at = memmem(rest->s, rest->n, sep, n);
	struct slice v = *rest;

	if (at == NULL) {
		rest->s += rest->n;
		rest->n = 0;
		return v;
	}
	v.n = (size_t)(at - v.s);
	rest->n -= v.n + n;
	rest->s += v.n + n;
	return v;
}

static bool
ends_in(struct slice v, const char *const *tails)
{
	size_t n;

	for (; *tails != NULL; tails++) {
		n = strlen(*tails);
		if (v.n >= n && memcmp(v.s + v.n - n, *tails, n) == 0)
			return true;
	}
	return false;
}

static bool
is_district(struct slice v)
{
	static const char *const tails[] = { "区", "县", "市", "旗", "岛", "盟",
		"镇", "乡", "区域", NULL };

	return ends_in(v, tails);
}

/* "省 市 区 街道详细(邮编)": three blanks; the third part may be missing. */
static void
split_address(struct slice all, struct imp_receiver *r)
{
	struct slice rest = trimmed(all), part;

	r->address = rest;
	part = take_until(&rest, " ");
	if (!is_province(part) || trimmed(rest).n == 0)
		return;
	r->province = part;
	r->address = rest = trimmed(rest);
	part = take_until(&rest, " ");
	if (rest.n == 0)
		return;
	r->city = part;
	/* Two blanks: there is no district. */
	r->address = trimmed(rest);
	if (rest.s[0] == ' ')
		return;
	part = take_until(&rest, " ");
	if (trimmed(rest).n == 0 || !is_district(part))
		return;
	r->district = part;
	r->address = trimmed(rest);
}

/* +86, 86- and blanks in front are no part of it. */
static struct slice
plain_phone(struct slice v)
{
	v = trimmed(v);
	if (v.n > 0 && v.s[0] == '+') {
		v.s++;
		v.n--;
	}
	if (v.n > 3 && memcmp(v.s, "86-", 3) == 0) {
		v.s += 3;
		v.n -= 3;
	} else if (v.n == 13 && memcmp(v.s, "86", 2) == 0) {
		v.s += 2;
		v.n -= 2;
	}
	return trimmed(v);
}

/*
 * The newer form of Tmall: "姓名，86-139...，江苏省 扬州市 ... ，".
 * False when it is not of that form.
 */
static bool
split_joined(struct slice all, struct imp_receiver *r, struct slice *address)
{
	static const char comma[] = "\xEF\xBC\x8C";
	struct slice rest = all, name, phone;

	name = take_until(&rest, comma);
	if (rest.n == 0 || name.n > 90)
		return false;
	phone = plain_phone(take_until(&rest, comma));
	rest = trimmed(rest);
	if (rest.n == 0 || phone.n < 4 || phone.n > 24 ||
	    !(isdigit((unsigned char)phone.s[0]) || phone.s[0] == '*'))
		return false;
	while (rest.n >= 3 && memcmp(rest.s + rest.n - 3, comma, 3) == 0) {
		rest.n -= 3;
		rest = trimmed(rest);
	}
	if (r->name.n == 0)
		r->name = trimmed(name);
	if (r->phone.n == 0)
		r->phone = phone;
	*address = rest;
	return true;
}

/*
 * Some platforms hand out what only they can read, "##..." and "$$...": to us
 * that is hidden like what they write with stars, and it must not look like
 * something that could be printed.
 */
static void
hide_cipher(struct slice *v)
{
	if (v->n > 2 &&
	    (memcmp(v->s, "##", 2) == 0 || memcmp(v->s, "$$", 2) == 0 ||
		memcmp(v->s, "~~", 2) == 0))
		*v = (struct slice){ .s = "****", .n = 4 };
}

static void
hide_ciphers(struct imp_receiver *r)
{
	hide_cipher(&r->nick);
	hide_cipher(&r->name);
	hide_cipher(&r->phone);
	hide_cipher(&r->address);
}

void
receiver_who(const struct imp_row *row, struct imp_receiver *r)
{
	struct slice empty = { .s = "" };

	*r = (struct imp_receiver){ .platform = row->nick_platform,
		.nick = row->f[F_NICK],
		.name = row->f[F_RECEIVER],
		.phone = plain_phone(row->f[F_PHONE]),
		.province = empty,
		.city = empty,
		.district = empty,
		.address = row->f[F_NEW_ADDRESS].n > 0 ? row->f[F_NEW_ADDRESS]
						       : row->f[F_ADDRESS] };
	if (r->phone.n == 0)
		r->phone = plain_phone(row->f[F_TEL]);
	if (r->platform->id != 0)
		hide_ciphers(r);
	if (r->address.n > 0 && (r->name.n == 0 || r->phone.n == 0))
		split_joined(r->address, r, &r->address);
}

/* Where the parts stand in columns of their own. */
static void
join_parts(
    struct arena *scratch, const struct imp_row *row, struct imp_receiver *r)
{
	bool abroad =
	    row->file->layout->currency != NULL || row->f[F_COUNTRY].n > 0;
	const char *sep = abroad ? ", " : "";
	struct slice parts[] = { row->f[F_STREET], r->address,
		row->f[F_ADDRESS2], row->f[F_POSTCODE], row->f[F_COUNTRY] };
	struct slice post = row->f[F_POSTCODE];
	struct str text = STR_INIT;
	size_t i;

	if (!abroad)
		parts[3].n = 0;
	for (i = 0; i < sizeof(parts) / sizeof(parts[0]); i++) {
		if (parts[i].n == 0)
			continue;
		if (text.len > 0)
			str_add(&text, sep);
		str_addn(&text, parts[i].s, parts[i].n);
	}
	/* As Taobao has it. */
	if (!abroad && post.n > 0 && text.len > 0)
		str_addf(&text, "(%.*s)", (int)post.n, post.s);
	r->address = (struct slice){
		.s = arena_strndup(scratch, text.s, text.len),
		.n = text.len,
	};
	str_done(&text);
}

void
receiver_read(
    struct arena *scratch, const struct imp_row *row, struct imp_receiver *r)
{
	struct slice address, post = row->f[F_POSTCODE];

	receiver_who(row, r);
	if (row->f[F_PROVINCE].n + row->f[F_CITY].n + row->f[F_DISTRICT].n +
		row->f[F_ADDRESS2].n + row->f[F_COUNTRY].n >
	    0) {
		r->province = row->f[F_PROVINCE];
		r->city = row->f[F_CITY];
		r->district = row->f[F_DISTRICT];
		join_parts(scratch, row, r);
		return;
	}
	address = r->address;
	split_joined(address, r, &address);
	split_address(address, r);
	if (r->province.n == 0 && r->platform->id != 0)
		place_split(trimmed(address), r);
	if (post.n > 0 && r->address.n > 0) {
		r->address.s = arena_printf(scratch, "%.*s(%.*s)",
		    (int)r->address.n, r->address.s, (int)post.n, post.s);
		r->address.n = strlen(r->address.s);
	}
}

/* A mobile number with nothing hidden: it can tell who somebody is. */
bool
phone_is_whole(struct slice phone)
{
	size_t i;

	if (phone.n != 11 || phone.s[0] != '1')
		return false;
	for (i = 0; i < phone.n; i++)
		if (!isdigit((unsigned char)phone.s[i]))
			return false;
	return true;
}

/* The last four digits of the number itself: "15781115734-0319" is 5734. */
struct slice
phone_tail(struct slice phone)
{
	const char *dash = memchr(phone.s, '-', phone.n);
	size_t n = phone.n, i;

	if (dash != NULL && dash - phone.s >= 11)
		n = (size_t)(dash - phone.s);
	if (n < 4)
		return (struct slice){ .s = "" };
	for (i = n - 4; i < n; i++)
		if (!isdigit((unsigned char)phone.s[i]))
			return (struct slice){ .s = "" };
	return (struct slice){ .s = phone.s + n - 4, .n = 4 };
}
