"""保健室: the nurse's board of the day, and the month of 健康観察 on screen and paper."""
