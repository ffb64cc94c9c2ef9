/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "shopmgr/base/embed.h"

#include "import_priv.h"

/* Addresses whose parts stand together without blanks. */

#define PROVINCES 40

static struct province {
	struct slice name, brief; /* 广东省, 广东 */
} provinces[PROVINCES];
static size_t nprovinces;

static struct slice
cell(const char **at)
{
	size_t n = strcspn(*at, "\t\n");
	struct slice v = { .s = *at, .n = n };

	*at += n + ((*at)[n] == '\t');
	return v;
}

static void
provinces_load(void)
{
	const char *at = strchr(embed_text("provinces.tsv"), '\n');

	for (; at != NULL && nprovinces < PROVINCES; at = strchr(at, '\n')) {
		struct province *p = &provinces[nprovinces];

		at++;
		(void)cell(&at);
		p->name = cell(&at);
		p->brief = cell(&at);
		nprovinces += p->name.n >= 6 && p->brief.n >= 6;
	}
}

bool
is_province(struct slice v)
{
	size_t i;

	if (nprovinces == 0)
		provinces_load();
	for (i = 0; i < nprovinces; i++)
		if (v.n >= 6 && memcmp(v.s, provinces[i].name.s, 6) == 0)
			return true;
	return false;
}

static bool
starts(struct slice v, struct slice head)
{
	return v.n > head.n && memcmp(v.s, head.s, head.n) == 0;
}

static struct slice
cut(struct slice *rest, size_t n)
{
	struct slice v = { .s = rest->s, .n = n };

	rest->s += n;
	rest->n -= n;
	return v;
}

/* How long what ends in one of @tails is: two characters at least, @most at
 * most; 0 when nothing does. */
static size_t
until_tail(struct slice v, const char *const *tails, size_t most)
{
	size_t at, i, n;

	for (at = 3; at < v.n && at < most * 3; at += 3) {
		if ((unsigned char)v.s[at] < 0xE0)
			return 0;
		for (i = 0; tails[i] != NULL; i++) {
			n = strlen(tails[i]);
			if (v.n >= at + n && memcmp(v.s + at, tails[i], n) == 0)
				return at + n;
		}
	}
	return 0;
}

static const struct province *
take_province(struct slice *rest, struct slice *name)
{
	const struct province *p;
	size_t i;

	if (!is_province(*rest))
		return NULL;
	for (i = 0; i < nprovinces; i++) {
		p = &provinces[i];
		if (starts(*rest, p->name)) {
			*name = cut(rest, p->name.n);
			return p;
		}
		if (starts(*rest, p->brief)) {
			*name = cut(rest, p->brief.n);
			return p;
		}
	}
	return NULL;
}

void
place_split(struct slice all, struct imp_receiver *r)
{
	static const char *const cities[] = { "自治州", "地区", "市", "盟",
		NULL };
	static const char *const districts[] = { "区", "县", "市", "旗", NULL };
	struct slice rest = all, province, city = { .s = "" };
	const struct province *p = take_province(&rest, &province);
	bool is_city;
	size_t n;

	if (p == NULL)
		return;
	/* 北京市 is both. */
	n = p->name.n;
	is_city = memcmp(p->name.s + n - 3, "市", 3) == 0;
	if (is_city && starts(rest, p->name))
		city = cut(&rest, n);
	else if (is_city)
		city = p->name;
	else if ((n = until_tail(rest, cities, 12)) > 0 && n < rest.n)
		city = cut(&rest, n);
	r->province = province;
	r->city = city;
	r->address = rest;
	n = city.n > 0 ? until_tail(rest, districts, 9) : 0;
	if (n > 0 && n < rest.n) {
		r->district = cut(&rest, n);
		r->address = rest;
	}
}
