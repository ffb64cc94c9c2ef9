/* SPDX-License-Identifier: MIT */
#include <stdio.h>
#include <string.h>

#include "shopmgr/base/i18n.h"
#include "shopmgr/domain/orders.h"

/* What orders are called by: a name in data and commands, words for people. */

struct word {
	const char *name, *text;
};

#define COUNT(words) (int64_t)(sizeof(words) / sizeof((words)[0]))

static const struct word origins[] = {
	[ORDER_PLATFORM] = { "platform", N_("from the platform") },
	[ORDER_MANUAL] = { "manual", N_("typed in by hand") },
	[ORDER_BUSINESS] = { "business", N_("for a company, on account") },
	[ORDER_REISSUE] = { "reissue", N_("sent once more") },
	[ORDER_QUOTED] = { "quoted", N_("from a quotation") },
};

static const char *const delivery_names[] = {
	[DELIVERY_COURIER] = "courier",
	[DELIVERY_COLLECT] = "collect",
	[DELIVERY_BUILDING] = "building",
	[DELIVERY_INSTALLED] = "installed",
};
const char *const order_deliveries[] = {
	[DELIVERY_COURIER] = N_("ordinary courier"),
	[DELIVERY_COLLECT] = N_("collected by the buyer"),
	[DELIVERY_BUILDING] = N_("to the building"),
	[DELIVERY_INSTALLED] = N_("delivered and installed"),
	[DELIVERY_MAX] = NULL,
};

/* By the number of the bit. */
static const struct word deeds[] = {
	{ "reviewed", N_("reviewed") },
	{ "confirmed", N_("confirmed") },
	{ "printed", N_("printed") },
	{ "picked", N_("picked") },
	{ "checked", N_("checked") },
	{ "weighed", N_("weighed") },
	{ "packed", N_("packed") },
	{ "handed", N_("handed over") },
	{ "waved", N_("in a pick wave") },
};

static const struct word links[] = {
	{ "merged", N_("goes in one parcel") },
	{ "reissued_as", N_("was sent again as") },
	{ "reissue_of", N_("is sent again for") },
	{ "copied_as", N_("was copied to") },
	{ "copy_of", N_("is a copy of") },
};

static int64_t
by_name(const struct word *words, int64_t n, const char *name)
{
	int64_t i;

	for (i = 0; i < n; i++)
		if (strcmp(words[i].name, name) == 0)
			return i;
	return -1;
}

const char *
order_origin_name(int64_t origin)
{
	return origin >= 0 && origin < COUNT(origins) ? origins[origin].name
						      : "";
}

const char *
order_origin_text(int64_t origin)
{
	return origin >= 0 && origin < COUNT(origins) ? _(origins[origin].text)
						      : "";
}

int
order_origin_by_name(const char *name)
{
	return (int)by_name(origins, COUNT(origins), name);
}

const char *
order_delivery_name(int64_t delivery)
{
	return delivery >= 0 && delivery < DELIVERY_MAX
		   ? delivery_names[delivery]
		   : "";
}

const char *
order_delivery_text(int64_t delivery)
{
	return delivery >= 0 && delivery < DELIVERY_MAX
		   ? _(order_deliveries[delivery])
		   : "";
}

int
order_delivery_by_name(const char *name)
{
	int i;

	for (i = 0; i < DELIVERY_MAX; i++)
		if (strcmp(delivery_names[i], name) == 0)
			return i;
	return -1;
}

static const struct word *
deed(int64_t bit)
{
	int64_t i;

	for (i = 0; i < COUNT(deeds); i++)
		if (bit == INT64_C(1) << i)
			return &deeds[i];
	return NULL;
}

const char *
order_done_name(int64_t bit)
{
	const struct word *w = deed(bit);

	return w != NULL ? w->name : NULL;
}

const char *
order_done_text(int64_t bit)
{
	const struct word *w = deed(bit);

	return w != NULL ? _(w->text) : NULL;
}

int64_t
order_done_by_name(const char *name)
{
	int64_t i = by_name(deeds, COUNT(deeds), name);

	return i >= 0 ? INT64_C(1) << i : 0;
}

char *
order_done_names(int64_t done, char *buf, size_t size)
{
	size_t len = 0;
	int64_t i;
	int n;

	buf[0] = '\0';
	for (i = 0; i < COUNT(deeds); i++) {
		if ((done & (INT64_C(1) << i)) == 0)
			continue;
		n = snprintf(buf + len, size - len, "%s%s", len > 0 ? " " : "",
		    deeds[i].name);
		if (n < 0 || (size_t)n >= size - len) {
			buf[len] = '\0';
			break;
		}
		len += (size_t)n;
	}
	return buf;
}

const char *
order_link_text(const char *how)
{
	int64_t i = by_name(links, COUNT(links), how);

	return i >= 0 ? _(links[i].text) : how;
}
