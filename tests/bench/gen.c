/* SPDX-License-Identifier: MIT */
#include <errno.h>
#include <getopt.h>
#include <iconv.h>
#include <math.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "words.h"

/*
 * A shop's year as Taobao would export it: an order file and an item file, of
 * any size. Every order is a function of the seed and its number alone, so any
 * part can be written by itself, and later again with what has changed since.
 */

#define DAYS     366 /* of 2024 */
#define VARIANTS 5000
#define PER_ITEM 4 /* variants of a product */
#define MAX_LINE 5
#define FULL     (1 << 20)

enum state { UNPAID, PAID, PART, SHIPPED, DONE, CLOSED };

struct plan {
	int64_t n; /* orders of the year */
	uint64_t seed;
	int64_t from, count, changed;
	const char *encoding, *dir, *tag;
	bool bare;
	bool newest;       /* first, as platforms list them */
	double upto[DAYS]; /* share of the year's orders */
};

struct line {
	int variant, qty;
	int64_t price;
};

struct order {
	int64_t i;
	uint64_t h; /* its own randomness */
	enum state state;
	int64_t buyer, at, paid_at;
	int64_t goods, postage, off;
	struct line lines[MAX_LINE];
	int nlines, pieces;
};

struct out {
	FILE *f;
	iconv_t cd;
	char *buf;
	size_t len;
};

static uint64_t
mix(uint64_t x)
{
	x += 0x9e3779b97f4a7c15u;
	x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9u;
	x = (x ^ (x >> 27)) * 0x94d049bb133111ebu;
	return x ^ (x >> 31);
}

/* The @k-th number of the stream @h, below @n. */
static int64_t
pick(uint64_t h, unsigned k, int64_t n)
{
	return (int64_t)(mix(h ^ ((uint64_t)k << 48 | k)) % (uint64_t)n);
}

static double
unit(uint64_t h, unsigned k)
{
	return (double)(mix(h ^ ((uint64_t)k << 48 | k)) >> 11) * 0x1p-53;
}

static const char *
word(uint64_t h, unsigned k, const char *const *words)
{
	int64_t n = 0;

	while (words[n] != NULL)
		n++;
	return words[pick(h, k, n)];
}

static void
out_open(struct out *o, const struct plan *p, const char *kind)
{
	char path[4096];

	snprintf(path, sizeof(path), "%s/Export%s%s.csv", p->dir, kind, p->tag);
	o->f = fopen(path, "wb");
	o->cd = (iconv_t)-1;
	if (strcmp(p->encoding, "gb18030") == 0)
		o->cd = iconv_open("GB18030", "UTF-8");
	o->buf = malloc(2 * FULL);
	o->len = 0;
	if (o->f == NULL || o->buf == NULL) {
		fprintf(stderr, "gen: %s: %s\n", path, strerror(errno));
		exit(1);
	}
	if (strcmp(p->encoding, "utf-8-bom") == 0)
		fputs("\xEF\xBB\xBF", o->f);
}

static void
out_flush(struct out *o)
{
	static char coded[4 * FULL];
	char *from = o->buf, *to = coded;
	size_t nfrom = o->len, nto = sizeof(coded);

	if (o->cd == (iconv_t)-1) {
		fwrite(o->buf, 1, o->len, o->f);
	} else {
		if (iconv(o->cd, &from, &nfrom, &to, &nto) == (size_t)-1)
			abort();
		fwrite(coded, 1, sizeof(coded) - nto, o->f);
	}
	o->len = 0;
}

static void
out_close(struct out *o)
{
	bool failed;

	out_flush(o);
	failed = ferror(o->f) != 0;
	if (fclose(o->f) != 0 || failed) {
		fprintf(stderr, "gen: %s\n", strerror(errno));
		exit(1);
	}
	if (o->cd != (iconv_t)-1)
		iconv_close(o->cd);
	free(o->buf);
}

static void __attribute__((format(printf, 2, 3)))
put(struct out *o, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	o->len +=
	    (size_t)vsnprintf(o->buf + o->len, 2 * FULL - o->len, fmt, ap);
	va_end(ap);
}

static void
put_money(struct out *o, int64_t fen)
{
	put(o, ",\"%lld.%02lld\"", (long long)fen / 100, (long long)fen % 100);
}

static void
put_time(struct out *o, int64_t t)
{
	time_t tt = (time_t)t + 8 * 3600;
	struct tm tm;

	if (t == 0) {
		put(o, ",\"\"");
		return;
	}
	gmtime_r(&tt, &tm);
	put(o, ",\"%04d-%02d-%02d %02d:%02d:%02d\"", tm.tm_year + 1900,
	    tm.tm_mon + 1, tm.tm_mday, tm.tm_hour, tm.tm_min, tm.tm_sec);
}

/* How many orders each day has: weeks, growth, 6.18, 11.11 and 12.12. */
static void
plan_days(struct plan *p)
{
	double sum = 0;

	for (int d = 0; d < DAYS; d++) {
		double w = 1 + d / 500.0 + (d % 7 > 4 ? 0.15 : 0);

		if (d >= 152 && d <= 171)
			w *= d == 169 ? 8 : 1.6;
		if (d >= 305 && d <= 315)
			w *= d == 315 ? 14 : 2;
		if (d >= 344 && d <= 346)
			w *= d == 346 ? 5 : 1.5;
		if (d >= 38 && d <= 47) /* New Year: nobody sends */
			w *= 0.3;
		sum += w;
		p->upto[d] = sum;
	}
	for (int d = 0; d < DAYS; d++)
		p->upto[d] /= sum;
}

/* Later orders are made later. */
static int64_t
time_of(const struct plan *p, int64_t i)
{
	const int64_t start = 1704038400; /* 2024-01-01 in Shanghai */
	double u = ((double)i + 0.5) / (double)p->n, before, part;
	int lo = 0, hi = DAYS - 1, mid;

	if (i >= p->n)
		return start + DAYS * 86400LL +
		       (int64_t)((double)(i - p->n) / (double)p->n * DAYS *
				 86400);
	while (lo < hi) {
		mid = (lo + hi) / 2;
		if (p->upto[mid] > u)
			hi = mid;
		else
			lo = mid + 1;
	}
	before = lo > 0 ? p->upto[lo - 1] : 0;
	part = (u - before) / (p->upto[lo] - before);
	/* Few at night: the day runs slowly at first. */
	return start + lo * 86400LL + (int64_t)(86399 * sqrt(part));
}

static int64_t
price_of(const struct plan *p, int variant)
{
	uint64_t h = mix(p->seed ^ UINT64_C(0x707269) ^ (uint64_t)variant);

	return 490 + 100 * pick(h, 1, 60) + 500 * pick(h, 2, 30);
}

/* The last tenth of the year is under way, the rest has come to an end. */
static enum state
state_of(const struct plan *p, int64_t i, uint64_t h)
{
	int64_t r = pick(h, 3, 100);

	if (r < 6)
		return CLOSED;
	if (i < p->n - p->n / 10)
		return DONE;
	return r < 26   ? PAID
	       : r < 46 ? SHIPPED
	       : r < 56 ? UNPAID
	       : r < 66 ? PART
			: DONE;
}

static void
make_lines(const struct plan *p, struct order *o)
{
	static const int upto[] = { 725, 918, 973, 992, 1000 };
	int64_t r = pick(o->h, 4, 1000);
	int first = (int)(VARIANTS * pow(unit(o->h, 5), 2.2));

	o->nlines = 1;
	while (r >= upto[o->nlines - 1])
		o->nlines++;
	for (int k = 0; k < o->nlines; k++) {
		struct line *l = &o->lines[k];

		l->variant = (first + k * 611) % VARIANTS;
		l->qty = 1;
		if (pick(o->h, 10 + (unsigned)k, 5) == 0)
			l->qty += (int)pick(o->h, 20 + (unsigned)k, 3);
		l->price = price_of(p, l->variant);
		o->goods += l->price * l->qty;
		o->pieces += l->qty;
	}
}

static void
make_order(const struct plan *p, int64_t i, bool later, struct order *o)
{
	/* Some buy often: the shares of buyers fall like rank^-0.39. */
	int64_t buyers = p->n / 3 + 1;

	*o = (struct order){ .i = i, .h = mix(p->seed ^ mix((uint64_t)i)) };
	o->buyer = (int64_t)((double)buyers * pow(unit(o->h, 1), 1.63));
	o->at = time_of(p, i);
	o->state = state_of(p, i, o->h);
	if (later && o->state == PAID)
		o->state = SHIPPED;
	else if (later && o->state == SHIPPED)
		o->state = DONE;
	make_lines(p, o);
	o->postage = pick(o->h, 6, 8) == 0 ? 800 : 0;
	o->off = pick(o->h, 7, 6) == 0 ? o->goods / 10 : 0;
	if (o->state == UNPAID || (o->state == CLOSED && pick(o->h, 8, 2)))
		return;
	o->paid_at = o->at + 5 + pick(o->h, 9, 600);
}

static void
put_order_no(struct out *f, const struct order *o)
{
	put(f, "=\"%lld%04lld\"",
	    240000000000000LL + o->i * 61300 + (long long)pick(o->h, 40, 60000),
	    1000 + (long long)pick(o->h, 41, 9000));
}

static const char *
state_text(const struct order *o)
{
	static const char *const text[] = { [UNPAID] = "等待买家付款",
		[PAID] = "买家已付款，等待卖家发货",
		[PART] = "卖家部分发货",
		[SHIPPED] = "卖家已发货，等待买家确认",
		[DONE] = "交易成功",
		[CLOSED] = "交易关闭" };

	return text[o->state];
}

static void
put_title(struct out *f, const struct plan *p, int variant)
{
	uint64_t h =
	    mix(p->seed ^ UINT64_C(0x697465) ^ (uint64_t)(variant / PER_ITEM));

	put(f, "%s%s%s %s %s%s%d款", word(h, 1, words_brand),
	    word(h, 2, words_season), word(h, 3, words_style),
	    word(h, 4, words_stuff), word(h, 5, words_goods),
	    word(h, 6, words_praise), variant / PER_ITEM + 1);
}

static void
put_nick(struct out *f, const struct plan *p, int64_t buyer)
{
	uint64_t h = mix(p->seed ^ UINT64_C(0x6e6963) ^ (uint64_t)buyer);

	if (pick(h, 1, 5) < 2)
		put(f, ",\"tb%08lld\"", 10000000 + (long long)buyer * 7);
	else
		put(f, ",\"%s%s%s%lld\"", word(h, 2, words_season),
		    word(h, 3, words_nick), pick(h, 4, 300) == 0 ? "😀" : "",
		    (long long)buyer + 1);
}

static void
put_note(struct out *f, const struct order *o)
{
	int64_t r = pick(o->h, 50, 1000);

	put(f, ",\"");
	if (r < 110)
		put(f, "%s", word(o->h, 51, words_note));
	if (r < 15)
		put(f, "\n%s", word(o->h, 52, words_note));
	else if (r < 25)
		put(f, "，要\"\"%s\"\"的", word(o->h, 53, words_style));
	else if (r < 30)
		put(f, "🎁谢谢");
	put(f, "\"");
}

/* One in ten goes to a second address. */
static void
put_receiver(struct out *f, const struct plan *p, const struct order *o)
{
	int64_t which = pick(o->h, 60, 10) == 0;
	uint64_t h = mix(
	    p->seed ^ UINT64_C(0x616464) ^ (uint64_t)(2 * o->buyer + which));

	put(f, ",\"%s%s%s\"", word(h, 1, words_surname),
	    word(h, 2, words_given),
	    pick(h, 3, 3) > 0 ? word(h, 4, words_given) : "");
	put(f, ",\"%s %s街道 %s%lld号%s%lld幢%lld室(%06lld)\",\"快递\",\"\"",
	    word(h, 5, words_place), word(h, 6, words_street),
	    word(h, 7, words_road), 1 + (long long)pick(h, 8, 900),
	    word(h, 9, words_estate), 1 + (long long)pick(h, 10, 40),
	    101 + (long long)pick(h, 11, 3000),
	    100000 + (long long)pick(h, 12, 700000));
	put(f, ",\"'1%lld%09lld\"", 3 + (long long)pick(h, 13, 7),
	    (long long)pick(h, 14, 1000000000));
}

static void
put_parcel(struct out *f, const struct order *o)
{
	static const char *const couriers[][2] = { { "YT76", "圆通速递" },
		{ "JT52", "极兔速递" }, { "779", "中通快递" },
		{ "4346", "韵达快递" }, { "SF16", "顺丰速运" } };
	const char *const *c = couriers[pick(o->h, 70, 5)];
	bool sent = o->state == PART || o->state == SHIPPED ||
		    o->state == DONE ||
		    (o->state == CLOSED && o->paid_at != 0 && o->h % 2 == 0);

	if (sent)
		put(f, ",\"%s%011lld\",\"%s\"", c[0],
		    (long long)(o->i * 53 + pick(o->h, 71, 50)), c[1]);
	else
		put(f, ",\"\",\"\"");
}

static void
put_memo(struct out *f, const struct order *o)
{
	int64_t r = pick(o->h, 80, 100);

	put(f, ",\"%s\"",
	    r < 4    ? "'null"
	    : r < 10 ? word(o->h, 81, words_memo)
		     : "");
}

static void
put_order(struct out *f, const struct plan *p, const struct order *o)
{
	int64_t total = o->goods - o->off + o->postage;
	const char *reason = o->state != CLOSED ? "订单未关闭"
			     : o->paid_at == 0  ? "买家未付款"
						: "退款";

	put_order_no(f, o);
	put_nick(f, p, o->buyer);
	put(f, ",\"1%010lld\"", (long long)pick(o->h, 90, 10000000000));
	put_money(f, o->goods - o->off);
	put_money(f, o->postage);
	put(f, ",\"0\"");
	put_money(f, total);
	put(f, ",\"0\"");
	put_money(f, o->paid_at != 0 ? total : 0);
	put(f, ",\"0\",\"%s\"", state_text(o));
	put_note(f, o);
	put_receiver(f, p, o);
	put_time(f, o->at);
	put_time(f, o->paid_at);
	put(f, ",\"");
	for (int k = 0; k < o->nlines; k++) {
		if (k > 0)
			put(f, "，");
		put_title(f, p, o->lines[k].variant);
	}
	put(f, "\",\"%d\"", o->nlines);
	put_parcel(f, o);
	put_memo(f, o);
	put(f, ",\"%d\",\"0\",\"测试小店\",\"%s\",\"0\",\"0元\"\r\n", o->pieces,
	    reason);
	if (f->len > FULL)
		out_flush(f);
}

static void
put_items(struct out *f, const struct plan *p, const struct order *o)
{
	for (int k = 0; k < o->nlines; k++) {
		const struct line *l = &o->lines[k];
		uint64_t h =
		    mix(p->seed ^ UINT64_C(0x736b75) ^ (uint64_t)l->variant);

		put_order_no(f, o);
		put(f, ",\"");
		put_title(f, p, l->variant);
		put(f, "\"");
		put_money(f, l->price);
		put(f, ",\"%d\",\"SKU-%05d\",\"颜色分类：%s；尺码：%s\"",
		    l->qty, l->variant + 1, word(h, 1, words_colour),
		    words_size[l->variant % PER_ITEM]);
		put(f, ",\"\",\"\",\"%s\",\"SKU-%05d\"%s\r\n", state_text(o),
		    l->variant + 1, p->bare ? "" : ",");
	}
	if (f->len > FULL)
		out_flush(f);
}

static void
write_files(const struct plan *p)
{
	struct out orders, items;
	struct order o;
	int64_t left = p->changed;

	out_open(&orders, p, "OrderList");
	out_open(&items, p, "OrderDetailList");
	put(&orders, "%s\r\n", words_order_header);
	put(&items, "%s\r\n", words_item_header);
	/* What has moved on: half of the newest that were under way. */
	for (int64_t i = p->from - 1; i >= 0 && left > 0; i--) {
		make_order(p, i, true, &o);
		if (o.h % 2 == 0 || (o.state == state_of(p, i, o.h)))
			continue;
		put_order(&orders, p, &o);
		put_items(&items, p, &o);
		left--;
	}
	for (int64_t k = 0; k < p->count; k++) {
		int64_t i = p->from + (p->newest ? p->count - 1 - k : k);

		make_order(p, i, false, &o);
		put_order(&orders, p, &o);
		put_items(&items, p, &o);
	}
	out_close(&orders);
	out_close(&items);
}

static int
usage(void)
{
	fputs("usage: gen [-n orders] [-s seed] [-e gb18030|utf-8|utf-8-bom] "
	      "[-o folder]\n"
	      "           [--from first] [--count orders] [--changed orders] "
	      "[--tag name]\n           [--bare] [--newest-first]\n",
	    stderr);
	return 2;
}

int
main(int argc, char **argv)
{
	static const struct option longs[] = {
		{ "from", required_argument, NULL, 'f' },
		{ "count", required_argument, NULL, 'c' },
		{ "changed", required_argument, NULL, 'k' },
		{ "tag", required_argument, NULL, 't' },
		{ "bare", no_argument, NULL, 'b' },
		{ "newest-first", no_argument, NULL, 'r' }, { NULL, 0, NULL, 0 }
	};
	struct plan p = { .n = 1000000,
		.seed = 1,
		.count = -1,
		.encoding = "gb18030",
		.dir = ".",
		.tag = "202501010000" };
	int c;

	while ((c = getopt_long(argc, argv, "n:s:e:o:", longs, NULL)) != -1) {
		switch (c) {
		case 'n':
			p.n = atoll(optarg);
			break;
		case 's':
			p.seed = strtoull(optarg, NULL, 10);
			break;
		case 'e':
			p.encoding = optarg;
			break;
		case 'o':
			p.dir = optarg;
			break;
		case 'f':
			p.from = atoll(optarg);
			break;
		case 'c':
			p.count = atoll(optarg);
			break;
		case 'k':
			p.changed = atoll(optarg);
			break;
		case 't':
			p.tag = optarg;
			break;
		case 'b':
			p.bare = true;
			break;
		case 'r':
			p.newest = true;
			break;
		default:
			return usage();
		}
	}
	if (optind != argc || p.n <= 0)
		return usage();
	if (p.count < 0)
		p.count = p.n - p.from;
	p.seed = mix(p.seed);
	plan_days(&p);
	write_files(&p);
	return 0;
}
