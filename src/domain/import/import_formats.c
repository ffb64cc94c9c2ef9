/* SPDX-License-Identifier: MIT */
#include <assert.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "shopmgr/base/alloc.h"
#include "shopmgr/base/embed.h"
#include "shopmgr/base/i18n.h"
#include "shopmgr/base/money.h"

#include "../core/rates_priv.h"
#include "import_formats.h"
#include "import_reader.h"
#include "staged_priv.h"

/*
 * The tables of data/formats: what files look like. docs/formats.md tells users
 * the same; theirs are read by the same code, but what is wrong in them is
 * warned of and left out.
 */

int
word_index(const char *const *list, size_t n, const char *name)
{
	size_t i;

	for (i = 0; i < n; i++)
		if (strcmp(list[i], name) == 0)
			return (int)i;
	return -1;
}

static const char *const refunds[] = { "none", "asked", "back", "taken" };

void
reader_wrong(struct reader *r, const char *fmt, ...)
{
	char text[300];
	va_list ap;

	va_start(ap, fmt);
	format_text(text, sizeof(text), fmt, ap);
	va_end(ap);
	/* The program's own are right: the tests read them. */
	assert(r->own);
	warn(r->j, _("%s, line %d: %s"), r->name, r->line, text);
}

/* The next line that says something: its cells, or false at the end. */
static bool
next_line(struct reader *r, const char **text)
{
	const char *end;
	char *line, *tab;
	size_t n;

	do {
		if (**text == '\0')
			return false;
		end = strchrnul(*text, '\n');
		n = (size_t)(end - *text);
		if (n > 0 && (*text)[n - 1] == '\r')
			n--;
		line = arena_strndup(&r->j->arena, *text, n);
		*text = end + (*end == '\n');
		r->line++;
	} while (line[0] == '\0' || line[0] == '#');
	for (n = 0; n < READER_CELLS; n++) {
		r->cell[n] = line;
		tab = strchrnul(line, '\t');
		line = *tab == '\t' ? tab + 1 : tab;
		*tab = '\0';
	}
	return true;
}

static struct platform *
platform_get(struct job *j, const char *name)
{
	struct formats *fmt = &j->fmt;
	struct platform *p;
	size_t i;

	for (i = 0; i < fmt->nplatforms; i++)
		if (strcmp(fmt->platforms[i]->name, name) == 0)
			return fmt->platforms[i];
	p = arena_alloc(&j->arena, sizeof(*p));
	p->name = p->shop = name;
	p->id = (unsigned)fmt->nplatforms;
	fmt->platforms = xreallocarray(
	    fmt->platforms, fmt->nplatforms + 1, sizeof(struct platform *));
	fmt->platforms[fmt->nplatforms++] = p;
	return p;
}

static void
read_platform(struct reader *r)
{
	r->layout = NULL;
	if (r->cell[1][0] == '\0') {
		reader_wrong(r, _("the platform has no name"));
		return;
	}
	r->platform = platform_get(r->j, r->cell[1]);
	if (r->cell[2][0] != '\0')
		r->platform->shop = r->cell[2];
	if (strcmp(r->cell[3], "own-numbers") == 0)
		r->platform->own_numbers = true;
}

static int
refund_by_name(const char *name)
{
	return INDEX_OF(refunds, name);
}

/* state NAME TEXT [REFUND] */
static void
read_state(struct reader *r)
{
	struct formats *fmt = &r->j->fmt;
	int state = order_state_by_name(r->cell[1]);
	struct slice plain;
	int refund = r->cell[3][0] != '\0' ? refund_by_name(r->cell[3]) : -1;
	bool fresh;

	if (state <= 0 || (refund < 0 && r->cell[3][0] != '\0')) {
		reader_wrong(
		    r, _("\"%s %s\" is no state"), r->cell[1], r->cell[3]);
		return;
	}
	fmt->words =
	    xreallocarray(fmt->words, fmt->nwords + 1, sizeof(*fmt->words));
	fmt->words[fmt->nwords] = (struct state_word){
		.text = r->cell[2], .state = state, .refund = refund
	};
	plain = plain_words(&r->j->arena, slice_of(r->cell[2]));
	*map_put(&r->platform->states, plain.s, plain.n, &fresh) =
	    (int64_t)fmt->nwords;
	*map_put(&r->platform->states, r->cell[2], strlen(r->cell[2]), &fresh) =
	    (int64_t)fmt->nwords++;
}

/* head NAME TEXT [REFUND]: in front of a state; "-" keeps the state. */
static void
read_head(struct reader *r)
{
	struct platform *p = r->platform;
	int state =
	    strcmp(r->cell[1], "-") != 0 ? order_state_by_name(r->cell[1]) : 0;
	int refund = r->cell[3][0] != '\0' ? refund_by_name(r->cell[3]) : -1;

	if ((state == 0 && strcmp(r->cell[1], "-") != 0) ||
	    r->cell[2][0] == '\0' || (refund < 0 && r->cell[3][0] != '\0')) {
		reader_wrong(
		    r, _("\"%s %s\" is no state"), r->cell[1], r->cell[3]);
		return;
	}
	p->heads = xreallocarray(p->heads, p->nheads + 1, sizeof(*p->heads));
	p->heads[p->nheads++] = (struct state_word){
		.text = r->cell[2], .state = state, .refund = refund
	};
}

static void
read_refund(struct reader *r)
{
	struct platform *p = r->platform;
	int state = refund_by_name(r->cell[1]);

	if (state < 0 || r->cell[2][0] == '\0') {
		reader_wrong(
		    r, _("\"%s\" is no state of a refund"), r->cell[1]);
		return;
	}
	p->refunds =
	    xreallocarray(p->refunds, p->nrefunds + 1, sizeof(*p->refunds));
	p->refunds[p->nrefunds++] =
	    (struct refund_word){ .text = r->cell[2], .state = state };
}

static void
read_vintage(struct reader *r)
{
	struct formats *fmt = &r->j->fmt;

	fmt->vintages = xreallocarray(
	    fmt->vintages, fmt->nvintages + 1, sizeof(*fmt->vintages));
	fmt->vintages[fmt->nvintages++] = (struct vintage){
		.layout = r->cell[1], .year = r->cell[2], .header = r->cell[3]
	};
}

/* rate USD 7.12: yuan for one of it */
static void
read_rate(struct reader *r)
{
	struct formats *fmt = &r->j->fmt;
	int64_t yuan = rate_parse(r->cell[2], strlen(r->cell[2]));

	if (strlen(r->cell[1]) != 3 || yuan == 0) {
		reader_wrong(r, _("\"%s %s\" is no rate of a currency"),
		    r->cell[1], r->cell[2]);
		return;
	}
	fmt->rates =
	    xreallocarray(fmt->rates, fmt->nrates + 1, sizeof(*fmt->rates));
	fmt->rates[fmt->nrates] = (struct rate){ .yuan = yuan };
	copy_text(fmt->rates[fmt->nrates++].code, 4, r->cell[1]);
}

/* hold REASON TEXT */
static void
read_hold(struct reader *r)
{
	struct formats *fmt = &r->j->fmt;
	const char *const *known = order_hold_reasons;

	while (*known != NULL && strcmp(*known, r->cell[1]) != 0)
		known++;
	if (*known == NULL || r->cell[2][0] == '\0') {
		reader_wrong(r, _("\"%s\" is no reason of a hold"), r->cell[1]);
		return;
	}
	fmt->holds =
	    xreallocarray(fmt->holds, fmt->nholds + 1, sizeof(*fmt->holds));
	fmt->holds[fmt->nholds++] =
	    (struct hold_word){ .reason = *known, .text = r->cell[2] };
}

/* flag N TEXT */
static void
read_flag(struct reader *r)
{
	struct formats *fmt = &r->j->fmt;
	int64_t flag;

	if (count_parse(r->cell[1], &flag) < 0 || flag < 0 ||
	    flag >= ORDER_FLAGS || r->cell[2][0] == '\0') {
		reader_wrong(
		    r, _("\"%s %s\" is no flag"), r->cell[1], r->cell[2]);
		return;
	}
	fmt->flags =
	    xreallocarray(fmt->flags, fmt->nflags + 1, sizeof(*fmt->flags));
	fmt->flags[fmt->nflags++] =
	    (struct flag_word){ .text = r->cell[2], .flag = flag };
}

/* called PLATFORM TEXT. Two names may be one platform to the files. */
static void
read_called(struct reader *r)
{
	struct formats *fmt = &r->j->fmt;
	const char *name = r->cell[1];

	if (name[0] == '\0' || r->cell[2][0] == '\0') {
		reader_wrong(r, _("the platform has no name"));
		return;
	}
	fmt->called =
	    xreallocarray(fmt->called, fmt->ncalled + 1, sizeof(*fmt->called));
	fmt->called[fmt->ncalled++] = (struct called){ .text = r->cell[2],
		.name = name,
		.platform = strcmp(name, "tmall") == 0
				? fmt->platforms[0]
				: platform_get(r->j, name) };
}

static void
read_not_closed(struct reader *r)
{
	r->j->fmt.not_closed = r->cell[1];
}

static const struct word {
	const char *name;
	bool on_platform; /* only below one */
	void (*read)(struct reader *r);
} words[] = {
	{ "platform", false, read_platform },
	{ "layout", false, layout_begin },
	{ "vintage", false, read_vintage },
	{ "state", true, read_state },
	{ "head", true, read_head },
	{ "refund", true, read_refund },
	{ "hold", false, read_hold },
	{ "flag", false, read_flag },
	{ "called", false, read_called },
	{ "alias", false, alias_read },
	{ "rate", false, read_rate },
	{ "not-closed", false, read_not_closed },
};

/* Layouts of rows that are kept whole stand in the same folder: their words
 * are those of import_staged_layout.c, until the next layout or platform. */
static bool
is_kept_word(struct reader *r)
{
	if (strcmp(r->cell[0], "kept") == 0 || strcmp(r->cell[0], "word") == 0)
		r->kept = true;
	else if (strcmp(r->cell[0], "layout") == 0 ||
		 strcmp(r->cell[0], "platform") == 0)
		r->kept = false;
	return r->kept;
}

static void
read_line(struct reader *r)
{
	const struct word *w = words;
	const struct word *end = words + sizeof(words) / sizeof(words[0]);

	while (w < end && strcmp(w->name, r->cell[0]) != 0)
		w++;
	if (is_kept_word(r))
		return;
	if (layout_line(r))
		return;
	if (w == end)
		reader_wrong(r, _("\"%s\" is no word of a layout"), r->cell[0]);
	else if (w->on_platform && r->platform == NULL)
		reader_wrong(r, _("no line \"platform\" stands above it"));
	else
		w->read(r);
}

void
formats_read(struct job *j, const char *name, const char *text, bool own)
{
	struct reader r = { .j = j, .name = name, .own = own };
	size_t from = j->fmt.nlayouts;

	if (strncmp(text, "\xEF\xBB\xBF", 3) == 0)
		text += 3;
	while (next_line(&r, &text))
		read_line(&r);
	layouts_check(&r, from);
}

/* Taobao's first: its number is 0, see import_find.c. */
static const char *const ours[] = { "formats/taobao.tsv",
	"formats/taobao-states.tsv" };

/* Other tables stand in the folder, too: ours name a platform, or aliases. */
static bool
is_ours(const char *text)
{
	return strstr(text, "\nplatform\t") != NULL ||
	       strstr(text, "\nalias\t") != NULL;
}

static void
read_ours(struct job *j)
{
	const struct embed *e;
	size_t i;

	for (i = 0; i < sizeof(ours) / sizeof(ours[0]); i++)
		formats_read(j, ours[i], embed_text(ours[i]), false);
	for (e = embeds; e->name != NULL; e++)
		if (strncmp(e->name, "formats/", 8) == 0 && is_ours(e->text) &&
		    INDEX_OF(ours, e->name) < 0)
			formats_read(j, e->name, e->text, false);
}

/*
 * What was taught comes first, then the user's files, then ours: the first
 * layout that fits a header is taken. Taobao's words are read before, so that
 * every platform that has none for a state can fall back on them.
 */
int
formats_load(struct job *j)
{
	struct formats *fmt = &j->fmt;
	struct layout **v;
	size_t n;
	int rc;

	fmt->not_closed = "";
	read_ours(j);
	n = fmt->nlayouts;
	if ((rc = taught_read(j)) < 0)
		return rc;
	formats_read_folder(j);
	if ((rc = rates_load(j)) < 0)
		return rc;
	v = arena_alloc(&j->arena, (n + 1) * sizeof(*v));
	memcpy(v, fmt->layouts, n * sizeof(*v));
	memmove(
	    fmt->layouts, fmt->layouts + n, (fmt->nlayouts - n) * sizeof(*v));
	memcpy(fmt->layouts + fmt->nlayouts - n, v, n * sizeof(*v));
	j->default_shops =
	    arena_alloc(&j->arena, fmt->nplatforms * sizeof(*j->default_shops));
	return 0;
}

void
formats_done(struct formats *fmt)
{
	size_t i;

	for (i = 0; i < fmt->nplatforms; i++) {
		map_done(&fmt->platforms[i]->states);
		free(fmt->platforms[i]->heads);
		free(fmt->platforms[i]->refunds);
	}
	map_done(&fmt->headers);
	free(fmt->platforms);
	free(fmt->layouts);
	free(fmt->vintages);
	free(fmt->words);
	free(fmt->rates);
	free(fmt->holds);
	free(fmt->flags);
	free(fmt->called);
	free(fmt->aliases);
}
