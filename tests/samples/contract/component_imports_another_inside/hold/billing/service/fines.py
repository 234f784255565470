import hold.loading.public

same = hold.loading.public
