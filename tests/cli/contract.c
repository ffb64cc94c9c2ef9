/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "shop.h"

/* What scripts rely on, beyond that a command works: words, types, streams. */

#define FIRST 4119203366520872001LL

static struct shop sh;

static void
has(const char *text, const char *part)
{
	if (strstr(text, part) == NULL)
		fail_msg("no \"%s\" in:\n%s", part, text);
}

static void
has_not(const char *text, const char *part)
{
	if (strstr(text, part) != NULL)
		fail_msg("\"%s\" in:\n%s", part, text);
}

static int
set_up(void **state)
{
	(void)state;
	shop_new(&sh);
	shop_goods(&sh, "PAN-20", "6901234567892", 10);
	shop_orders(&sh, "PAN-20", FIRST, 4);
	return 0;
}

static int
tear_down(void **state)
{
	(void)state;
	shop_free(&sh);
	return 0;
}

/* As the clerk, who may not do everything. */
static int
clerk(const char *command)
{
	return shop_run(&sh, "--user clerk --password-file %s/password %s",
	    sh.dir, command);
}

static void
an_import_is_summed_up_in_the_words_of_the_data(void **state)
{
	static const char *const words[] = { "\nnew ", "\nupdated ",
		"\nunchanged ", "\nrejected ", "\nlines_new ", "\nheld ",
		"\nbatch " };

	(void)state;
	shop_pair(&sh, "PAN-20", FIRST, 4);
	shop_must(
	    &sh, "import orders %s/order.csv %s/item.csv", sh.dir, sh.dir);
	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		has(sh.out, words[i]);
	shop_must(
	    &sh, "--format json import orders %s/order.csv --dry-run", sh.dir);
	assert_true(json_valid(sh.out));
	has(sh.out, "\"dry_run\":true");
	assert_int_equal(json_number(sh.out, "unchanged"), 4);
	assert_int_equal(json_number(sh.out, "batch"), 0);
}

static void
a_rejects_file_is_of_this_import(void **state)
{
	char path[200];
	FILE *f;
	char line[4000] = "";

	(void)state;
	shop_file(&sh, "rejects.csv", "old\n");
	snprintf(path, sizeof(path), "%s/rejects.csv", sh.dir);
	shop_pair(&sh, "PAN-20", FIRST, 4);
	shop_must(&sh, "import orders %s/order.csv --rejects %s", sh.dir, path);
	f = fopen(path, "r");
	assert_non_null(f);
	assert_non_null(fgets(line, sizeof(line), f));
	has(line, "订单编号");
	has(line, "Refused why");
	assert_null(fgets(line, sizeof(line), f));
	fclose(f);
}

static size_t
times(const char *text, const char *part)
{
	size_t n = 0;

	for (; (text = strstr(text, part)) != NULL; text++)
		n++;
	return n;
}

static void
an_object_has_one_value_of_a_name(void **state)
{
	(void)state;
	shop_must(
	    &sh, "order hold %lld --reason address --note 'ask her'", FIRST);
	shop_must(&sh, "--format json show order %lld", FIRST);
	assert_true(json_valid(sh.out));
	assert_int_equal(times(sh.out, "\"holds\":"), 1);
	has(sh.out, "\"reason\":\"address\"");
	shop_must(&sh, "show order %lld", FIRST);
	has(sh.out, "address to be checked");
	shop_must(&sh, "order release %lld", FIRST);
}

static void
yes_and_no_are_no_numbers(void **state)
{
	(void)state;
	shop_must(&sh, "order hold %lld", FIRST + 1);
	shop_must(
	    &sh, "--format json list orders --where order_no=%lld", FIRST + 1);
	has(sh.out, "\"held\":true,\"holds\":\"manual\"");
	shop_must(
	    &sh, "--format csv list orders --where order_no=%lld", FIRST + 1);
	has(sh.out, ",paid,true,manual,");
	shop_must(&sh, "list orders --where order_no=%lld", FIRST + 1);
	has(sh.out, "paid, to ship");
	has(sh.out, "held by hand");
	shop_must(
	    &sh, "--lang zh_CN list orders --where order_no=%lld", FIRST + 1);
	has(sh.out, "待发货");
	has(sh.out, "人工挂起");
	shop_must(&sh, "--format json list staff");
	has(sh.out, "\"active\":true");
	shop_must(&sh, "order release %lld", FIRST + 1);
}

static void
what_is_refused_prints_no_data(void **state)
{
	(void)state;
	assert_int_equal(clerk("--format json list customers"), 4);
	assert_string_equal(sh.out, "");
	assert_int_equal(clerk("--format csv list audit"), 4);
	assert_string_equal(sh.out, "");
	assert_int_equal(clerk("export customers"), 4);
	assert_string_equal(sh.out, "");
	/* Nor does the log tell what the lists hide. */
	shop_must(&sh, "stock receive PAN-20 1 --cost 43.21");
	assert_int_equal(clerk("--format json show product PAN-20"), 0);
	has(sh.out, "\"history\":");
	has_not(sh.out, "43.21");
	has_not(sh.out, "4321");
}

static void
a_shipment_is_told_as_it_was_stored(void **state)
{
	(void)state;
	shop_must(&sh,
	    "--format json order ship %lld --courier 圆通 --waybill "
	    "yt1234567890123 --weight 300 --scan PAN-20",
	    FIRST + 2);
	assert_true(json_valid(sh.out));
	has(sh.out, "\"waybill_no\":\"YT1234567890123\"");
	has(sh.out, "\"courier\":\"圆通速递\"");
	assert_int_equal(json_number(sh.out, "weight"), 300);
}

static void
a_batch_tells_a_line_for_each(void **state)
{
	(void)state;
	shop_file(&sh, "lines",
	    "list couriers --limit 1\n"
	    "order hold 4119203366520872004 --note 'a # b'\n"
	    "order release 4119203366520872004\n");
	shop_must(&sh, "batch %s/lines", sh.dir);
	has(sh.out, "\n1 ok\n");
	has(sh.out, "\n2 ok Order 4119203366520872004 is on hold");
	has(sh.out, "\n3 ok The hold of order");
	assert_int_equal(shop_do(&sh, "batch %s", sh.dir), 1);
	has(sh.err, "cannot be read");
	/* Rows on stdout would be taken for results. */
	shop_file(&sh, "lines", "export products\n");
	assert_int_equal(shop_do(&sh, "batch %s/lines", sh.dir), 2);
	has(sh.out, "1 usage");
	has_not(sh.out, "PAN-20");
	assert_int_equal(shop_do(&sh, "export orders --for taobao"), 2);
}

static void
help_goes_down_to_the_verb(void **state)
{
	(void)state;
	shop_must(&sh, "help order ship");
	has(sh.out, "--waybill");
	has_not(sh.out, "--flag");
	assert_int_equal(shop_do(&sh, "help order fly"), 2);
	assert_int_equal(shop_do(&sh, "help list orders"), 2);
}

static void
a_product_is_changed_where_asked(void **state)
{
	(void)state;
	shop_must(&sh,
	    "product add NEW-1 --product 锅 --price 12.50 --barcode 77 "
	    "--reorder-at 3 --bin A-1");
	shop_must(&sh,
	    "--format json product change NEW-1 --price 13 --code NEW-2 "
	    "--reorder-at 0");
	assert_true(json_valid(sh.out));
	has(sh.out, "\"sku_code\":\"NEW-2\"");
	shop_must(&sh, "--format json show product NEW-2");
	has(sh.out, "\"price\":\"13.00\"");
	has(sh.out, "\"barcodes\":\"77\"");
	has(sh.out, "\"bin\":\"A-1\"");
	has(sh.out, "\"detail\":\"sku_code \\\"NEW-1\\\" -> \\\"NEW-2\\\"; "
		    "price 12.50 -> 13.00; reorder_at 3 -> 0\"");
	assert_int_equal(shop_do(&sh, "product change NEW-1 --price 1"), 1);
	assert_int_equal(shop_do(&sh, "product change NEW-2 --price x"), 2);
	assert_int_equal(clerk("product change NEW-2 --price 1"), 4);
}

/* Of many who make the same shop at once, one does. */
static void
a_shop_is_made_once(void **state)
{
	static const char script[] =
	    "for i in 1 2 3 4; do\n"
	    "\t$BUILD/shopmgr -d \"$1/once.db\" --user owner \\\n"
	    "\t    --password-file \"$1/password\" init > /dev/null 2>&1 &&\n"
	    "\t    echo made >> \"$1/made\" &\n"
	    "done\n"
	    "wait\n"
	    "[ \"$(cat \"$1/made\")\" = made ] &&\n"
	    "    [ \"$(echo \"$1\"/once.db*)\" = \"$1/once.db\" ]\n";
	char cmd[200];

	(void)state;
	setenv("BUILD", getenv("BUILD") != NULL ? getenv("BUILD") : "build", 1);
	shop_file(&sh, "once.sh", script);
	snprintf(cmd, sizeof(cmd), "sh %s/once.sh %s", sh.dir, sh.dir);
	assert_int_equal(system(cmd), 0);
	assert_int_equal(
	    shop_run(&sh, "-d %s/once.db %s verify", sh.dir, sh.who), 0);
}

static void
refusals_say_what_there_is(void **state)
{
	(void)state;
	assert_int_equal(shop_do(&sh,
			     "user add lina --role cook --new-password-file "
			     "%s/password",
			     sh.dir),
	    1);
	has(sh.err, "owner manager");
	has(sh.err, "clerk");
	assert_int_equal(shop_do(&sh, "restore %s", sh.db), 1);
	has(sh.err, "the shop itself");
	assert_int_equal(
	    shop_do(&sh, "export orders -o %s/orders.xls", sh.dir), 1);
	has(sh.err, ".xlsx");
}

/* Neither what is typed nor what files hold reaches the terminal as commands
 * to it. */
static void
messages_hold_nothing_for_the_terminal(void **state)
{
	(void)state;
	assert_int_equal(shop_do(&sh, "find \"$(printf '\\033[31mred')\""), 1);
	has(sh.err, "[31mred");
	has_not(sh.err, "\033");
	shop_file(&sh, "bad.csv", "sku_code,price\nPAN-20,\033]0;title\007\n");
	assert_int_equal(shop_do(&sh, "import products %s/bad.csv", sh.dir), 1);
	has(sh.err, "]0;title");
	has_not(sh.err, "\033");
	has_not(sh.err, "\007");
	shop_file(&sh, "lines", "find \033[31mred\n");
	assert_int_equal(shop_do(&sh, "batch %s/lines", sh.dir), 1);
	has(sh.out, "[31mred");
	has_not(sh.out, "\033");
}

static void
records_go_by_their_names(void **state)
{
	static const char *const known[] = { "product PAN-20",
		"product 6901234567892", "stock PAN-20", "customer buyer01",
		"customer 13900000001", "ledger IN-000001", "staff clerk",
		"courier YTO", "courier 圆通", "parcel YT1234567890123",
		"parcel yt1234567890123" };
	static const char *const unknown[] = { "product NONE", "customer buyer",
		"ledger IN-999999", "staff nobody", "courier NONE",
		"parcel YT123456789012", "customer 1390000000" };

	(void)state;
	for (size_t i = 0; i < sizeof(known) / sizeof(known[0]); i++)
		shop_must(&sh, "show %s", known[i]);
	for (size_t i = 0; i < sizeof(unknown) / sizeof(unknown[0]); i++)
		if (shop_do(&sh, "show %s", unknown[i]) != 1)
			fail_msg("%s", unknown[i]);
	shop_must(&sh, "--format csv find pan-2");
	has(sh.out, "product,");
}

static void
one_or_many_of_a_kind(void **state)
{
	(void)state;
	shop_must(&sh, "list order --limit 1");
	shop_must(&sh, "show orders %lld", FIRST);
	shop_must(&sh, "export product");
	has(sh.out, "PAN-20");
}

static void
output_that_is_not_taken_is_a_failure(void **state)
{
	static const char *const commands[] = { "--version", "help",
		"list orders", "--format json show product PAN-20",
		"export orders" };

	(void)state;
	if (access("/dev/full", W_OK) != 0)
		skip();
	for (size_t i = 0; i < sizeof(commands) / sizeof(commands[0]); i++)
		if (shop_do(&sh, "%s > /dev/full", commands[i]) != 1 ||
		    shop_do(&sh, "%s >&-", commands[i]) != 1)
			fail_msg("%s", commands[i]);
	/* What was to be printed is in no file of ours instead. */
	shop_must(&sh, "verify");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
		    an_import_is_summed_up_in_the_words_of_the_data),
		cmocka_unit_test(a_rejects_file_is_of_this_import),
		cmocka_unit_test(an_object_has_one_value_of_a_name),
		cmocka_unit_test(yes_and_no_are_no_numbers),
		cmocka_unit_test(what_is_refused_prints_no_data),
		cmocka_unit_test(a_shipment_is_told_as_it_was_stored),
		cmocka_unit_test(a_batch_tells_a_line_for_each),
		cmocka_unit_test(help_goes_down_to_the_verb),
		cmocka_unit_test(a_product_is_changed_where_asked),
		cmocka_unit_test(a_shop_is_made_once),
		cmocka_unit_test(refusals_say_what_there_is),
		cmocka_unit_test(messages_hold_nothing_for_the_terminal),
		cmocka_unit_test(records_go_by_their_names),
		cmocka_unit_test(one_or_many_of_a_kind),
		cmocka_unit_test(output_that_is_not_taken_is_a_failure),
	};

	return cmocka_run_group_tests_name(
	    "cli/contract", tests, set_up, tear_down);
}
