"""出席簿: the month of a class checked, closed, confirmed; provable copies and corrections."""
