class Orders:
    def list(self, request):
        raise NotImplementedError
