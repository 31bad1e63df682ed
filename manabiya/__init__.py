"""Manabiya (学び舎): the cloud school-affairs platform of a city."""
