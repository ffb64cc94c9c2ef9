/* SPDX-License-Identifier: MIT */
#include <dirent.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "../../src/domain/core/session_priv.h"
#include "shopmgr/base/alloc.h"
#include "shopmgr/base/i18n.h"
#include "shopmgr/base/utf8.h"
#include "shopmgr/domain/import.h"
#include "shopmgr/domain/inventory.h"
#include "shopmgr/domain/op.h"
#include "shopmgr/domain/orders.h"
#include "shopmgr/domain/products.h"
#include "shopmgr/domain/shopdb.h"
#include "shopmgr/screens/screens.h"
#include "shopmgr/tui/canvas.h"
#include "shopmgr/tui/ui.h"

/*
 * A monkey at the terminal of a shop in the middle of a day. The first byte
 * says who it is, in which language and on how large a terminal; each other is
 * a key, or something that happens: see event(). Whatever it does, the screen
 * can be sent to a terminal, the books agree, and nothing changed that its role
 * may not change. The shop is made once, and copied for each input.
 */

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#define MS     INT64_C(1000000)
#define KEYS   400 /* of an input */
#define OWNER  1
#define VERIFY 16 /* inputs: it takes longer than they do */

/* Nothing to be told by, so it ends here. */
static void
broken(const char *what, const char *detail)
{
	fprintf(stderr, "monkey: %s: %s\n", what, detail);
	abort();
}

static void
must(int rc, const struct err *err)
{
	if (rc < 0)
		broken("the shop cannot be made", err->text);
}

/* The shop */

static char home[64], template[80], shop[80], exchange[80];

static const char order_file[] =
    "订单编号,买家会员名,买家应付货款,买家应付邮费,总金额,买家实际支付金额,"
    "订单状态,买家留言,收货人姓名,收货地址,运送方式,联系手机,订单创建时间,"
    "订单付款时间,宝贝标题,宝贝种类,物流单号,物流公司,订单备注,宝贝总数量,"
    "店铺Id,店铺名称,订单关闭原因\n"
    "4119203366520877702,爱做饭,349,0,349,349,买家已付款，等待卖家发货,,李小明,"
    "广东省 广州市 天河区 天河路 85 号(510000),快递,13812345678,"
    "2026-11-20 09:12:33,2026-11-20 09:13:02,三德刀,2,,,,2,0,留样店,\n"
    "4119203366520877650,赵师傅,402.24,0,402.24,402.24,"
    "买家已付款，等待卖家发货,请用顺丰,赵建国,"
    "江苏省 南京市 建邺区 江东中路 1 号(210000),快递,13987654321,"
    "2026-11-21 18:40:10,2026-11-21 18:41:55,雪平锅,1,,,改红色,2,0,留样店,\n"
    "4119203366520877695,wang_cd,129,8,129,129,买家已付款，等待卖家发货,,王芳,"
    "四川省 成都市 武侯区 人民南路 4 号(610000),快递,13700001111,"
    "2026-11-21 13:22:00,2026-11-21 13:23:00,砧板 新款,1,,,,1,0,留样店,\n"
    "4119203366520877801,qian,45,6,45,0,等待买家付款,,钱多多,"
    "北京 北京市 朝阳区 建国路 1 号(100000),快递,13522223333,"
    "2026-11-22 13:40:00,,磨刀石,1,,,,1,0,留样店,\n";
static const char item_file[] =
    "订单编号,标题,价格,购买数量,外部系统编号,商品属性,套餐信息,备注,订单状态,"
    "商家编码\n"
    "4119203366520877702,三德刀,199,1,,,,,买家已付款，等待卖家发货,SD-F503\n"
    "4119203366520877702,雪平锅,150,1,,,,,买家已付款，等待卖家发货,XP-20\n"
    "4119203366520877650,雪平锅,201.12,2,,,,,买家已付款，等待卖家发货,XP-20\n"
    "4119203366520877695,砧板 新款,129,1,,,,,买家已付款，等待卖家发货,\n"
    "4119203366520877801,磨刀石,45,1,,,,,等待买家付款,MD-1000\n";

static const char *const codes[] = { "4119203366520877702",
	"4119203366520877650", "4119203366520877695", "6901234500017",
	"6901234500031", "6901234500048", "SF1300000000022", "XP-20",
	"YT7600000000011", "A-03-2", "no such code", "0000000000000000000000" };
static const char *const words[] = { "张三", "雪平锅\n第二行", "-5", "1e9",
	"12.50", "=cmd|x", "+3", "周五", "\xff\xfe", "e\xcc\x81\xcc\x81",
	"\xe2\x80\xae evil", "9223372036854775807", "../../etc/passwd", "" };

static const char *const roles[] = { "owner", "manager", "supervisor", "agent",
	"aftersales", "warehouse", "clerk", "buyer", "editor" };

#define N(a) (sizeof(a) / sizeof((a)[0]))

static void
put_file(const char *dir, const char *name, const char *text)
{
	char path[200];
	FILE *f;

	snprintf(path, sizeof(path), "%s/%s", dir, name);
	f = fopen(path, "w");
	if (f == NULL || fputs(text, f) < 0 || fclose(f) != 0)
		broken("no room", path);
}

static void
stock_shelves(struct session *s)
{
	static const char *const goods[][3] = {
		{ "XP-20", "不锈钢雪平锅 20cm", "6901234500017" },
		{ "SD-F503", "三德刀 F-503", "6901234500031" },
		{ "MD-1000", "磨刀石 1000#", "6901234500048" },
	};
	struct variant_edit edit;
	struct stock_entry e;
	int64_t id;
	size_t i;

	for (i = 0; i < N(goods); i++) {
		edit = (struct variant_edit){
			.price = 19900, .reorder_at = 10, .target_level = 30
		};
		copy_text(edit.sku_code, sizeof(edit.sku_code), goods[i][0]);
		copy_text(edit.product, sizeof(edit.product), goods[i][1]);
		copy_text(edit.barcodes, sizeof(edit.barcodes), goods[i][2]);
		copy_text(edit.bin, sizeof(edit.bin), "A-03-2");
		must(variant_add(s, &edit, &id), &s->err);
		e = (struct stock_entry){ .qty = 5 + 10 * (int64_t)i,
			.cost = 9000 };
		copy_text(e.sku, sizeof(e.sku), goods[i][0]);
		must(stock_receive(s, &e, &id), &s->err);
	}
}

static void
take_orders(struct session *s)
{
	struct import_options opt = { .dry_run = false };
	char orders[200], items[200];
	const char *files[] = { orders, items };
	struct import *im;

	snprintf(orders, sizeof(orders), "%s/order.csv", exchange);
	snprintf(items, sizeof(items), "%s/item.csv", exchange);
	must(import_run(s, "orders", files, 2, &opt, &im), &s->err);
	import_free(im);
}

/* Who else works here; nobody of them has a password. */
static void
hire(struct session *s)
{
	struct txn *txn;
	int64_t id;
	size_t i;

	must(db_begin(s->db, &txn), &s->err);
	for (i = 1; i < N(roles); i++) {
		must(db_insert(txn,
			 "INSERT INTO staff (login, name, password, created_at)"
			 " VALUES ($1, $1, '*', 1)",
			 DB_ARGS(db_t(roles[i])), &id),
		    &s->err);
		must(db_exec(txn,
			 "INSERT INTO staff_role (staff_id, role_id) "
			 "SELECT $1, id FROM role WHERE name = $2",
			 DB_ARGS(db_i(id), db_t(roles[i])), NULL),
		    &s->err);
	}
	must(db_commit(&txn), &s->err);
}

static void
forget_home(void)
{
	char cmd[100];

	snprintf(cmd, sizeof(cmd), "rm -rf '%s'", home);
	if (system(cmd) != 0)
		fprintf(stderr, "monkey: %s stays\n", home);
}

static void
make_shop(void)
{
	struct session *s;
	struct err err;

	snprintf(home, sizeof(home), "%s/shopmgr-monkey-XXXXXX",
	    access("/dev/shm", W_OK) == 0 ? "/dev/shm" : "/tmp");
	if (mkdtemp(home) == NULL)
		broken("no room", home);
	atexit(forget_home);
	snprintf(template, sizeof(template), "%s/template.db", home);
	snprintf(shop, sizeof(shop), "%s/shop.db", home);
	snprintf(exchange, sizeof(exchange), "%s/exchange", home);
	mkdir(exchange, 0700);
	put_file(exchange, "order.csv", order_file);
	put_file(exchange, "item.csv", item_file);
	setenv("SHOPMGR_TEST_WEAK_HASH", "1", 1);
	setenv("SHOPMGR_NOW", "2026-11-22 14:05:00", 1);
	must(shopdb_init(template, "owner", "owner-password", &err), &err);
	must(session_open(&s, template, &err), &err);
	must(session_become(s, OWNER), &s->err);
	stock_shelves(s);
	take_orders(s);
	hire(s);
	session_close(s);
}

static void
copy_file(const char *from, const char *to)
{
	int in = open(from, O_RDONLY | O_CLOEXEC);
	int out = open(to, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
	char buf[65536];
	ssize_t n;

	if (in < 0 || out < 0)
		broken("no room", to);
	while ((n = read(in, buf, sizeof(buf))) > 0)
		if (write(out, buf, (size_t)n) != n)
			broken("no room", to);
	close(in);
	close(out);
}

/* Everything in the shop's folders goes but what stands there at first. */
static void
tidy(const char *dir)
{
	static const char *const stay[] = { ".", "..", "template.db",
		"exchange", "order.csv", "item.csv" };
	DIR *d = opendir(dir);
	const struct dirent *e;
	char cmd[400];
	size_t i;

	while (d != NULL && (e = readdir(d)) != NULL) {
		for (i = 0; i < N(stay); i++)
			if (strcmp(e->d_name, stay[i]) == 0)
				break;
		if (i < N(stay))
			continue;
		if (unlinkat(dirfd(d), e->d_name, 0) == 0)
			continue;
		snprintf(cmd, sizeof(cmd), "rm -rf '%s/%s'", dir, e->d_name);
		if (system(cmd) != 0)
			broken("stays", e->d_name);
	}
	if (d != NULL)
		closedir(d);
}

/* The monkey */

struct monkey {
	const uint8_t *data;
	size_t size, at, keys;
	int64_t now;
	struct session *s, *other;
	int h, w;
};

static int
byte(struct monkey *m)
{
	return m->at < m->size ? m->data[m->at++] : 0;
}

/* Somebody at another terminal does something sensible. */
static void
others_work(struct monkey *m)
{
	struct stock_entry e = { .qty = 3, .cost = 100 };
	int what = byte(m);
	struct err err;
	int64_t id;

	if (m->other == NULL) {
		must(session_open(&m->other, shop, &err), &err);
		must(session_become(m->other, OWNER), &m->other->err);
	}
	copy_text(e.sku, sizeof(e.sku), "XP-20");
	if (what % 3 == 0)
		(void)!stock_receive(m->other, &e, &id);
	else if (order_by_no(m->other, codes[what % 4], &id) == 0)
		(void)!order_hold(m->other, id, "manual", "others");
}

static void
text_key(struct monkey *m, struct key *out, uint32_t code,
    const char *const *texts, size_t n)
{
	out->code = code;
	out->text = texts[(size_t)byte(m) % n];
}

/* From 0x80 on bytes are what has no character. */
static void
event(struct monkey *m, int b, struct key *out)
{
	static const uint32_t keys[] = { KEY_UP_, KEY_DOWN_, KEY_LEFT_,
		KEY_RIGHT_, KEY_HOME_, KEY_END_, KEY_PGUP, KEY_PGDN, KEY_INS,
		KEY_DEL, KEY_BACK, KEY_ENTER_, KEY_TAB_, KEY_BACKTAB,
		KEY_ESC_ };
	static const uint32_t chars[] = { 0x96ea, 0x5f20, 0x301, 0x1f600,
		0x202e, 0xfeff, 0xad, 0x7f, 0xfffd };

	if (b < 0x80 + (int)N(keys))
		out->code = keys[b - 0x80];
	else if (b >= 0x90 && b < 0x9c)
		out->code = KEY_F0 + 1 + (uint32_t)(b - 0x90);
	else if (b >= 0xa0 && b < 0xa0 + (int)N(chars))
		out->code = chars[b - 0xa0];
	else if (b == 0xb0)
		text_key(m, out, KEY_SCAN, codes, N(codes));
	else if (b == 0xb1)
		text_key(m, out, KEY_PASTE, words, N(words));
	else if (b == 0xb2) {
		out->code = KEY_RESIZE_;
		out->h = byte(m) % 70;
		out->w = byte(m);
		m->h = out->h;
		m->w = out->w;
	} else if (b == 0xb3) {
		others_work(m);
		m->now += 1000 * MS;
	} else if (b == 0xb4) {
		m->now += 3600 * 1000 * MS; /* an hour goes by */
	} else if (b < 0xff)
		m->now += 1000 * MS;
	else
		m->now -= 190 * MS; /* at once after the key before */
}

static void
port_wait(void *arg, int timeout_ms, struct key *out)
{
	struct monkey *m = arg;
	int b;

	(void)timeout_ms;
	m->now += 200 * MS;
	*out = (struct key){ .code = KEY_TICK };
	if (m->at >= m->size || m->keys++ >= KEYS) {
		out->code = KEY_HANGUP;
	} else if ((b = byte(m)) >= 0x80) {
		event(m, b, out);
	} else {
		out->code = b == '\r'   ? KEY_ENTER_
			    : b == '\t' ? KEY_TAB_
			    : b == 0x1b ? KEY_ESC_
			    : b == 0    ? (uint32_t)KEY_TICK
					: (uint32_t)b;
	}
	out->at = m->now;
}

static bool
port_esc_waiting(void *arg)
{
	struct monkey *m = arg;

	if (m->at < m->size && m->data[m->at] != 0x1b)
		return false;
	m->at += m->at < m->size;
	return true;
}

static void
check_cell(const struct cell *row, int x)
{
	const struct cell *cell = &row[x];
	int i;

	if (cell->style >= STYLE_MAX)
		broken("screen", "a style that is none");
	if (cell->cp[0] == 0 && (x == 0 || row[x - 1].cp[0] == 0))
		broken("screen", "half a character");
	for (i = 0; i < 5 && cell->cp[i] != 0; i++)
		if ((cell->cp[i] < ' ' || cell->cp[i] > '~') &&
		    !cp_printable(cell->cp[i]))
			broken("screen", "not to be shown");
}

/* A terminal can show it. */
static void
port_show(void *arg, const struct canvas *c)
{
	int y, x;

	(void)arg;
	for (y = 0; c != NULL && y < canvas_h(c); y++)
		for (x = 0; x < canvas_w(c); x++)
			check_cell(canvas_cell(c, y, 0), x);
}

static void
port_bell(void *arg, int kind)
{
	(void)arg;
	(void)kind;
}

/* What a role must be allowed to for these to become others. */
static const struct {
	const char *sql;
	enum perm perms[4]; /* any of them */
} guarded[] = {
	{ "SELECT count(*) FROM parcel", { PERM_ORDER_SHIP } },
	{ "SELECT count(*) FROM import_batch", { PERM_IMPORT } },
	{ "SELECT count(*) + sum(version) FROM variant /*scan*/",
	    { PERM_PRODUCT_EDIT, PERM_IMPORT } },
	{ "SELECT count(*) FROM stock_slip WHERE kind <> 'ship' /*scan*/",
	    { PERM_STOCK_RECEIVE, PERM_STOCK_ADJUST, PERM_IMPORT } },
	{ "SELECT count(*) FROM order_hold /*scan*/",
	    { PERM_ORDER_HOLD, PERM_IMPORT, PERM_ORDER_SHIP } },
	{ "SELECT count(*) FROM order_hold WHERE cleared_at <> 0 /*scan*/",
	    { PERM_ORDER_RELEASE, PERM_PRODUCT_EDIT, PERM_IMPORT } },
	{ "SELECT count(*) FROM staff /*scan*/", { PERM_STAFF_EDIT } },
	{ "SELECT count(*) FROM staff_role /*scan*/", { PERM_STAFF_EDIT } },
	{ "SELECT count(*) FROM role_perm /*scan*/", { PERM_ROLE_EDIT } },
	{ "SELECT count(*) FROM orders WHERE state = 6 /*scan*/",
	    { PERM_ORDER_CANCEL, PERM_IMPORT } },
	{ "SELECT sum(length(value)) FROM setting WHERE name <> 'door_epoch' "
	  "/*scan*/",
	    { PERM_SETTING_EDIT, PERM_STAFF_EDIT, PERM_ROLE_EDIT } },
};

static void
count_guarded(struct session *s, int64_t n[N(guarded)])
{
	size_t i;

	for (i = 0; i < N(guarded); i++)
		must(db_get1(s->db, guarded[i].sql, DB_NOARGS, &n[i]), &s->err);
}

static void
nothing_forbidden(struct session *s, uint64_t perms, const int64_t *before)
{
	int64_t after[N(guarded)];
	bool may;
	size_t i, k;

	count_guarded(s, after);
	for (i = 0; i < N(guarded); i++) {
		may = before[i] == after[i];
		for (k = 0; k < 4 && guarded[i].perms[k] != PERM_NONE; k++)
			may = may || (perms >> guarded[i].perms[k] & 1) != 0;
		if (!may)
			broken("changed without permission", guarded[i].sql);
	}
}

static void
tell(void *arg, bool bad, const char *text)
{
	(void)arg;
	if (bad)
		broken("the books do not agree", text);
}

static void
play(struct monkey *m, int first)
{
	struct ui_port port = { port_wait, port_show, port_bell,
		port_esc_waiting, m };
	struct app app = { .session = m->s, .exchange = exchange };
	int64_t before[N(guarded)];
	uint64_t perms;

	must(session_become(m->s, 1 + first % (int)N(roles)), &m->s->err);
	perms = m->s->perms;
	count_guarded(m->s, before);
	i18n_init(first & 0x40 ? "en" : "zh_CN");
	width_ambiguous = first & 0x20 ? 2 : 1;
	if (app_run(&app, &port, m->h, m->w) < 0)
		broken("it ended", m->s->err.text);
	width_ambiguous = 1;
	if (m->other == NULL)
		nothing_forbidden(m->s, perms, before);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct monkey m = { .data = data, .size = size, .now = 1000 * MS };
	static unsigned inputs;
	struct err err;
	int first;

	if (home[0] == '\0')
		make_shop();
	first = byte(&m);
	m.h = first & 0x80 ? 40 : 24;
	m.w = first & 0x80 ? 120 : 80;
	copy_file(template, shop);
	must(session_open(&m.s, shop, &err), &err);
	play(&m, first);
	if (inputs++ % VERIFY == 0 && shopdb_verify(m.s, tell, NULL) != 0)
		broken("the books cannot be proved", m.s->err.text);
	if (m.other != NULL)
		session_close(m.other);
	session_close(m.s);
	tidy(exchange);
	tidy(home);
	return 0;
}
