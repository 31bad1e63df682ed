"""Pages of protection; the same views serve school and board, each under its own addresses."""
