from django.urls import path

from orders.views import Orders

urlpatterns = [path("", Orders().list, name="orders")]
