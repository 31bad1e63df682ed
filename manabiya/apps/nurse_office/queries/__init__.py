"""Reads of the nurse's office; what the viewer may not see does not exist."""

from manabiya.apps.nurse_office.queries.board import Board, BoardLine, IllChild, nurse_board
from manabiya.apps.nurse_office.queries.book import Book, BookRow, book_month, classes_for

__all__ = [
    "Board",
    "BoardLine",
    "Book",
    "BookRow",
    "IllChild",
    "book_month",
    "classes_for",
    "nurse_board",
]
