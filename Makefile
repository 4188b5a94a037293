# The few commands of every day. `make` alone lists them.

# Statements are checked against .sqlx, so building needs no database.
export SQLX_OFFLINE ?= true

.DEFAULT_GOAL := help
.PHONY: help start dev test check bench sqlx

help: ## list these commands
	@sed -nE 's/^([a-z]+):.*## (.*)/  make \1\t\2/p' Makefile | expand -t 16

start: ## install what is missing, build, start with demo data, print the address and the logins
	@tools/start

dev: ## the same without optimising, and again whenever a source changes
	@tools/bootstrap start
	@tools/dev

test: ## everything: check, statements, tests, journeys in a browser
	@tools/test

check: ## format, lints, rules of the house
	@tools/check

bench: ## measure, on the large demo data
	@tools/measure

sqlx: ## ask a real Postgres about every statement and keep the answers in .sqlx
	@tools/sqlx
