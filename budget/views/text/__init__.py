"""Views of the document's words: lines, glossary, stated changes."""
