/* SPDX-License-Identifier: MIT */
#include <assert.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "shopmgr/base/alloc.h"
#include "shopmgr/base/i18n.h"
#include "shopmgr/base/money.h"
#include "shopmgr/base/str.h"
#include "shopmgr/base/time.h"
#include "shopmgr/base/utf8.h"
#include "shopmgr/domain/audit.h"
#include "shopmgr/domain/orders.h"
#include "show.h"

char *
show_money(char *buf, size_t size, int64_t fen)
{
	char text[MONEY_SIZE];

	copy_text(buf, size, money_show(fen, text));
	return buf;
}

char *
show_money_or_none(char *buf, size_t size, int64_t fen)
{
	if (fen != 0)
		return show_money(buf, size, fen);
	copy_text(buf, size, "");
	return buf;
}

char *
show_count(char *buf, size_t size, int64_t n)
{
	char text[MONEY_SIZE];

	copy_text(buf, size, count_show(n, text));
	return buf;
}

char *
show_signed(char *buf, size_t size, int64_t n)
{
	char text[MONEY_SIZE];

	snprintf(buf, size, "%s%s", n > 0 ? "+" : "", count_show(n, text));
	return buf;
}

char *
show_when(char *buf, size_t size, int64_t t)
{
	char text[TIME_SIZE];

	copy_text(buf, size, time_short(t, time_now(), text));
	return buf;
}

char *
show_moment(char *buf, size_t size, int64_t t)
{
	char text[TIME_SIZE];

	copy_text(buf, size, t != 0 ? time_full(t, text) : "");
	return buf;
}

char *
show_bytes(char *buf, size_t size, int64_t n)
{
	const int64_t kilo = 1024, mega = kilo * kilo;

	if (n < kilo)
		snprintf(buf, size, "%" PRId64 " B", n);
	else if (n < mega)
		snprintf(buf, size, "%" PRId64 " KB", n / kilo);
	else
		snprintf(buf, size, "%" PRId64 " MB", n / mega);
	return buf;
}

char *
show_weight(char *buf, size_t size, int64_t grams)
{
	char text[MONEY_SIZE];

	if (grams == 0)
		copy_text(buf, size, "");
	else
		snprintf(buf, size, _("%s g"), count_show(grams, text));
	return buf;
}

char *
show_city(char *buf, size_t size, const struct order *o)
{
	copy_text(buf, size, o->city[0] != '\0' ? o->city : o->province);
	return buf;
}

char *
show_address(char *buf, size_t size, const struct order *o)
{
	/* "上海 上海市" says it twice. */
	bool same = o->province[0] != '\0' &&
		    strncmp(o->city, o->province, strlen(o->province)) == 0;
	const char *parts[] = { same ? "" : o->province, o->city, o->district,
		o->address };
	size_t i, len = 0;

	buf[0] = '\0';
	for (i = 0; i < sizeof(parts) / sizeof(*parts); i++) {
		if (parts[i][0] == '\0')
			continue;
		if (len > 0) {
			copy_text(buf + len, size - len, " ");
			len = strlen(buf);
		}
		copy_text(buf + len, size - len, parts[i]);
		len = strlen(buf);
	}
	return buf;
}

const char *
show_buyer(const struct order *o)
{
	return o->nick[0] != '\0' ? o->nick : o->receiver;
}

const char *
show_state(const struct order *o)
{
	static const char *const words[] = {
		[ORDER_UNPAID] = N_("Unpaid"),
		[ORDER_PAID] = N_("To ship"),
		[ORDER_PART_SHIPPED] = N_("Partly"),
		[ORDER_SHIPPED] = N_("Sent"),
		[ORDER_DONE] = N_("Completed"),
		[ORDER_CLOSED] = N_("Closed"),
	};

	if (o->held)
		return _("On hold");
	return o->state >= ORDER_UNPAID && o->state <= ORDER_CLOSED
		   ? _(words[o->state])
		   : "";
}

bool
order_is_late(const struct order *o)
{
	return o->ship_by != 0 && o->ship_by < time_now();
}

char *
show_due(char *buf, size_t size, const struct order *o, enum style *style)
{
	int64_t by = o->ship_by, now = time_now();
	char span[TIME_SIZE];

	if (by == 0) {
		copy_text(buf, size, "");
	} else if (by < now) {
		/* TRANSLATORS: past the deadline by "2 h" */
		snprintf(buf, size, _("%s late"), time_apart(by, now, span));
		if (style != NULL)
			*style = STYLE_WARN;
	} else {
		/* TRANSLATORS: "5 h" until the deadline */
		snprintf(buf, size, _("%s left"), time_apart(now, by, span));
	}
	return buf;
}

char *
show_holds(char *buf, size_t size, const char *reasons)
{
	const char *p = reasons, *end;
	char reason[32];
	size_t len = 0;

	buf[0] = '\0';
	while (*p != '\0') {
		end = p + strcspn(p, " ");
		snprintf(reason, sizeof(reason), "%.*s", (int)(end - p), p);
		if (len > 0) {
			/* TRANSLATORS: between the things of a list */
			copy_text(buf + len, size - len, C_("list", ", "));
			len = strlen(buf);
		}
		copy_text(buf + len, size - len, order_hold_text(reason));
		len = strlen(buf);
		p = end + strspn(end, " ");
	}
	return buf;
}

const char *
flag_text(int64_t flag)
{
	if (flag <= 0 || flag >= ORDER_FLAGS)
		return "";
	return _(order_flags[flag]);
}

char *
show_change(char *buf, size_t size, int64_t now, int64_t before)
{
	int64_t percent;

	if (before <= 0) {
		copy_text(buf, size, now > 0 ? "▲" : "–");
		return buf;
	}
	percent = ((now - before) * 200 + before) / (2 * before);
	if (now < before)
		percent = -(((before - now) * 200 + before) / (2 * before));
	if (percent > 999)
		copy_text(buf, size, "▲ >999 %");
	else if (percent == 0)
		copy_text(buf, size, "= 0 %");
	else
		snprintf(buf, size, "%s %" PRId64 " %%",
		    percent > 0 ? "▲" : "▼", percent > 0 ? percent : -percent);
	return buf;
}

void
facts_begin(
    struct facts *f, struct canvas *c, struct rect r, const char *const *labels)
{
	*f = (struct facts){ .c = c, .r = r, .y = r.y };
	for (; *labels != NULL; labels++)
		if (text_width(*labels) + 2 > f->label_w)
			f->label_w = text_width(*labels) + 2;
	if (f->label_w > r.w / 2)
		f->label_w = r.w / 2;
}

void
fact(struct facts *f, const char *label, const char *value, enum style style)
{
	if (f->y >= f->r.y + f->r.h)
		return;
	canvas_text(f->c, f->y, f->r.x, f->label_w - 1, STYLE_LABEL, label);
	canvas_text(
	    f->c, f->y, f->r.x + f->label_w, f->r.w - f->label_w, style, value);
	f->y++;
}

void
fact_wrap(struct facts *f, const char *label, const char *value,
    enum style style, int lines)
{
	struct rect r = { .y = f->y,
		.x = f->r.x + f->label_w,
		.h = lines,
		.w = f->r.w - f->label_w };
	int used;

	if (r.h > f->r.y + f->r.h - f->y)
		r.h = f->r.y + f->r.h - f->y;
	if (r.h <= 0)
		return;
	canvas_text(f->c, f->y, f->r.x, f->label_w - 1, STYLE_LABEL, label);
	used = canvas_wrap(f->c, r, style, value);
	f->y += used > 0 ? used : 1;
}

/* What a tab says, with or without its number. */
static void
tab_words(const struct tab *t, bool counted, char *buf, size_t size)
{
	char n[MONEY_SIZE];

	if (counted && t->n >= 0)
		snprintf(buf, size, "%s %s", t->label, count_show(t->n, n));
	else
		snprintf(buf, size, "%s", t->label);
}

/* Columns of all tabs when the first @counted of them show their number. */
static int
tabs_width(const struct tab *tabs, size_t n, size_t counted)
{
	char buf[96];
	int w = 0;
	size_t i;

	for (i = 0; i < n; i++) {
		tab_words(&tabs[i], i < counted, buf, sizeof(buf));
		w += text_width(buf) + 2;
	}
	return w;
}

/* Where there is no room for all, those in front of the one that one is on go
 * first. */
static size_t
first_tab(const struct tab *tabs, size_t counted, size_t current, int w)
{
	size_t first = 0, i;
	char buf[96];

	for (;; first++) {
		int need = first > 0 ? 2 : 0;

		for (i = first; i <= current; i++) {
			tab_words(&tabs[i], i < counted || i == current, buf,
			    sizeof(buf));
			need += text_width(buf) + 2;
		}
		if (need <= w || first == current)
			return first;
	}
}

void
draw_tabs(struct canvas *c, int y, int x, int w, const struct tab *tabs,
    size_t n, size_t current)
{
	size_t i, counted = n, first;
	char buf[96], marked[100];
	int end = x + w;

	while (counted > 0 && tabs_width(tabs, n, counted) > w)
		counted--;
	first = first_tab(tabs, counted, current, w);
	if (first > 0)
		x += canvas_pad(c, y, x, 2, STYLE_DIM, "<");
	for (i = first; i < n && x < end; i++) {
		tab_words(
		    &tabs[i], i < counted || i == current, buf, sizeof(buf));
		snprintf(marked, sizeof(marked), i == current ? "[%s]" : " %s ",
		    buf);
		x += canvas_text(c, y, x, end - x,
		    i == current ? STYLE_ACCENT : STYLE_TEXT, marked);
	}
}

const char *
cursor_mark(void)
{
	return width_ambiguous == 2 ? ">" : "▌";
}

char *
show_detail(char *buf, size_t size, const struct audit_row *entry)
{
	struct str text = STR_INIT;

	audit_detail_text(entry, &text);
	copy_text(buf, size, text.len > 0 ? text.s : "");
	str_done(&text);
	return buf;
}
