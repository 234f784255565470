from bulkhead import exposed

same = exposed
