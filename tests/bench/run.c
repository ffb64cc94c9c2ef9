/* SPDX-License-Identifier: MIT */
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

/*
 * run FILE COMMAND...: runs it, and appends to FILE a line "seconds kB
 * processor": how long it took, the most memory it had, and the time it had the
 * processors for, user and system. Its status is the command's.
 */

static double
now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

static double
seconds(struct timeval t)
{
	return (double)t.tv_sec + (double)t.tv_usec * 1e-6;
}

int
main(int argc, char **argv)
{
	double from = now();
	struct rusage use;
	FILE *f;
	pid_t pid;
	int status;

	if (argc < 3)
		return 2;
	pid = fork();
	if (pid == 0) {
		execvp(argv[2], argv + 2);
		perror(argv[2]);
		_exit(127);
	}
	if (pid < 0 || wait4(pid, &status, 0, &use) != pid)
		return 126;
	f = fopen(argv[1], "a");
	if (f == NULL)
		return 126;
	fprintf(f, "%.3f %ld %.3f\n", now() - from, use.ru_maxrss,
	    seconds(use.ru_utime) + seconds(use.ru_stime));
	fclose(f);
	return WIFEXITED(status) ? WEXITSTATUS(status) : 1;
}
