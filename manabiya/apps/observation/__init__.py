"""健康観察: what the class teacher sees of each present child in the morning."""
