/* SPDX-License-Identifier: MIT */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "shopmgr/base/money.h"
#include "shopmgr/base/time.h"
#include "shopmgr/domain/staged.h"

#include "staged_priv.h"

/* What kept rows say, typed. */

/* Where the value of @name begins in a line of name=value; NULL: nowhere. */
static const char *
find(const char *fields, const char *name, size_t *n)
{
	size_t len = strlen(name);
	const char *end;

	while (*fields != '\0') {
		end = strchrnul(fields, '\t');
		if (strncmp(fields, name, len) == 0 && fields[len] == '=') {
			fields += len + 1;
			*n = (size_t)(end - fields);
			return fields;
		}
		fields = end + (*end == '\t');
	}
	return NULL;
}

const char *
fields_value(const char *fields, const char *name, struct arena *arena)
{
	const char *s;
	char *out, *p;
	size_t n, i;

	if ((s = find(fields, name, &n)) == NULL)
		return "";
	out = p = arena_alloc(arena, n + 1);
	for (i = 0; i < n; i++) {
		if (s[i] == '\\' && i + 1 < n) {
			i++;
			*p++ = s[i] == 't' ? '\t' : s[i] == 'n' ? '\n' : s[i];
		} else {
			*p++ = s[i];
		}
	}
	*p = '\0';
	return out;
}

const char *
staged_value(const struct staged *t, const char *name, struct arena *arena)
{
	return fields_value(t->fields, name, arena);
}

/* Numbers and times have no escapes and are short. */
#define SHORT 64

static bool
short_value(const char *fields, const char *name, char buf[SHORT])
{
	const char *s;
	size_t n;

	if ((s = find(fields, name, &n)) == NULL || n == 0 || n >= SHORT)
		return false;
	memcpy(buf, s, n);
	buf[n] = '\0';
	return true;
}

bool
staged_fen(const struct staged *t, const char *name, int64_t *fen)
{
	char buf[SHORT];

	return short_value(t->fields, name, buf) && money_parse(buf, fen) == 0;
}

bool
staged_int(const struct staged *t, const char *name, int64_t *n)
{
	char buf[SHORT], *end;

	if (!short_value(t->fields, name, buf))
		return false;
	*n = strtoll(buf, &end, 10);
	return *end == '\0';
}

bool
staged_decimal(const struct staged *t, const char *name, int64_t *n)
{
	char buf[SHORT];

	return short_value(t->fields, name, buf) && number_read(buf, n);
}

bool
fields_time(const char *fields, const char *name, int64_t *at)
{
	char buf[SHORT], *dots;

	if (!short_value(fields, name, buf))
		return false;
	/* A period begins with its first day. */
	if ((dots = strstr(buf, "..")) != NULL)
		*dots = '\0';
	return time_parse(buf, at) == 0;
}

bool
staged_time(const struct staged *t, const char *name, int64_t *at)
{
	return fields_time(t->fields, name, at);
}

/* "taobao" of "taobao|1280…": the platform is the first piece of each key. */
static const char *
platform_of(const struct staged *t, struct arena *arena)
{
	return arena_strndup(arena, t->key, strcspn(t->key, "|"));
}

bool
staged_freight(
    const struct staged *t, struct arena *arena, struct staged_freight *out)
{
	static const char *const names[] = { "piece", "weight", "volume" };
	const char *by = staged_value(t, "valuation", arena);
	int i = 0;

	*out = (struct staged_freight){
		.template = staged_value(t, "template", arena),
		.method = staged_value(t, "method", arena),
		.region = staged_value(t, "region", arena),
		.fallback = staged_value(t, "fallback", arena)[0] != '\0',
		.seller_pays =
		    strcmp(staged_value(t, "payer", arena), "1") == 0,
	};
	while (i < 3 && strcmp(names[i], by) != 0)
		i++;
	out->by = (enum freight_by)i;
	(void)staged_fen(t, "least", &out->least);
	/* A whole number, but read as the decimal that it is kept as. */
	if (staged_decimal(t, "divisor", &out->divisor))
		out->divisor /= 10000;
	return strcmp(t->kind, "freight-templates") == 0 && i < 3 &&
	       staged_decimal(t, "first", &out->first) &&
	       staged_decimal(t, "more", &out->more) &&
	       staged_fen(t, "first_fee", &out->first_fee) &&
	       staged_fen(t, "more_fee", &out->more_fee);
}

bool
staged_bill(
    const struct staged *t, struct arena *arena, struct staged_bill *out)
{
	*out = (struct staged_bill){
		.waybill = staged_value(t, "waybill_no", arena),
		.courier = staged_value(t, "courier", arena),
		.order_no = staged_value(t, "order_no", arena),
		.province = staged_value(t, "province", arena),
		.note = staged_value(t, "note", arena),
	};
	(void)staged_time(t, "sent_on", &out->sent_on);
	(void)staged_int(t, "weight", &out->grams);
	return strcmp(t->kind, "freight-bill") == 0 &&
	       out->waybill[0] != '\0' && staged_fen(t, "fee", &out->fee);
}

bool
staged_event(
    const struct staged *t, struct arena *arena, struct staged_event *out)
{
	*out = (struct staged_event){
		.waybill = staged_value(t, "waybill_no", arena),
		.courier = staged_value(t, "courier", arena),
		.order_no = staged_value(t, "order_no", arena),
		.state = staged_value(t, "state", arena),
		.place = staged_value(t, "place", arena),
	};
	if (out->place[0] == '\0')
		out->place = staged_value(t, "last", arena);
	(void)staged_time(t, "sent_at", &out->sent_at);
	(void)staged_time(t, "signed_at", &out->signed_at);
	if (!staged_time(t, "at", &out->at))
		out->at = out->signed_at != 0 ? out->signed_at : out->sent_at;
	return strcmp(t->kind, "tracking") == 0 && out->waybill[0] != '\0';
}

/* Some have day and hour in one column, some in two. */
static int64_t
payment_time(const struct staged *t, struct arena *arena)
{
	const char *day = staged_value(t, "day", arena);
	const char *hour = staged_value(t, "time", arena);
	int64_t at = 0;

	if (day[0] != '\0' && hour[0] != '\0' &&
	    time_parse(arena_printf(arena, "%s %s", day, hour), &at) == 0)
		return at;
	if (!staged_time(t, day[0] != '\0' ? "day" : "made_at", &at))
		return 0;
	return at;
}

bool
staged_payment(
    const struct staged *t, struct arena *arena, struct staged_payment *out)
{
	const char *about = staged_value(t, "about", arena);
	bool in, over;

	*out = (struct staged_payment){
		.platform = platform_of(t, arena),
		.payment_no = staged_value(t, "payment_no", arena),
		.order_no = staged_value(t, "order_no", arena),
		.sub_order_no = staged_value(t, "sub_order_no", arena),
		.type = staged_value(t, "kind_of_entry", arena),
		.about =
		    about[0] != '\0' ? about : staged_value(t, "title", arena),
		.at = payment_time(t, arena),
	};
	in = staged_fen(t, "income", &out->income);
	over = staged_fen(t, "expense", &out->expense);
	/* Alipay writes what goes out with its sign. */
	if (out->expense < 0 && strcmp(out->platform, "alipay") == 0)
		out->expense = -out->expense;
	return strcmp(t->kind, "payments") == 0 && (in || over);
}
