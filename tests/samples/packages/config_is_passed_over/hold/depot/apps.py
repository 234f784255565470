from django.apps import AppConfig

from bulkhead.components import ComponentConfig


class DepotConfig(ComponentConfig):
    name = "hold.depot"


class PlainConfig(AppConfig):
    name = "hold.depot"
