def fee(:
