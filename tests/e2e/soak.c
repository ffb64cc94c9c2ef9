/* SPDX-License-Identifier: MIT */
#include <fcntl.h>
#include <poll.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include <cmocka.h>

#include "desk.h"
#include "shopmgr/base/str.h"

/*
 * Eight people at work in one shop, each at a program of his own, for
 * SOAK_SECONDS: one imports, three ship, one holds orders and lets them go, one
 * takes goods in and writes some off, one counts, one looks around at a
 * terminal. Afterwards the books prove, each sum is what was acknowledged, and
 * the programs are no larger than they were when they had warmed up.
 */

#define STAFF   8
#define SKUS    8
#define EACH    20  /* orders a file */
#define AHEAD   200 /* orders that wait at most */
#define FIRST   4119203366520000000LL
#define SLACK   2048 /* kB that a program may have grown by */
#define WARM    60   /* seconds; in less nobody has seen all there is */
#define COUNTED "COUNTED-1"

/* What was acknowledged; everybody writes it. */
struct tally {
	atomic_llong imported, next, shipped, refused, held, counts, looks;
	atomic_llong received[SKUS], off[SKUS], sent[SKUS];
	atomic_llong counted; /* what the last count found */
	atomic_int pid[STAFF];
};

/* A program that runs what it is told, line by line. */
struct seat {
	FILE *to, *from;
	char *said;
	size_t size;
	pid_t pid;
};

static struct shop sh;
static struct tally *all;
static time_t until;
static unsigned dice;

static time_t
now(void)
{
	struct timespec ts;

	clock_gettime(CLOCK_MONOTONIC, &ts);
	return ts.tv_sec;
}

static bool
over(void)
{
	return now() >= until;
}

static const char *
sku_name(long long i)
{
	static char name[16];

	snprintf(name, sizeof(name), "PAN-%02lld", i % SKUS);
	return name;
}

/* Orders of one file are of one product. */
static long long
sku_of(long long order)
{
	return order / EACH % SKUS;
}

static void
sit(struct seat *at, const char *user, int who)
{
	const char *build = getenv("BUILD");
	char program[200], password[160];
	int in[2], out[2];

	*at = (struct seat){ .said = NULL };
	snprintf(program, sizeof(program), "%s/shopmgr",
	    build != NULL ? build : "build");
	snprintf(password, sizeof(password), "%s/password", sh.dir);
	assert_int_equal(pipe2(in, O_CLOEXEC), 0);
	assert_int_equal(pipe2(out, O_CLOEXEC), 0);
	at->pid = fork();
	assert_true(at->pid >= 0);
	if (at->pid == 0) {
		dup2(in[0], STDIN_FILENO);
		dup2(out[1], STDOUT_FILENO);
		/* What is refused is told by the answer, too. */
		if (freopen("/dev/null", "w", stderr) == NULL)
			_exit(127);
		execl(program, program, "--lang", "en", "-d", sh.db, "--user",
		    user, "--password-file", password, "--format", "json",
		    "batch", "--keep-going", "-", (char *)NULL);
		_exit(127);
	}
	close(in[0]);
	close(out[1]);
	at->to = fdopen(in[1], "w");
	at->from = fdopen(out[0], "r");
	assert_true(at->to != NULL && at->from != NULL);
	atomic_store(&all->pid[who], at->pid);
}

static int say(struct seat *at, const char *fmt, ...) PRINTF_LIKE(2, 3);

/* One command; its exit code. What it printed is in at->said. */
static int
say(struct seat *at, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	vfprintf(at->to, fmt, ap);
	va_end(ap);
	fputc('\n', at->to);
	if (fflush(at->to) != 0 || getline(&at->said, &at->size, at->from) < 0)
		fail_msg("%s: the program is gone", fmt);
	return (int)json_number(at->said, "status");
}

static void
must(struct seat *at, int code)
{
	if (code != 0)
		fail_msg("refused: %s", at->said);
}

static void
leave(struct seat *at, int who)
{
	int status;

	atomic_store(&all->pid[who], 0);
	fclose(at->to);
	fclose(at->from);
	assert_int_equal(waitpid(at->pid, &status, 0), at->pid);
	/* 1: something was refused */
	assert_true(WIFEXITED(status) && WEXITSTATUS(status) <= 1);
	free(at->said);
}

/* The files of the next orders, in a folder of his own. */
static void
importer(int who)
{
	struct seat at;
	struct shop mine = sh;
	long long i;

	snprintf(mine.dir, sizeof(mine.dir), "%.50s/in", sh.dir);
	assert_int_equal(mkdir(mine.dir, 0700), 0);
	sit(&at, "owner", who);
	while (!over()) {
		i = atomic_load(&all->imported);
		if (i - atomic_load(&all->next) > AHEAD) {
			must(&at, say(&at, "list orders --limit 50"));
			continue;
		}
		shop_pair(&mine, sku_name(sku_of(i)), FIRST + i, EACH);
		must(&at, say(&at, "import orders %s/order.csv %s/item.csv",
			      mine.dir, mine.dir));
		atomic_fetch_add(&all->imported, EACH);
	}
	leave(&at, who);
}

/* An order that nobody has taken yet; every tenth is left to others too. */
static long long
take_order(void)
{
	long long i = atomic_load(&all->next);

	do {
		if (i >= atomic_load(&all->imported))
			return -1;
	} while (!atomic_compare_exchange_weak(&all->next, &i, i + 1));
	return i % 10 == 1 ? i - 1 : i;
}

static void
packer(int who)
{
	struct seat at;
	long long i;

	sit(&at, "clerk", who);
	while (!over()) {
		if ((i = take_order()) < 0) {
			must(&at, say(&at, "list parcels --limit 20"));
			continue;
		}
		if (say(&at,
			"order ship %lld --courier YTO --waybill YT%013lld "
			"--scan %s",
			FIRST + i, i, sku_name(sku_of(i))) != 0) {
			atomic_fetch_add(&all->refused, 1);
			continue;
		}
		atomic_fetch_add(&all->shipped, 1);
		atomic_fetch_add(&all->sent[sku_of(i)], 1);
	}
	leave(&at, who);
}

/* Orders are held and let go while others are about to ship them. */
static void
agent(int who)
{
	struct seat at;
	long long no, next;

	sit(&at, "owner", who);
	while (!over()) {
		next = atomic_load(&all->next);
		no = FIRST + next + rand_r(&dice) % 30;
		if (say(&at, "order hold %lld --reason manual", no) == 0) {
			atomic_fetch_add(&all->held, 1);
			must(&at, say(&at, "order release %lld", no));
		}
		(void)say(&at, "order remark %lld --memo asked-%lld --flag 1",
		    no, next);
		(void)say(&at, "find %lld", no);
	}
	leave(&at, who);
}

/* What there should be of it now. */
static long long
here(long long k)
{
	return atomic_load(&all->received[k]) - atomic_load(&all->off[k]) -
	       atomic_load(&all->sent[k]);
}

static void
keeper(int who)
{
	struct seat at;
	unsigned i;

	sit(&at, "owner", who);
	for (i = 0; !over(); i++) {
		long long k = i % SKUS;

		if (here(k) < 1000) {
			must(&at, say(&at, "stock receive %s 100 --cost %u.50",
				      sku_name(k), 20 + i % 9));
			atomic_fetch_add(&all->received[k], 100);
		} else {
			must(&at, say(&at, "stock adjust %s -1 --reason broken",
				      sku_name(k)));
			atomic_fetch_add(&all->off[k], 1);
		}
		must(&at, say(&at, "list ledger --limit 20"));
	}
	leave(&at, who);
}

/* Finds another number each time, not so far off that it is counted again. */
static void
counter(int who)
{
	struct seat at;
	long long n;
	char no[32];
	int i;

	sit(&at, "owner", who);
	for (i = 0; !over(); i++) {
		n = 500 - i % 2;
		must(&at, say(&at, "stock count start --kind spot " COUNTED));
		snprintf(no, sizeof(no), "%.9s",
		    strstr(at.said, "\"count_no\":\"") + 12);
		must(&at, say(&at, "stock count set %s A-01-1 " COUNTED " %lld",
			      no, n));
		must(&at, say(&at, "stock count close %s", no));
		must(&at, say(&at, "stock count post %s", no));
		atomic_store(&all->counted, n);
		atomic_fetch_add(&all->counts, 1);
	}
	leave(&at, who);
}

/* Pages through the orders, and finds one by its number. */
static void
looker(int who)
{
	struct vt *vt = desk_at_work(&sh, "en", "owner");
	char no[32];
	int i;

	atomic_store(&all->pid[who], vt_pid(vt));
	while (!over()) {
		vt_type(vt, F2);
		vt_wait(vt, "Orders", DESK_WAIT);
		for (i = 0; i < 5; i++) {
			vt_type(vt, PGDN);
			vt_read(vt, 20);
		}
		snprintf(no, sizeof(no), "%lld", FIRST);
		vt_type(vt, "\006");
		vt_wait(vt, "Find", DESK_WAIT);
		vt_type(vt, no);
		vt_wait(vt, no, DESK_WAIT);
		vt_type(vt, ESC);
		vt_gone(vt, no, DESK_WAIT);
		/* Among eight a list may still be read: Esc ends that first. */
		vt_type(vt, ESC);
		if (!vt_sees(vt, "TO DO", DESK_WAIT / 2))
			vt_type(vt, ESC);
		vt_wait(vt, "TO DO", DESK_WAIT);
		atomic_fetch_add(&all->looks, 1);
	}
	atomic_store(&all->pid[who], 0);
	desk_leave(vt);
}

static void (*const jobs[STAFF])(int who) = { importer, packer, packer, packer,
	agent, keeper, counter, looker };
static const char *const names[STAFF] = { "importer", "packer", "packer",
	"packer", "agent", "keeper", "counter", "terminal" };

/* What the program holds for itself, in kB; 0 when it is gone. */
static long
memory_of(pid_t pid)
{
	char path[64], line[200];
	long kb = 0;
	FILE *f;

	if (pid == 0)
		return 0;
	snprintf(path, sizeof(path), "/proc/%d/status", (int)pid);
	if ((f = fopen(path, "r")) == NULL)
		return 0;
	while (fgets(line, sizeof(line), f) != NULL)
		if (sscanf(line, "RssAnon: %ld", &kb) == 1)
			break;
	fclose(f);
	return kb;
}

/* The most of each in the second third of the time, and in the last. */
static void
watch(int ended, long middle[STAFF], long last[STAFF])
{
	struct pollfd p = { .fd = ended, .events = POLLIN };
	time_t start = now(), all_of_it = until - start, at;
	long kb;
	int i;

	while (poll(&p, 1, 200) == 0) {
		at = now() - start;
		for (i = 0; i < STAFF; i++) {
			long *most =
			    at * 3 >= all_of_it * 2 ? &last[i] : &middle[i];

			kb = memory_of(atomic_load(&all->pid[i]));
			if (at * 3 >= all_of_it && kb > *most)
				*most = kb;
		}
	}
}

static void
work(long middle[STAFF], long last[STAFF])
{
	pid_t pid[STAFF];
	int ended[2], status, i;

	assert_int_equal(pipe2(ended, O_CLOEXEC), 0);
	for (i = 0; i < STAFF; i++) {
		pid[i] = fork();
		assert_true(pid[i] >= 0);
		if (pid[i] == 0) {
			dice = (unsigned)i + 1;
			jobs[i](i);
			_exit(0);
		}
	}
	close(ended[1]);
	watch(ended[0], middle, last);
	close(ended[0]);
	for (i = 0; i < STAFF; i++) {
		assert_int_equal(waitpid(pid[i], &status, 0), pid[i]);
		if (!WIFEXITED(status) || WEXITSTATUS(status) != 0)
			fail_msg("%s failed", names[i]);
	}
}

static long long
lines_of(const char *what)
{
	long long n = -1; /* the head */
	const char *p;

	shop_must(&sh, "--format csv list %s --limit 0", what);
	for (p = sh.out; (p = strchr(p, '\n')) != NULL; p++)
		n++;
	return n;
}

static long long
on_hand(const char *sku)
{
	shop_must(&sh, "--format json show stock %s", sku);
	return json_number(sh.out, "on_hand");
}

static void
sums_are_exact(void)
{
	int i;

	shop_must(&sh, "verify");
	assert_int_equal(
	    lines_of("orders --where tab=all"), atomic_load(&all->imported));
	assert_int_equal(lines_of("parcels"), atomic_load(&all->shipped));
	for (i = 0; i < SKUS; i++)
		assert_int_equal(on_hand(sku_name(i)), here(i));
	assert_int_equal(on_hand(COUNTED), atomic_load(&all->counted));
}

static void
open_shop(void)
{
	int i;

	shop_new(&sh);
	for (i = 0; i < SKUS; i++) {
		char barcode[20];

		snprintf(barcode, sizeof(barcode), "69012345%05d", i);
		shop_goods(&sh, sku_name(i), barcode, 500);
		atomic_store(&all->received[i], 500);
	}
	shop_goods(&sh, COUNTED, "6901234599999", 500);
	atomic_store(&all->counted, 500);
	shop_orders(&sh, sku_name(0), FIRST, EACH);
	atomic_store(&all->imported, EACH);
}

static void
eight_at_work_for_a_while(void **state)
{
	const char *asked = getenv("SOAK_SECONDS");
	long seconds = asked != NULL ? strtol(asked, NULL, 10) : 2;
	long middle[STAFF] = { 0 }, last[STAFF] = { 0 };
	int i;

	(void)state;
	all = mmap(NULL, sizeof(*all), PROT_READ | PROT_WRITE,
	    MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	assert_true(all != MAP_FAILED);
	open_shop();
	until = now() + seconds;
	work(middle, last);
	print_message("%lld orders in, %lld shipped, %lld refused, %lld held, "
		      "%lld counts, %lld looks\n",
	    atomic_load(&all->imported), atomic_load(&all->shipped),
	    atomic_load(&all->refused), atomic_load(&all->held),
	    atomic_load(&all->counts), atomic_load(&all->looks));
	for (i = 0; i < STAFF; i++)
		print_message("%-9s %6ld kB, then %6ld kB\n", names[i],
		    middle[i], last[i]);
	sums_are_exact();
	assert_true(atomic_load(&all->shipped) > 0);
	for (i = 0; i < STAFF && seconds >= WARM; i++)
		assert_true(last[i] <= middle[i] + SLACK);
	munmap(all, sizeof(*all));
	shop_free(&sh);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(eight_at_work_for_a_while),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
