/* SPDX-License-Identifier: MIT */
#include <dirent.h>
#include <fcntl.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>

#include <cmocka.h>

#include "pdf.h"
#include "shopmgr/io/files.h"
#include "shopmgr/io/paper.h"

/*
 * The document's file: whole or not there, the same bytes for the same calls,
 * whatever fails meanwhile.
 */

static struct err err;

static void
label(struct paper *p, int i)
{
	const struct paper_style big = { .pt = 20, .bold = true };
	char waybill[32];

	snprintf(waybill, sizeof(waybill), "SF12345%08d", i);
	paper_page(p);
	paper_frame(p, (struct paper_box){ 3, 3, 94, 174 }, 0.3);
	paper_code(
	    p, (struct paper_box){ 5, 20, 90, 20 }, PAPER_CODE128, waybill);
	paper_text(p, (struct paper_box){ 5, 45, 90, 20 }, &big, "欧阳建国");
	paper_code(
	    p, (struct paper_box){ 60, 130, 32, 32 }, PAPER_QR, "订单 4119");
}

/* Labels and a form of two pages. */
static int
make(const char *path, int labels, int64_t created)
{
	static const struct paper_col cols[] = {
		{ .title = "货号", .width = 40, .flags = PAPER_BOLD },
		{ .title = "商品" },
	};
	struct paper *p;
	int rc = paper_open(&p, path, &paper_label, &err), i;

	if (rc < 0)
		return rc;
	paper_about(p, "面单", created);
	for (i = 0; i < labels; i++)
		label(p, i);
	paper_section(p, &paper_a5, "footer");
	paper_facts(p, 2);
	paper_fact(p, "波次", "7");
	paper_table(p, cols, 2);
	for (i = 0; i < 25; i++)
		paper_row(p, (const char *[]){ "KN-1", "磨刀石" });
	rc = paper_finish(p);
	paper_close(p);
	return rc;
}

/* Files in the folder, half ones too. */
static int
files_there(void)
{
	DIR *d = opendir(tmp_dir);
	const struct dirent *e;
	int n = 0;

	assert_non_null(d);
	while ((e = readdir(d)) != NULL)
		n +=
		    strcmp(e->d_name, ".") != 0 && strcmp(e->d_name, "..") != 0;
	closedir(d);
	return n;
}

static int
clear(void **state)
{
	char command[256];

	(void)state;
	snprintf(command, sizeof(command), "rm -f %s/* %s/.shopmgr*", tmp_dir,
	    tmp_dir);
	return files_confine(NULL, &err) < 0 || system(command) != 0;
}

static bool
same(const char *a, const char *b)
{
	char command[400];

	snprintf(command, sizeof(command), "cmp -s %s %s", a, b);
	return system(command) == 0;
}

static void
the_same_calls_make_the_same_bytes(void **state)
{
	(void)state;
	assert_int_equal(make(tmp_path("a.pdf"), 3, 0), 0);
	assert_int_equal(make(tmp_path("b.pdf"), 3, 0), 0);
	assert_true(same(tmp_path("a.pdf"), tmp_path("b.pdf")));
	assert_int_equal(make(tmp_path("b.pdf"), 3, 1795700000), 0);
	assert_false(same(tmp_path("a.pdf"), tmp_path("b.pdf")));
	assert_int_equal(make(tmp_path("a.pdf"), 3, 1795700000), 0);
	assert_true(same(tmp_path("a.pdf"), tmp_path("b.pdf")));
}

static void
a_page_is_as_large_as_the_paper(void **state)
{
	char command[200];
	const char *said;

	(void)state;
	assert_int_equal(make(tmp_path("a.pdf"), 1, 1795700000), 0);
	snprintf(command, sizeof(command), "TZ=UTC pdfinfo -f 1 -l 2 %s",
	    tmp_path("a.pdf"));
	said = pdf_said(command);
	assert_non_null(strstr(said, "283.465 x 510.236"));
	assert_non_null(strstr(said, "595.276 x 419.528"));
	assert_non_null(strstr(said, "面单"));
	assert_non_null(strstr(said, "Nov 26 13:33:20 2026"));
}

/* Gray type of a label printer would be dots with gaps between them. */
static void
a_label_is_black(void **state)
{
	const struct paper_format *const formats[] = { &paper_label,
		&paper_a4 };
	const struct paper_style gray = { .pt = 150, .gray = 0.4 };
	char command[256];
	struct paper *p;
	size_t i;

	(void)state;
	for (i = 0; i < 2; i++) {
		assert_int_equal(
		    paper_open(&p, tmp_path("a.pdf"), formats[i], &err), 0);
		paper_text(p, (struct paper_box){ 5, 5, 80, 0 }, &gray, "I");
		assert_int_equal(paper_finish(p), 0);
		paper_close(p);
		/* Ten dots of that gray side by side. */
		snprintf(command, sizeof(command),
		    "pdftoppm -r 203 -gray %s | LC_ALL=C grep -acP "
		    "'\\x66{10}' || true",
		    tmp_path("a.pdf"));
		assert_true((atoi(pdf_said(command)) > 0) == (i == 1));
	}
}

static void
the_file_appears_at_the_end_for_nobody_else(void **state)
{
	struct paper *p;
	struct stat st;

	(void)state;
	assert_int_equal(
	    paper_open(&p, tmp_path("a.pdf"), &paper_label, &err), 0);
	label(p, 1);
	assert_int_equal(access(tmp_path("a.pdf"), F_OK), -1);
	assert_int_equal(paper_finish(p), 0);
	paper_close(p);
	assert_int_equal(stat(tmp_path("a.pdf"), &st), 0);
	assert_int_equal(st.st_mode & 0777, 0600);
	assert_int_equal(files_there(), 1);
}

static void
what_is_given_up_leaves_nothing(void **state)
{
	struct paper *p;

	(void)state;
	assert_int_equal(
	    paper_open(&p, tmp_path("a.pdf"), &paper_label, &err), 0);
	label(p, 1);
	paper_close(p);
	assert_int_equal(files_there(), 0);
}

static void
a_document_may_be_in_memory(void **state)
{
	struct paper *p;
	char head[5];

	(void)state;
	assert_int_equal(paper_open(&p, NULL, &paper_label, &err), 0);
	label(p, 1);
	assert_int_equal(paper_finish(p), 0);
	assert_int_equal(pread(paper_fd(p), head, 5, 0), 5);
	assert_memory_equal(head, "%PDF-", 5);
	paper_close(p);
	assert_int_equal(files_there(), 0);
}

static void
no_file_is_made_outside_the_exchange_folder(void **state)
{
	(void)state;
	assert_int_equal(files_confine(tmp_dir, &err), 0);
	assert_int_equal(make("/tmp/shopmgr-outside.pdf", 1, 0), ERR_INVALID);
	assert_int_equal(make("-", 1, 0), ERR_INVALID);
	assert_int_equal(make(tmp_path("a.pdf"), 1, 0), 0);
	assert_int_equal(make(NULL, 1, 0), 0);
}

static void
a_folder_that_is_not_there_is_said(void **state)
{
	(void)state;
	assert_int_equal(make("/none/a.pdf", 1, 0), ERR_IO);
	assert_non_null(strstr(err.text, "/none/a.pdf"));
	assert_non_null(strstr(err.text, "No such file"));
}

static void
a_full_disk_is_said(void **state)
{
	(void)state;
	assert_int_equal(make("/dev/full", 1, 0), ERR_IO);
	assert_non_null(strstr(err.text, "No space left on device"));
}

/* Whichever write it is that fails. */
static void
a_disk_that_fills_up_leaves_what_was_there(void **state)
{
	struct rlimit was, less;
	struct stat st;
	off_t size;
	int failed = 0;

	(void)state;
	signal(SIGXFSZ, SIG_IGN);
	assert_int_equal(make(tmp_path("a.pdf"), 30, 0), 0);
	assert_int_equal(stat(tmp_path("a.pdf"), &st), 0);
	size = st.st_size;
	getrlimit(RLIMIT_FSIZE, &was);
	for (less = was, less.rlim_cur = 0; less.rlim_cur < (rlim_t)size;
	     less.rlim_cur += 16384) {
		setrlimit(RLIMIT_FSIZE, &less);
		failed += make(tmp_path("a.pdf"), 40, 0) == ERR_IO;
		setrlimit(RLIMIT_FSIZE, &was);
		assert_non_null(strstr(err.text, "File too large"));
		assert_int_equal(stat(tmp_path("a.pdf"), &st), 0);
		assert_int_equal(st.st_size, size);
		assert_int_equal(files_there(), 1);
	}
	assert_true(failed > 3);
}

/* --- no memory --- */

#if !defined(__SANITIZE_ADDRESS__)
void *__libc_malloc(size_t size);
void *__libc_calloc(size_t n, size_t size);
void *__libc_realloc(void *p, size_t size);

static long left = -1; /* allocations until all fail; -1: none does */

static bool
fails(void)
{
	if (left > 0)
		left--;
	return left == 0;
}

void *
malloc(size_t size)
{
	return fails() ? NULL : __libc_malloc(size);
}

void *
calloc(size_t n, size_t size)
{
	return fails() ? NULL : __libc_calloc(n, size);
}

void *
realloc(void *p, size_t size)
{
	return fails() ? NULL : __libc_realloc(p, size);
}

/* In a program of its own, which may end: 0 made, 1 failed, 3 out of memory. */
static int
make_without(long n)
{
	int status;
	pid_t pid;

	fflush(NULL);
	pid = fork();
	assert_true(pid >= 0);
	if (pid == 0) {
		int null = open("/dev/null", O_WRONLY);

		dup2(null, STDERR_FILENO);
		left = n;
		_exit(make(tmp_path("a.pdf"), 1, 0) < 0);
	}
	assert_int_equal(waitpid(pid, &status, 0), pid);
	if (!WIFEXITED(status))
		fail_msg("without the %ldth allocation: signal %d", n,
		    WTERMSIG(status));
	return WEXITSTATUS(status);
}

static void
without_memory_there_is_no_half_document(void **state)
{
	long n, step = 1;
	int rc;

	(void)state;
	/* valgrind has an allocator of its own. */
	if (getenv("VALGRIND") != NULL)
		skip();
	assert_int_equal(make(tmp_path("whole.pdf"), 1, 0), 0);
	for (n = 1; (rc = make_without(n)) != 0; n += step) {
		assert_true(rc == 1 || rc == 3);
		/* With its name it is whole. */
		if (access(tmp_path("a.pdf"), F_OK) == 0)
			assert_true(
			    same(tmp_path("a.pdf"), tmp_path("whole.pdf")));
		unlink(tmp_path("a.pdf"));
		if (n > 50)
			step = 1 + n / 40;
	}
	assert_true(n > 100);
	assert_true(same(tmp_path("a.pdf"), tmp_path("whole.pdf")));
}
#else
static void
without_memory_there_is_no_half_document(void **state)
{
	(void)state;
	skip();
}
#endif

#define TEST(f) cmocka_unit_test_teardown(f, clear)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(the_same_calls_make_the_same_bytes),
		TEST(a_page_is_as_large_as_the_paper),
		TEST(a_label_is_black),
		TEST(the_file_appears_at_the_end_for_nobody_else),
		TEST(what_is_given_up_leaves_nothing),
		TEST(a_document_may_be_in_memory),
		TEST(no_file_is_made_outside_the_exchange_folder),
		TEST(a_folder_that_is_not_there_is_said),
		TEST(a_full_disk_is_said),
		TEST(a_disk_that_fills_up_leaves_what_was_there),
		TEST(without_memory_there_is_no_half_document),
	};

	return cmocka_run_group_tests(tests, tmp_make, tmp_remove);
}
