/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "cli_priv.h"
#include "shopmgr/base/alloc.h"
#include "shopmgr/domain/attrs.h"
#include "shopmgr/domain/confirm.h"
#include "shopmgr/domain/production.h"

/* What is confirmed with the buyer, and what is typed of made goods. */

/* "name,phone" as bits. */
static int
whats(struct cli *c, const char *list, int64_t *bits)
{
	char *copy = arena_strdup(&c->arena, list), *word, *rest;

	*bits = 0;
	for (word = strtok_r(copy, ", ", &rest); word != NULL;
	     word = strtok_r(NULL, ", ", &rest)) {
		int64_t bit = confirm_by_name(word);

		if (bit == 0)
			return cli_misused(c,
			    _("%s is nothing that is confirmed: name, phone, "
			      "address, attrs, ship_date, delivery"),
			    word);
		*bits |= bit;
	}
	return 0;
}

#define FACT(field) offsetof(struct confirm_fact, field)
static const struct rec_field fact_fields[] = {
	{ "line_no", N_("Line"), REC_INT, FACT(line_no), NULL },
	{ "name", N_("Attribute"), REC_TEXT, FACT(name), NULL },
	{ "value", N_("Value"), REC_TEXT, FACT(value), NULL },
	{ "needed", N_("Needed"), REC_BOOL, FACT(needed), NULL },
	{ "confirmed", N_("Confirmed"), REC_BOOL, FACT(confirmed), NULL },
	{ "at", N_("Time"), REC_TIME, FACT(at), NULL },
	{ "staff", N_("Staff"), REC_TEXT, FACT(staff), NULL },
	{ "channel", N_("Channel"), REC_TEXT, FACT(channel), NULL },
	{ "note", N_("Note"), REC_TEXT, FACT(note), NULL },
	{ NULL, NULL, REC_TEXT, 0, NULL },
};

static int
facts(struct cli *c, int64_t id)
{
	struct page page;

	if (confirm_facts(c->s, id, &page) < 0)
		return cli_failed(c);
	out_list_begin(c, fact_fields);
	out_list_rows(c, &page);
	out_list_end(c);
	page_free(&page);
	return CLI_OK;
}

int
order_verb_confirm(struct cli *c, int argc, char **argv)
{
	const char *note = "", *what = NULL, *channel = "";
	bool show = false;
	const struct arg args[] = {
		{ .name = "--note", .value = &note },
		{ .name = "--what", .value = &what },
		{ .name = "--channel", .value = &channel },
		{ .name = "--show", .flag = &show },
		{ 0 },
	};
	struct confirm_entry e = { .what = 0 };
	int64_t id, needed, confirmed;
	struct arg_list rest;
	int rc = args_parse(c, argc, argv, args, 1, 1, &rest);

	if (rc == 0 && what != NULL)
		rc = whats(c, what, &e.what);
	if (rc == 0)
		rc = cli_session(c);
	if (rc != 0)
		return rc;
	if (order_id(c, rest.v[0], &id) != 0)
		return cli_failed(c);
	if (show)
		return facts(c, id);
	if (confirm_stands(c->s, id, &needed, &confirmed) < 0)
		return cli_failed(c);
	e.channel = channel;
	e.note = note;
	if (what == NULL)
		e.what = needed;
	if (confirm_save(c->s, id, &e) != 0 ||
	    confirm_stands(c->s, id, &needed, &confirmed) < 0)
		return cli_failed(c);
	if ((needed & ~confirmed) == 0)
		out_sentence(
		    c, _("Order %s is confirmed with the buyer"), rest.v[0]);
	else
		out_sentence(c,
		    _("Order %s: that is confirmed; something is left"),
		    rest.v[0]);
	order_told(c, id);
	return CLI_OK;
}

/* "width=1.24m" each. */
static int
entries(struct cli *c, const struct arg_list *rest, int64_t line_no,
    struct attr_entry *out)
{
	for (size_t i = 2; i < rest->n; i++) {
		char *text = arena_strdup(&c->arena, rest->v[i]);
		char *eq = strchr(text, '=');

		if (eq == NULL)
			return cli_misused(
			    c, _("This is no NAME=VALUE: %s"), rest->v[i]);
		*eq = '\0';
		out[i - 2] = (struct attr_entry){ line_no, text, eq + 1 };
	}
	return 0;
}

static int
attrs_show(struct cli *c, int64_t id)
{
	struct page page;

	if (line_attrs(c->s, id, &page) < 0)
		return cli_failed(c);
	out_list_begin(c, line_attr_fields);
	out_list_rows(c, &page);
	out_list_end(c);
	page_free(&page);
	return CLI_OK;
}

static int
attrs_typed(
    struct cli *c, const char *no, int64_t id, const struct attr_typing *t)
{
	int differ = 0;

	if (attrs_type(c->s, id, t, &differ) != 0)
		return cli_failed(c);
	if (differ > 0)
		return cli_complain(c, CLI_REFUSED,
		    _("Order %s: %d differ from the first time; both are "
		      "kept, settle which is right"),
		    no, differ);
	out_sentence(c, _("Order %s: what was typed is kept"), no);
	return out_for_people(c) ? CLI_OK : attrs_show(c, id);
}

#define TYPED_MAX 100

int
order_verb_attr(struct cli *c, int argc, char **argv)
{
	const char *reason = NULL, *loss = NULL;
	bool again = false, confirm = false;
	const struct arg args[] = {
		{ .name = "--again", .flag = &again },
		{ .name = "--confirm", .flag = &confirm },
		{ .name = "--reason", .value = &reason },
		{ .name = "--loss", .value = &loss },
		{ 0 },
	};
	struct attr_entry typed[TYPED_MAX];
	struct attr_typing t = { .entries = typed };
	int64_t id, line_no = 0;
	struct arg_list rest;
	int rc = args_parse(c, argc, argv, args, 1, TYPED_MAX, &rest);

	if (rc == 0 && rest.n == 2)
		rc = cli_misused(c, _("Something is missing"));
	if (rc == 0 && rest.n > 2)
		rc = args_count(c, "LINE", rest.v[1], &line_no);
	if (rc == 0 && loss != NULL)
		rc = args_money(c, "--loss", loss, &t.loss);
	if (rc == 0)
		rc = entries(c, &rest, line_no, typed);
	if (rc == 0)
		rc = cli_session(c);
	if (rc != 0)
		return rc;
	if (order_id(c, rest.v[0], &id) != 0)
		return cli_failed(c);
	if (rest.n == 1)
		return attrs_show(c, id);
	t.n = rest.n - 2;
	t.reason = reason;
	t.how = confirm ? ATTR_CONFIRM : again ? ATTR_AGAIN : ATTR_FIRST;
	return attrs_typed(c, rest.v[0], id, &t);
}
