from cargo import models

same = models
