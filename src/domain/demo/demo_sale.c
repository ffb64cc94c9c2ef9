/* SPDX-License-Identifier: MIT */
#include "shopmgr/base/alloc.h"
#include "shopmgr/domain/grades.h"
#include "shopmgr/domain/quotations.h"

#include "demo_priv.h"

/* Grades of members, and what somebody asked for. */

static int
grades(struct demo_life *l)
{
	static const struct grade_edit all[] = {
		{ "普通会员", 0, 1000 },
		{ "高级会员", 50000, 980 },
		{ "VIP会员", 200000, 950 },
		{ "至尊VIP", 500000, 900 },
	};
	int64_t id;
	size_t i;
	int rc = 0;

	for (i = 0; rc == 0 && i < sizeof(all) / sizeof(all[0]); i++)
		rc = grade_add(l->s, &all[i], &id);
	return rc;
}

void
demo_buyer(const struct demo_person *p, struct sale *sale)
{
	copy_text(sale->shop, sizeof(sale->shop), demo_shops[0]);
	copy_text(sale->nick, sizeof(sale->nick), p->nick);
	copy_text(sale->to.name, sizeof(sale->to.name), p->name);
	copy_text(sale->to.phone, sizeof(sale->to.phone), p->phone);
	copy_text(sale->to.province, sizeof(sale->to.province), p->province);
	copy_text(sale->to.city, sizeof(sale->to.city), p->city);
	copy_text(sale->to.district, sizeof(sale->to.district), p->district);
	copy_text(sale->to.address, sizeof(sale->to.address), p->street);
}

static int
ask(struct demo_life *l, size_t who, size_t what, int64_t qty, int64_t *id)
{
	const struct demo_person *p = &l->d.people[who % l->d.npeople];
	struct quotation_edit e = { .channel = "wangwang",
		.sale = { .n = 1, .line = { { .qty = qty } } } };

	e.sale.line[0].price = SALE_PRICE;
	copy_text(e.sale.line[0].sku, sizeof(e.sale.line[0].sku),
	    l->d.items[what % l->d.ours].sku);
	demo_buyer(p, &e.sale);
	return quotation_add(l->s, &e, id);
}

/* In the evening of some days. */
int
demo_sale(struct demo_life *l, int64_t day)
{
	int64_t at = l->d.first + day * DAY + 20 * HOUR, id;
	int rc;

	if (at >= l->last)
		return 0;
	switch (day) {
	case 19:
		rc = demo_at_work(l, at, MANAGER);
		return rc < 0 ? rc : grades(l);
	case 20:
	case 28:
		if ((rc = demo_at_work(l, at, AGENT)) < 0 ||
		    (rc = ask(l, (size_t)day, (size_t)day % 3, 20, &id)) < 0)
			return rc;
		return quotation_send(l->s, id);
	case 24:
		if ((rc = demo_at_work(l, at, AGENT)) < 0 ||
		    (rc = ask(l, 5, 2, 12, &id)) < 0)
			return rc;
		return quotation_lose(l->s, id, "预算不够");
	case 27:
		rc = demo_at_work(l, at, AGENT);
		return rc < 0 ? rc : ask(l, 12, 6, 6, &id);
	default:
		return 0;
	}
}
