/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include <cmocka.h>

#include "fixture.h"
#include "shopmgr/base/alloc.h"
#include "shopmgr/base/i18n.h"
#include "shopmgr/base/str.h"
#include "shopmgr/base/utf8.h"
#include "till.h"

/*
 * Every screen and dialog in a language that there is not: the English text,
 * 40 % longer, wide characters among it, each text between ‹ and ›, so that it
 * shows where one is cut or runs into the next. The catalogue is made from the
 * Chinese one, whose texts are all that there are.
 */

#define N(a)     (sizeof(a) / sizeof((a)[0]))
#define MO_MAGIC 0x950412deu

/* The catalogue */

static char *
slurp(const char *path, size_t *size)
{
	struct str s = STR_INIT;
	FILE *f = fopen(path, "rb");
	char buf[4096];
	size_t n;

	if (f == NULL)
		fail_msg("%s cannot be read", path);
	while ((n = fread(buf, 1, sizeof(buf), f)) > 0)
		str_addn(&s, buf, n);
	fclose(f);
	*size = s.len;
	return str_take(&s);
}

/* "%-4.*s", "%%": bytes up to its letter; 0: none begins here. */
static size_t
format_len(const char *s)
{
	size_t n;

	if (s[0] != '%')
		return 0;
	n = 1 + strspn(s + 1, "-+ #0123456789.*'hlzjtqL");
	return s[n] != '\0' ? n + 1 : n;
}

/* What a word is too short, as it is half wide and half narrow. */
static void
add_debt(struct str *out, int *tenths)
{
	while (*tenths >= 20) {
		str_add(out, "长");
		*tenths -= 20;
	}
	if (*tenths >= 10) {
		str_addc(out, 'x');
		*tenths -= 10;
	}
}

static void
pseudo(struct str *out, const char *s)
{
	int tenths = 0;
	size_t n;

	str_add(out, "‹");
	while (*s != '\0') {
		n = format_len(s);
		if (n == 0 && (*s == ' ' || *s == '\n'))
			add_debt(out, &tenths);
		if (n == 0)
			tenths += 4;
		n += n == 0;
		str_addn(out, s, n);
		s += n;
	}
	add_debt(out, &tenths);
	/* A text ends as before where that matters to gettext. */
	if (out->s[out->len - 1] == '\n') {
		str_cut(out, out->len - 1);
		str_add(out, "›\n");
	} else
		str_add(out, "›");
}

static uint32_t
number(const char *mo, size_t at)
{
	uint32_t n;

	memcpy(&n, mo + at, sizeof(n));
	return n;
}

static void
put_number(struct str *out, size_t at, size_t n)
{
	uint32_t v = (uint32_t)n;

	memcpy(out->s + at, &v, sizeof(v));
}

/* The table of the texts stays, and its hash; that of the translations is
 * written anew, but for those with numbers of the system's own width. */
static void
translate(const char *mo, size_t size, struct str *out)
{
	uint32_t n = number(mo, 8), ids = number(mo, 12);
	uint32_t texts = number(mo, 16), i;

	str_addn(out, mo, size);
	str_addc(out, '\0');
	for (i = 0; i < n; i++) {
		const char *id = mo + number(mo, ids + i * 8 + 4);
		const char *context = strchr(id, '\004');
		size_t from = out->len;

		if (id[0] == '\0')
			continue; /* about the catalogue */
		pseudo(out, context != NULL ? context + 1 : id);
		put_number(out, texts + i * 8, out->len - from);
		put_number(out, texts + i * 8 + 4, from);
		str_addc(out, '\0');
	}
}

static int
make_catalogue(void **state)
{
	const char *build = getenv("BUILD");
	struct str out = STR_INIT;
	static char dir[300];
	char path[400];
	size_t size;
	char *mo;
	FILE *f;

	(void)state;
	snprintf(path, sizeof(path), "%s/locale/zh_CN/LC_MESSAGES/shopmgr.mo",
	    build != NULL ? build : "build");
	mo = slurp(path, &size);
	assert_int_equal(number(mo, 0), MO_MAGIC);
	translate(mo, size, &out);
	free(mo);
	snprintf(dir, sizeof(dir), "%s", fixture_path("pseudo"));
	mkdir(dir, 0700);
	snprintf(path, sizeof(path), "%s/zh_CN", dir);
	mkdir(path, 0700);
	snprintf(path, sizeof(path), "%s/zh_CN/LC_MESSAGES", dir);
	mkdir(path, 0700);
	snprintf(path, sizeof(path), "%s/zh_CN/LC_MESSAGES/shopmgr.mo", dir);
	f = fopen(path, "wb");
	assert_non_null(f);
	assert_int_equal(fwrite(out.s, 1, out.len, f), out.len);
	fclose(f);
	str_done(&out);
	i18n_catalogues(dir);
	return 0;
}

/* The checks */

struct shot {
	const char *name;
	char *text;
	char *row[128];
	int h, w, faults;
};

static void
fault(struct shot *s, int y, const char *what)
{
	s->faults++;
	print_error("%s, %dx%d, line %d: %s\n|%s|\n", s->name, s->w, s->h,
	    y + 1, what, y < s->h ? s->row[y] : "");
}

static void
shot_init(struct shot *s, const char *name, const char *text, int h, int w)
{
	char *p;
	int y;

	*s = (struct shot){
		.name = name, .text = xstrdup(text), .h = h, .w = w
	};
	for (p = s->text, y = 0; y < h; y++) {
		s->row[y] = p;
		p += strcspn(p, "\n");
		if (*p == '\n')
			*p++ = '\0';
	}
}

/* From an opening mark to its closing one, with texts within; NULL: it does
 * not end in this row, or is cut. */
static const char *
closing(const char *s)
{
	int depth = 0;

	for (; *s != '\0'; s++) {
		if (strncmp(s, "…", 3) == 0)
			return NULL;
		if (strncmp(s, "‹", 3) == 0)
			depth++;
		else if (strncmp(s, "›", 3) == 0 && --depth == 0)
			return s + 3;
	}
	return NULL;
}

/* What the screen is, whole; the program's name makes room for it. */
static void
title_is_whole(struct shot *s)
{
	const char *title = strstr(s->row[0], "‹");

	if (title == NULL || closing(title) == NULL)
		fault(s, 0, "the title is cut");
}

/* The help, and a way out; all of what is there is whole. */
static void
keys_are_whole(struct shot *s, bool dialog)
{
	static const char *const ways[] = { " Esc ‹", " q ‹", " Enter ‹" };
	const char *row = s->row[s->h - 1], *at;
	bool out = false;
	size_t i;

	if (!dialog && strstr(row, "F1 ‹") == NULL)
		fault(s, s->h - 1, "F1 is not there");
	for (i = 0; i < N(ways); i++)
		out = out || strstr(row, ways[i]) != NULL;
	if (!out)
		fault(s, s->h - 1, "there is no way out");
	for (at = row; (at = strstr(at, "‹")) != NULL; at += 3) {
		if (closing(at) == NULL) {
			fault(s, s->h - 1, "a key is cut");
			break;
		}
	}
}

/* May @s, which ends in what stands before a text, stand there? */
static bool
may_precede(const char *row, const char *at)
{
	static const char *const good[] = { " ", "│", "─", "┐", "┘", "‹", "(",
		"（", "\"", "“", "[", ":", "：", "=", "+", "-", "▌", "*", "/",
		"·", ">", "：“" };
	size_t i;

	if (at == row)
		return true;
	for (i = 0; i < N(good); i++) {
		size_t n = strlen(good[i]);

		if ((size_t)(at - row) >= n && memcmp(at - n, good[i], n) == 0)
			return true;
	}
	return false;
}

/* No text begins right behind something else, or within another one. */
static void
nothing_runs_together(struct shot *s)
{
	int y;

	for (y = 0; y < s->h; y++) {
		const char *at = s->row[y];

		while ((at = strstr(at, "‹")) != NULL) {
			if (!may_precede(s->row[y], at))
				fault(s, y, "two texts run together");
			at += 3;
		}
		if (text_width(s->row[y]) > s->w)
			fault(s, y, "the row is too wide");
	}
}

/* A field is never right at its label: it is another style. */
static void
labels_keep_their_distance(struct shot *s, const char *styles)
{
	const char *rows = strstr(styles, "---\n");
	int y;

	assert_non_null(rows);
	rows += 4;
	for (y = 0; y < s->h; y++) {
		if (memmem(rows, (size_t)s->w, "lF", 2) != NULL ||
		    memmem(rows, (size_t)s->w, "aF", 2) != NULL)
			fault(s, y, "a label runs into its field");
		rows += s->w + 1;
	}
}

static int
look(const char *name, const char *role, const char *keys, int h, int w)
{
	struct till *k = till_open(role, "zh_CN", h, w);
	struct shot s;
	bool dialog;
	int faults;

	till_keys(k, keys);
	shot_init(&s, name, drive_text(k->d), h, w);
	dialog = strstr(drive_text(k->d), "┌") != NULL;
	title_is_whole(&s);
	keys_are_whole(&s, dialog);
	nothing_runs_together(&s);
	labels_keep_their_distance(&s, k->d->styles);
	faults = s.faults;
	if (getenv("SHOW") != NULL)
		fprintf(stderr, "%s\n", drive_text(k->d));
	free(s.text);
	till_close(k);
	return faults;
}

static const struct {
	const char *name, *role, *keys;
} looks[] = {
	{ "front", "manager", "" },
	{ "front of a clerk", "clerk", "" },
	{ "help", "manager", "F1" },
	{ "help of orders", "manager", "F2 F1" },
	{ "orders", "manager", "F2" },
	{ "all orders", "manager", "F2 1" },
	{ "orders on hold", "manager", "F2 4" },
	{ "no orders", "manager", "F2 5" },
	{ "closed orders", "manager", "F2 8" },
	{ "found", "manager", "F2 / 'zsf'" },
	{ "nothing found", "manager", "F2 / 'xyz'" },
	{ "order", "manager", "F2 Enter" },
	{ "order on hold", "manager", "F2 4 Enter" },
	{ "history", "manager", "F2 Enter 4" },
	{ "reasons", "manager", "F2 Enter h" },
	{ "reason", "manager", "F2 Enter h Enter" },
	{ "remark", "manager", "F2 Enter m" },
	{ "flags", "manager", "F2 Enter m Tab Space" },
	{ "remark changed", "manager", "F2 Enter m 'x'" },
	{ "remark given up", "manager", "F2 Enter m 'x' Esc" },
	{ "pack", "clerk", "F3" },
	{ "goods", "clerk", "F3 scan:4119203366520877702" },
	{ "wrong goods", "clerk",
	    "F3 scan:4119203366520877702 scan:6901234500031 "
	    "scan:6901234500048 scan:6901234500055" },
	{ "complete", "clerk",
	    "F3 scan:4119203366520877731 scan:6901234500017" },
	{ "held", "clerk", "F3 scan:4119203366520877695" },
	{ "waves", "warehouse", "Ctrl-P 'Pick waves' Enter" },
	{ "new wave", "warehouse", "Ctrl-P 'Pick waves' Enter n" },
	{ "wave", "warehouse", "Ctrl-P 'Pick waves' Enter n Down Down Enter" },
	{ "orders of a wave", "warehouse",
	    "Ctrl-P 'Pick waves' Enter n Down Down Enter Tab" },
	{ "picking", "warehouse",
	    "Ctrl-P 'Pick waves' Enter n Down Down Enter p "
	    "scan:6901234500055" },
	{ "sorting", "warehouse",
	    "Ctrl-P 'Pick waves' Enter n Down Down Enter s "
	    "scan:6901234500031" },
	{ "put back", "warehouse", "Ctrl-P 'Goods to put back' Enter" },
	{ "what is low", "buyer", "Ctrl-P 'To be bought' Enter" },
	{ "requests", "buyer", "Ctrl-P 'Purchase requests' Enter" },
	{ "new request", "buyer", "Ctrl-P 'Purchase requests' Enter n" },
	{ "request", "buyer", "Ctrl-P 'Purchase requests' Enter n Ctrl-S" },
	{ "purchase orders", "buyer", "Ctrl-P 'Purchase orders' Enter" },
	{ "new purchase order", "buyer", "Ctrl-P 'Purchase orders' Enter n" },
	{ "supplier returns", "buyer", "Ctrl-P 'Returns to sup' Enter Tab" },
	{ "supplier payments", "owner", "Ctrl-P 'Payments to sup' Enter" },
	{ "paying in advance", "owner",
	    "Ctrl-P 'Payments to sup' Enter n Enter" },
	{ "receive several", "manager", "F4 Space + Down Enter" },
	{ "manifests", "warehouse", "Ctrl-P 'Manifests' Enter" },
	{ "manifest", "warehouse", "Ctrl-P 'Manifests' Enter n Enter" },
	{ "stock", "manager", "F4" },
	{ "low stock", "clerk", "F4 w" },
	{ "receive", "manager", "F4 +" },
	{ "receive wrong", "manager", "F4 + 'x' Tab '3*' Ctrl-S" },
	{ "product's card", "manager", "F4 Enter" },
	{ "ledger", "manager", "F4 l" },
	{ "categories", "manager", "F4 c" },
	{ "kits", "manager", "Ctrl-P 'Kits' Enter" },
	{ "new company", "manager", "Ctrl-P 'Companies' Enter n" },
	{ "customers", "manager", "F5" },
	{ "customer", "manager", "F5 Enter" },
	{ "parcels", "manager", "F6" },
	{ "staff", "owner", "F7" },
	{ "new staff", "owner", "F7 n" },
	{ "import", "manager", "F9" },
	{ "imports", "manager", "F9 l" },
	{ "import's card", "manager", "F9 l f" },
	{ "undo", "manager", "F9 l u" },
	{ "changes", "manager", "F9 l Enter" },
	{ "unmapped", "manager", "F8" },
	{ "map", "manager", "F8 Enter" },
	{ "new product", "manager", "F4 n" },
	{ "product", "manager", "F4 e" },
	{ "sort", "manager", "F4 o" },
	{ "columns", "manager", "F4 C" },
	{ "password", "clerk", "P" },
	{ "find", "manager", "Ctrl-F 'z'" },
	{ "palette", "manager", "Ctrl-P 'o'" },
	{ "locked", "clerk", "Ctrl-X" },
	{ "roles", "owner", "F7 r" },
	{ "matrix", "owner", "F7 m" },
	{ "my account", "clerk", "F11" },
	{ "settings", "owner", "F10" },
	{ "setting", "owner", "F10 Enter" },
	{ "audit", "owner", "F12" },
	{ "quit", "manager", "q" },
	{ "review", "manager", "Ctrl-P 'review' Enter r" },
	{ "review, hold", "manager", "Ctrl-P 'review' Enter r h Down Enter" },
	{ "rules", "manager", "Ctrl-P 'review' Enter u t" },
	{ "rule", "manager", "Ctrl-P 'review' Enter u Enter" },
	{ "gifts", "manager", "Ctrl-P 'gifts' Enter n" },
	{ "reminders", "manager", "Ctrl-P 'reminders' Enter Tab" },
	{ "remind", "manager", "Ctrl-P 'reminders' Enter Tab Enter Enter" },
	{ "texts", "manager", "Ctrl-P 'texts' Enter Enter" },
	{ "quotations", "manager", "Ctrl-P 'Quotations' Enter" },
	{ "enquiry", "manager", "Ctrl-P 'Quotations' Enter n" },
	{ "who asks", "manager", "Ctrl-P 'Quotations' Enter n b" },
	{ "goods asked for", "manager", "Ctrl-P 'Quotations' Enter n +" },
	{ "grades", "manager", "Ctrl-P 'Grades of' Enter" },
	{ "new grade", "manager", "Ctrl-P 'Grades of' Enter n" },
	{ "member prices", "manager", "Ctrl-P 'Member prices' Enter" },
	{ "member price", "manager", "Ctrl-P 'Member prices' Enter n" },
	{ "order by hand", "manager", "F2 n" },
	{ "its buyer", "manager", "F2 n b" },
	{ "order sent again", "manager", "F2 6 Enter S" },
	{ "by whom it goes", "manager", "F2 Enter K" },
	{ "money of an order", "manager", "F2 Enter 5" },
	{ "payments", "manager", "Ctrl-P 'Payments of' Enter" },
	{ "payment", "manager", "F2 Enter t" },
	{ "statements", "manager", "Ctrl-P 'Statements' Enter" },
	{ "documents", "manager", "Ctrl-P 'Numbered' Enter" },
	{ "paper", "manager", "F2 Enter i" },
	{ "corrections", "manager", "Ctrl-P 'Corrections' Enter f" },
	{ "production", "manager", "Ctrl-P 'Production orders' Enter" },
	{ "confirming", "manager", "F2 Enter c" },
	{ "hand-over list", "manager", "Ctrl-P 'Hand-over to' Enter" },
	{ "tracking", "manager", "Ctrl-P 'Tracking' Enter" },
	{ "couriers", "manager", "Ctrl-P 'Couriers' Enter Enter" },
	{ "bills of couriers", "manager", "Ctrl-P 'bills' Enter" },
	{ "profit of freight", "manager", "Ctrl-P 'Freight of' Enter" },
	{ "warehouses", "manager", "Ctrl-P 'Warehouses' Enter Enter" },
};

static void
nothing_essential_is_cut(int h, int w)
{
	int faults = 0;
	size_t i;

	for (i = 0; i < N(looks); i++)
		faults +=
		    look(looks[i].name, looks[i].role, looks[i].keys, h, w);
	if (faults > 0)
		fail_msg("%d faults", faults);
}

static void
small_screens_hold_longer_words(void **state)
{
	(void)state;
	nothing_essential_is_cut(24, 80);
}

static void
large_screens_hold_longer_words(void **state)
{
	(void)state;
	nothing_essential_is_cut(40, 120);
}

/* Where one is, is seen whatever else has no room. */
static void
the_tab_that_one_is_on_is_seen(void **state)
{
	struct till *k = till_open("manager", "zh_CN", 24, 80);

	(void)state;
	till_keys(k, "F2 8");
	till_sees(k, "[‹Closed长›]");
	till_keys(k, "1");
	till_sees(k, "[‹Allx›]");
	till_close(k);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(small_screens_hold_longer_words),
		cmocka_unit_test(large_screens_hold_longer_words),
		cmocka_unit_test(the_tab_that_one_is_on_is_seen),
	};

	return cmocka_run_group_tests(tests, make_catalogue, NULL);
}
