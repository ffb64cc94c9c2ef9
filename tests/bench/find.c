/* SPDX-License-Identifier: MIT */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "shopmgr/base/time.h"
#include "shopmgr/base/utf8.h"
#include "shopmgr/domain/find.h"
#include "shopmgr/domain/session.h"

/*
 * find DB USER PASSWORD: how long a key takes in "Find anything". Each text of
 * the list below is typed key by key, and after each key everything is looked
 * for. Prints a line for each kind of text (what begins with '#' begins the
 * next kind), and one for all: by the clock and, as a machine may have other
 * things to do, by the processor's time.
 */

#define LIMIT  30
#define BUDGET 6 /* ms for words, as the screen allows */
#define MOST   100000

static const char *const queries[] = { "#surname and name", "王", "李", "张伟",
	"欧阳", "单", "仇芳", "曾静", "司马娜", "刘洋", "陈", "赵丽红",
	"#order number", "4119203366520877731", "1", "17", "170000000000000",
	"2000000000000012345", "3", "#phone and tail", "13800138000", "5678",
	"0001", "9", "15912345678", "#pinyin", "w", "ww", "wwq", "zw", "lxm",
	"sm", "oy", "q", "x", "#waybill", "YT8812345678901", "SF10293847561",
	"77612345678", "#nick", "小鱼", "tb12345", "柠檬", "花开半夏123",
	"爱吃糖", "#goods", "雪平锅", "SKU-0042", "SKU", "保温杯 不锈钢",
	"北欧", "T恤", "#common remark", "顺丰", "尽快发货", "红色", "发",
	"不要", "电话", "改", "放门卫", "size", "gift", "#two words",
	"红色 顺丰", "改发 包装", "尽快 顺丰", "gift door", "黑色 周五",
	"申通 贺卡", "#rare remark", "鑫盛大厦", "㛃女士", "说明书", "抬头公司",
	"铁价", "勿送", "矿千周", "#no hit", "霹雳", "不存在的话", "zzzzzz",
	"qqxxyy", "99999999999", "饕餮", "龘", NULL };

struct took {
	double ms[MOST], cpu[MOST];
	size_t n, cut;
};

static int64_t
cpu_ticks(void)
{
	struct timespec t;

	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
	return t.tv_sec * INT64_C(1000000000) + t.tv_nsec;
}

static int
by_size(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return x < y ? -1 : x > y;
}

static void
report(const char *name, struct took *t)
{
	if (t->n == 0)
		return;
	qsort(t->ms, t->n, sizeof(t->ms[0]), by_size);
	qsort(t->cpu, t->n, sizeof(t->cpu[0]), by_size);
	printf("%-16s %4zu keys  p50 %5.2f  p90 %5.2f  p99 %5.2f  max %5.2f "
	       "ms; processor p50 %5.2f  p99 %5.2f ms; %zu cut short\n",
	    name, t->n, t->ms[t->n / 2], t->ms[t->n * 9 / 10],
	    t->ms[t->n * 99 / 100], t->ms[t->n - 1], t->cpu[t->n / 2],
	    t->cpu[t->n * 99 / 100], t->cut);
	t->n = t->cut = 0;
}

static void
add(struct took *t, double ms, double cpu)
{
	if (t->n == MOST)
		return;
	t->ms[t->n] = ms;
	t->cpu[t->n++] = cpu;
}

static void
look(struct session *s, const char *typed, struct took *one, struct took *all)
{
	int64_t from = time_ticks(), worked = cpu_ticks();
	struct page page;
	double ms, cpu;
	int rc = find_quick(s, typed, LIMIT, BUDGET, &page);

	if (rc < 0) {
		fprintf(stderr, "%s: %s\n", typed, session_err(s)->text);
		exit(1);
	}
	ms = (double)(time_ticks() - from) / 1e6;
	cpu = (double)(cpu_ticks() - worked) / 1e6;
	if (getenv("VERBOSE") != NULL)
		printf("  %8.2f ms %3zu found%s  %s\n", ms, page.n,
		    rc > 0 ? ", cut" : "", typed);
	page_free(&page);
	one->cut += rc > 0;
	all->cut += rc > 0;
	add(one, ms, cpu);
	add(all, ms, cpu);
}

static void
type(struct session *s, const char *text, struct took *one, struct took *all)
{
	size_t len = strlen(text), at = 0;
	char typed[200];

	while (at < len && len < sizeof(typed)) {
		at = text_next(text, len, at);
		memcpy(typed, text, at);
		typed[at] = '\0';
		look(s, typed, one, all);
	}
}

int
main(int argc, char **argv)
{
	static struct took one, all;
	const char *kind = "";
	struct session *s;
	struct err err;
	int64_t left, from;
	size_t i;

	if (argc < 4) {
		fputs("usage: find DB USER PASSWORD\n", stderr);
		return 2;
	}
	if (session_open(&s, argv[1], &err) < 0 ||
	    session_login(s, argv[2], argv[3]) < 0) {
		fprintf(stderr, "cannot open %s\n", argv[1]);
		return 1;
	}
	from = time_ticks();
	if (find_index(s, 0, &left) < 0) {
		fprintf(stderr, "index: %s\n", session_err(s)->text);
		return 1;
	}
	printf("index up to date after %.1f s\n",
	    (double)(time_ticks() - from) / 1e9);
	for (i = 0; queries[i] != NULL; i++) {
		if (queries[i][0] == '#') {
			report(kind, &one);
			kind = queries[i] + 1;
		} else
			type(s, queries[i], &one, &all);
	}
	report(kind, &one);
	report("all", &all);
	session_close(s);
	return 0;
}
