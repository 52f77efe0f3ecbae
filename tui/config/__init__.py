"""Settings out of options, environment variables, config.toml and defaults."""
