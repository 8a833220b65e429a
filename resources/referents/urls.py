"""Addresses of invitations and of « Mes fiches »."""

from django.urls import path

from resources.referents import views
from resources.referents.invitation_views import invitation

urlpatterns = [
    path("invitation/<str:key>/", invitation, name="invitation"),
    path("mes-fiches/", views.my_entries, name="my_entries"),
    path("mes-fiches/au-revoir/", views.gone, name="gone"),
    path("mes-fiches/<uuid:uuid>/rien-na-change/", views.confirm, name="entry_confirm"),
    path("mes-fiches/<uuid:uuid>/modifier/", views.edit, name="entry_edit"),
    path("mes-fiches/<uuid:uuid>/dates/", views.dated, name="entry_dated"),
    path("mes-fiches/<uuid:uuid>/consultations/", views.statistics, name="entry_statistics"),
    path("mes-fiches/<uuid:uuid>/montre/", views.shown, name="entry_shown"),
    path("mes-fiches/<uuid:uuid>/partir/", views.leave, name="entry_leave"),
]
