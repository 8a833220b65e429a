from django.urls import URLPattern, URLResolver, path

from home import open_data, views
from home.network.refusal_views import refuse
from home.offline.views import service_worker
from home.region.views import region_search

urlpatterns: list[URLPattern | URLResolver] = [
    path("api/ptsm.json", open_data.ptsm, name="ptsm_json"),
    path("service-worker.js", service_worker, name="service_worker"),
    path("chercher-dans-la-region/", region_search, name="region_search"),
    path("messages/refuser/<str:key>/", refuse, name="network_refusal"),
    path("contact/<int:page_id>/envoyer/", views.contact, name="contact_send"),
    path("contact/<int:page_id>/merci/", views.contact_thanks, name="contact_thanks"),
]
