"""A writer of random disclosures in the Xinjiang eleven-table form: budget, layout, text and truth.

Nothing here uses the loader: what is written is known because it was written.
"""

from __future__ import annotations
