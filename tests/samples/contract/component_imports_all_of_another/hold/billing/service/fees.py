from hold.loading import *
