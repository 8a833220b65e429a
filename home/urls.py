from django.urls import URLPattern, URLResolver, path

from home import open_data, views

urlpatterns: list[URLPattern | URLResolver] = [
    path("api/ptsm.json", open_data.ptsm, name="ptsm_json"),
    path("contact/<int:page_id>/envoyer/", views.contact, name="contact_send"),
    path("contact/<int:page_id>/merci/", views.contact_thanks, name="contact_thanks"),
]
