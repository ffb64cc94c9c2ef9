/* SPDX-License-Identifier: MIT */
#ifndef SHOPMGR_BASE_OTP_H
#define SHOPMGR_BASE_OTP_H

#include <stdbool.h>
#include <stdint.h>

/*
 * One-time codes by time (RFC 6238: HMAC-SHA-1, 30 seconds, 6 digits), by
 * liboath, the only user of it. A step is a number of half minutes since 1970.
 */

#define OTP_DIGITS      6
#define OTP_STEP        30
#define OTP_SECRET_SIZE 33 /* base32 of 160 bits, terminated */

/* A new random secret. */
void otp_secret_new(char out[OTP_SECRET_SIZE]);
/* The code of @digits (6 to 8) at the time @now; false for what is no secret.
 * Blanks in @secret are nothing. */
bool otp_code(const char *secret, int64_t now, unsigned digits, char code[9]);
/*
 * The step that @code belongs to, which is that of @now or one beside it, as
 * clocks differ; 0 when there is none. Steps up to @used do not count any more.
 */
int64_t otp_step(
    const char *secret, int64_t now, int64_t used, const char *code);

#endif
