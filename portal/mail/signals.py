"""The web server looks whether the jobs go on."""

from django.conf import settings
from django.core.signals import request_finished

from portal.mail.standstill_messages import look_now_and_then

if settings.PORTAL_WATCH_FROM_WEB:
    request_finished.connect(look_now_and_then, dispatch_uid="standstill")
