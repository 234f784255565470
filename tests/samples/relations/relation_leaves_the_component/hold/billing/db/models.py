from django.contrib.auth.models import User
from django.db import models

from hold.loading.db.models import LotRow


class BillRow(LotRow):
    clerk = models.ForeignKey(User, models.CASCADE, related_name="+")


class NoteRow(models.Model):
    bill = models.ForeignKey(BillRow, models.CASCADE)
