"""Somebody to sign in as."""

from __future__ import annotations

import secrets
from dataclasses import dataclass

from django.contrib.auth.models import User

NAME = "admin"


@dataclass(frozen=True, slots=True, kw_only=True)
class SignIn:
    """What the user `admin` signs in with."""

    password: str | None
    """None where it is the one from before, which nobody can read any more."""

    is_generated: bool


def ensure_admin(*, password: str | None, renew: bool = False) -> SignIn:
    """Make the user, or give it the password; without one, keep the one from before.

    `renew` makes a new password where none is given.
    """
    user, is_new = User.objects.get_or_create(
        username=NAME, defaults={"is_staff": True, "is_superuser": True}
    )
    if password is None and not (is_new or renew):
        return SignIn(password=None, is_generated=False)
    chosen = password or secrets.token_urlsafe(9)
    user.set_password(chosen)
    user.save(update_fields=["password"])
    return SignIn(password=chosen, is_generated=password is None)
