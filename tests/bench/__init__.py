"""Measurements that take longer than a test may: speed, size, a thousand documents killed and resumed."""
