# The targets for people: see `make help`.
.PHONY: deps run check check-asan check-valgrind lint cover fuzz bench pot \
	install clean help
deps:
	@sh src/tools/deps.sh
run: deps
	@$(MAKE) --no-print-directory all
	@sh src/tools/run.sh $(BUILD)
check: deps
	@$(MAKE) --no-print-directory check-run
clean:
	rm -rf $(BUILD) build-*
