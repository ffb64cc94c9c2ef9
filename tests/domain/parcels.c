/* SPDX-License-Identifier: MIT */
#include <sys/wait.h>
#include <unistd.h>

#include "ship_lib.h"
#include "shopmgr/domain/waves.h"

static const struct pack_close yto = {
	.courier = "圆通", .waybill_no = "YT8812345678901", .weight = 1520
};

/* Many clerks with the same order in their hands. */
#define CLERKS 4

static int
race(const char *path, int i, int ready, int go)
{
	struct pack_close c = yto;
	struct packing *p;
	struct session *s;
	struct err err;
	char byte = 0;
	int rc;

	c.waybill_no[14] = (char)('0' + i);
	if (session_open(&s, path, &err) < 0 || session_become(s, 1) < 0 ||
	    pack_open(s, "9001", &p) < 0 ||
	    pack_scan(s, p, "A", NULL) != PACK_COMPLETE)
		return 3;
	if (write(ready, &byte, 1) != 1 || read(go, &byte, 1) != 1)
		return 3;
	rc = pack_ship(s, p, &c, NULL);
	if (rc == ERR_STATE &&
	    strstr(session_err(s)->text, "already shipped by") != NULL)
		rc = 1;
	else if (rc != 0)
		fprintf(stderr, "%d %s\n", rc, session_err(s)->text);
	pack_free(p);
	session_close(s);
	return rc == 0 || rc == 1 ? rc : 2;
}

static void
of_many_clerks_exactly_one_ships(void **state)
{
	const char *path = fixture_shop("race.db");
	int ready[2], go[2], i, status, won = 0, told = 0;
	struct session *s;
	struct err err;
	char bytes[CLERKS];

	(void)state;
	assert_int_equal(session_open(&s, path, &err), 0);
	fixture_role(s, "owner");
	fixture_variant(s, "A", 9, 100);
	fixture_order(s, "9001", 1, "A", NULL);
	session_close(s);
	assert_int_equal(pipe(ready), 0);
	assert_int_equal(pipe(go), 0);
	fflush(NULL);
	for (i = 0; i < CLERKS; i++)
		if (fork() == 0)
			_exit(race(path, i, ready[1], go[0]));
	for (i = 0; i < CLERKS; i++)
		assert_int_equal(read(ready[0], bytes, 1), 1);
	assert_int_equal(write(go[1], bytes, CLERKS), CLERKS);
	for (i = 0; i < CLERKS; i++) {
		assert_true(wait(&status) > 0);
		assert_true(WIFEXITED(status));
		won += WEXITSTATUS(status) == 0;
		told += WEXITSTATUS(status) == 1;
	}
	assert_int_equal(won, 1);
	assert_int_equal(told, CLERKS - 1);
	assert_int_equal(session_open(&s, path, &err), 0);
	fixture_role(s, "owner");
	assert_int_equal(fixture_int(s, "SELECT count(*) FROM parcel"), 1);
	assert_int_equal(fixture_int(s, "SELECT sum(on_hand) FROM stock"), 8);
	fixture_verify(s);
	session_close(s);
}

static void
shipping_survives_every_failure(void **state)
{
	(void)state;
	FOR_EACH_FAULT(f)
	{
		struct session *s = fixture_faulty("clerk");
		struct packing *p;
		int64_t id;
		int rc;

		fixture_variant(s, "A", 5, 100);
		fixture_variant(s, "B", 5, 200);
		id = fixture_order(s, "1001", 2, "A", "B", NULL);
		p = packed(s, "1001");
		fault_arm(&f);
		rc = pack_ship(s, p, &yto, NULL);
		fault_disarm(&f);
		pack_free(p);
		assert_int_equal(
		    fixture_int(s, "SELECT sum(on_hand) FROM stock"),
		    rc == 0 ? 6 : 10);
		assert_int_equal(
		    fixture_int(s, "SELECT count(*) FROM reservation"),
		    rc == 0 ? 0 : 2);
		assert_int_equal(
		    fixture_int(s, "SELECT count(*) FROM parcel"), rc == 0);
		assert_int_equal(fixture_int(s, "SELECT state FROM orders"),
		    rc == 0 ? ORDER_SHIPPED : ORDER_PAID);
		assert_int_equal(fixture_audited(s, "order-ship", id), rc == 0);
		fixture_verify(s);
		fixture_end(s);
	}
}

static void
opening_survives_every_failure(void **state)
{
	(void)state;
	FOR_EACH_FAULT(f)
	{
		struct session *s = fixture_faulty("clerk");
		struct packing *p = NULL;
		int rc;

		fixture_variant(s, "A", 5, 100);
		fixture_order(s, "1001", 1, "A", NULL);
		fault_arm(&f);
		rc = pack_open(s, "1001", &p);
		if (rc == 0)
			rc = scan(s, p, "A") == PACK_COMPLETE ? 0 : ERR_DB;
		fault_disarm(&f);
		assert_true(rc == 0 || f.hit);
		pack_free(p);
		p = packed(s, "1001");
		pack_free(p);
		fixture_end(s);
	}
}

static void
parcels_are_listed_newest_first(void **state)
{
	struct session *s = fixture_session("clerk");
	struct parcel_filter all = { .platform = NULL };
	struct parcel_filter some = { .unexported = true,
		.platform = "taobao" };
	struct page page, next;
	char no[16];
	int i;

	(void)state;
	fixture_variant(s, "A", 50, 100);
	for (i = 0; i < 5; i++) {
		struct pack_close c = yto;
		struct packing *p;

		snprintf(no, sizeof(no), "70%02d", i);
		fixture_order(s, no, 1, "A", NULL);
		p = packed(s, no);
		c.waybill_no[14] = (char)('0' + i);
		assert_int_equal(pack_ship(s, p, &c, NULL), 0);
		pack_free(p);
	}
	assert_int_equal(parcel_page(s, &all, PAGE_FIRST, NULL, 2, &page), 0);
	assert_int_equal(page.n, 2);
	assert_string_equal(
	    ((const struct parcel *)page_row(&page, 0))->order_no, "7004");
	assert_int_equal(
	    parcel_page(s, &all, PAGE_AFTER, page_row(&page, 1), 5, &next), 0);
	assert_int_equal(next.n, 3);
	page_free(&page);
	page_free(&next);
	assert_int_equal(parcel_page(s, &some, PAGE_LAST, NULL, 1, &page), 0);
	assert_string_equal(
	    ((const struct parcel *)page_row(&page, 0))->order_no, "7000");
	page_free(&page);
	some.platform = "pdd";
	assert_int_equal(parcel_page(s, &some, PAGE_FIRST, NULL, 9, &page), 0);
	assert_int_equal(page.n, 0);
	page_free(&page);
	all.until = time_now() + 60;
	all.exported = true;
	assert_int_equal(parcel_page(s, &all, PAGE_FIRST, NULL, 9, &page), 0);
	assert_int_equal(page.n, 0);
	page_free(&page);
	all.exported = false;
	assert_int_equal(parcel_page(s, &all, PAGE_FIRST, NULL, 9, &page), 0);
	assert_int_equal(page.n, 5);
	page_free(&page);
	all.since = time_now() + 60;
	assert_int_equal(parcel_page(s, &all, PAGE_FIRST, NULL, 9, &page), 0);
	assert_int_equal(page.n, 0);
	page_free(&page);
	fixture_role(s, "buyer");
	assert_int_equal(
	    parcel_page(s, &all, PAGE_FIRST, NULL, 9, &page), ERR_DENIED);
	fixture_end(s);
}

/* Two pans of 1 kg, three stones of 200 g. */
static struct session *
heavy_shop(int64_t *order)
{
	struct session *s = fixture_session("warehouse");

	fixture_variant(s, "PAN", 9, 5000);
	fixture_variant(s, "STONE", 9, 700);
	exec(s, "UPDATE variant SET weight = 1000 WHERE id = 1;"
		"UPDATE variant SET weight = 200 WHERE id = 2");
	*order = fixture_order(s, "1001", 2, "PAN", "STONE", NULL);
	return s;
}

static int64_t
box(struct session *s)
{
	const struct material_edit e = { .code = "BOX",
		.name = "Box 3",
		.weight = 100,
		.cost = 160,
		.active = true };
	int64_t id;

	assert_int_equal(material_add(s, &e, &id), 0);
	return id;
}

static void
a_parcel_that_weighs_wrong_is_refused(void **state)
{
	struct pack_close c = by_yto(1);
	struct packing *p;
	int64_t id;
	struct session *s = heavy_shop(&id);

	(void)state;
	p = packed(s, "1001");
	assert_int_equal(pack_expected(p), 2400);
	box(s);
	assert_int_equal(pack_material(s, p, "no such box"), ERR_NOTFOUND);
	assert_int_equal(pack_material(s, p, "BOX\n"), 0);
	assert_string_equal(pack_material_name(p), "Box 3");
	assert_int_equal(pack_expected(p), 2500);
	/* 5 % is 125 g, which is more than 50 g. */
	c.weight = 2626;
	assert_int_equal(pack_ship(s, p, &c, NULL), ERR_STATE);
	assert_string_equal(session_err(s)->field, "weight");
	tells(s, "2500 g");
	tells(s, "2626 g");
	c.weight = 2374;
	assert_int_equal(pack_ship(s, p, &c, NULL), ERR_STATE);
	assert_int_equal(state_of(s, id), ORDER_PAID);
	/* Not everybody says that it shall go all the same. */
	fixture_role(s, "clerk");
	c.force = true;
	assert_int_equal(pack_ship(s, p, &c, NULL), ERR_DENIED);
	fixture_role(s, "warehouse");
	assert_int_equal(pack_ship(s, p, &c, NULL), 0);
	pack_free(p);
	assert_int_equal(fixture_audited(s, "order-ship-force", id), 1);
	assert_int_equal(fixture_int(s, "SELECT expected FROM parcel"), 2500);
	assert_int_equal(fixture_int(s, "SELECT material_id FROM parcel"), 1);
	assert_int_equal(fixture_int(s, "SELECT count(*) FROM parcel WHERE"
					" checker_id = packer_id AND"
					" shipper_id = packer_id"),
	    1);
	assert_int_equal(fixture_int(s, "SELECT done & 120 FROM orders"), 120);
	fixture_verify(s);
	fixture_end(s);
}

static void
what_fits_within_the_tolerance_goes(void **state)
{
	struct pack_close c = by_yto(1);
	struct packing *p;
	int64_t id;
	struct session *s = heavy_shop(&id);

	(void)state;
	box(s);
	p = packed(s, "1001");
	c.weight = 2625;
	copy_text(c.material, sizeof(c.material), "BOX");
	assert_int_equal(pack_ship(s, p, &c, NULL), 0);
	pack_free(p);
	/* Where a weight is not known, nothing is expected. */
	exec(s, "UPDATE variant SET weight = 0 WHERE id = 2");
	fixture_order(s, "1002", 1, "PAN", "STONE", NULL);
	p = packed(s, "1002");
	assert_int_equal(pack_expected(p), 0);
	c = by_yto(2);
	c.weight = 9000;
	assert_int_equal(pack_ship(s, p, &c, NULL), 0);
	pack_free(p);
	copy_text(c.material, sizeof(c.material), "BAG");
	fixture_order(s, "1003", 1, "PAN", NULL);
	p = packed(s, "1003");
	assert_int_equal(pack_ship(s, p, &c, NULL), ERR_INVALID);
	assert_string_equal(session_err(s)->field, "material");
	pack_free(p);
	fixture_end(s);
}

static void
an_order_may_go_in_several_parcels(void **state)
{
	struct pack_close c = by_yto(1);
	const struct pack_line *l;
	struct packing *p;
	int64_t id;
	struct session *s = heavy_shop(&id);
	size_t n;

	(void)state;
	c.more = true;
	p = opened(s, "1001");
	assert_int_equal(pack_ship(s, p, &c, NULL), ERR_STATE);
	tells(s, "nothing is scanned");
	assert_int_equal(scan(s, p, "PAN"), PACK_OK);
	assert_int_equal(scan(s, p, "STONE"), PACK_OK);
	assert_int_equal(pack_ship(s, p, &c, NULL), 0);
	assert_int_equal(state_of(s, id), ORDER_PART_SHIPPED);
	assert_int_equal(fixture_int(s, "SELECT sum(qty) FROM reservation"), 2);
	fixture_verify(s);
	/* The packing goes on with the rest. */
	l = pack_lines(p, &n);
	assert_int_equal(n, 2);
	assert_int_equal(l[0].need, 1);
	assert_int_equal(l[0].have, 0);
	assert_int_equal(scan(s, p, "PAN"), PACK_OK);
	assert_int_equal(scan(s, p, "STONE"), PACK_COMPLETE);
	assert_int_equal(pack_ship(s, p, &c, NULL), ERR_CONFLICT);
	tells(s, "used already");
	c = by_yto(2);
	assert_int_equal(pack_ship(s, p, &c, NULL), 0);
	assert_int_equal(state_of(s, id), ORDER_SHIPPED);
	pack_free(p);
	assert_int_equal(fixture_int(s, "SELECT count(*) FROM orders"
					" WHERE waybill_no ="
					" 'YT0000000000001'"),
	    1);
	assert_int_equal(fixture_int(s, "SELECT sum(qty) FROM parcel_line"), 4);
	assert_int_equal(
	    fixture_int(s, "SELECT sum(shipped_n) FROM day_figure"), 2);
	fixture_verify(s);
	fixture_end(s);
}

static void
packed_here_and_weighed_there(void **state)
{
	struct pack_close c = by_yto(1);
	struct packing *p, *other;
	int64_t id, id2;
	struct session *s = heavy_shop(&id);

	(void)state;
	fixture_role(s, "clerk");
	other = packed(s, "1001");
	p = packed(s, "1001");
	assert_int_equal(pack_keep(s, p, &c, NULL), 0);
	pack_free(p);
	assert_int_equal(state_of(s, id), ORDER_PAID);
	assert_int_equal(fixture_int(s, "SELECT sum(qty) FROM reservation"), 4);
	assert_int_equal(fixture_int(s, "SELECT done & 64 FROM orders"), 64);
	fixture_verify(s);
	/* Nobody packs it a second time, or uses its waybill. */
	refused(s, "1001", ERR_STATE, "already packed by clerk");
	refused(s, "YT0000000000001", ERR_STATE, "waits for the scale");
	assert_true(pack_keep(s, other, &c, NULL) < 0);
	pack_free(other);
	id2 = fixture_order(s, "1002", 1, "PAN", NULL);
	p = packed(s, "1002");
	assert_int_equal(pack_ship(s, p, &c, NULL), ERR_CONFLICT);
	tells(s, "1001");
	pack_free(p);
	/* At the scale. */
	fixture_role(s, "warehouse");
	assert_int_equal(
	    pack_weigh(s, "YT0000000000001", 0, false, NULL), ERR_INVALID);
	assert_int_equal(
	    pack_weigh(s, "YT0000000000001", 1200, false, NULL), ERR_STATE);
	tells(s, "2400 g");
	assert_int_equal(pack_weigh(s, "1002", 1200, false, NULL), ERR_STATE);
	tells(s, "not packed yet");
	assert_int_equal(pack_weigh(s, "yt0000000000001", 2450, false, &p), 0);
	assert_string_equal(pack_order_no(p), "1001");
	assert_string_equal(pack_waybill(p), "YT0000000000001");
	pack_free(p);
	assert_int_equal(state_of(s, id), ORDER_SHIPPED);
	assert_int_equal(state_of(s, id2), ORDER_PAID);
	assert_int_equal(fixture_int(s, "SELECT count(*) FROM packed"), 0);
	assert_int_equal(fixture_int(s, "SELECT count(*) FROM parcel p"
					" JOIN staff a ON a.id = p.packer_id"
					" JOIN staff b ON b.id = p.shipper_id"
					" WHERE a.login = 'clerk'"
					" AND b.login = 'warehouse'"),
	    1);
	assert_int_equal(
	    pack_weigh(s, "YT0000000000001", 2450, false, NULL), ERR_STATE);
	tells(s, "already shipped by clerk");
	fixture_verify(s);
	fixture_end(s);
}

static void
a_hold_stops_at_the_scale_and_a_parcel_can_be_opened_again(void **state)
{
	struct pack_close c = by_yto(1);
	struct packing *p;
	int64_t id;
	struct session *s = heavy_shop(&id);

	(void)state;
	p = packed(s, "1001");
	assert_int_equal(pack_keep(s, p, &c, NULL), 0);
	pack_free(p);
	assert_int_equal(order_hold(s, id, "address", ""), 0);
	assert_int_equal(pack_weigh(s, "1001", 2400, false, NULL), ERR_STATE);
	tells(s, "on hold");
	assert_int_equal(pack_unpack(s, "1001"), 0);
	assert_int_equal(fixture_int(s, "SELECT done & 64 FROM orders"), 0);
	assert_int_equal(order_release(s, id, NULL, ""), 0);
	assert_int_equal(pack_unpack(s, "1001"), ERR_STATE);
	ships(s, "1001", 1);
	assert_int_equal(fixture_audited(s, "order-unpack", id), 1);
	fixture_verify(s);
	fixture_end(s);
}

static void
goods_say_which_order_is_next(void **state)
{
	struct session *s = fixture_session("clerk");
	struct pack_close c = by_yto(1);
	struct packing *p, *q;
	int64_t first, second;

	(void)state;
	fixture_variant(s, "PAN", 9, 5000);
	fixture_variant(s, "STONE", 9, 5000);
	fixture_order(s, "1000", 1, "PAN", "STONE", NULL);
	fixture_order(s, "1001", 2, "PAN", NULL);
	second = fixture_order(s, "1002", 1, "PAN", NULL);
	first = fixture_order(s, "1003", 1, "PAN", NULL);
	exec(s, "UPDATE reservation SET due = 5 WHERE order_id = 4");
	assert_int_equal(
	    pack_next_by_goods(s, "nothing", "a", &p), ERR_NOTFOUND);
	assert_int_equal(pack_next_by_goods(s, "STONE", "a", &p), ERR_NOTFOUND);
	/* By the deadline; it is complete. */
	assert_int_equal(pack_next_by_goods(s, "PAN", "a", &p), 0);
	assert_int_equal(pack_order(p), first);
	assert_true(pack_complete(p));
	/* Another gets another, and then there is none. */
	fixture_role(s, "warehouse");
	assert_int_equal(pack_next_by_goods(s, "PAN", "b", &q), 0);
	assert_int_equal(pack_order(q), second);
	fixture_role(s, "owner");
	pack_free(q);
	assert_int_equal(pack_next_by_goods(s, "PAN", "c", &q), ERR_NOTFOUND);
	fixture_role(s, "clerk");
	assert_int_equal(pack_ship(s, p, &c, NULL), 0);
	pack_free(p);
	fixture_verify(s);
	/* Neither what is held comes, nor what goes with others. */
	exec(s, "DELETE FROM claim");
	fixture_role(s, "owner");
	assert_int_equal(order_hold(s, second, "manual", ""), 0);
	assert_int_equal(pack_next_by_goods(s, "PAN", "a", &p), ERR_NOTFOUND);
	assert_int_equal(order_release(s, second, NULL, ""), 0);
	first = fixture_order(s, "1004", 1, "PAN", NULL);
	{
		const int64_t ids[] = { first, second };

		assert_int_equal(order_merge(s, ids, 2), 0);
	}
	assert_int_equal(pack_next_by_goods(s, "PAN", "a", &p), ERR_NOTFOUND);
	fixture_end(s);
}

static void
keeping_and_weighing_survive_every_failure(void **state)
{
	(void)state;
	FOR_EACH_FAULT(f)
	{
		struct session *s = fixture_faulty("clerk");
		struct pack_close c = by_yto(1);
		struct packing *p;
		int kept, rc;

		fixture_variant(s, "A", 5, 100);
		fixture_order(s, "1001", 1, "A", NULL);
		p = packed(s, "1001");
		fault_arm(&f);
		kept = pack_keep(s, p, &c, NULL);
		rc = kept == 0 ? pack_weigh(s, "1001", 100, false, NULL) : kept;
		fault_disarm(&f);
		pack_free(p);
		assert_int_equal(fixture_int(s, "SELECT count(*) FROM packed"),
		    kept == 0 && rc != 0);
		assert_int_equal(
		    fixture_int(s, "SELECT count(*) FROM parcel"), rc == 0);
		fixture_verify(s);
		fixture_end(s);
	}
}

static void
taking_the_next_survives_every_failure(void **state)
{
	(void)state;
	FOR_EACH_FAULT(f)
	{
		struct session *s = fixture_faulty("clerk");
		struct packing *p = NULL;
		int rc;

		fixture_variant(s, "A", 5, 100);
		fixture_order(s, "1001", 1, "A", NULL);
		fault_arm(&f);
		rc = pack_next_by_goods(s, "A", "a", &p);
		fault_disarm(&f);
		assert_int_equal(
		    fixture_int(s, "SELECT count(*) FROM claim"), rc == 0);
		pack_free(p);
		fixture_end(s);
	}
}

static void
materials_are_kept(void **state)
{
	struct session *s = fixture_session("warehouse");
	struct material_edit e = { .code = " ", .name = "Box" };
	const struct material *m;
	struct page page;
	int64_t id;

	(void)state;
	fixture_variant(s, "PAN", 9, 5000);
	assert_int_equal(material_add(s, &e, &id), ERR_INVALID);
	assert_string_equal(session_err(s)->field, "code");
	copy_text(e.code, sizeof(e.code), "PAN");
	assert_int_equal(material_add(s, &e, &id), ERR_CONFLICT);
	id = box(s);
	assert_int_equal(material_get(s, id, &page), 0);
	m = page_row(&page, 0);
	material_edit_from(&e, m);
	e.weight = -1;
	assert_int_equal(material_save(s, id, 1, &e), ERR_INVALID);
	assert_string_equal(session_err(s)->field, "weight");
	e.weight = 120;
	e.cost = -1;
	assert_int_equal(material_save(s, id, 1, &e), ERR_INVALID);
	e.cost = 170;
	e.name[0] = '\0';
	assert_int_equal(material_save(s, id, 1, &e), ERR_INVALID);
	copy_text(e.name, sizeof(e.name), "Box 4");
	assert_int_equal(material_save(s, id, 1, &e), 0);
	assert_int_equal(material_save(s, id, 1, &e), ERR_CONFLICT);
	page_free(&page);
	assert_int_equal(material_get(s, 99, &page), ERR_NOTFOUND);
	/* What it costs is not for everybody. */
	fixture_role(s, "clerk");
	assert_int_equal(material_page(s, PAGE_FIRST, NULL, 5, &page), 0);
	m = page_row(&page, 0);
	assert_string_equal(m->name, "Box 4");
	assert_int_equal(m->weight, 120);
	assert_int_equal(m->cost, 0);
	page_free(&page);
	assert_int_equal(material_by_code(s, "BOX", &id), 0);
	assert_int_equal(material_by_code(s, "", &id), ERR_NOTFOUND);
	fixture_end(s);
}

static void
labels_tell_their_courier(void **state)
{
	static const struct {
		const char *waybill, *courier, *is;
		int foreign;
	} labels[] = {
		{ "YT1234567890123", "顺丰速运", "圆通速递", 1 },
		{ " yt1234567890123 ", "顺丰速运", "圆通速递", 1 },
		{ "YT1234567890123", "圆通速递", "", 0 }, /* its own */
		{ "DPK123456789012", "顺丰速运", "", 1 }, /* two have such */
		{ "QQ-1", "顺丰速运", "", 1 },            /* nobody has */
		/* all fit who has no shape */
		{ "YT1234567890123", "丹鸟", "", 0 },
	};
	struct session *s = fixture_session("clerk");
	char name[64];

	(void)state;
	for (size_t i = 0; i < sizeof(labels) / sizeof(*labels); i++) {
		assert_int_equal(courier_by_waybill(s, labels[i].waybill,
				     labels[i].courier, name),
		    labels[i].foreign);
		assert_string_equal(name, labels[i].is);
	}
	fixture_end(s);
}

/* Picked, checked and packed, shipped: each by somebody else. */
static void
who_did_what_is_told(void **state)
{
	const struct wave_what what = { .kind = WAVE_ONE };
	struct session *s = fixture_session("warehouse");
	struct pack_close c = by_yto(1);
	const struct order_parcel *p;
	struct order_card card;
	struct wave_scan pick;
	struct packing *packing;
	struct page page;
	int64_t wave;

	(void)state;
	fixture_variant(s, "A", 5, 100);
	fixture_order(s, "1001", 1, "A", NULL);
	assert_int_equal(wave_make(s, &what, &wave), 0);
	assert_int_equal(wave_pick(s, wave, "A", 1, &pick), 0);
	fixture_role(s, "clerk");
	packing = packed(s, "1001");
	assert_int_equal(pack_keep(s, packing, &c, NULL), 0);
	pack_free(packing);
	fixture_role(s, "owner");
	assert_int_equal(pack_weigh(s, "1001", 100, false, NULL), 0);
	assert_int_equal(order_card(s, 1, &card), 0);
	p = page_row(&card.parcels, 0);
	assert_string_equal(p->picker, "warehouse");
	assert_string_equal(p->checker, "clerk");
	assert_string_equal(p->packer, "clerk");
	assert_string_equal(p->shipper, "owner");
	order_card_free(&card);
	assert_int_equal(
	    parcel_page(s, &(struct parcel_filter){ .platform = NULL },
		PAGE_FIRST, NULL, 5, &page),
	    0);
	assert_string_equal(
	    ((const struct parcel *)page_row(&page, 0))->picker, "warehouse");
	assert_string_equal(
	    ((const struct parcel *)page_row(&page, 0))->shipper, "owner");
	page_free(&page);
	fixture_verify(s);
	fixture_end(s);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(labels_tell_their_courier),
		cmocka_unit_test(who_did_what_is_told),
		cmocka_unit_test(of_many_clerks_exactly_one_ships),
		cmocka_unit_test(shipping_survives_every_failure),
		cmocka_unit_test(opening_survives_every_failure),
		cmocka_unit_test(parcels_are_listed_newest_first),
		cmocka_unit_test(a_parcel_that_weighs_wrong_is_refused),
		cmocka_unit_test(what_fits_within_the_tolerance_goes),
		cmocka_unit_test(an_order_may_go_in_several_parcels),
		cmocka_unit_test(packed_here_and_weighed_there),
		cmocka_unit_test(
		    a_hold_stops_at_the_scale_and_a_parcel_can_be_opened_again),
		cmocka_unit_test(goods_say_which_order_is_next),
		cmocka_unit_test(keeping_and_weighing_survive_every_failure),
		cmocka_unit_test(taking_the_next_survives_every_failure),
		cmocka_unit_test(materials_are_kept),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
