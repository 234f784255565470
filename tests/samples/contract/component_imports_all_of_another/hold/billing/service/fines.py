from hold.loading.public import *
