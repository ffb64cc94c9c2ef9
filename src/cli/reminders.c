/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "cli_priv.h"
#include "shopmgr/base/time.h"
#include "shopmgr/domain/orders.h"
#include "shopmgr/domain/reminders.h"

/* Reminders of unpaid orders, their texts, and what they bring. */

static int
begin(struct cli *c, int argc, char **argv, const struct arg *args,
    const char **no, int64_t *id)
{
	struct arg_list rest;
	int rc = args_parse(c, argc, argv, args, 1, 1, &rest);

	if (rc == 0)
		rc = cli_session(c);
	if (rc != 0)
		return rc;
	*no = rest.v[0];
	return order_by_no(c->s, *no, id) != 0 ? cli_failed(c) : 0;
}

static int
verb_text(struct cli *c, int argc, char **argv)
{
	const char *name = NULL, *no;
	const struct arg args[] = {
		{ .name = "--text", .value = &name },
		{ 0 },
	};
	char text[TEXT_SIZE];
	int64_t id, text_id;
	int rc = begin(c, argc, argv, args, &no, &id);

	if (rc != 0)
		return rc;
	if (name == NULL)
		return cli_misused(c, _("The option %s is needed"), "--text");
	if (text_by_name(c->s, "unpaid", name, &text_id) != 0 ||
	    text_fill(c->s, text_id, id, text) != 0)
		return cli_failed(c);
	out_begin(c);
	out_text(c, "text", _("Text"), text);
	out_end(c);
	return CLI_OK;
}

struct add_args {
	const char *text, *words, *channel, *result, *note, *next;
};

static int
fill_in(struct cli *c, int64_t order_id, const struct add_args *a,
    struct reminder_edit *e)
{
	int rc;

	if (a->text != NULL &&
	    (text_by_name(c->s, "unpaid", a->text, &e->template_id) != 0 ||
		text_fill(c->s, e->template_id, order_id, e->text) != 0))
		return cli_failed(c);
	if (a->words != NULL && (rc = args_copy(c, "--words", e->text,
				     sizeof(e->text), a->words)) != 0)
		return rc;
	if ((rc = args_copy(c, "--channel", e->channel, sizeof(e->channel),
		 a->channel)) != 0 ||
	    (rc = args_copy(c, "--result", e->result, sizeof(e->result),
		 a->result)) != 0 ||
	    (rc = args_copy(c, "--note", e->note, sizeof(e->note), a->note)) !=
		0)
		return rc;
	return order_hold_when(c->s, 0, a->next, &e->next_at) != 0
		   ? cli_failed(c)
		   : 0;
}

#define ANSWER_ARGS(a) \
	{ .name = "--result", .value = &(a).result }, \
	    { .name = "--note", .value = &(a).note }, \
	{ \
		.name = "--next", .value = &(a).next \
	}

static int
verb_add(struct cli *c, int argc, char **argv)
{
	struct add_args a = { .channel = reminder_channels[0],
		.result = "",
		.note = "",
		.next = "" };
	const struct arg args[] = {
		{ .name = "--text", .value = &a.text },
		{ .name = "--words", .value = &a.words },
		{ .name = "--channel", .value = &a.channel },
		ANSWER_ARGS(a),
		{ 0 },
	};
	struct reminder_edit e = { .template_id = 0 };
	const char *no;
	int64_t id, added;
	int rc = begin(c, argc, argv, args, &no, &id);

	if (rc == 0)
		rc = fill_in(c, id, &a, &e);
	if (rc != 0)
		return rc;
	if (reminder_add(c->s, id, &e, &added) != 0)
		return cli_failed(c);
	out_begin(c);
	out_int(c, "id", _("Reminder"), added);
	out_text(c, "text", _("Text"), e.text);
	out_end(c);
	return CLI_OK;
}

static int
verb_answer(struct cli *c, int argc, char **argv)
{
	struct add_args a = { .result = "", .note = "", .next = "" };
	const struct arg args[] = { ANSWER_ARGS(a), { 0 } };
	struct arg_list rest;
	int64_t id, next;
	int rc = args_parse(c, argc, argv, args, 1, 1, &rest);

	if (rc == 0)
		rc = cli_session(c);
	if (rc == 0)
		rc = args_count(c, "ID", rest.v[0], &id);
	if (rc != 0)
		return rc;
	if (order_hold_when(c->s, 0, a.next, &next) != 0 ||
	    reminder_result(c->s, id, a.result, a.note, next) != 0)
		return cli_failed(c);
	out_sentence(c, "%s", _("The answer is kept."));
	return CLI_OK;
}

#define FIGURE(field) offsetof(struct reminder_figures, field)
static const struct rec_field figure_fields[] = {
	{ "name", N_("Agent or text"), REC_TEXT, FIGURE(name), NULL },
	{ "orders", N_("Reminded"), REC_INT, FIGURE(orders), NULL },
	{ "paid_n", N_("Paid in a day"), REC_INT, FIGURE(paid_n), NULL },
	{ "paid", N_("Paid"), REC_MONEY, FIGURE(paid), NULL },
	{ NULL, NULL, REC_TEXT, 0, NULL },
};

static int
verb_figures(struct cli *c, int argc, char **argv)
{
	const char *days = "30", *by = "staff";
	const struct arg args[] = {
		{ .name = "--days", .value = &days },
		{ .name = "--by", .value = &by },
		{ 0 },
	};
	struct arg_list rest;
	struct page page;
	int64_t n, now = time_now();
	int rc = args_parse(c, argc, argv, args, 0, 0, &rest);

	if (rc == 0)
		rc = args_count(c, "--days", days, &n);
	if (rc == 0 && strcmp(by, "staff") != 0 && strcmp(by, "text") != 0)
		rc = cli_misused(c, _("--by is staff or text"));
	if (rc == 0)
		rc = cli_session(c);
	if (rc != 0)
		return rc;
	if (reminder_figures(c->s,
		by[0] == 't' ? REMINDER_BY_TEXT : REMINDER_BY_STAFF,
		day_start(time_day(now) - n + 1), now + 1, &page) != 0)
		return cli_failed(c);
	out_list_begin(c, figure_fields);
	out_list_rows(c, &page);
	out_list_end(c);
	page_free(&page);
	return CLI_OK;
}

static int
verb_template(struct cli *c, int argc, char **argv)
{
	const char *text = NULL;
	bool on = false, off = false;
	const struct arg args[] = {
		{ .name = "--text", .value = &text },
		{ .name = "--on", .flag = &on },
		{ .name = "--off", .flag = &off },
		{ 0 },
	};
	struct text_template_edit e = { .kind = "unpaid", .active = true };
	const struct text_template *t;
	struct arg_list rest;
	struct page page;
	int64_t id = 0, version = 0;
	int rc = args_parse(c, argc, argv, args, 1, 1, &rest);

	if (rc == 0)
		rc = cli_session(c);
	if (rc != 0)
		return rc;
	if (text_by_name(c->s, "unpaid", rest.v[0], &id) == 0) {
		if (text_get(c->s, id, &page) != 0)
			return cli_failed(c);
		t = page_row(&page, 0);
		version = t->version;
		text_edit_from(&e, t);
		page_free(&page);
	}
	rc = args_copy(c, "NAME", e.name, sizeof(e.name), rest.v[0]);
	if (rc == 0 && text != NULL)
		rc = args_copy(c, "--text", e.text, sizeof(e.text), text);
	if (rc != 0)
		return rc;
	if (on || off)
		e.active = on;
	if ((id == 0 ? text_add(c->s, &e, &id)
		     : text_save(c->s, id, version, &e)) != 0)
		return cli_failed(c);
	out_sentence(c, _("The text %s is saved"), e.name);
	return CLI_OK;
}

static int
verb_defaults(struct cli *c, int argc, char **argv)
{
	struct arg_list rest;
	int64_t n;
	int rc = args_parse(
	    c, argc, argv, (const struct arg[]){ { 0 } }, 0, 0, &rest);

	if (rc == 0)
		rc = cli_session(c);
	if (rc != 0)
		return rc;
	if (text_defaults(c->s, &n) != 0)
		return cli_failed(c);
	out_sentence(c,
	    ngettext("%lld text of a new shop is added.",
		"%lld texts of a new shop are added.", (unsigned long)n),
	    (long long)n);
	return CLI_OK;
}

const struct command reminder_verbs[] = {
	{ "text", "NO --text NAME",
	    N_("Prints one of the texts, filled in for an unpaid order."),
	    verb_text, NULL },
	{ "add",
	    "NO --text NAME | --words TEXT [--channel NAME] [--result NAME] "
	    "[--note TEXT] [--next WHEN]",
	    N_("Keeps that a buyer was reminded, and with which words. "
	       "Channels: wangwang, phone, sms, wechat, mail."),
	    verb_add, NULL },
	{ "answer", "ID --result NAME [--note TEXT] [--next WHEN]",
	    N_("Keeps what came of a reminder: paid, later, dear, elsewhere, "
	       "no_answer, refused."),
	    verb_answer, NULL },
	{ "figures", "[--days N] [--by staff|text]",
	    N_("Prints how many paid within a day of their reminder."),
	    verb_figures, NULL },
	{ "template", "NAME [--text TEXT] [--on|--off]",
	    N_("Writes a text, or changes it."), verb_template, NULL },
	{ "defaults", "",
	    N_("Adds the texts of a new shop whose names are not taken."),
	    verb_defaults, NULL },
	{ NULL, NULL, NULL, NULL, NULL },
};
