"""The 校務DXチェックリスト: its questions as versioned data, answers of schools and the board, figures."""
