from django.urls import path

from portal.geo import views

urlpatterns = [
    path("tuiles/<int:z>/<int:x>/<int:y>", views.tile, name="tile"),
    path("contours.geojson", views.contours_file, name="contours"),
]
