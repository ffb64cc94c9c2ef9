/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "shopmgr/base/i18n.h"
#include "shopmgr/base/money.h"

#include "import_priv.h"

/* What platforms call the states of orders, refunds, and each other. */

static int
word_of(const struct platform *p, const char *text)
{
	size_t i;

	for (i = 0; i < p->nrefunds; i++)
		if (strstr(text, p->refunds[i].text) != NULL)
			return p->refunds[i].state;
	return -1;
}

/* By the words of its platform, else by Taobao's. */
int
refund_word(const struct job *j, const struct imp_file *f, const char *text)
{
	int state = word_of(f->layout->platform, text);

	return state >= 0 || f->layout->platform->id == 0
		   ? state
		   : word_of(j->fmt.platforms[0], text);
}

/* Without blanks and capitals, its commas and brackets half-width. */
struct slice
plain_words(struct arena *scratch, struct slice v)
{
	static const struct {
		char wide[4], plain;
	} signs[] = { { "，", ',' }, { "（", '(' }, { "）", ')' } };
	char *buf = arena_alloc(scratch, v.n + 1);
	size_t i, k, n = 0;

	for (i = 0; i < v.n; i++) {
		for (k = 0; k < 3; k++)
			if (v.n - i >= 3 &&
			    memcmp(v.s + i, signs[k].wide, 3) == 0)
				break;
		if (k < 3) {
			buf[n++] = signs[k].plain;
			i += 2;
		} else if (v.s[i] >= 'A' && v.s[i] <= 'Z') {
			buf[n++] = (char)(v.s[i] + ('a' - 'A'));
		} else if (v.s[i] != ' ') {
			buf[n++] = v.s[i];
		}
	}
	return (struct slice){ .s = buf, .n = n };
}

/* The word of @p, else Taobao's. */
static const struct state_word *
state_of(const struct formats *fmt, const struct platform *p, struct slice v)
{
	const int64_t *at = map_get(&p->states, v.s, v.n);

	if (at == NULL && p->id != 0)
		at = map_get(&fmt->platforms[0]->states, v.s, v.n);
	return at != NULL ? &fmt->words[*at] : NULL;
}

/* "(锁定)等待出库": *@v goes on behind it. */
static const struct state_word *
head_of(const struct platform *p, struct slice *v)
{
	size_t i, n;

	for (i = 0; i < p->nheads; i++) {
		n = strlen(p->heads[i].text);
		if (v->n < n || memcmp(v->s, p->heads[i].text, n) != 0)
			continue;
		v->s += n;
		v->n -= n;
		return &p->heads[i];
	}
	return NULL;
}

static const struct state_word *
state_find(struct job *j, const struct platform *p, struct slice v,
    const struct state_word **head)
{
	const struct state_word *w = state_of(&j->fmt, p, v);

	*head = NULL;
	if (w != NULL)
		return w;
	v = plain_words(&j->scratch, v);
	*head = head_of(p, &v);
	w = state_of(&j->fmt, p, v);
	return w == NULL && *head != NULL && (*head)->state > 0 ? *head : w;
}

bool
row_state(struct job *j, struct imp_row *row, enum imp_field field)
{
	const struct platform *p = row->file->layout->platform;
	const struct state_word *head, *w;

	w = state_find(j, p, row->f[field], &head);
	if (w == NULL) {
		reject(j, row->file, row->raw, field,
		    _("\"%s\" is no state of an order that is known"),
		    shown_short(j, row->f[field]));
		return false;
	}
	row->n[field] =
	    head != NULL && head->state > 0 ? head->state : w->state;
	if (field == F_STATE && w->refund > row->refund)
		row->refund = w->refund;
	if (field == F_STATE && head != NULL && head->refund > row->refund)
		row->refund = head->refund;
	return true;
}

bool
row_refund(struct job *j, struct imp_row *row, enum imp_field field)
{
	const char *text = slice_text(&j->scratch, row->f[field]);
	int state = refund_word(j, row->file, text);

	/* Of an order as a whole it only adds to what its amounts say. */
	if (state < 0 && file_is_orders(row->file)) {
		row->has &= ~BIT(field);
		return true;
	}
	if (state < 0) {
		reject(j, row->file, row->raw, field,
		    _("\"%s\" is no state of a refund that is known"),
		    shown_short(j, row->f[field]));
		return false;
	}
	row->n[field] = state;
	return true;
}

/* A number, or a colour by its word; what is neither is none. */
bool
row_flag(struct job *j, struct imp_row *row, enum imp_field field)
{
	const struct formats *fmt = &j->fmt;
	const char *text = slice_text(&j->scratch, row->f[field]);
	size_t i;

	if (count_parse(text, &row->n[field]) == 0 && row->n[field] >= 0 &&
	    row->n[field] < ORDER_FLAGS)
		return true;
	for (i = 0; i < fmt->nflags; i++)
		if (strstr(text, fmt->flags[i].text) != NULL)
			break;
	row->n[field] = i < fmt->nflags ? fmt->flags[i].flag : 0;
	if (i == fmt->nflags)
		row->has &= ~BIT(field);
	return true;
}

static void
row_is_on(struct imp_row *row, enum imp_field field, const struct platform *p,
    const char *name)
{
	row->nick_platform = p;
	if (field == F_NICK_PLATFORM)
		return;
	row->platform = p;
	row->on = name;
}

/* Taobao and Tmall are one to their files, and two to ours. */
bool
row_platform(struct job *j, struct imp_row *row, enum imp_field field)
{
	const struct formats *fmt = &j->fmt;
	struct slice v = row->f[field];
	size_t i;

	for (i = 0; i < fmt->ncalled; i++) {
		const struct called *c = &fmt->called[i];

		if (!slice_same(v, c->text, strlen(c->text)) &&
		    !slice_same(v, c->name, strlen(c->name)))
			continue;
		row_is_on(row, field, c->platform, c->name);
		return true;
	}
	for (i = 0; i < fmt->nplatforms; i++) {
		const struct platform *p = fmt->platforms[i];

		if (!slice_same(v, p->name, strlen(p->name)))
			continue;
		row_is_on(row, field, p, p->name);
		return true;
	}
	reject(j, row->file, row->raw, field, _("There is no platform %s"),
	    shown_short(j, row->f[field]));
	return false;
}
