from hold.depot.db import models

rows = models
