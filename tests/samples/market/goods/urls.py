from functools import partial

from django.urls import path

from goods import views

urlpatterns = [
    path("", views.GoodList.as_view(), name="list"),
    path("all/", partial(views.show, everything=True), name="all"),
    path("<int:key>/", views.show, name="show"),
]
