"""Pages of the monitor: pairing it, the screen itself, the list of devices."""
