"""Personal data taken out of documents."""
