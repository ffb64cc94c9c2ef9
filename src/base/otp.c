/* SPDX-License-Identifier: MIT */
#include <liboath/oath.h>
#include <stdlib.h>
#include <string.h>

#include "shopmgr/base/otp.h"
#include "shopmgr/base/secret.h"

void
otp_secret_new(char out[OTP_SECRET_SIZE])
{
	static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
	unsigned char bytes[OTP_SECRET_SIZE - 1];
	size_t i;

	/* 32 digits of 5 random bits are 160 random bits in base32. */
	secret_random(bytes, sizeof(bytes));
	for (i = 0; i < sizeof(bytes); i++)
		out[i] = digits[bytes[i] & 31];
	out[i] = '\0';
	secret_wipe(bytes, sizeof(bytes));
}

bool
otp_code(const char *secret, int64_t now, unsigned digits, char code[9])
{
	char *key = NULL;
	size_t n = 0;
	bool done;

	if (now < 0 ||
	    oath_base32_decode(secret, strlen(secret), &key, &n) != OATH_OK)
		return false;
	done =
	    n > 0 && oath_totp_generate(key, n, (time_t)now, OTP_STEP,
			 OATH_TOTP_DEFAULT_START_TIME, digits, code) == OATH_OK;
	secret_wipe(key, n);
	free(key);
	return done;
}

/* As long as it takes, whatever is the same. */
static bool
same(const char *a, const char *b)
{
	unsigned char differ = 0;
	size_t i;

	if (strlen(a) != OTP_DIGITS || strlen(b) != OTP_DIGITS)
		return false;
	for (i = 0; i < OTP_DIGITS; i++)
		differ |= (unsigned char)(a[i] ^ b[i]);
	return differ == 0;
}

int64_t
otp_step(const char *secret, int64_t now, int64_t used, const char *code)
{
	int64_t step = now / OTP_STEP, found = 0, i;
	char good[9];

	for (i = step - 1; i <= step + 1; i++) {
		if (!otp_code(secret, i * OTP_STEP, OTP_DIGITS, good))
			return 0;
		if (same(good, code) && i > used && found == 0)
			found = i;
	}
	secret_wipe(good, sizeof(good));
	return found;
}
