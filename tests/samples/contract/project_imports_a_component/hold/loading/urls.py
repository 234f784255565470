from hold.loading import views

urlpatterns = [views]
