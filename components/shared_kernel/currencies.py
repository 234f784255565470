"""The currencies of ISO 4217, and how finely each is divided."""

from __future__ import annotations

from decimal import Decimal

_DIGITS_OF_CODES = {
    0: "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX VND VUV XAF XOF XPF",
    2: (
        "AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BGN BMD BND BOB BRL BSD BTN BWP BYN BZD "
        "CAD CDF CHF CNY COP CRC CUP CVE CZK DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP "
        "GMD GTQ GYD HKD HNL HTG HUF IDR ILS INR IRR JMD KES KGS KHR KPW KYD KZT LAK LBP LKR LRD "
        "LSL MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD PAB "
        "PEN PGK PHP PKR PLN QAR RON RSD RUB SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC "
        "SYP SZL THB TJS TMT TOP TRY TTD TWD TZS UAH USD UYU UZS VED VES WST XCD YER ZAR ZMW"
    ),
    3: "BHD IQD JOD KWD LYD OMR TND",
}

MINOR_UNITS = {
    code: Decimal(1).scaleb(-digits)
    for digits, codes in _DIGITS_OF_CODES.items()
    for code in codes.split()
}
"""The smallest amount of each currency: 0.01 for EUR, 1 for JPY, 0.001 for KWD."""


class UnknownCurrencyError(ValueError):
    """No currency has this code."""

    def __init__(self, currency: str) -> None:
        super().__init__(
            f"{currency!r} is no currency. Write its code of ISO 4217 in capitals, such as EUR."
        )
        self.currency = currency


def known_currency(currency: str) -> str:
    """Return the code as it is, and raise UnknownCurrencyError where no currency has it."""
    minor_unit(currency)
    return currency


def minor_unit(currency: str) -> Decimal:
    """Return the smallest amount of a currency, and raise UnknownCurrencyError for no code."""
    try:
        return MINOR_UNITS[currency]
    except (KeyError, TypeError):
        raise UnknownCurrencyError(currency) from None
