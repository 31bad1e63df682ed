"""Addresses of the demo the stories go to."""

PASSWORD = "manabiya-demo"  # noqa: S105  the demo's, served on loopback only
SCHOOL = "/m/shirakabano/school/midorigaoka/"
BOARD = "/m/shirakabano/board/"
FAMILY = "/m/shirakabano/family/"
