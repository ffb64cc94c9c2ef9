/* SPDX-License-Identifier: MIT */
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cli_priv.h"
#include "shopmgr/base/alloc.h"
#include "shopmgr/base/secret.h"

static int cmd_help(struct cli *c, int argc, char **argv);

/* The commands, in the order of the help page and the manual. */
const struct command commands[] = {
	{ "init", "[--demo]",
	    N_("Creates the shop database and its owner. Name and password "
	       "come from --user and --password-file, or are asked for. "
	       "--demo fills it with a small lively shop and prints the demo "
	       "log-ins."),
	    cmd_init, NULL },
	{ "import",
	    "KIND FILE... [--shop NAME] [--encoding NAME] [--dry-run] "
	    "[--rejects FILE] | auto DIR [--shop NAME] | look FILE | "
	    "undo BATCH | history | changes [BATCH] [--what NAME] [--urgent]",
	    N_("Takes in files: orders, products, stock, listings, "
	       "customers, goods, companies, couriers, bins, kits, "
	       "warehouses, materials, categories, supplier-items, grades, "
	       "member-prices, review-rules, gift-rules, texts, attrs, "
	       "settings, refunds, payments, freight-templates, "
	       "freight-bill, tracking, "
	       "traffic, service-kpi, survey, staged. Platform "
	       "and layout are told by the file's header; files that belong "
	       "together may come in any order. --dry-run checks everything "
	       "and changes nothing; --rejects writes the refused rows with "
	       "the reason. auto takes all files of a folder, for cron, and "
	       "puts them aside; look says what a file is; undo takes a whole "
	       "import back; history lists the imports, and changes what one "
	       "of them changed."),
	    cmd_import, NULL },
	{ "export",
	    "KIND [-o FILE] [--for LAYOUT] [--columns A,B] [--sort [-]FIELD] "
	    "[--where FIELD=VALUE]... [--encoding NAME] [--protect-ids] "
	    "[--protect-equals] [--all]",
	    N_("Writes a list to a file, .csv or .xlsx by its name. shipments "
	       "are the platforms' batch-shipping layouts, labels the "
	       "couriers' lists; what is more than they take goes into "
	       "several files. Encodings: utf-8-bom, utf-8, gb18030. "
	       "--protect-ids: a TAB keeps long numbers whole, "
	       "--protect-equals: =\"...\" does. --all: also what was "
	       "exported before."),
	    cmd_export, NULL },
	{ "list",
	    "KIND [--where FIELD=VALUE]... [--sort [-]FIELD] [--limit N] "
	    "[--after ID]",
	    N_("Prints a page of records. --sort -paid: the highest first."),
	    cmd_list, NULL },
	{ "show", "KIND ID", N_("Prints one record whole, with its history."),
	    cmd_show, NULL },
	{ "find", "[TEXT] [--limit N] [--rebuild]",
	    N_("Finds anything by order number, waybill, phone or its last "
	       "four digits, nick, name or its pinyin initials, product name, "
	       "code or barcode, and words of remarks, all of which must fit. "
	       "--rebuild makes the index of words anew."),
	    cmd_find, NULL },
	{ "order", "VERB NO ...", N_("Works on an order."), NULL, order_verbs },
	{ "quote", "VERB ...",
	    N_("Enquiries and quotations, and the orders they become."), NULL,
	    quote_verbs },
	{ "grade", "VERB ...", N_("Keeps the grades of members."), NULL,
	    grade_verbs },
	{ "member-price", "VERB ...", N_("Keeps what members pay."), NULL,
	    member_price_verbs },
	{ "review", "VERB ...",
	    N_("Reviews paid orders by the owner's rules, and by hand."), NULL,
	    review_verbs },
	{ "kit", "VERB ...", N_("Keeps what kits are made up of."), NULL,
	    kit_verbs },
	{ "gift", "VERB ...", N_("Keeps the rules of gifts."), NULL,
	    gift_verbs },
	{ "reminder", "VERB ...", N_("Reminds the buyers of unpaid orders."),
	    NULL, reminder_verbs },
	{ "stock", "VERB SKU ...", N_("Moves stock, by a slip each."), NULL,
	    stock_verbs },
	{ "bin", "VERB ...", N_("Keeps the bins."), NULL, bin_verbs },
	{ "transfer", "VERB ...",
	    N_("Sends goods from one warehouse to another."), NULL,
	    transfer_verbs },
	{ "wave", "VERB ...", N_("Picks many orders in one walk."), NULL,
	    wave_verbs },
	{ "put-back", "VERB ...",
	    N_("Brings back what was picked for orders that were stopped."),
	    NULL, put_back_verbs },
	{ "manifest", "VERB ...", N_("Hands parcels to the couriers."), NULL,
	    manifest_verbs },
	{ "product", "VERB ...", N_("Keeps the goods."), NULL, product_verbs },
	{ "category", "VERB ...", N_("Keeps the tree of categories."), NULL,
	    category_verbs },
	{ "company", "VERB ...",
	    N_("Keeps suppliers, courier companies and business customers."),
	    NULL, company_verbs },
	{ "supplier", "VERB ...",
	    N_("Keeps what suppliers sell, for how much."), NULL,
	    supplier_verbs },
	{ "production", "VERB ...",
	    N_("Production orders of what is made to order."), NULL,
	    production_verbs },
	{ "purchase", "VERB ...",
	    N_("What is low, purchase requests, orders to suppliers."), NULL,
	    purchase_verbs },
	{ "handover", "VERB ...",
	    N_("The day's sales of an agent, handed over to production."), NULL,
	    handover_verbs },
	{ "attr", "VERB ...",
	    N_("What has to be known of goods made to order."), NULL,
	    attr_verbs },
	{ "material", "VERB ...", N_("Keeps what parcels are packed in."), NULL,
	    material_verbs },
	{ "courier", "VERB ...", N_("Keeps the couriers."), NULL,
	    courier_verbs },
	{ "warehouse", "VERB ...", N_("Keeps the warehouses."), NULL,
	    warehouse_verbs },
	{ "freight", "VERB ...",
	    N_("What parcels cost: prices, quotes, couriers' bills, and what "
	       "is left over."),
	    NULL, freight_verbs },
	{ "payment", "VERB ...", N_("Keeps the payments of orders."), NULL,
	    payment_verbs },
	{ "statement", "VERB ...",
	    N_("Matches statements with orders, both ways."), NULL,
	    statement_verbs },
	{ "document", "VERB ...",
	    N_("Delivery notices and sales invoices, numbered."), NULL,
	    document_verbs },
	{ "print", "VERB ...",
	    N_("Prints labels, slips, pick lists and manifests."), NULL,
	    print_verbs },
	{ "track", "VERB ...", N_("Follows parcels on their way."), NULL,
	    track_verbs },
	{ "reveal", "order NO | customer NICK",
	    N_("Prints a contact as it is to those who otherwise read it "
	       "masked; the log says who did."),
	    NULL, reveal_verbs },
	{ "user", "VERB ...", N_("Keeps the staff's log-ins."), NULL,
	    user_verbs },
	{ "role", "VERB ...", N_("Keeps what roles may do."), NULL,
	    role_verbs },
	{ "shop", "VERB ...", N_("Keeps what shops are called."), NULL,
	    shop_verbs },
	{ "report",
	    "NAME [--month YYYY-MM | --from DAY --to DAY | --at DAY] "
	    "[--warehouse W] [--by WHAT] [-o FILE]",
	    N_("A report: stock-value, stock-ledger, stock-ageing, "
	       "stock-dead, stock-turnover, stock-abc, stock-shelf. Of this "
	       "month unless said; -o writes .csv, .xlsx or .pdf."),
	    cmd_report, NULL },
	{ "setting", "[NAME [VALUE]]",
	    N_("Prints the figures of the business that the owner decides, or "
	       "one of them; with a value, sets it."),
	    cmd_setting, NULL },
	{ "verify", "",
	    N_("Proves the books, every sum from its entries, and the file. "
	       "Prints what does not hold."),
	    cmd_verify, NULL },
	{ "audit", "VERB ...", N_("Reads the audit log."), NULL, audit_verbs },
	{ "backup", "FILE | --keep DIR | list DIR | rehearse FILE|DIR",
	    N_("Writes a verified copy of the database while others work. "
	       "--keep: one more in the folder DIR, where the newest of some "
	       "days and months stay. rehearse: puts a copy (the newest in "
	       "DIR) back in a temporary place, proves it and compares it with "
	       "the shop."),
	    cmd_backup, NULL },
	{ "restore", "FILE",
	    N_("Puts a backup in the place of the database, after proving it. "
	       "What was there is kept beside it."),
	    cmd_restore, NULL },
	{ "batch", "FILE|- [--keep-going]",
	    N_("Runs one command a line under one log-in and prints a line of "
	       "result for each. Stops at the first failure unless "
	       "--keep-going."),
	    cmd_batch, NULL },
	{ "help", "[COMMAND [VERB]]", N_("Tells how the commands are used."),
	    cmd_help, NULL },
	{ NULL, NULL, NULL, NULL, NULL },
};

static const struct command *
command_find(const struct command *table, const char *name)
{
	/* Another word for the same. */
	if (table == commands && strcmp(name, "staff") == 0)
		name = "user";
	for (; table->name != NULL; table++)
		if (strcmp(table->name, name) == 0)
			return table;
	return NULL;
}

bool
cli_is_command(const char *name)
{
	return command_find(commands, name) != NULL;
}

/* A line on stderr. What files and arguments hold is no terminal's business. */
static void
say(const char *prefix, const char *text)
{
	struct str shown = STR_INIT;

	add_shown(&shown, text);
	fprintf(stderr, "%s%s\n", prefix, shown.s);
	str_done(&shown);
}

void
cli_say(const struct cli *c, const char *fmt, ...)
{
	char text[1000], line[64] = "";
	va_list ap;

	if (c->line != 0)
		snprintf(
		    line, sizeof(line), _("line %lld: "), (long long)c->line);
	va_start(ap, fmt);
	format_text(text, sizeof(text), fmt, ap);
	va_end(ap);
	say(line, text);
}

int
cli_complain(struct cli *c, int code, const char *fmt, ...)
{
	char text[1000];
	va_list ap;

	va_start(ap, fmt);
	format_text(text, sizeof(text), fmt, ap);
	va_end(ap);
	str_cut(&c->said, 0);
	add_shown(&c->said, text);
	if (c->line != 0)
		cli_say(c, "%s", text);
	else
		say("shopmgr: ", text);
	return code;
}

int
cli_misused(struct cli *c, const char *fmt, ...)
{
	char text[1000];
	va_list ap;

	va_start(ap, fmt);
	format_text(text, sizeof(text), fmt, ap);
	va_end(ap);
	cli_complain(c, CLI_USAGE, "%s", text);
	if (c->command != NULL)
		fprintf(stderr, _("Usage: shopmgr %s %s\n"), c->name,
		    c->command->usage);
	return CLI_USAGE;
}

int
cli_err(struct cli *c, const struct err *err)
{
	int code = CLI_REFUSED;

	switch (err->code) {
	case ERR_DENIED:
		code = CLI_DENIED;
		break;
	case ERR_BUSY:
	case ERR_DB:
		code = CLI_NODB;
		break;
	case ERR_INVALID:
	case ERR_NOTFOUND:
	case ERR_CONFLICT:
	case ERR_STATE:
	case ERR_CANCELLED:
	case ERR_IO:
		break;
	}
	return cli_complain(c, code, "%s", err->text);
}

int
cli_failed(struct cli *c)
{
	return cli_err(c, session_err(c->s));
}

/* Usage and sentences of @cmd, and of each of its verbs. */
static void
help_command(struct cli *c, const char *prefix, const struct command *cmd)
{
	const struct command *v;
	struct str s = STR_INIT;

	if (cmd->verbs != NULL) {
		prefix = arena_printf(&c->arena, "%s%s%s", prefix,
		    prefix[0] != '\0' ? " " : "", cmd->name);
		for (v = cmd->verbs; v->name != NULL; v++)
			help_command(c, prefix, v);
		return;
	}
	str_add(&s, "  shopmgr ");
	if (prefix[0] != '\0')
		str_addf(&s, "%s ", prefix);
	str_addf(&s, "%s %s\n      %s\n", cmd->name, cmd->usage, _(cmd->help));
	out_raw(c, s.s);
	str_done(&s);
}

static void
help_all(struct cli *c)
{
	out_raw(c, "shopmgr [-c INI] [-d DB] [--lang zh_CN|en] [--user NAME]\n"
		   "    [--password-file FILE|-] [--otp CODE] "
		   "[--format text|csv|json]\n    [COMMAND ...]\n\n");
	out_raw(c,
	    _("Without a command the terminal program opens. With one, it is "
	      "done and the program ends.\n\n"));
	for (const struct command *cmd = commands; cmd->name != NULL; cmd++)
		help_command(c, "", cmd);
	out_raw(
	    c, _("\nExit status: 0 done, 1 refused or not all done, 2 wrong "
		 "usage, 3 the database cannot be opened, 4 not permitted or "
		 "wrong log-in.\n"));
}

static int
cmd_help(struct cli *c, int argc, char **argv)
{
	const struct command *cmd, *verb = NULL;
	struct arg_list rest;
	int rc = args_parse(
	    c, argc, argv, (const struct arg[]){ { 0 } }, 0, 2, &rest);

	if (rc != 0)
		return rc;
	if (rest.n == 0) {
		help_all(c);
		return CLI_OK;
	}
	cmd = command_find(commands, rest.v[0]);
	if (cmd == NULL)
		return cli_misused(c, _("There is no command %s"), rest.v[0]);
	if (rest.n > 1 && cmd->verbs != NULL)
		verb = command_find(cmd->verbs, rest.v[1]);
	if (rest.n > 1 && verb == NULL)
		return cli_misused(
		    c, _("There is no command %s %s"), rest.v[0], rest.v[1]);
	if (verb != NULL)
		help_command(c, cmd->name, verb);
	else
		help_command(c, "", cmd);
	return CLI_OK;
}

static bool
asks_help(int argc, char **argv)
{
	for (int i = 1; i < argc && strcmp(argv[i], "--") != 0; i++)
		if (strcmp(argv[i], "--help") == 0)
			return true;
	return false;
}

/* The command, or its verb, or a verb of that: "stock count close". */
static int
run_command(struct cli *c, const struct command *cmd, int argc, char **argv)
{
	const struct command *verb;

	c->command = cmd;
	if (cmd->verbs == NULL)
		return cmd->run(c, argc, argv);
	if (argc < 2)
		return cli_misused(c, _("Something is missing"));
	verb = command_find(cmd->verbs, argv[1]);
	if (verb == NULL)
		return cli_misused(
		    c, _("There is no command %s %s"), c->name, argv[1]);
	c->name = arena_printf(&c->arena, "%s %s", c->name, verb->name);
	return run_command(c, verb, argc - 1, argv + 1);
}

int
cli_command(struct cli *c, int argc, char **argv)
{
	const struct command *cmd = command_find(commands, argv[0]);

	c->command = NULL;
	if (cmd == NULL)
		return cli_misused(c, _("There is no command %s"), argv[0]);
	c->name = cmd->name;
	c->command = cmd;
	if (asks_help(argc, argv)) {
		help_command(c, "", cmd);
		return CLI_OK;
	}
	return run_command(c, cmd, argc, argv);
}

int
cli_run(const struct cli_opts *opts, int argc, char **argv)
{
	struct cli c = { .opts = *opts, .said = STR_INIT };
	int rc;

	c.w = writer_new(opts->format);
	cli_catch_signals(&c);
	rc = cli_command(&c, argc, argv);
	if (out_flush(&c) != 0 && rc == CLI_OK)
		rc = cli_complain(
		    &c, CLI_REFUSED, _("The output could not be written"));
	if (c.s != NULL)
		session_close(c.s);
	cli_forget(&c.password);
	free(c.user);
	writer_free(c.w);
	str_done(&c.said);
	arena_done(&c.arena);
	return rc;
}
