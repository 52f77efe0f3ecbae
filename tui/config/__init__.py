"""Settings: config.toml, environment and options."""
