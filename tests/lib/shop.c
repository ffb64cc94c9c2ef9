/* SPDX-License-Identifier: MIT */
#include <ctype.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "shop.h"
#include "shopmgr/base/alloc.h"
#include "shopmgr/base/str.h"

static const char order_head[] = "\xef\xbb\xbf"
				 "订单编号,买家会员名,买家会员昵称,支付单号,"
				 "支付详情,买家应付货款,买家应付邮费,"
				 "买家支付积分,总金额,返点积分,"
				 "买家实际支付金额,买家实际支付积分,"
				 "订单状态,买家留言,收货人姓名,收货地址,"
				 "运送方式,联系电话,联系手机,虚拟号过期时间,"
				 "订单创建时间,订单付款时间,宝贝标题,"
				 "宝贝种类,物流单号,物流公司,订单备注,"
				 "宝贝总数量,店铺Id,店铺名称,订单关闭原因,"
				 "卖家服务费,买家服务费,发票抬头,"
				 "是否手机订单,分阶段订单信息,特权订金订单id,"
				 "是否上传合同照片,是否上传小票,是否代付,"
				 "定金排名,修改后的sku,修改后的收货地址,"
				 "异常信息,天猫卡券抵扣,集分宝抵扣,"
				 "是否是O2O交易,新零售交易类型,"
				 "新零售导购门店名称,新零售导购门店id,"
				 "新零售发货门店名称,新零售发货门店id,"
				 "退款金额,预约门店,确认收货时间,"
				 "打款商家金额,含应开票给个人的个人红包,"
				 "是否信用购,体验期结束时间,前N有礼,配送类型,"
				 "直播返现状态,返现金额,"
				 "延迟发货自动赔付金额,新零售成交门店昵称,"
				 "新零售成交门店id,新零售成交经销商id,"
				 "预售订单,发货时间,商家备忘,主订单编号\n";
static const char order_row[] =
    "=\"%lld\",buyer%02d,,,,118.00,0.00,,118.00,,118.00,,"
    "\"买家已付款,等待卖家发货\",,%s,"
    "浙江省 杭州市 西湖区 文三路%d号(310000),快递,,"
    "'139000%05d,,2024-05-28 09:12:33,2024-05-28 09:12:50,"
    "雪平锅,1,,,,1,,测试小店,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,"
    ",,,,,,,,,\n";
static const char item_head[] = "\xef\xbb\xbf"
				"子订单编号,主订单编号,标题,价格,购买数量,"
				"外部系统编号,商品属性,套餐信息,备注,"
				"订单状态,商家编码,支付单号,买家应付货款,"
				"买家实际支付金额,退款状态,退款金额,"
				"订单创建时间,订单付款时间\n";
static const char item_row[] =
    "=\"%lld\",=\"%lld\",雪平锅,118.00,1,%s,尺寸：20cm,,,"
    "\"买家已付款,等待卖家发货\",%s,,118.00,118.00,"
    "没有申请退款,无退款申请,2024-05-28 09:12:33,"
    "2024-05-28 09:12:50\n";

char *
shop_read(const struct shop *sh, const char *name)
{
	struct str s = STR_INIT;
	char path[160], buf[4096];
	size_t n;
	FILE *f;

	snprintf(path, sizeof(path), "%s/%s", sh->dir, name);
	f = fopen(path, "rb");
	while (f != NULL && (n = fread(buf, 1, sizeof(buf), f)) > 0)
		str_addn(&s, buf, n);
	if (f != NULL)
		fclose(f);
	return str_take(&s);
}

static int run(struct shop *sh, const char *who, const char *fmt, va_list ap)
    PRINTF_LIKE(3, 0);

static int
run(struct shop *sh, const char *who, const char *fmt, va_list ap)
{
	const char *build = getenv("BUILD");
	struct str cmd = STR_INIT;
	char args[2000];
	int status;

	vsnprintf(args, sizeof(args), fmt, ap);
	/* In front, so that the arguments may end in a here-document. */
	str_addf(&cmd, "> %s/out 2> %s/err %s/shopmgr --lang en -d %s %s %s",
	    sh->dir, sh->dir, build != NULL ? build : "build", sh->db, who,
	    args);
	status = system(cmd.s);
	str_done(&cmd);
	free(sh->out);
	free(sh->err);
	sh->out = shop_read(sh, "out");
	sh->err = shop_read(sh, "err");
	if (!WIFEXITED(status))
		fail_msg("%s: ended by signal %d\n%s", args, WTERMSIG(status),
		    sh->err);
	return WEXITSTATUS(status);
}

int
shop_run(struct shop *sh, const char *fmt, ...)
{
	va_list ap;
	int rc;

	va_start(ap, fmt);
	rc = run(sh, "", fmt, ap);
	va_end(ap);
	return rc;
}

int
shop_do(struct shop *sh, const char *fmt, ...)
{
	va_list ap;
	int rc;

	va_start(ap, fmt);
	rc = run(sh, sh->who, fmt, ap);
	va_end(ap);
	return rc;
}

void
shop_must(struct shop *sh, const char *fmt, ...)
{
	va_list ap;
	int rc;

	va_start(ap, fmt);
	rc = run(sh, sh->who, fmt, ap);
	va_end(ap);
	if (rc != 0)
		fail_msg("%s: exit %d\n%s%s", fmt, rc, sh->out, sh->err);
}

const char *
shop_file(struct shop *sh, const char *name, const char *text)
{
	static char path[200];
	FILE *f;

	snprintf(path, sizeof(path), "%s/%s", sh->dir, name);
	f = fopen(path, "wb");
	if (f == NULL || fputs(text, f) < 0 || fclose(f) != 0)
		fail_msg("cannot write %s", path);
	return path;
}

void
shop_new(struct shop *sh)
{
	const char *tmp = getenv("TMPDIR");

	*sh = (struct shop){ 0 };
	snprintf(sh->dir, sizeof(sh->dir), "%s/shopmgr-XXXXXX",
	    tmp != NULL && strlen(tmp) < 40 ? tmp : "/tmp");
	if (mkdtemp(sh->dir) == NULL)
		fail_msg("cannot make %s", sh->dir);
	setenv("SHOPMGR_TEST_WEAK_HASH", "1", 1);
	/* Nobody's settings and nobody's environment. */
	setenv("XDG_CONFIG_HOME", sh->dir, 1);
	setenv("HOME", sh->dir, 1);
	unsetenv("SHOPMGR_DB");
	unsetenv("SHOPMGR_USER");
	unsetenv("SHOPMGR_PASSWORD_FILE");
	unsetenv("SHOPMGR_LANG");
	snprintf(sh->db, sizeof(sh->db), "%s/shop.db", sh->dir);
	snprintf(sh->who, sizeof(sh->who),
	    "--user owner --password-file %s/password", sh->dir);
	shop_file(sh, "password", "password1\n");
	shop_must(sh, "init");
	shop_must(sh,
	    "user add clerk --role clerk --new-password-file "
	    "%s/password",
	    sh->dir);
	shop_must(sh,
	    "user add buyer --role buyer --new-password-file "
	    "%s/password",
	    sh->dir);
}

void
shop_free(struct shop *sh)
{
	char cmd[100];

	snprintf(cmd, sizeof(cmd), "rm -rf %s", sh->dir);
	if (system(cmd) != 0)
		fail_msg("%s", cmd);
	free(sh->out);
	free(sh->err);
	*sh = (struct shop){ 0 };
}

void
shop_goods(struct shop *sh, const char *sku, const char *barcode, int n)
{
	shop_must(sh,
	    "product add %s --product 雪平锅 --barcode %s --bin A-01-1", sku,
	    barcode);
	if (n > 0)
		shop_must(sh, "stock receive %s %d --cost 31.50", sku, n);
}

void
shop_pair(struct shop *sh, const char *sku, long long first, int n)
{
	static const char *const names[] = { "张三丰", "李四", "王小明",
		"赵敏" };
	struct str orders = STR_INIT, items = STR_INIT;

	str_add(&orders, order_head);
	str_add(&items, item_head);
	for (int i = 0; i < n; i++) {
		str_addf(&orders, order_row, first + i, i % 100, names[i % 4],
		    i + 1, i);
		str_addf(&items, item_row, first + i, first + i, sku, sku);
	}
	shop_file(sh, "order.csv", orders.s);
	shop_file(sh, "item.csv", items.s);
	str_done(&orders);
	str_done(&items);
}

void
shop_orders(struct shop *sh, const char *sku, long long first, int n)
{
	shop_pair(sh, sku, first, n);
	shop_must(
	    sh, "import orders %s/order.csv %s/item.csv", sh->dir, sh->dir);
}

long long
json_number(const char *json, const char *name)
{
	char key[80];
	const char *p;

	snprintf(key, sizeof(key), "\"%s\":", name);
	p = strstr(json, key);
	if (p == NULL)
		fail_msg("no %s in %s", name, json);
	return strtoll(p + strlen(key), NULL, 10);
}

/* A parser of RFC 8259 that only says yes or no. */

static const char *
blank(const char *s)
{
	return s + strspn(s, " \t\r\n");
}

static const char *
string(const char *s)
{
	if (*s != '"')
		return NULL;
	for (s++; *s != '"'; s++) {
		if ((unsigned char)*s < 0x20)
			return NULL;
		if (*s != '\\')
			continue;
		s++;
		if (*s == 'u') {
			for (int i = 0; i < 4; i++)
				if (!isxdigit((unsigned char)*++s))
					return NULL;
		} else if (*s == '\0' || strchr("\"\\/bfnrt", *s) == NULL) {
			return NULL;
		}
	}
	return s + 1;
}

static const char *
number(const char *s)
{
	if (*s == '-')
		s++;
	if (*s == '0' && isdigit((unsigned char)s[1]))
		return NULL;
	if (!isdigit((unsigned char)*s))
		return NULL;
	s += strspn(s, "0123456789");
	if (*s == '.') {
		if (!isdigit((unsigned char)s[1]))
			return NULL;
		s += 1 + strspn(s + 1, "0123456789");
	}
	return s;
}

static const char *value(const char *s);

static const char *
members(const char *s, char end)
{
	s = blank(s + 1);
	if (*s == end)
		return s + 1;
	for (;;) {
		if (end == '}') {
			s = string(blank(s));
			if (s == NULL || *(s = blank(s)) != ':')
				return NULL;
			s++;
		}
		s = value(s);
		if (s == NULL)
			return NULL;
		s = blank(s);
		if (*s == end)
			return s + 1;
		if (*s != ',')
			return NULL;
		s++;
	}
}

static const char *
value(const char *s)
{
	s = blank(s);
	if (*s == '{')
		return members(s, '}');
	if (*s == '[')
		return members(s, ']');
	if (*s == '"')
		return string(s);
	if (strncmp(s, "true", 4) == 0 || strncmp(s, "null", 4) == 0)
		return s + 4;
	if (strncmp(s, "false", 5) == 0)
		return s + 5;
	return number(s);
}

int
json_valid(const char *s)
{
	s = value(s);
	return s != NULL && *blank(s) == '\0';
}
