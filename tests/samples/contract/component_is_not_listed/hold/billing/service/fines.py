from hold.loading import public as loading

same = loading
