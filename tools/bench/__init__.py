"""Benchmarks: whole processes and hot paths against their floors."""
