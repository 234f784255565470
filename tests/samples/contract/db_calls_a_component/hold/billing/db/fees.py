from hold.loading import public as loading

ask = loading
