"""Settings, URLs, middleware and the command line: the roof over the apps."""
