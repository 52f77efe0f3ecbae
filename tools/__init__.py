"""Programs of the developers: docs, bundle, benchmarks, generated documents."""
