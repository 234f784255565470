"""What can be asked of contracts and done with them, and what is raised where there is none."""

from __future__ import annotations

from components.contracting.db.repositories import ChangeOrderNotFoundError, ContractNotFoundError

__all__ = ["ChangeOrderNotFoundError", "ContractNotFoundError"]
