from django.utils import timezone

now = timezone.now
