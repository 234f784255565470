from django.http import HttpRequest

same = HttpRequest
