from django.db import models


class Port(models.Model):
    name = models.CharField(max_length=40)
