from hold.loading import urls

used = urls
