"""What is handed to machines without a network: the folder that runs by itself, the folder of wheels, their check."""

from __future__ import annotations
