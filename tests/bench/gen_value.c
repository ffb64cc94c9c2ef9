/* SPDX-License-Identifier: MIT */
#include <string.h>
#include <time.h>

#include "gen_out.h"
#include "words.h"

/* What a cell may say of an order. */

static uint64_t
buyer_hash(const struct ctx *c)
{
	return mix(
	    c->plan->seed ^ UINT64_C(0x6e6963) ^ (uint64_t)c->order->buyer);
}

/* One in ten goes to a second address. */
static uint64_t
receiver_hash(const struct ctx *c)
{
	int64_t which = pick(c->order->h, 60, 10) == 0;

	return mix(c->plan->seed ^ UINT64_C(0x616464) ^
		   (uint64_t)(2 * c->order->buyer + which));
}

void
put_money(struct out *to, const struct ctx *c, int64_t fen)
{
	out_put(to, "%s%lld.%02lld", c->words->money, (long long)fen / 100,
	    (long long)fen % 100);
}

static void
put_moment(struct out *to, int64_t t, const char *format)
{
	time_t tt = (time_t)t + 8 * 3600;
	struct tm tm;
	char text[64];

	if (t == 0)
		return;
	gmtime_r(&tt, &tm);
	strftime(text, sizeof(text), format, &tm);
	out_text(to, text);
}

/* The @k-th of the words in @s. */
static void
put_word_of(struct out *to, const char *s, int k)
{
	while (k-- > 0)
		s += strcspn(s, " ") + 1;
	out_put(to, "%.*s", (int)strcspn(s, " "), s);
}

static void
put_no(struct out *to, const struct ctx *c)
{
	const struct order *o = c->order;

	out_put(to, "%lld%04lld",
	    240000000000000LL + o->i * 61300 + (long long)pick(o->h, 40, 60000),
	    1000 + (long long)pick(o->h, 41, 9000));
}

static void
put_serial(struct out *to, const struct ctx *c)
{
	out_put(to, "%lld", (long long)c->order->i + 1);
}

static void
put_serial9(struct out *to, const struct ctx *c)
{
	out_put(to, "%09lld", (long long)c->order->i + 1);
}

static void
put_serial15(struct out *to, const struct ctx *c)
{
	out_put(to, "%09lld%06lld", (long long)c->order->i + 1,
	    (long long)pick(c->order->h, 44, 1000000));
}

static void
put_day(struct out *to, const struct ctx *c)
{
	put_moment(to, c->order->at, "%y%m%d");
}

static void
put_stamp(struct out *to, const struct ctx *c)
{
	put_moment(to, c->order->at, "%Y%m%d%H%M%S");
}

static void
put_created(struct out *to, const struct ctx *c)
{
	put_moment(to, c->order->at, c->words->time);
}

static void
put_paid_at(struct out *to, const struct ctx *c)
{
	put_moment(to, c->order->paid_at, c->words->time);
}

static void
put_sent_at(struct out *to, const struct ctx *c)
{
	put_moment(to, c->order->sent_at, c->words->time);
}

static void
put_done_at(struct out *to, const struct ctx *c)
{
	put_moment(to, c->order->done_at, c->words->time);
}

static void
put_closed_at(struct out *to, const struct ctx *c)
{
	if (c->order->state == CLOSED)
		put_moment(to, c->order->at + 86400, c->words->time);
}

static void
put_state(struct out *to, const struct ctx *c)
{
	out_text(to, c->words->state[c->order->state]);
}

static void
put_ship_state(struct out *to, const struct ctx *c)
{
	out_text(to, c->words->ship[c->order->state]);
}

static void
put_reason(struct out *to, const struct ctx *c)
{
	const struct order *o = c->order;

	out_text(to, o->state != CLOSED ? "订单未关闭"
		     : o->paid_at == 0  ? "买家未付款"
					: "退款");
}

static void
put_goods(struct out *to, const struct ctx *c)
{
	put_money(to, c, c->order->goods);
}

static void
put_net(struct out *to, const struct ctx *c)
{
	put_money(to, c, c->order->goods - c->order->off);
}

static void
put_off(struct out *to, const struct ctx *c)
{
	put_money(to, c, c->order->off);
}

static void
put_postage(struct out *to, const struct ctx *c)
{
	put_money(to, c, c->order->postage);
}

static void
put_total(struct out *to, const struct ctx *c)
{
	const struct order *o = c->order;

	put_money(to, c, o->goods - o->off + o->postage);
}

static void
put_paid(struct out *to, const struct ctx *c)
{
	put_money(to, c, c->order->paid);
}

static void
put_refund(struct out *to, const struct ctx *c)
{
	put_money(to, c, c->order->refund);
}

static void
put_nick(struct out *to, const struct ctx *c)
{
	long long buyer = c->order->buyer;
	uint64_t h = buyer_hash(c);

	if (pick(h, 1, 5) < 2)
		out_put(to, "tb%08lld", 10000000 + buyer * 7);
	else
		out_put(to, "%s%s%s%lld", word(h, 2, words_season),
		    word(h, 3, words_nick), pick(h, 4, 300) == 0 ? "😀" : "",
		    buyer + 1);
}

static void
put_email(struct out *to, const struct ctx *c)
{
	out_put(to, "buyer%lld@example.com", (long long)c->order->buyer + 1);
}

static void
put_user(struct out *to, const struct ctx *c)
{
	out_put(to, "buyer_%lld", (long long)c->order->buyer + 1);
}

static void
put_receiver(struct out *to, const struct ctx *c)
{
	uint64_t h = receiver_hash(c);

	out_put(to, "%s%s%s", word(h, 1, words_surname),
	    word(h, 2, words_given),
	    pick(h, 3, 3) > 0 ? word(h, 4, words_given) : "");
}

static void
put_place(struct out *to, const struct ctx *c)
{
	out_text(to, word(receiver_hash(c), 5, words_place));
}

static void
put_province(struct out *to, const struct ctx *c)
{
	put_word_of(to, word(receiver_hash(c), 5, words_place), 0);
}

static void
put_city(struct out *to, const struct ctx *c)
{
	put_word_of(to, word(receiver_hash(c), 5, words_place), 1);
}

static void
put_district(struct out *to, const struct ctx *c)
{
	put_word_of(to, word(receiver_hash(c), 5, words_place), 2);
}

static void
put_street(struct out *to, const struct ctx *c)
{
	out_put(to, "%s街道", word(receiver_hash(c), 6, words_street));
}

static void
put_house(struct out *to, const struct ctx *c)
{
	uint64_t h = receiver_hash(c);

	out_put(to, "%s%lld号%s%lld幢%lld室", word(h, 7, words_road),
	    1 + (long long)pick(h, 8, 900), word(h, 9, words_estate),
	    1 + (long long)pick(h, 10, 40), 101 + (long long)pick(h, 11, 3000));
}

static void
put_postcode(struct out *to, const struct ctx *c)
{
	out_put(to, "%06lld",
	    100000 + (long long)pick(receiver_hash(c), 12, 700000));
}

static void
put_phone(struct out *to, const struct ctx *c)
{
	uint64_t h = receiver_hash(c);

	out_put(to, "1%lld%09lld", 3 + (long long)pick(h, 13, 7),
	    (long long)pick(h, 14, 1000000000));
}

static void
put_en_first(struct out *to, const struct ctx *c)
{
	out_text(to, word(receiver_hash(c), 20, words_en_first));
}

static void
put_en_last(struct out *to, const struct ctx *c)
{
	out_text(to, word(receiver_hash(c), 21, words_en_last));
}

static void
put_en_street(struct out *to, const struct ctx *c)
{
	uint64_t h = receiver_hash(c);

	out_put(to, "%lld %s", 1 + (long long)pick(h, 22, 9000),
	    word(h, 23, words_en_road));
	if (pick(h, 24, 5) == 0)
		out_put(to, ", Unit %lld", 1 + (long long)pick(h, 25, 40));
}

static void
put_en_city(struct out *to, const struct ctx *c)
{
	put_word_of(to, word(receiver_hash(c), 26, words_en_place), 0);
}

static void
put_en_state(struct out *to, const struct ctx *c)
{
	put_word_of(to, word(receiver_hash(c), 26, words_en_place), 1);
}

static void
put_en_zip(struct out *to, const struct ctx *c)
{
	out_put(to, "%05lld", (long long)pick(receiver_hash(c), 27, 99999));
}

static void
put_en_note(struct out *to, const struct ctx *c)
{
	if (pick(c->order->h, 50, 1000) < 110)
		out_text(to, word(c->order->h, 51, words_en_note));
}

static void
put_note(struct out *to, const struct ctx *c)
{
	const struct order *o = c->order;
	int64_t r = pick(o->h, 50, 1000);

	if (r < 110)
		out_text(to, word(o->h, 51, words_note));
	if (r < 15)
		out_put(to, "\n%s", word(o->h, 52, words_note));
	else if (r < 25)
		out_put(to, "，要\"%s\"的", word(o->h, 53, words_style));
	else if (r < 30)
		out_text(to, "🎁谢谢");
}

static void
put_memo(struct out *to, const struct ctx *c)
{
	int64_t r = pick(c->order->h, 80, 100);

	out_text(to, r < 4    ? "'null"
		     : r < 10 ? word(c->order->h, 81, words_memo)
			      : "");
}

static const char *const *
courier_of(const struct ctx *c)
{
	static const char *const couriers[][2] = { { "YT76", "圆通速递" },
		{ "JT52", "极兔速递" }, { "779", "中通快递" },
		{ "4346", "韵达快递" }, { "SF16", "顺丰速运" } };

	return couriers[pick(c->order->h, 70, 5)];
}

static void
put_waybill(struct out *to, const struct ctx *c)
{
	const struct order *o = c->order;

	if (o->sent_at != 0)
		out_put(to, "%s%011lld", courier_of(c)[0],
		    (long long)(o->i * 53 + pick(o->h, 71, 50)));
}

static void
put_courier(struct out *to, const struct ctx *c)
{
	if (c->order->sent_at != 0)
		out_text(to, courier_of(c)[1]);
}

/* "圆通速递:YT76...", one cell. */
static void
put_parcel(struct out *to, const struct ctx *c)
{
	if (c->order->sent_at == 0)
		return;
	put_courier(to, c);
	out_text(to, ":");
	put_waybill(to, c);
}

static void
put_account(struct out *to, const struct ctx *c)
{
	out_put(to, "1%010lld", (long long)pick(c->order->h, 90, 10000000000));
}

const struct value order_values[] = { { "no", put_no },
	{ "serial", put_serial }, { "serial9", put_serial9 },
	{ "serial15", put_serial15 }, { "day", put_day },
	{ "stamp", put_stamp }, { "created", put_created },
	{ "paid_at", put_paid_at }, { "sent_at", put_sent_at },
	{ "done_at", put_done_at }, { "closed_at", put_closed_at },
	{ "state", put_state }, { "ship_state", put_ship_state },
	{ "reason", put_reason }, { "goods", put_goods }, { "net", put_net },
	{ "off", put_off }, { "postage", put_postage }, { "total", put_total },
	{ "paid", put_paid }, { "refund", put_refund }, { "nick", put_nick },
	{ "email", put_email }, { "user", put_user },
	{ "receiver", put_receiver }, { "place", put_place },
	{ "province", put_province }, { "city", put_city },
	{ "district", put_district }, { "street", put_street },
	{ "house", put_house }, { "postcode", put_postcode },
	{ "phone", put_phone }, { "en_first", put_en_first },
	{ "en_last", put_en_last }, { "en_street", put_en_street },
	{ "en_city", put_en_city }, { "en_state", put_en_state },
	{ "en_zip", put_en_zip }, { "en_note", put_en_note },
	{ "note", put_note }, { "memo", put_memo }, { "waybill", put_waybill },
	{ "courier", put_courier }, { "parcel", put_parcel },
	{ "account", put_account }, { NULL, NULL } };

const struct value *
value_find(const char *name)
{
	const struct value *v;

	for (v = order_values; v->name != NULL; v++)
		if (strcmp(v->name, name) == 0)
			return v;
	for (v = goods_values; v->name != NULL; v++)
		if (strcmp(v->name, name) == 0)
			return v;
	return NULL;
}
