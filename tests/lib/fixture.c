/* SPDX-License-Identifier: MIT */
#include <ftw.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>
#include <sqlite3.h>

#include "../../src/db/sqlite_priv.h"
#include "../../src/domain/core/session_priv.h"
#include "../../src/domain/orders/order_priv.h"
#include "../../src/domain/reports/figures_priv.h"
#include "../../src/domain/stock/stock_priv.h"
#include "fault.h"
#include "fixture.h"
#include "shopmgr/base/alloc.h"
#include "shopmgr/base/secret.h"
#include "shopmgr/base/str.h"
#include "shopmgr/base/time.h"
#include "shopmgr/domain/inventory.h"
#include "shopmgr/domain/op.h"
#include "shopmgr/domain/products.h"
#include "shopmgr/domain/shopdb.h"

/* What a fixture does must succeed. */
static void
must(const struct err *err, int rc)
{
	if (rc < 0)
		fail_msg("fixture: %d %s: %s", rc, err->field, err->text);
}

static char *dir; /* of this process's files */

static int
remove_entry(const char *path, const struct stat *st, int type, struct FTW *ftw)
{
	(void)st;
	(void)type;
	(void)ftw;
	return remove(path);
}

static pid_t dir_owner;

static void
remove_dir(void)
{
	if (getpid() == dir_owner) /* and no child of it */
		nftw(dir, remove_entry, 16, FTW_DEPTH | FTW_PHYS);
	free(dir);
}

/* One text a name, so that asking again takes no other's place. */
const char *
fixture_path(const char *name)
{
	static char paths[64][256];
	static unsigned n;
	const char *tmp = getenv("TMPDIR");
	char text[200], path[256];
	unsigned i;

	if (dir == NULL) {
		snprintf(text, sizeof(text), "%s/shopmgr-XXXXXX",
		    tmp != NULL ? tmp : "/tmp");
		if (mkdtemp(text) == NULL)
			fail_msg("cannot make %s", text);
		dir = xstrdup(text);
		dir_owner = getpid();
		atexit(remove_dir);
	}
	snprintf(path, sizeof(path), "%s/%s", dir, name);
	for (i = 0; i < 64; i++)
		if (strcmp(paths[i], path) == 0)
			return paths[i];
	i = n++ % 64;
	memcpy(paths[i], path, sizeof(path));
	return paths[i];
}

const char *
fixture_file(const char *name, const char *text)
{
	const char *path = fixture_path(name);
	FILE *file = fopen(path, "w");

	if (file == NULL || fputs(text, file) < 0 || fclose(file) != 0)
		fail_msg("cannot write %s", path);
	return path;
}

static void
prepare(void)
{
	setenv("SHOPMGR_TEST_WEAK_HASH", "1", 1);
	db_watch_fatal = true;
	if (time_zone_set("Asia/Shanghai") < 0)
		fail_msg("no time zone");
}

static const char owner_password[] = "owner-password";

/* Making a shop takes much longer than copying one: each starts as a copy
 * of the first. */
static struct session *first_shop;

static int
open_copy(struct db *db, const char *path, unsigned flags)
{
	sqlite3_backup *copy;
	int rc = db_sqlite.open(db, path, flags);

	if (rc < 0)
		return rc;
	copy = sqlite3_backup_init(((struct lite *)db->conn)->h, "main",
	    ((struct lite *)first_shop->db->conn)->h, "main");
	if (copy == NULL || sqlite3_backup_step(copy, -1) != SQLITE_DONE)
		fail_msg("the model shop cannot be copied");
	sqlite3_backup_finish(copy);
	return 0;
}

static struct session *
copy_of_model(void)
{
	static struct db_ops copying;
	const struct db_ops *backend = db_backend;
	struct session *s;
	struct err err;
	int rc;

	copying = *backend;
	copying.open = open_copy;
	db_backend = &copying;
	rc = session_create(&s, ":memory:", &err);
	db_backend = backend;
	must(&err, rc);
	s->db->ops = backend;
	return s;
}

struct session *
fixture_session(const char *role)
{
	struct session *s;
	struct err err;

	prepare();
	if (first_shop == NULL) {
		must(&err, session_create(&first_shop, ":memory:", &err));
		must(&first_shop->err,
		    shopdb_seed(first_shop, "owner", owner_password));
	}
	s = copy_of_model();
	fixture_role(s, role);
	return s;
}

static void
copy_file(const char *from, const char *to)
{
	FILE *in = fopen(from, "rb"), *out = fopen(to, "wb");
	char buf[16384];
	size_t n;

	if (in == NULL || out == NULL)
		fail_msg("cannot copy %s to %s", from, to);
	while ((n = fread(buf, 1, sizeof(buf), in)) > 0)
		fwrite(buf, 1, n, out);
	fclose(in);
	if (fclose(out) != 0)
		fail_msg("cannot write %s", to);
}

const char *
fixture_shop(const char *name)
{
	const char *path = fixture_path(name);
	const char *model = fixture_path("model.db");
	struct err err;

	prepare();
	if (access(model, F_OK) != 0)
		must(&err, shopdb_init(model, "owner", owner_password, &err));
	copy_file(model, path);
	return path;
}

static struct session *
open_faulty(const char *path, const char *role)
{
	struct session *s;
	struct err err;

	fault_install(true);
	must(&err, session_open(&s, path, &err));
	fault_install(false);
	fixture_role(s, role);
	return s;
}

static const char *
faulty_name(void)
{
	static char name[32];
	static unsigned n;

	snprintf(name, sizeof(name), "faulty-%u.db", n++ % 8);
	return name;
}

struct session *
fixture_faulty(const char *role)
{
	return open_faulty(fixture_shop(faulty_name()), role);
}

struct session *
fixture_faulty_as(const char *like, const char *role)
{
	const char *path = fixture_path(faulty_name());

	copy_file(like, path);
	return open_faulty(path, role);
}

void
fixture_end(struct session *s)
{
	struct str name = STR_INIT;
	const char *path;

	if (s == NULL)
		return;
	path = db_path(s->db);
	if (strcmp(path, ":memory:") != 0)
		str_add(&name, path);
	session_close(s);
	if (name.len > 0)
		unlink(name.s);
	str_done(&name);
}

static int64_t
one(struct session *s, const char *sql, const struct db_val *args, size_t nargs)
{
	struct str text = STR_INIT;
	int64_t n = 0;
	int rc;

	str_addf(&text, "%s /*scan*/ /*sort*/", sql);
	rc = db_get1(s->db, text.s, args, nargs, &n);
	str_done(&text);
	if (rc == ERR_NOTFOUND)
		return 0;
	must(&s->err, rc);
	return n;
}

int64_t
fixture_int(struct session *s, const char *sql)
{
	return one(s, sql, DB_NOARGS);
}

static int64_t
insert(struct session *s, struct txn *txn, const char *sql,
    const struct db_val *args, size_t nargs)
{
	int64_t id;

	must(&s->err, db_insert(txn, sql, args, nargs, &id));
	return id;
}

/* Staff with this login and role, "ROLE-password". */
static int64_t
hire(struct session *s, const char *role)
{
	char password[64], hash[SECRET_SIZE];
	struct txn *txn;
	int64_t id;

	snprintf(password, sizeof(password), "%s-password", role);
	must(&s->err, secret_hash(password, hash, &s->err));
	must(&s->err, db_begin(s->db, &txn));
	id = insert(s, txn,
	    "INSERT INTO staff (login, name, password, created_at) "
	    "VALUES ($1, $1, $2, $3)",
	    DB_ARGS(db_t(role), db_t(hash), db_i(time_now())));
	insert(s, txn,
	    "INSERT INTO staff_role (staff_id, role_id) "
	    "SELECT $1, id FROM role WHERE name = $2",
	    DB_ARGS(db_i(id), db_t(role)));
	must(&s->err, db_commit(&txn));
	return id;
}

void
fixture_role(struct session *s, const char *role)
{
	int64_t id = one(
	    s, "SELECT id FROM staff WHERE login = $1", DB_ARGS(db_t(role)));

	must(&s->err, session_become(s, id != 0 ? id : hire(s, role)));
}

/* As the owner, whoever is at work. */
static int64_t
as_owner(struct session *s)
{
	int64_t who = session_staff(s);

	must(&s->err, session_become(s, 1));
	return who;
}

int64_t
fixture_variant(
    struct session *s, const char *sku, int64_t on_hand, int64_t cost)
{
	struct variant_edit edit = { .price = cost * 2 };
	struct stock_entry e = { .qty = on_hand, .cost = cost };
	int64_t who = as_owner(s);
	int64_t id, slip;

	copy_text(edit.sku_code, sizeof(edit.sku_code), sku);
	snprintf(edit.product, sizeof(edit.product), "Product %s", sku);
	copy_text(e.sku, sizeof(e.sku), sku);
	must(&s->err, variant_add(s, &edit, &id));
	if (on_hand > 0)
		must(&s->err, stock_receive(s, &e, &slip));
	must(&s->err, session_become(s, who));
	return id;
}

static int64_t
shop_id(struct session *s, struct txn *txn)
{
	int64_t id = one(s,
	    "SELECT id FROM shop WHERE platform = 'taobao' AND name = '测试店'",
	    DB_NOARGS);

	return id != 0 ? id
		       : insert(s, txn,
			     "INSERT INTO shop (platform, name) VALUES "
			     "('taobao', '测试店')",
			     DB_NOARGS);
}

/* What the order is to be, and where it has got to. */
struct draft {
	struct session *s;
	struct txn *txn;
	int64_t id, shop_id, lines, unmapped;
};

/* The shop's listing of @sku; unmapped when there is no such variant. */
static int64_t
listing_id(struct draft *d, const char *sku, int64_t variant)
{
	const char *title = sku[0] == '?' ? sku + 1 : sku;
	const char *code = sku[0] == '?' ? "" : sku;
	int64_t id = one(d->s,
	    "SELECT id FROM listing WHERE shop_id = $1 AND title = $2 AND "
	    "attrs = '' AND sku_code = $3",
	    DB_ARGS(db_i(d->shop_id), db_t(title), db_t(code)));

	return id != 0
		   ? id
		   : insert(d->s, d->txn,
			 "INSERT INTO listing (shop_id, title, attrs, sku_code, "
			 "item_no, variant_id) VALUES ($1, $2, '', $3, '', $4)",
			 DB_ARGS(db_i(d->shop_id), db_t(title), db_t(code),
			     db_id(variant)));
}

#define PRICE 5000 /* each */

static void
add_line(struct draft *d, const char *sku, int64_t qty)
{
	int64_t variant = one(d->s,
	    "SELECT id FROM variant WHERE sku_code = $1", DB_ARGS(db_t(sku)));
	int64_t listing = listing_id(d, sku, variant);

	d->lines++;
	d->unmapped += variant == 0;
	insert(d->s, d->txn,
	    "INSERT INTO order_line (order_id, line_no, sub_order_no, "
	    "listing_id, variant_id, qty, price, paid) "
	    "VALUES ($1, $2, '', $3, $4, $5, $6, $7)",
	    DB_ARGS(db_i(d->id), db_i(d->lines), db_i(listing), db_id(variant),
		db_i(qty), db_i(PRICE), db_i(PRICE * qty)));
}

static int64_t
receiver_id(
    struct draft *d, const char *order_no, int64_t created, int64_t paid)
{
	int64_t customer = insert(d->s, d->txn,
	    "INSERT INTO customer (identity, nick, name, phone, pinyin, "
	    "first_at, last_at, order_n, paid_n, paid) "
	    "VALUES ('taobao:nick-' || $1, 'nick-' || $1, '李小明', "
	    "'13812345678', 'lxm', $2, $2, 1, 1, $3)",
	    DB_ARGS(db_t(order_no), db_i(created), db_i(paid)));

	return insert(d->s, d->txn,
	    "INSERT INTO receiver (customer_id, name, pinyin, pinyin2, phone, "
	    "phone_tail, province, city, district, address) "
	    "VALUES ($1, '李小明', 'lxm', '', '13812345678', '5678', "
	    "'浙江省', '杭州市', '西湖区', '文三路 1 号')",
	    DB_ARGS(db_i(customer)));
}

static void
open_order(struct draft *d, const char *order_no, int64_t created, int64_t paid)
{
	int64_t receiver = receiver_id(d, order_no, created, paid);

	d->id = insert(d->s, d->txn,
	    "INSERT INTO orders (shop_id, order_no, source_hash, state, "
	    "created_at, paid_at, shipped_at, finished_at, receiver_id, total, "
	    "postage, paid, refund, settled) "
	    "VALUES ($1, $2, 0, 2, $3, $4, 0, 0, $5, $6, 0, $6, 0, 0)",
	    DB_ARGS(db_i(d->shop_id), db_t(order_no), db_i(created),
		db_i(created + 30), db_i(receiver), db_i(paid)));
}

static void
keep_figures(struct draft *d, int64_t created, int64_t paid)
{
	struct figures figures = { 0 };

	figures_move(&figures, 0, 0, 2, 0);
	figures_created(&figures, d->shop_id, created, 1);
	figures_paid(&figures, d->shop_id, created + 30, 1, paid);
	must(&d->s->err, figures_flush(d->s, d->txn, &figures));
}

int64_t
fixture_order(
    struct session *s, const char *order_no, int64_t qty, const char *sku, ...)
{
	int64_t created = time_now() - 3600, paid = 0;
	struct draft d = { .s = s };
	struct order_now now;
	const char *p;
	va_list ap;
	bool fresh;

	va_start(ap, sku);
	for (p = sku; p != NULL; p = va_arg(ap, const char *))
		paid += PRICE * qty;
	va_end(ap);
	must(&s->err, db_begin(s->db, &d.txn));
	d.shop_id = shop_id(s, d.txn);
	open_order(&d, order_no, created, paid);
	va_start(ap, sku);
	for (p = sku; p != NULL; p = va_arg(ap, const char *))
		add_line(&d, p, qty);
	va_end(ap);
	keep_figures(&d, created, paid);
	must(&s->err, stock_reserve(s, d.txn, d.id));
	if (d.unmapped > 0) {
		must(&s->err, order_now(s, d.txn, d.id, &now));
		must(
		    &s->err, hold_open(s, d.txn, &now, "unmapped", "", &fresh));
	}
	must(&s->err, db_commit(&d.txn));
	return d.id;
}

int64_t
fixture_on_hand(struct session *s, int64_t variant)
{
	return one(s, "SELECT sum(on_hand) FROM stock WHERE variant_id = $1",
	    DB_ARGS(db_i(variant)));
}

int64_t
fixture_audited(struct session *s, const char *op, int64_t subject)
{
	return one(s,
	    "SELECT count(*) FROM audit WHERE op = $1 AND subject = $2",
	    DB_ARGS(db_t(op), db_i(subject)));
}

static void
tell(void *arg, bool bad, const char *text)
{
	(void)arg;
	if (bad)
		print_error("verify: %s\n", text);
}

void
fixture_verify(struct session *s)
{
	int rc = shopdb_verify(s, tell, NULL);

	must(&s->err, rc);
	assert_int_equal(rc, 0);
}
