from bulkhead.errors import BulkheadError


class FeeError(BulkheadError): ...
