/* SPDX-License-Identifier: MIT */
#include <sys/wait.h>
#include <unistd.h>

#include "ship_lib.h"
#include "shopmgr/domain/manifest.h"
#include "shopmgr/domain/waves.h"

/* Two at the same parcels and the same orders, each a program of its own. */

#define PAIR   2
#define ORDERS 200
#define AT_ONE 5 /* orders of a wave */

/* What each of the two does once both are ready: how often it succeeded, or
 * less than 0. */
typedef int work_fn(struct session *s);

static void
waybill(char no[24], int i)
{
	snprintf(no, 24, "YT%013d", i);
}

/* Every parcel is tried by both. */
static int
hand_over(struct session *s)
{
	int64_t id;
	char no[24];
	int i, rc, n = 0;

	if (manifest_open(s, "YTO", &id) < 0)
		return -1;
	for (i = 0; i < ORDERS; i++) {
		waybill(no, i);
		rc = manifest_scan(s, id, no);
		if (rc < 0 && rc != ERR_CONFLICT)
			return -1;
		n += rc == 0;
	}
	return n;
}

/* Waves until there are no orders any more. */
static int
take_into_waves(struct session *s)
{
	const struct wave_what what = { .kind = WAVE_ONE, .most = AT_ONE };
	int64_t id;
	int rc, n = 0;

	while ((rc = wave_make(s, &what, &id)) == 0)
		n++;
	return rc == ERR_NOTFOUND ? n : -1;
}

static void
one(const char *path, work_fn *work, int go, int out)
{
	struct session *s;
	struct err err;
	int n = 0;
	char c;

	if (session_open(&s, path, &err) < 0 || session_become(s, 1) < 0 ||
	    write(out, &n, sizeof(n)) != sizeof(n) || read(go, &c, 1) != 1)
		_exit(3);
	n = work(s);
	if (n < 0)
		fprintf(stderr, "%s\n", session_err(s)->text);
	session_close(s);
	_exit(write(out, &n, sizeof(n)) == sizeof(n) ? 0 : 3);
}

/* How often both succeeded together. */
static int
both(const char *path, work_fn *work)
{
	int go[2], out[2], i, n, status, sum = 0;

	assert_int_equal(pipe(go), 0);
	assert_int_equal(pipe(out), 0);
	fflush(NULL);
	for (i = 0; i < PAIR; i++)
		if (fork() == 0)
			one(path, work, go[0], out[1]);
	close(out[1]); /* who ends early is not waited for */
	for (i = 0; i < PAIR; i++)
		assert_int_equal(read(out[0], &n, sizeof(n)), sizeof(n));
	assert_int_equal(write(go[1], "go", PAIR), PAIR);
	for (i = 0; i < PAIR; i++) {
		assert_true(wait(&status) > 0);
		assert_true(WIFEXITED(status));
		assert_int_equal(WEXITSTATUS(status), 0);
		assert_int_equal(read(out[0], &n, sizeof(n)), sizeof(n));
		assert_true(n >= 0);
		sum += n;
	}
	close(go[0]);
	close(go[1]);
	close(out[0]);
	return sum;
}

static struct session *
shop_at(const char *path)
{
	struct session *s;
	struct err err;

	assert_int_equal(session_open(&s, path, &err), 0);
	fixture_role(s, "owner");
	return s;
}

static const char *
shop(const char *name, bool shipped)
{
	const char *path = fixture_shop(name);
	struct session *s = shop_at(path);
	char no[16];
	int i;

	assert_int_equal(db_relax(s->db, true), 0);
	fixture_variant(s, "PAN", ORDERS, 100);
	for (i = 0; i < ORDERS; i++) {
		snprintf(no, sizeof(no), "%d", 100000 + i);
		fixture_order(s, no, 1, "PAN", NULL);
		if (shipped)
			ships(s, no, i);
	}
	assert_int_equal(db_relax(s->db, false), 0);
	session_close(s);
	return path;
}

static void
a_parcel_is_handed_over_once(void **state)
{
	const char *path = shop("manifest.db", true);
	struct session *s;
	char no[24];
	int i;

	(void)state;
	assert_int_equal(both(path, hand_over), ORDERS);
	s = shop_at(path);
	/* Both had the courier's one open manifest. */
	assert_int_equal(fixture_int(s, "SELECT count(*) FROM manifest"), 1);
	assert_int_equal(fixture_audited(s, "manifest-open", 1), 1);
	assert_int_equal(fixture_audited(s, "manifest-scan", 1), ORDERS);
	assert_int_equal(
	    fixture_int(s, "SELECT count(*) FROM parcel WHERE manifest_id = 1"),
	    ORDERS);
	for (i = 0; i < ORDERS; i++) {
		waybill(no, i);
		assert_int_equal(manifest_scan(s, 1, no), ERR_CONFLICT);
	}
	assert_int_equal(manifest_close(s, 1, "老王"), 0);
	fixture_verify(s);
	session_close(s);
}

static void
an_order_is_in_one_wave(void **state)
{
	const char *path = shop("waves.db", false);
	struct session *s;
	int n;

	(void)state;
	n = both(path, take_into_waves);
	assert_true(n >= ORDERS / AT_ONE);
	s = shop_at(path);
	assert_int_equal(fixture_int(s, "SELECT count(*) FROM wave"), n);
	assert_int_equal(
	    fixture_int(s, "SELECT count(*) FROM wave_order"), ORDERS);
	assert_int_equal(
	    fixture_int(s, "SELECT count(DISTINCT order_id) FROM wave_order"),
	    ORDERS);
	/* None is of nothing. */
	assert_int_equal(
	    fixture_int(s, "SELECT count(DISTINCT wave_id) FROM wave_order"),
	    n);
	assert_int_equal(
	    fixture_int(s, "SELECT sum(need) FROM wave_line"), ORDERS);
	fixture_verify(s);
	session_close(s);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_parcel_is_handed_over_once),
		cmocka_unit_test(an_order_is_in_one_wave),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
