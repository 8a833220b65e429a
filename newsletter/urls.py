"""Addresses of machines, and of forms. They stay the same when an editor renames the pages."""

from django.urls import path

from newsletter import views
from newsletter.feeds import LetterAtomFeed, LetterFeed, NewsAtomFeed, NewsFeed
from newsletter.subscription import views as subscription
from portal.cache.page_cache import keep_for_readers

app_name = "newsletter"
urlpatterns = [
    path("actualites/flux.xml", keep_for_readers(NewsFeed()), name="news_rss"),
    path("actualites/atom.xml", keep_for_readers(NewsAtomFeed()), name="news_atom"),
    path("lettre/flux.xml", keep_for_readers(LetterFeed()), name="letter_rss"),
    path("lettre/atom.xml", keep_for_readers(LetterAtomFeed()), name="letter_atom"),
    path("agenda/agenda.ics", keep_for_readers(views.agenda), name="agenda_ics"),
    path("agenda/<uuid:uuid>.ics", views.event, name="event_ics"),
    path("lettre/<int:page_id>/inscription/", subscription.subscribe, name="letter_subscribe"),
    path("lettre/<int:page_id>/merci/", subscription.subscribed, name="letter_subscribed"),
    path("lettre/confirmer/<str:key>/", subscription.confirm, name="letter_confirm"),
    path("lettre/preferences/<str:key>/", subscription.preferences, name="letter_preferences"),
    path(
        "lettre/desinscription/<str:key>/",
        subscription.unsubscribe,
        name="letter_unsubscribe",
    ),
]
