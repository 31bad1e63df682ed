"""職員室モニター: the screen on the wall, paired by a code, without anybody logged in."""
