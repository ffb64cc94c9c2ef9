/* SPDX-License-Identifier: MIT */
#include <assert.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "shopmgr/base/utf8.h"
#include "shopmgr/domain/export.h"
#include "shopmgr/domain/import.h"
#include "shopmgr/domain/session.h"
#include "shopmgr/domain/shopdb.h"

/*
 * Files of layouts that people write, and a table read by them: an input is
 * both, with a line of "====" between. Whatever they say, the table is looked
 * at and gone through, or refused with a sentence; what is wrong in the layouts
 * is said in text that can be shown. The same file is tried as one of layouts
 * to be written.
 */

static const char usual[] = "no,state,when,what,n,each,all\n"
			    "A-1,paid,30.11.2026,Mug,2,\"1,50\",3.00\n"
			    "A-1,paid,30.11.2026,Lamp,1,9,12.00\n"
			    ",,,,,,\n"
			    "A-2,?,31.11.2026,,x,-1,\n";

static char home[64], layouts[100], written[100], table[100];
static struct session *s;

static void
forget_home(void)
{
	char cmd[100];

	session_close(s);
	snprintf(cmd, sizeof(cmd), "rm -rf '%s'", home);
	if (system(cmd) != 0)
		fprintf(stderr, "formats: %s stays\n", home);
}

static void
make_shop(void)
{
	struct err err;
	char shop[100];

	snprintf(home, sizeof(home), "%s/shopmgr-formats-XXXXXX",
	    access("/dev/shm", W_OK) == 0 ? "/dev/shm" : "/tmp");
	if (mkdtemp(home) == NULL)
		abort();
	snprintf(shop, sizeof(shop), "%s/shop.db", home);
	snprintf(table, sizeof(table), "%s/table.csv", home);
	snprintf(layouts, sizeof(layouts), "%s/formats", home);
	mkdir(layouts, 0700);
	snprintf(layouts, sizeof(layouts), "%s/formats/mine.tsv", home);
	snprintf(
	    written, sizeof(written), "%s/formats/shipments-mine.tsv", home);
	setenv("SHOPMGR_TEST_WEAK_HASH", "1", 1);
	setenv("SHOPMGR_NOW", "2026-11-22 14:05:00", 1);
	if (shopdb_init(shop, "owner", "owner-password", &err) != 0 ||
	    session_open(&s, shop, &err) != 0 ||
	    session_login(s, "owner", "owner-password") != 0)
		abort();
	snprintf(shop, sizeof(shop), "%s/formats", home);
	import_formats_folder(shop);
	atexit(forget_home);
}

static void
put_file(const char *path, const void *p, size_t n)
{
	FILE *f = fopen(path, "wb");

	if (f == NULL || fwrite(p, 1, n, f) != n || fclose(f) != 0)
		abort();
}

static void
check_text(const char *text)
{
	assert(text[0] != '\0');
	assert(utf8_valid(text, strlen(text)));
}

static void
look_at(void)
{
	struct import_look look;
	int rc = import_look(s, table, NULL, &look);

	if (rc != 0) {
		check_text(session_err(s)->text);
		return;
	}
	if (look.text != NULL)
		check_text(look.text);
	import_look_free(&look);
}

static void
go_through(void)
{
	const char *const files[] = { table };
	struct import_options opt = { .dry_run = true };
	struct import *im = NULL;
	const struct import_reject *r;
	const char *text;
	size_t i, n = 0;

	if (import_run(s, NULL, files, 1, &opt, &im) != 0)
		check_text(session_err(s)->text);
	if (im == NULL)
		return;
	for (i = 0; (text = import_warning(im, i)) != NULL; i++)
		check_text(text);
	r = import_rejects(im, &n);
	for (i = 0; i < n; i++)
		check_text(r[i].reason);
	import_free(im);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const uint8_t *end = memmem(data, size, "====\n", 5);
	size_t n = end != NULL ? (size_t)(end - data) : size;
	struct page page;

	if (s == NULL)
		make_shop();
	put_file(layouts, data, n);
	put_file(written, data, n);
	if (end != NULL)
		put_file(table, end + 5, size - n - 5);
	else
		put_file(table, usual, sizeof(usual) - 1);
	look_at();
	go_through();
	if (export_layouts(s, "shipments", &page) == 0)
		page_free(&page);
	else
		check_text(session_err(s)->text);
	return 0;
}
