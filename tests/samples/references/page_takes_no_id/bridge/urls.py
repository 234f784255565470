from django.urls import path

urlpatterns = [path("lots/<uuid:lot_id>/", lambda request, lot_id: None, name="lot")]
