"""Addresses for machines. They stay the same when an editor renames the pages."""

from django.urls import path

from newsletter import views
from newsletter.feeds import NewsAtomFeed, NewsFeed

app_name = "newsletter"
urlpatterns = [
    path("actualites/flux.xml", NewsFeed(), name="news_rss"),
    path("actualites/atom.xml", NewsAtomFeed(), name="news_atom"),
    path("agenda/agenda.ics", views.agenda, name="agenda_ics"),
    path("agenda/<uuid:uuid>.ics", views.event, name="event_ics"),
]
