/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "shopmgr/base/otp.h"

/* "12345678901234567890", the secret of RFC 6238, appendix B. */
static const char rfc[] = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";

static void
codes_are_those_of_the_rfc(void **state)
{
	static const struct {
		int64_t at;
		const char *code;
	} vectors[] = {
		{ 59, "94287082" },
		{ 1111111109, "07081804" },
		{ 1111111111, "14050471" },
		{ 1234567890, "89005924" },
		{ 2000000000, "69279037" },
		{ 20000000000, "65353130" },
	};
	char code[9];
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(vectors) / sizeof(vectors[0]); i++) {
		assert_true(otp_code(rfc, vectors[i].at, 8, code));
		assert_string_equal(code, vectors[i].code);
		/* Six digits are the last six. */
		assert_true(otp_code(rfc, vectors[i].at, 6, code));
		assert_string_equal(code, vectors[i].code + 2);
		assert_int_equal(
		    otp_step(rfc, vectors[i].at, 0, vectors[i].code + 2),
		    vectors[i].at / 30);
	}
}

static void
clocks_may_differ_by_one_step(void **state)
{
	const int64_t now = 1111111111, step = now / 30;
	char code[9];
	int64_t i;

	(void)state;
	for (i = -3; i <= 3; i++) {
		assert_true(otp_code(rfc, now + i * 30, 6, code));
		assert_int_equal(otp_step(rfc, now, 0, code),
		    i >= -1 && i <= 1 ? step + i : 0);
	}
}

static void
a_used_step_does_not_count(void **state)
{
	const int64_t now = 1111111111, step = now / 30;
	char code[9];

	(void)state;
	assert_true(otp_code(rfc, now, 6, code));
	assert_int_equal(otp_step(rfc, now, step - 1, code), step);
	assert_int_equal(otp_step(rfc, now, step, code), 0);
	assert_int_equal(otp_step(rfc, now, step + 5, code), 0);
}

static void
what_is_no_code_fits_nothing(void **state)
{
	static const char *const typed[] = { "", "1", "05047", "0050471",
		"05047 ", "abcdef", "０５０４７１" };
	size_t i;

	(void)state;
	assert_int_equal(
	    otp_step(rfc, 1111111111, 0, "050471"), 1111111111 / 30);
	for (i = 0; i < sizeof(typed) / sizeof(typed[0]); i++)
		assert_int_equal(otp_step(rfc, 1111111111, 0, typed[i]), 0);
}

static void
what_is_no_secret_has_no_codes(void **state)
{
	char code[9];

	(void)state;
	assert_false(otp_code("", 59, 6, code));
	assert_false(otp_code("GEZ1", 59, 6, code));
	assert_false(otp_code("no secret!", 59, 6, code));
	assert_false(otp_code(rfc, -1, 6, code));
	assert_int_equal(otp_step("", 59, 0, "287082"), 0);
	/* In groups, as people type it. */
	assert_true(
	    otp_code("GEZD GNBV GY3T QOJQ GEZD GNBV GY3T QOJQ", 59, 6, code));
	assert_string_equal(code, "287082");
}

static void
secrets_are_base32_and_never_the_same(void **state)
{
	char a[OTP_SECRET_SIZE], b[OTP_SECRET_SIZE], code[9];

	(void)state;
	otp_secret_new(a);
	otp_secret_new(b);
	assert_string_not_equal(a, b);
	assert_int_equal(strlen(a), OTP_SECRET_SIZE - 1);
	assert_int_equal(
	    strspn(a, "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"), strlen(a));
	assert_true(otp_code(a, 59, 6, code));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(codes_are_those_of_the_rfc),
		cmocka_unit_test(clocks_may_differ_by_one_step),
		cmocka_unit_test(a_used_step_does_not_count),
		cmocka_unit_test(what_is_no_code_fits_nothing),
		cmocka_unit_test(what_is_no_secret_has_no_codes),
		cmocka_unit_test(secrets_are_base32_and_never_the_same),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
