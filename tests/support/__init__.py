"""What tests share: small documents, command lines, screens, originals."""
