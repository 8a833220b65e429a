from django.urls import URLPattern, path

from portal.mail import demo_mailbox, views
from portal.mail.webhooks import tracking

mailbox_urls = [
    path("courriels/", views.message_list, name="demo_mailbox"),
    path("courriels/<slug:name>/", views.demo_mail, name="demo_mail"),
    path("courriels/<slug:name>/html/", views.demo_mail_html, name="demo_mail_html"),
]
urlpatterns: list[URLPattern] = [
    path("courriel/anymail/<slug:service>/tracking/", tracking, name="mail_tracking"),
]
if demo_mailbox.is_open():
    urlpatterns += mailbox_urls
