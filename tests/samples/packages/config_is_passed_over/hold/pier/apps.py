from bulkhead.components import ComponentConfig


class OwnedByHarbour(ComponentConfig):
    owner = "harbour"


class PierConfig(OwnedByHarbour):
    name = "hold.pier"
