from django.conf import settings

same = settings
