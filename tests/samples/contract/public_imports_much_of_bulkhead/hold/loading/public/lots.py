from bulkhead import transactions

same = transactions
