/* SPDX-License-Identifier: MIT */
#include <sys/wait.h>
#include <unistd.h>

#include "ship_lib.h"
#include "shopmgr/base/str.h"
#include "shopmgr/domain/kits.h"

/* Eight clerks, each a program of its own, at the same thousand orders; every
 * third is of a kit. */

#define CLERKS 8
#define ORDERS 1000
#define KITS   334

static void
order_no(char no[16], int i)
{
	snprintf(no, 16, "%d", 100000 + i);
}

/* Who shipped it, by the books. */
static void
winner(struct session *s, const char *no, char who[64])
{
	struct db_rows *rows;

	who[0] = '\0';
	assert_int_equal(
	    db_query(s->db,
		"SELECT st.name FROM orders o JOIN parcel p ON p.order_id ="
		" o.id JOIN staff st ON st.id = p.packer_id"
		" WHERE o.order_no = $1",
		DB_ARGS(db_t(no)), &rows),
	    0);
	if (db_next(rows) > 0)
		copy_text(who, 64, db_text(rows, 0));
	db_done(rows);
}

/* The refusal names the one who has it. */
static bool
is_told(struct session *s, const char *no)
{
	char text[400], words[100], who[64];

	copy_text(text, sizeof(text), session_err(s)->text);
	winner(s, no, who);
	snprintf(words, sizeof(words), "already shipped by %s (", who);
	if (who[0] != '\0' && strstr(text, words) != NULL)
		return true;
	fprintf(stderr, "%s: %s\n", no, text);
	return false;
}

/* 1 shipped, 0 told by whom, -1 neither. */
static int
try_order(struct session *s, int clerk, int i)
{
	struct pack_close c = { .courier = "YTO" };
	struct packing *p;
	char no[16];
	int rc;

	order_no(no, i);
	if ((rc = pack_open(s, no, &p)) < 0)
		return rc == ERR_STATE && is_told(s, no) ? 0 : -1;
	scan_all(s, p);
	snprintf(c.waybill_no, sizeof(c.waybill_no), "YT%d%012d", clerk, i);
	rc = pack_ship(s, p, &c, NULL);
	pack_free(p);
	if (rc == 0)
		return 1;
	return rc == ERR_STATE && is_told(s, no) ? 0 : -1;
}

struct tally {
	int shipped, told, lost;
};

/* Each begins elsewhere, and they all meet. */
static void
work(const char *path, int clerk, int out)
{
	struct tally t = { 0 };
	struct session *s;
	struct err err;
	int i, rc;

	if (session_open(&s, path, &err) < 0 ||
	    session_become(s, 2 + clerk) < 0)
		_exit(3);
	for (i = 0; i < ORDERS; i++) {
		rc = try_order(s, clerk, (i + clerk * 20) % ORDERS);
		t.shipped += rc == 1;
		t.told += rc == 0;
		t.lost += rc < 0;
	}
	session_close(s);
	_exit(write(out, &t, sizeof(t)) == sizeof(t) ? 0 : 3);
}

static const char *
shop(void)
{
	const char *path = fixture_shop("races.db");
	struct str sql = STR_INIT;
	struct session *s;
	struct err err;
	char no[16];
	int i;

	assert_int_equal(session_open(&s, path, &err), 0);
	fixture_role(s, "owner");
	for (i = 0; i < CLERKS; i++)
		str_addf(&sql,
		    "INSERT INTO staff (login, name, password, created_at)"
		    " VALUES ('c%d', 'Clerk %d', '', 0);"
		    "INSERT INTO staff_role (staff_id, role_id) SELECT s.id,"
		    " r.id FROM staff s, role r WHERE s.login = 'c%d'"
		    " AND r.name = 'clerk';",
		    i, i, i);
	assert_int_equal(db_relax(s->db, true), 0);
	exec(s, sql.s);
	str_done(&sql);
	fixture_variant(s, "A", ORDERS + 5, 100);
	fixture_variant(s, "B", 2 * KITS, 100);
	fixture_variant(s, "KIT", 0, 0);
	assert_int_equal(kit_put(s, 3, 1, 1), 0);
	assert_int_equal(kit_put(s, 3, 2, 2), 0);
	for (i = 0; i < ORDERS; i++) {
		order_no(no, i);
		fixture_order(s, no, 1, i % 3 == 0 ? "KIT" : "A", NULL);
	}
	assert_int_equal(db_relax(s->db, false), 0);
	session_close(s);
	return path;
}

static void
each_order_is_shipped_once_and_every_loser_told_by_whom(void **state)
{
	const char *path = shop();
	struct tally t, all = { 0 };
	struct session *s;
	struct err err;
	int out[2], i, status;

	(void)state;
	assert_int_equal(pipe(out), 0);
	fflush(NULL);
	for (i = 0; i < CLERKS; i++)
		if (fork() == 0)
			work(path, i, out[1]);
	for (i = 0; i < CLERKS; i++) {
		assert_true(wait(&status) > 0);
		assert_true(WIFEXITED(status));
		assert_int_equal(WEXITSTATUS(status), 0);
		assert_int_equal(read(out[0], &t, sizeof(t)), sizeof(t));
		all.shipped += t.shipped;
		all.told += t.told;
		all.lost += t.lost;
	}
	close(out[0]);
	close(out[1]);
	assert_int_equal(all.shipped, ORDERS);
	assert_int_equal(all.told, ORDERS * (CLERKS - 1));
	assert_int_equal(all.lost, 0);
	assert_int_equal(session_open(&s, path, &err), 0);
	fixture_role(s, "owner");
	assert_int_equal(fixture_int(s, "SELECT count(*) FROM parcel"), ORDERS);
	assert_int_equal(
	    fixture_int(s, "SELECT count(DISTINCT order_id) FROM parcel"),
	    ORDERS);
	assert_int_equal(fixture_int(s, "SELECT sum(on_hand) FROM stock"), 5);
	fixture_verify(s);
	session_close(s);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
		    each_order_is_shipped_once_and_every_loser_told_by_whom),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
