"""Ruled lines and characters of a page -> grids of cells and lines of text; knows no file format.

`meshes` makes grids of rules, `blocks` puts glyphs into them. All coordinates are points on the page as it is
displayed, from its upper left corner.
"""

from __future__ import annotations

from loaders.lattice.layout import Glyphs, blocks
from loaders.lattice.mesh import Mesh, MeshCell, TooManyRulesError, meshes
from loaders.lattice.rules import Rule

__all__ = ["Glyphs", "Mesh", "MeshCell", "Rule", "TooManyRulesError", "blocks", "meshes"]
