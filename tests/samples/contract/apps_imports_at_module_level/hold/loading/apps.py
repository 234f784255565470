from bulkhead.components import ComponentConfig


class LoadingConfig(ComponentConfig):
    name = "hold.loading"

    def ready(self):
        from hold.loading import signals

        self.module = signals
