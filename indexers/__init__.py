"""From the outside world into the library: one module a source, all without a window."""
