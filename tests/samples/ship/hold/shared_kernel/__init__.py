"""What every domain of the ship may import."""

from decimal import Decimal

Tons = Decimal
