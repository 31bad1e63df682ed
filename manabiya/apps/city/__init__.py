"""The city for the board: today, the weeks before, infections; numbers, never names."""
