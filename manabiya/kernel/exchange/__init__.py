"""Tables in and out of the house: xlsx and CSV that other people's programs open rightly."""

from manabiya.kernel.exchange.tables import Column, Encoding, Table, inert, to_csv, to_xlsx

__all__ = ["Column", "Encoding", "Table", "inert", "to_csv", "to_xlsx"]
