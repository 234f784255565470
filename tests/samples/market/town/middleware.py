raise RuntimeError("Nobody has to import the middleware to know that it is there.")


class Bell:
    pass
