"""Documents in, disclosures out: `loaders.load.load(path)` is the whole interface."""
