/* SPDX-License-Identifier: MIT */
#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/stat.h>

#include <cmocka.h>

#include "shopmgr/io/files.h"
#include "shopmgr/io/paper.h"
#include "shopmgr/io/printer.h"
#include "tmp.h"

/* With programs of ours in the place of lp and lpstat. */

static struct err err;

static void
put(const char *name, const char *text, mode_t mode)
{
	const char *path = tmp_path(name);
	FILE *f = fopen(path, "w");

	assert_non_null(f);
	fputs(text, f);
	fclose(f);
	assert_int_equal(chmod(path, mode), 0);
}

/* What lp was told is in "told", a word a line; what it read in "read". */
static void
put_lp(const char *more)
{
	char script[600];

	snprintf(script, sizeof(script),
	    "#!/bin/sh\nfor word; do echo \"<$word>\"; done > %s/told\n"
	    "cat > %s/read\nenv > %s/env\n%s\n",
	    tmp_dir, tmp_dir, tmp_dir, more);
	put("lp", script, 0700);
}

static const char *
content(const char *name)
{
	static char text[4096];
	FILE *f = fopen(tmp_path(name), "r");
	size_t n;

	assert_non_null(f);
	n = fread(text, 1, sizeof(text) - 1, f);
	text[n] = '\0';
	fclose(f);
	return text;
}

static int
ours(void **state)
{
	char command[100];

	(void)state;
	snprintf(command, sizeof(command), "rm -f %s/*", tmp_dir);
	if (system(command) != 0)
		return -1;
	printer_tools(tmp_dir);
	return files_confine(NULL, &err);
}

static void
printers_are_listed(void **state)
{
	const struct printer_row *row;
	struct page page;

	(void)state;
	put("lpstat",
	    "#!/bin/sh\necho Label_1\necho Office\n"
	    "echo 'system default destination: Office'\n",
	    0700);
	assert_int_equal(printer_list(&page, &err), 0);
	assert_int_equal(page.n, 2);
	row = page_row(&page, 0);
	assert_string_equal(row->name, "Label_1");
	assert_false(row->standard);
	row = page_row(&page, 1);
	assert_string_equal(row->name, "Office");
	assert_true(row->standard);
	page_free(&page);
	assert_true(printer_any());
}

static void
without_printers_there_are_none(void **state)
{
	(void)state;
	assert_false(printer_any());
	put("lpstat", "#!/bin/sh\necho 'no system default destination'\n",
	    0700);
	assert_false(printer_any());
	put("lpstat", "#!/bin/sh\necho Stale\necho refused >&2\nexit 1\n",
	    0700);
	assert_false(printer_any());
}

static void
a_file_is_printed_as_large_as_it_is(void **state)
{
	struct printer_job job = { .path = tmp_path("label.pdf"),
		.queue = "Label_1",
		.title = "Labels; rm -rf $HOME `id`",
		.copies = 2,
		.width = 100,
		.height = 180 };

	(void)state;
	put_lp("");
	put("label.pdf", "%PDF-a", 0600);
	assert_int_equal(printer_send(&job, &err), 0);
	assert_string_equal(content("told"),
	    "<-d>\n<Label_1>\n<-n>\n<2>\n<-t>\n"
	    "<Labels; rm -rf $HOME `id`>\n"
	    "<-o>\n<media=Custom.100x180mm>\n<-o>\n<print-scaling=none>\n");
	assert_string_equal(content("read"), "%PDF-a");
}

static void
a_document_in_memory_is_printed(void **state)
{
	struct printer_job job = { .width = 210, .height = 297 };
	struct paper *p;

	(void)state;
	put_lp("");
	assert_int_equal(paper_open(&p, NULL, &paper_a4, &err), 0);
	paper_note(p, NULL, "text");
	assert_int_equal(paper_finish(p), 0);
	job.fd = paper_fd(p);
	assert_int_equal(printer_send(&job, &err), 0);
	assert_int_equal(printer_send(&job, &err), 0); /* and once more */
	paper_close(p);
	assert_string_equal(content("told"),
	    "<-n>\n<1>\n<-o>\n<media=A4>\n<-o>\n<print-scaling=none>\n");
	assert_memory_equal(content("read"), "%PDF-", 5);
}

static void
nothing_of_ours_reaches_the_program(void **state)
{
	struct printer_job job = { .path = tmp_path("label.pdf") };
	int fd;

	(void)state;
	put_lp("ls /proc/self/fd | wc -l >> $(dirname $0)/env");
	put("label.pdf", "x", 0600);
	fd = open("/dev/null", O_RDONLY); /* not closed by exec() */
	setenv("SHOPMGR_PASSWORD", "secret", 1);
	setenv("LD_LIBRARY_PATH", "/tmp", 1);
	assert_int_equal(printer_send(&job, &err), 0);
	close(fd);
	assert_null(strstr(content("env"), "secret"));
	assert_null(strstr(content("env"), "LD_"));
	assert_non_null(strstr(content("env"), "LC_ALL=C.UTF-8\n"));
	/* 0, 1, 2, and the one that ls reads the folder by. */
	assert_non_null(strstr(content("env"), "\n4\n"));
}

static void
what_lp_says_of_a_failure_is_said(void **state)
{
	struct printer_job job = { .path = tmp_path("label.pdf") };

	(void)state;
	put("label.pdf", "x", 0600);
	assert_int_equal(printer_send(&job, &err), ERR_NOTFOUND);
	assert_non_null(strstr(err.text, "lp"));
	put_lp("echo more >&2\n"
	       "printf 'lp: Error - no default \\033destination\\n' >&2\n"
	       "exit 1");
	assert_int_equal(printer_send(&job, &err), ERR_IO);
	assert_non_null(
	    strstr(err.text, "lp: Error - no default  destination"));
	put_lp("exit 1");
	assert_int_equal(printer_send(&job, &err), ERR_IO);
	put_lp("kill -9 $$");
	assert_int_equal(printer_send(&job, &err), ERR_IO);
	/* It is not read by a program that does not want it. */
	put("lp", "#!/bin/sh\nexit 0\n", 0700);
	assert_int_equal(printer_send(&job, &err), 0);
}

static void
what_is_no_job_is_refused(void **state)
{
	static const char *const queues[] = { "", "-oraw", "a b", "a/b", "../x",
		"a\nb", "a'b", "a#b", "a?b" };
	struct printer_job job = { .path = tmp_path("label.pdf") };
	size_t i;

	(void)state;
	put_lp("");
	put("label.pdf", "x", 0600);
	for (i = 0; i < sizeof(queues) / sizeof(*queues); i++) {
		job.queue = queues[i];
		assert_int_equal(printer_send(&job, &err), ERR_INVALID);
		assert_string_equal(err.field, "queue");
	}
	job.queue = "打印机_1";
	assert_int_equal(printer_send(&job, &err), 0);
	job.copies = PRINTER_COPIES + 1;
	assert_int_equal(printer_send(&job, &err), ERR_INVALID);
	assert_string_equal(err.field, "copies");
	job = (struct printer_job){ .path = tmp_path("none.pdf") };
	assert_int_equal(printer_send(&job, &err), ERR_NOTFOUND);
	job = (struct printer_job){ .fd = -1 };
	assert_int_equal(printer_send(&job, &err), ERR_IO);
}

static void
no_file_outside_the_exchange_folder_is_printed(void **state)
{
	struct printer_job job = { .path = "/etc/passwd" };

	(void)state;
	put_lp("");
	assert_int_equal(files_confine(tmp_dir, &err), 0);
	assert_int_equal(printer_send(&job, &err), ERR_INVALID);
	assert_int_equal(access(tmp_path("read"), F_OK), -1);
}

#define TEST(f) cmocka_unit_test_setup(f, ours)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(printers_are_listed),
		TEST(without_printers_there_are_none),
		TEST(a_file_is_printed_as_large_as_it_is),
		TEST(a_document_in_memory_is_printed),
		TEST(nothing_of_ours_reaches_the_program),
		TEST(what_lp_says_of_a_failure_is_said),
		TEST(what_is_no_job_is_refused),
		TEST(no_file_outside_the_exchange_folder_is_printed),
	};

	return cmocka_run_group_tests(tests, tmp_make, tmp_remove);
}
