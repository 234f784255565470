from django.db import models

from bulkhead.references import ReferenceField


class Port(models.Model):
    name = models.CharField(max_length=40)


class HomePort(Port):
    pass


class Flag(models.Model):
    code = models.CharField(max_length=2, primary_key=True)


class Ship(models.Model):
    port_id = ReferenceField("cargo.Port", column=models.IntegerField())
    lost_id = ReferenceField("cargo.Port")
    home_id = ReferenceField("cargo.HomePort", column=models.PositiveSmallIntegerField())
    lost_home_id = ReferenceField("cargo.HomePort")
    flag_id = ReferenceField("cargo.Flag", column=models.CharField(max_length=2))
    lost_flag_id = ReferenceField("cargo.Flag", column=models.IntegerField())
