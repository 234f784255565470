from hold.loading.public import weigh

ask = weigh
