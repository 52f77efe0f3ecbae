"""Grids and lines of text from a page's rules and characters.

Knows no file format.  `meshes` makes grids of rules, `blocks` puts glyphs into them. All coordinates are points on the
page as it is displayed, from its upper left corner.
"""

from __future__ import annotations

from loaders.formats.lattice.layout import Glyphs, blocks
from loaders.formats.lattice.mesh import Mesh, MeshCell, TooManyRulesError, meshes
from loaders.formats.lattice.rules import Rule

__all__ = ["Glyphs", "Mesh", "MeshCell", "Rule", "TooManyRulesError", "blocks", "meshes"]
