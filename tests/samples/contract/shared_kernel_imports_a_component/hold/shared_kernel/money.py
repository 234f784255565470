import bulkhead.errors
from django.db import models

from bridge import settings
from cargo.models import Port
from hold.loading.public import weigh

used = bulkhead, models, settings, Port, weigh
