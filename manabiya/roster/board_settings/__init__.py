"""市の決まり: the one page on which the board decides from a day on what the apps let it decide."""
