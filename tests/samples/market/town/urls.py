from django.urls import include, path

urlpatterns = [
    path("goods/", include(("goods.urls", "goods"), namespace="wares")),
    path("orders/", include("orders.urls")),
]
